"""What padding costs at a max length, with random batches and with batches of similar length."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.training.batching import bucketed_batches, padding_waste, random_batches


@dataclass(frozen=True)
class PaddingCost:
    """Share of all positions in an epoch's batches that are padding, 0 to 1."""

    random: float
    bucketed: float


def padding_cost(lengths: np.ndarray, max_length: int, batch_size: int, seed: int = 0) -> PaddingCost:
    """The cost of both ways of batching lengths [reviews] int; batches are padded to their longest review."""
    rng = np.random.default_rng(seed)
    cut = np.minimum(lengths, max_length)
    return PaddingCost(
        random=padding_waste(cut, random_batches(len(cut), batch_size, rng), max_length),
        bucketed=padding_waste(cut, bucketed_batches(cut, batch_size, rng), max_length),
    )
