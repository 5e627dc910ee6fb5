"""Classifiers: anything that judges a text."""
