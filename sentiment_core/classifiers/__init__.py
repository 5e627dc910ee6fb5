"""Anything that judges a text."""
