"""A linear classifier over n-grams, whose every judgement is a sum of readable parts. Needs neither torch nor sklearn.

An n-gram that occurs in a text has a value, by one of three weightings:

counts   the number of times it occurs
tf-idf   (1 + log of that number) times its inverse document frequency; a text's values are then scaled to length 1
ratio    1; the log-count ratio of NB-SVM is part of the weight
"""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sentiment_core.classifiers.labels import binary_logits
from sentiment_core.classifiers.parts import Contributions
from sentiment_core.classifiers.protocol import Classifier, Origin
from sentiment_core.classifiers.tokens import TextView, unknown_view
from sentiment_core.runs.scores import Scores
from sentiment_core.text.ngrams import find_tokens, join_ngram

COUNTS, TF_IDF, RATIO = "counts", "tf-idf", "ratio"
WEIGHTINGS = (COUNTS, TF_IDF, RATIO)
NO_ID = -1  # the id of a token that is not an n-gram of the vocabulary


@dataclass(frozen=True)
class Weights:
    """What a linear classifier has learned."""

    unit: str  # the unit of an n-gram, see text/ngrams.py
    longest: int  # most tokens in an n-gram
    weighting: str  # one of WEIGHTINGS
    ngrams: list[str]  # [ngrams] in their order in the file
    weights: np.ndarray  # [ngrams] float32, what a value of 1 adds to the log-odds of positive
    rarity: np.ndarray | None  # [ngrams] float32, inverse document frequency; only for TF_IDF
    intercept: float  # log-odds of a text that has none of the n-grams


