"""What can be counted in reviews before any tokenizer is trained: the classes of each split, and lengths in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sentiment_core.analysis.lengths import LengthSummary, summarise_lengths
from sentiment_core.text.corpus import LengthTable
from sentiment_core.text.reviews import Split


@dataclass(frozen=True)
class ReviewShape:
    """Class balance and lengths of some reviews."""

    splits: tuple[str, ...]
    counts: np.ndarray  # [splits, 2] int64, negative and positive reviews
    lengths: LengthSummary  # of all splits, in words: what stands between spaces


def shape_of(splits: Mapping[str, Split]) -> ReviewShape:
    """Count the reviews of each label in each split, and the words of each review. At least one review is needed."""
    counts = np.stack([np.bincount(split.labels, minlength=2) for split in splits.values()])
    labels = np.concatenate([split.labels for split in splits.values()])
    texts = (text for split in splits.values() for text in split.texts)
    words = np.fromiter((len(text.split()) for text in texts), np.int64, len(labels))
    names = np.repeat(np.array(list(splits), dtype=object), counts.sum(axis=1))
    return ReviewShape(tuple(splits), counts, summarise_lengths(LengthTable(names, labels, words), "all"))
