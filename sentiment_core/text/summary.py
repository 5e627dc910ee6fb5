"""What can be said of a data set before anything runs on it: classes, lengths, copies and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from sentiment_core.text.encoding import encode_reviews
from sentiment_core.text.hangul import find_language
from sentiment_core.text.report import Report
from sentiment_core.text.reviews import Reviews, Split


@dataclass(frozen=True)
class Spread:
    """How the lengths of a split's reviews are spread."""

    least: int
    low: float  # 5% of the reviews are shorter
    median: float
    mean: float
    high: float  # 5% of the reviews are longer
    most: int


@dataclass(frozen=True)
class SplitSummary:
    """One split in numbers."""

    name: str  # train, valid or test
    negative: int  # reviews
    positive: int
    characters: Spread
    words: Spread  # between spaces
    tokens: Spread | None  # if a tokenizer was given


@dataclass(frozen=True)
class Summary:
    """A data set in numbers."""

    splits: tuple[SplitSummary, ...]
    report: Report
    fingerprint: str  # of the reviews
    language: str  # of the texts, as `find_language` has it
    lengths: tuple[tuple[int, int, int], ...] = ()  # words, negative and positive reviews of so many, by words


def summarize(reviews: Reviews, tokenizer: Tokenizer | None = None) -> Summary:
    """The summary of a data set. tokenizer: counts the tokens too, which takes longer than all else."""
    splits = tuple(_summarize(name, split, tokenizer) for name, split in reviews.splits.items())
    language, lengths = find_language(reviews.train.texts), _count_lengths(reviews)
    return Summary(splits, reviews.report, reviews.fingerprint, language, lengths)


def _count_lengths(reviews: Reviews) -> tuple[tuple[int, int, int], ...]:
    """How many negative and positive reviews of all splits have each number of words."""
    labels = np.concatenate([split.labels for split in reviews.splits.values()])
    words = [len(text.split()) for split in reviews.splits.values() for text in split.texts]
    found, places = np.unique(words, return_inverse=True)
    counts = np.stack([np.bincount(places[labels == label], minlength=len(found)) for label in (0, 1)], axis=1)
    return tuple((int(length), *row) for length, row in zip(found, counts.tolist(), strict=True))


def _summarize(name: str, split: Split, tokenizer: Tokenizer | None) -> SplitSummary:
    negative, positive = np.bincount(split.labels, minlength=2).tolist()
    tokens = None if tokenizer is None else _spread(encode_reviews(split, tokenizer).lengths)
    characters = _spread([len(text) for text in split.texts])
    return SplitSummary(name, negative, positive, characters, _spread([len(t.split()) for t in split.texts]), tokens)


def _spread(lengths: Sequence[int] | np.ndarray) -> Spread:
    low, median, high = np.quantile(lengths, (0.05, 0.5, 0.95)).tolist()
    return Spread(int(np.min(lengths)), low, median, float(np.mean(lengths)), high, int(np.max(lengths)))