@dataclass(frozen=True, eq=False)
class LinearClassifier(Classifier):
    """A fitted linear classifier."""

    path: Path  # the folder it was loaded from
    learned: Weights
    about: dict[str, Any]  # the rest of its file: settings, features before pruning, accuracies
    trained_on: Origin
    valid: Scores | None
    test: Scores | None

    def __post_init__(self) -> None:
        """Build the tables now, so that the first text takes no longer than the others."""
        self._rows  # noqa: B018
        self._fingerprint  # noqa: B018

    @cached_property
    def _rows(self) -> dict[str, int]:
        """Each n-gram and its row."""
        return {ngram: row for row, ngram in enumerate(self.learned.ngrams)}

    @property
    def tokenizer_fingerprint(self) -> str:
        """A fingerprint of the vocabulary, which decides the tokens that are unknown."""
        return self._fingerprint

    @cached_property
    def _fingerprint(self) -> str:
        joined = "\0".join([self.learned.unit, str(self.learned.longest), *self.learned.ngrams])
        return hashlib.blake2b(joined.encode(), digest_size=8).hexdigest()

    @property
    def origin(self) -> Origin:
        """The reviews that the classifier was fitted on."""
        return self.trained_on

    def scores(self) -> Scores | None:
        """The classifier's scores on the test split."""
        return self.test

    def valid_scores(self) -> Scores | None:
        """The classifier's scores on the valid split."""
        return self.valid

    def tokenize(self, text: str) -> TextView:
        """Split a text into tokens. A token is unknown if it occurs in no n-gram of the vocabulary."""
        tokens, spans = find_tokens(text, self.learned.unit)
        if not tokens:
            return unknown_view(text, 1, NO_ID)
        ids = np.array([self._rows.get(token, NO_ID) for token in tokens], dtype=np.int64)
        unknown = np.ones(len(tokens), dtype=bool)
        for first, last, _ in self._find(tokens):
            unknown[first:last] = False
        return TextView(text, tokens, spans, ids, unknown, len(tokens))

    def logits(self, views: Sequence[TextView]) -> np.ndarray:
        """Logit of each label for each view [views, 2] float32."""
        sums = []
        for view in views:
            rows = [row for _, _, row in self._find(view.tokens)]
            kept, counts = np.unique(np.array(rows, dtype=np.int64), return_counts=True)
            sums.append(self._values(kept, counts).sum() + self.learned.intercept)
        return binary_logits(np.array(sums, dtype=np.float32))

    def contributions(self, view: TextView) -> Contributions:
        """What each n-gram of the text adds to the log-odds of positive, largest absolute value first."""
        places: dict[int, list[tuple[int, int]]] = {}
        for first, last, row in self._find(view.tokens):
            places.setdefault(row, []).append((first, last))
        rows = np.array(list(places), dtype=np.int64)
        values = self._values(rows, np.array([len(found) for found in places.values()]))
        order = np.argsort(-np.abs(values), kind="stable")
        ngrams = [self.learned.ngrams[row] for row in rows[order]]
        return Contributions(
            ngrams, values[order], [np.array(places[row]) for row in rows[order].tolist()], self.learned.intercept
        )

    def prefixes(self, view: TextView) -> np.ndarray:
        """Log-odds of positive for the text up to each token [tokens] float32, all from one pass over its n-grams."""
        learned = self.learned
        sums = np.empty(len(view.tokens))
        counts: dict[int, int] = {}
        total = squares = 0.0  # the sum of weight times value, and that of squared values
        done = 0
        for _, last, row in sorted(self._find(view.tokens), key=lambda found: found[1]):
            sums[done : last - 1] = self._scaled(total, squares)
            done = last - 1
            counts[row] = many = counts.get(row, 0) + 1
            before, after = self._value(row, many - 1), self._value(row, many)
            total += float(learned.weights[row]) * (after - before)
            squares += after**2 - before**2
        sums[done:] = self._scaled(total, squares)
        return (sums + learned.intercept).astype(np.float32)

    def prefix_logits(self, view: TextView, ends: np.ndarray) -> np.ndarray:
        """Logit of each label [prefixes, 2] float32 for the first `ends` tokens of a view [prefixes] int64."""
        return binary_logits(self.prefixes(view)[ends - 1])

    def logits_without(self, view: TextView, dropped: np.ndarray) -> np.ndarray:
        """Logit of each label [texts, 2] float32 for a view without the tokens [first, last) of each row of `dropped`.

        The n-grams of the whole view are found once. A text lacks those at its dropped tokens and gains those that
        reach across the gap.
        """
        found = self._find(view.tokens)
        firsts = [first for first, _, _ in found]
        counts = Counter(row for _, _, row in found)
        held = [(row, self._value(row, count)) for row, count in counts.items()]
        total = math.fsum(float(self.learned.weights[row]) * value for row, value in held)
        squares = math.fsum(value**2 for _, value in held)
        reach = self.learned.longest - 1
        sums = []
        for first, last in dropped.tolist():
            change: Counter[int] = Counter()
            if first < last:
                near = found[bisect_left(firsts, first - reach) : bisect_left(firsts, last)]
                change.subtract(row for _, end, row in near if end > first)
                before = view.tokens[max(0, first - reach) : first]
                across = self._find([*before, *view.tokens[last : last + reach]])
                change.update(row for start, end, row in across if start < len(before) < end)
            if len(found) + change.total() == 0:  # no n-gram is left, which differences would miss by a rounding error
                sums.append(0.0)
                continue
            more = more_squares = 0.0
            for row, by in change.items():
                old, new = self._value(row, counts[row]), self._value(row, counts[row] + by)
                more += float(self.learned.weights[row]) * (new - old)
                more_squares += new**2 - old**2
            sums.append(self._scaled(total + more, squares + more_squares))
        return binary_logits(np.array(sums, dtype=np.float32) + np.float32(self.learned.intercept))

    def _value(self, row: int, count: int) -> float:
        """The value of an n-gram that occurs `count` times, before a text's values are scaled."""
        if count == 0:
            return 0.0
        if self.learned.weighting != TF_IDF:
            return 1.0 if self.learned.weighting == RATIO else float(count)
        assert self.learned.rarity is not None
        return (1 + math.log(count)) * float(self.learned.rarity[row])

    def _scaled(self, total: float, squares: float) -> float:
        return total / (math.sqrt(squares) or 1.0) if self.learned.weighting == TF_IDF else total

    def _find(self, tokens: Sequence[str]) -> list[tuple[int, int, int]]:
        """Every occurrence of an n-gram of the vocabulary: its tokens [first, last) and its row."""
        found = []
        for first in range(len(tokens)):
            for last in range(first + 1, min(first + self.learned.longest, len(tokens)) + 1):
                row = self._rows.get(join_ngram(tokens[first:last], self.learned.unit))
                if row is not None:
                    found.append((first, last, row))
        return found

    def _values(self, rows: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """What the n-grams `rows` add, if each occurs `counts` times in the text [rows] float64."""
        weights = self.learned.weights[rows].astype(np.float64)
        if self.learned.weighting == RATIO:
            return weights
        if self.learned.weighting == COUNTS:
            return weights * counts
        assert self.learned.rarity is not None
        shares = (1 + np.log(counts)) * self.learned.rarity[rows]
        return weights * shares / (np.linalg.norm(shares) or 1.0)
