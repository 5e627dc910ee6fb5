"""How far chance alone moves an accuracy: runs of one recipe that differ only in their seed. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb, sqrt

import numpy as np

from sentiment_core.analysis.evaluation.paired import LEVEL, SIGNIFICANT, Interval, holm

SHUFFLES = 20_000  # most ways to share the seeds out that the permutation test tries


@dataclass(frozen=True)
class Spread:
    """The accuracies of several seeds of one recipe."""

    count: int  # seeds
    mean: Interval  # of the accuracies; where the mean of very many seeds lies
    deviation: float  # standard deviation of one seed's accuracy; 0 for one seed
    low: float  # least accuracy
    high: float  # greatest accuracy


@dataclass(frozen=True)
class Gap:
    """Two recipes, each with several seeds."""

    gain: Interval  # mean accuracy of the second minus that of the first, with Welch's interval
    p: float  # of the permutation test, two-sided
    welch: float  # p of Welch's test, two-sided; 1 if no accuracy varies and the means are equal
    least: float  # the smallest p that so many seeds can give
    counts: tuple[int, int]  # seeds of the first and of the second

    @property
    def decided(self) -> bool:
        """Whether the difference is larger than the seeds explain."""
        return self.p < SIGNIFICANT

    @property
    def decidable(self) -> bool:
        """Whether so many seeds could show any difference."""
        return self.least < SIGNIFICANT


def spread(accuracies: np.ndarray) -> Spread:
    """The spread of accuracies [seeds], at least one. The interval of the mean is Student's.

    With one seed it is unknown, and reaches from 0 to 1.
    """
    count, mean = len(accuracies), float(accuracies.mean())
    if count == 1:
        return Spread(1, Interval(mean, 0.0, 1.0), 0.0, mean, mean)
    from scipy.special import stdtrit  # imported on demand: no other page needs it

    half = float(stdtrit(count - 1, (1 + LEVEL) / 2)) * deviation(accuracies) / sqrt(count)
    interval = Interval(mean, max(mean - half, 0.0), min(mean + half, 1.0))
    return Spread(count, interval, deviation(accuracies), float(accuracies.min()), float(accuracies.max()))


def pairs_as_far_apart(accuracies: np.ndarray, difference: float) -> tuple[int, int]:
    """How many pairs of accuracies [seeds] of one recipe differ by at least this much, and how many pairs there are."""
    apart = np.array([abs(one - other) for one, other in combinations(accuracies.tolist(), 2)])
    return int((apart >= abs(difference) - 1e-12).sum()), len(apart)


def compare_recipes(first: np.ndarray, second: np.ndarray, seed: int = 0) -> Gap:
    """Whether two recipes differ by more than their seeds. first, second: accuracies [seeds], at least two each.

    If both were equally good, the seeds could have been shared out between them in any way. p is the share of all ways
    with a difference of means as large as this one (Fisher 1935); of SHUFFLES random ones if there are more. The
    interval is Welch's (1947), because the recipes may vary by different amounts.
    """
    gain = float(second.mean() - first.mean())
    parts = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    error = sqrt(sum(parts))
    welch, half = (1.0 if not gain else 0.0), 0.0
    if error:
        from scipy.special import stdtr, stdtrit

        freedom = sum(parts) ** 2 / (parts[0] ** 2 / (len(first) - 1) + parts[1] ** 2 / (len(second) - 1))
        welch = 2 * float(stdtr(freedom, -abs(gain) / error))
        half = float(stdtrit(freedom, (1 + LEVEL) / 2)) * error
    ways = comb(len(first) + len(second), len(first))
    mirrored = 2 if len(first) == len(second) else 1  # ways with the greatest difference
    least = mirrored / ways if ways <= SHUFFLES else 1 / (SHUFFLES + 1)
    interval = Interval(gain, max(gain - half, -1.0), min(gain + half, 1.0))
    return Gap(interval, _permutation(first, second, seed), welch, least, (len(first), len(second)))


@dataclass(frozen=True)
class Rise:
    """A recipe beside the next better one."""

    worse: str
    better: str
    gain: float  # mean accuracy of the better one minus that of the other
    p: float  # of the permutation test, corrected for the number of pairs

    @property
    def decided(self) -> bool:
        """Whether the difference is larger than the seeds explain."""
        return self.p < SIGNIFICANT


def compare_in_order(accuracies: Mapping[str, np.ndarray]) -> list[Rise]:
    """Each recipe beside the next better one, in the order of the means. The p-values are corrected by Holm.

    accuracies: [seeds] of each recipe, at least two. All pairs would be too many: five seeds of each recipe show a
    difference in six pairs at most.
    """
    order = sorted(accuracies, key=lambda name: float(accuracies[name].mean()))
    pairs = list(pairwise(order))
    found = [_permutation(accuracies[worse], accuracies[better], seed=0) for worse, better in pairs]
    return [
        Rise(worse, better, float(accuracies[better].mean() - accuracies[worse].mean()), p)
        for (worse, better), p in zip(pairs, holm(found).tolist(), strict=True)
    ]


def deviation(accuracies: np.ndarray) -> float:
    """Standard deviation of the accuracy of one seed, from those of [seeds]; 0 for one seed."""
    return float(accuracies.std(ddof=1)) if len(accuracies) > 1 else 0.0


def _permutation(first: np.ndarray, second: np.ndarray, seed: int) -> float:
    together = np.concatenate([first, second])
    total, count = together.sum(), len(first)
    ways = comb(len(together), count)
    if ways <= SHUFFLES:
        chosen = np.array(list(combinations(range(len(together)), count)))
    else:
        rng = np.random.default_rng(seed)
        chosen = rng.random((SHUFFLES, len(together))).argsort(axis=1)[:, :count]
    sums = together[chosen].sum(axis=1)
    gains = np.abs((total - sums) / len(second) - sums / count)
    as_large = int((gains >= abs(second.mean() - first.mean()) - 1e-12).sum())
    return as_large / ways if ways <= SHUFFLES else (as_large + 1) / (SHUFFLES + 1)
