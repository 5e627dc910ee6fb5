"""Classifiers compared on the reviews of one test split, from their stored log-odds. Needs no torch."""
