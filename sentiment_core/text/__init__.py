"""Room 1: reviews become tokens, tokens become ids. Knows nothing of networks."""
