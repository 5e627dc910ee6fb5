"""The table from n-grams to the log-odds that a review containing them is positive, in NumPy. See ngrams.py."""

from __future__ import annotations

import numpy as np

from sentiment_core.text.tokenization import PAD_ID

BITS = 20
BUCKETS = 2**BITS  # n-grams are hashed into these (Weinberger et al. 2009); on IMDB four or five share one
FINENESS = 16  # table steps in one nat; the table covers -8 to 8
# Multiplicative hashing (Knuth, volume 3, 6.4): a large odd number for each distance from the n-gram's end. The highest
# bits of the sum of products, modulo 2**64, are the bucket.
FACTORS = (0x9E3779B97F4A7C15 - 2**64, 0x2545F4914F6CDD1D, 0x5851F42D4C957F2D)


def buckets_of(ids: np.ndarray, longest: int) -> np.ndarray:
    """Bucket of the n-gram of each length that ends at each token [rows, time, longest] int64; -1 if there is none.

    ids [rows, time] int64. Padding gets buckets too.
    """
    sums = np.zeros_like(ids)
    buckets = np.full((*ids.shape, longest), -1, np.int64)
    for back in range(min(longest, ids.shape[1])):
        sums[:, back:] += ids[:, : ids.shape[1] - back] * FACTORS[back]
        mixed = (sums[:, back:] + back) * FACTORS[1] + FACTORS[2]
        buckets[:, back:, back] = (mixed ^ (mixed >> 32)) * FACTORS[0] >> (64 - BITS) & (BUCKETS - 1)
    return buckets


def ngram_polarity(table: np.ndarray, ids: np.ndarray, longest: int) -> np.ndarray:
    """Polarity of the n-gram of each length that ends at each token [rows, time, longest] float32; 0 if there is none.

    table [buckets] int8, log-odds times FINENESS. ids [rows, time] int64.
    """
    buckets = buckets_of(ids, longest)
    found = table[np.maximum(buckets, 0)].astype(np.float32) / np.float32(FINENESS)
    return found * ((buckets >= 0) & (ids != PAD_ID)[..., None])
