"""How long reviews are in tokens, and what a max length would cut. Counts only: no text, no network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.text.corpus import LengthTable

PERCENTILES = (5, 25, 50, 75, 90, 95, 99)
BINS = 50
_IN_BINS = 97.5  # percent of the reviews in the bins of equal width; longer ones share the last bin
_ROUND_WIDTHS = np.array([1, 2, 3, 4, 5, 6, 8, 10])
_LABELS = ("negative", "positive")


@dataclass(frozen=True)
class LengthStatistics:
    """Statistics of the lengths of some reviews."""

    reviews: int
    tokens: int
    mean: float  # tokens a review
    longest: int  # tokens
    percentiles: dict[int, float]  # percent -> tokens; 50 is the median


@dataclass(frozen=True)
class CutShare:
    """What is lost if only the first `max_length` tokens are read."""

    max_length: int  # tokens
    reviews: float  # share of reviews that are longer, 0 to 1
    tokens: float  # share of all tokens beyond the limit, 0 to 1


@dataclass(frozen=True)
class LengthSummary:
    """The lengths of one split, for a figure and a table."""

    lengths: np.ndarray  # [reviews] int64, tokens
    edges: np.ndarray  # [bins + 1] int64, tokens; bin i holds lengths from edges[i] to edges[i + 1] - 1
    counts: np.ndarray  # [2, bins + 1] int64, negative and positive reviews; the last bin is open
    statistics: dict[str, LengthStatistics]  # of all reviews and of each label that occurs

    def cut(self, max_length: int) -> CutShare:
        """What is lost if only the first `max_length` tokens are read."""
        return cut_share(self.lengths, max_length)

    def share_shorter(self, tokens: int) -> float:
        """Share of reviews, 0 to 1, that have fewer than `tokens` tokens."""
        return float((self.lengths < tokens).mean())


def in_split(table: LengthTable, split: str) -> np.ndarray:
    """Whether each row belongs to a split [reviews] bool; "all" is every row."""
    return np.full(len(table.split), True) if split == "all" else table.split == split


def summarise_lengths(table: LengthTable, split: str) -> LengthSummary:
    """Histogram and statistics of a split, or of "all".

    The bins depend on the whole table, so splits can be compared.
    """
    edges = length_edges(table.tokens)
    rows = in_split(table, split)
    lengths, labels = table.tokens[rows], table.label[rows]
    by_label = [lengths[labels == label] for label in range(len(_LABELS))]
    groups = {"all": lengths, **dict(zip(_LABELS, by_label, strict=True))}
    return LengthSummary(
        lengths,
        edges,
        np.stack([np.histogram(group, [*edges, np.inf])[0] for group in by_label]),
        {name: length_statistics(group) for name, group in groups.items() if len(group)},
    )


def length_edges(lengths: np.ndarray) -> np.ndarray:
    """Edges [BINS + 1] int64 of bins of lengths [reviews], from 0 on.

    The width is the smallest round one that covers nearly all reviews.
    """
    width = max(float(np.percentile(lengths, _IN_BINS)) / BINS, 1.0)
    widths = _ROUND_WIDTHS * 10 ** int(np.log10(width))
    return np.arange(BINS + 1) * int(widths[widths >= width][0])


def length_statistics(lengths: np.ndarray) -> LengthStatistics:
    """Statistics of lengths [reviews] int, at least one."""
    values = np.percentile(lengths, PERCENTILES)
    return LengthStatistics(
        reviews=len(lengths),
        tokens=int(lengths.sum()),
        mean=float(lengths.mean()),
        longest=int(lengths.max()),
        percentiles={percent: float(value) for percent, value in zip(PERCENTILES, values, strict=True)},
    )


def cut_share(lengths: np.ndarray, max_length: int) -> CutShare:
    """Shares of reviews and tokens of lengths [reviews] int beyond `max_length`."""
    beyond = np.maximum(lengths - max_length, 0)
    return CutShare(max_length, float((beyond > 0).mean()), float(beyond.sum() / lengths.sum()))
