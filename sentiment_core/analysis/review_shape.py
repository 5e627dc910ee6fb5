"""What can be said of reviews before any tokenizer is trained: the classes of each split, and lengths in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.analysis.lengths import LengthSummary, summarise_lengths
from sentiment_core.text.corpus import LengthTable
from sentiment_core.text.summary import Summary


@dataclass(frozen=True)
class ReviewShape:
    """Class balance and lengths of some reviews."""

    splits: tuple[str, ...]
    counts: np.ndarray  # [splits, 2] int64, negative and positive reviews
    lengths: LengthSummary  # of all splits, in words: what stands between spaces


def shape_of(summary: Summary) -> ReviewShape:
    """The classes and lengths of the reviews that a summary counts. At least one review is needed."""
    counts = np.array([[split.negative, split.positive] for split in summary.splits], np.int64)
    words, negative, positive = np.array(summary.lengths, np.int64).T
    lengths = np.concatenate([np.repeat(words, negative), np.repeat(words, positive)])
    labels = np.repeat([0, 1], [negative.sum(), positive.sum()])
    table = LengthTable(np.full(len(lengths), "all", dtype=object), labels, lengths)
    return ReviewShape(tuple(split.name for split in summary.splits), counts, summarise_lengths(table, "all"))
