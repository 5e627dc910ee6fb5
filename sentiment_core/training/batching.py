"""Groups reviews into batches, and measures their padding. Uses numpy only, so pages need no torch."""

from __future__ import annotations

import numpy as np

from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.text.tokenization import PAD_ID

POOL = 50  # batches sorted together; a larger pool has less padding, a smaller one mixes lengths better


def random_batches(count: int, batch_size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Row numbers of each batch: every row once, in random order."""
    order = rng.permutation(count)
    return [order[start : start + batch_size] for start in range(0, count, batch_size)]


def bucketed_batches(
    lengths: np.ndarray, batch_size: int, rng: np.random.Generator, pool: int = POOL
) -> list[np.ndarray]:
    """Row numbers of each batch: every row once, rows of similar length together.

    Shuffles, sorts by length [reviews] within pools of `pool` batches, cuts into batches, and shuffles the batches.
    """
    order = rng.permutation(len(lengths))
    size = pool * batch_size
    pools = [order[start : start + size] for start in range(0, len(order), size)]
    pools = [rows[np.argsort(lengths[rows], kind="stable")] for rows in pools]
    batches = [rows[start : start + batch_size] for rows in pools for start in range(0, len(rows), batch_size)]
    return [batches[index] for index in rng.permutation(len(batches))]


def sorted_batches(lengths: np.ndarray, batch_size: int) -> list[np.ndarray]:
    """Row numbers of each batch: every row once, shortest first. Has the least padding, for inference."""
    order = np.argsort(lengths, kind="stable")
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def pad_batch(encoded: EncodedReviews, rows: np.ndarray, max_length: int) -> tuple[np.ndarray, np.ndarray]:
    """Ids [batch, time] int64, cut at `max_length` and right-padded to the longest row, and lengths [batch] int64."""
    starts = encoded.offsets[rows]
    lengths = np.minimum(encoded.offsets[rows + 1] - starts, max_length)
    position = np.arange(lengths.max())
    real = position < lengths[:, None]  # [batch, time]
    flat = np.where(real, starts[:, None] + position, 0)
    return np.where(real, encoded.ids[flat], PAD_ID).astype(np.int64), lengths


def padding_waste(lengths: np.ndarray, batches: list[np.ndarray], max_length: int) -> float:
    """Share of all positions in these batches that are padding, 0 to 1."""
    cut = np.minimum(lengths, max_length)
    padded = sum(len(rows) * int(cut[rows].max()) for rows in batches)
    return 1.0 - float(cut.sum()) / padded
