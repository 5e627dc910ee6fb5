"""Encoded reviews and a recipe become a run on disk. Knows nothing about pages or pictures."""
