"""Room 2: token ids become one logit a review. Knows nothing of text, training or files other than its own weights."""
