"""Room 3: encoded reviews and a recipe become a run on disk. Knows nothing of pages or pictures."""
