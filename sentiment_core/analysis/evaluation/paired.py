"""Whether two classifiers that judged the same reviews differ by more than chance. Needs no torch.

Both judge each review, so only the reviews count that one gets right and the other wrong. All functions take whether
each review is judged right, at a threshold that `Compared.right` applies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import NormalDist

import numpy as np

from sentiment_core.analysis.evaluation.compared import HALF, Compared

LEVEL = 0.95  # of every interval
SIGNIFICANT = 0.05  # p below which a difference would be unusual if there were none
RESAMPLES = 2_000
OUTCOMES = ("both", "first", "second", "neither")  # who is right: both, only the first, only the second, or neither


@dataclass(frozen=True)
class Interval:
    """A value and the ends of its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class McNemar:
    """McNemar's test of the discordant reviews: those that exactly one of two classifiers gets right."""

    first: int  # discordant reviews that the first gets right
    second: int  # those that the second gets right
    exact: float  # p of the exact test, two-sided
    mid: float  # mid-p, two-sided


@dataclass(frozen=True)
class Difference:
    """How a second classifier differs from a first one on the same reviews."""

    pair: tuple[str, str]  # first, second
    counts: np.ndarray  # [4] int64, reviews by OUTCOMES
    gain: Interval  # accuracy of the second minus that of the first, -1 to 1
    test: McNemar
    corrected: float  # the exact p, corrected for the number of pairs compared at once


def wilson(right: int, count: int, level: float = LEVEL) -> Interval:
    """A share and its interval by Wilson's score, which stays between 0 and 1 (Wilson 1927). count: at least 1."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = right / count
    centre = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    # Rounding must not move an end past the share, or out of the range.
    return Interval(share, min(max(centre - half, 0.0), share), max(min(centre + half, 1.0), share))


def accuracy(right: np.ndarray) -> Interval:
    """The share of reviews judged right [reviews] bool, with its interval."""
    return wilson(int(right.sum()), len(right))


def outcomes(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Who is right about each review, as a place in OUTCOMES [reviews] int64. first, second: [reviews] bool."""
    return 2 * (~first).astype(np.int64) + (~second).astype(np.int64)


def count_outcomes(found: np.ndarray) -> np.ndarray:
    """The number of reviews by OUTCOMES [4] int64, from what `outcomes` found."""
    return np.bincount(found, minlength=len(OUTCOMES))


def bootstrap_gain(counts: np.ndarray, resamples: int = RESAMPLES, seed: int = 0) -> Interval:
    """How much more often the second is right than the first, with a paired bootstrap interval (percentiles).

    counts: [4] reviews by OUTCOMES. A resample draws as many reviews as there are, with replacement, each with both
    verdicts. Only the four counts of a resample matter, and they are multinomial, so drawing them is drawing the
    reviews: the distribution is exactly the same and takes 4 numbers instead of 25,000.
    """
    count = int(counts.sum())
    drawn = np.random.default_rng(seed).multinomial(count, counts / count, size=resamples)
    gains = (drawn[:, 2] - drawn[:, 1]) / count
    low, high = np.quantile(gains, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(counts[2] - counts[1]) / count, float(low), float(high))


def mcnemar(first: int, second: int) -> McNemar:
    """McNemar's test, exact and with mid-p (Fagerland et al. 2013), which is less cautious.

    first, second: reviews that only that classifier gets right. Under equal quality each is a coin toss. Without any
    such review p is 1: nothing speaks for a difference.
    """
    fewer, count = min(first, second), first + second
    if not count:
        return McNemar(first, second, 1.0, 1.0)
    # The logarithm of how many of the 2^count ways have 0, 1, 2, ... successes, by the ratio of neighbours.
    places = np.arange(1, fewer + 1)
    ways = np.concatenate([[0.0], np.cumsum(np.log((count + 1 - places) / places))])
    chances = np.exp(ways - count * np.log(2))
    at_most, below = float(chances.sum()), float(chances[:-1].sum())
    return McNemar(first, second, min(2 * at_most, 1.0), min(at_most + below, 1.0))


def holm(values: Sequence[float] | np.ndarray) -> np.ndarray:
    """p-values [tests] float64 corrected for their number, by Holm's steps (Holm 1979). values: [tests]."""
    found = np.asarray(values, dtype=np.float64)
    order = np.argsort(found, kind="stable")
    corrected = np.empty(len(found))
    corrected[order] = np.maximum.accumulate(np.minimum(np.arange(len(found), 0, -1) * found[order], 1.0))
    return corrected


def differences(compared: Compared, threshold: float = HALF) -> dict[tuple[str, str], Difference]:
    """Each pair of the compared classifiers, in their order. Their p-values are corrected for the number of pairs."""
    right = {name: compared.right(name, threshold) for name in compared.names}
    counted = {pair: count_outcomes(outcomes(right[pair[0]], right[pair[1]])) for pair in combinations(right, 2)}
    tests = {pair: mcnemar(int(counts[1]), int(counts[2])) for pair, counts in counted.items()}
    corrected = holm([test.exact for test in tests.values()]).tolist()
    return {
        pair: Difference(pair, counts, bootstrap_gain(counts), tests[pair], p)
        for (pair, counts), p in zip(counted.items(), corrected, strict=True)
    }
