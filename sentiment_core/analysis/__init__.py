"""Runs and classifiers become records of numbers. Knows nothing about how they are drawn."""
