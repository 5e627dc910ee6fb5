"""Reviews become tokens, and tokens become ids. Knows nothing about networks."""
