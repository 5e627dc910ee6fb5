"""Analogies: king - man + woman, with vectors of words that can answer, and embeddings of sentiment that cannot."""
