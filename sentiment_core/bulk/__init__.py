"""Scores files of many texts, block by block, in little memory, and goes on after a stop."""
