"""Token ids become one logit a review. Knows nothing about text, training, or files other than its own weights."""
