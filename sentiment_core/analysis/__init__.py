"""Room 4: a run becomes records of numbers. Knows nothing of how they are drawn."""
