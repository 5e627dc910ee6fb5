"""How long reviews are in tokens, and what a max length would cut. Counts only: no text, no network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PERCENTILES = (5, 25, 50, 75, 90, 95, 99)


@dataclass(frozen=True)
class LengthStatistics:
    """Where the lengths of some reviews lie."""

    reviews: int
    tokens: int
    mean: float  # tokens a review
    longest: int  # tokens
    percentiles: dict[int, float]  # percent -> tokens; 50 is the median


@dataclass(frozen=True)
class CutShare:
    """What reading only the first `max_length` tokens leaves out."""

    max_length: int  # tokens
    reviews: float  # share of reviews that are longer, 0 to 1
    tokens: float  # share of all tokens beyond the limit, 0 to 1


def length_statistics(lengths: np.ndarray) -> LengthStatistics:
    """Summarise lengths [reviews] int, at least one."""
    values = np.percentile(lengths, PERCENTILES)
    return LengthStatistics(
        reviews=len(lengths),
        tokens=int(lengths.sum()),
        mean=float(lengths.mean()),
        longest=int(lengths.max()),
        percentiles={percent: float(value) for percent, value in zip(PERCENTILES, values, strict=True)},
    )


def cut_share(lengths: np.ndarray, max_length: int) -> CutShare:
    """Shares of reviews and tokens of lengths [reviews] int that lie beyond `max_length`."""
    beyond = np.maximum(lengths - max_length, 0)
    return CutShare(max_length, float((beyond > 0).mean()), float(beyond.sum() / lengths.sum()))
