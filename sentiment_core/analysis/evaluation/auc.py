"""AUCs of several classifiers on the same reviews, and the interval of their difference. Needs no torch.

DeLong, DeLong and Clarke-Pearson (1988) estimate the covariance of AUCs from each review's own share in them: for a
positive review, the share of the negative ones below it. Sun and Xu (2014) get these shares from ranks, in the time of
a sort. The classifiers judged the same reviews, so their AUCs rise and fall together, and the interval of the
difference is narrower than one from two separate intervals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.analysis.evaluation.intervals import normal_interval
from sentiment_core.analysis.evaluation.paired import Interval


@dataclass(frozen=True)
class Aucs:
    """The AUCs of several classifiers on the same reviews."""

    names: list[str]  # of the classifiers
    values: np.ndarray  # [classifiers] float64
    covariance: np.ndarray  # [classifiers, classifiers] float64, of the values

    def estimate(self, name: str) -> Interval:
        """A classifier's AUC with its interval."""
        place = self.names.index(name)
        error = float(np.sqrt(max(self.covariance[place, place], 0.0)))
        return normal_interval(float(self.values[place]), error, 0.0, 1.0)

    def difference(self, first: str, second: str) -> Interval:
        """The first classifier's AUC minus the second's, with the paired interval."""
        places = [self.names.index(first), self.names.index(second)]
        variance = np.array([1, -1]) @ self.covariance[np.ix_(places, places)] @ np.array([1, -1])
        value = float(self.values[places[0]] - self.values[places[1]])
        return normal_interval(value, float(np.sqrt(max(variance, 0.0))), -1.0, 1.0)


def measure_aucs(compared: Compared) -> Aucs | None:
    """The AUCs of all classifiers and their covariance. None if fewer than two reviews have one of the labels."""
    positive = compared.labels == 1
    counts = int(positive.sum()), int((~positive).sum())
    if min(counts) < 2:
        return None
    above, below = zip(*(_placements(values, positive) for values in compared.log_odds.values()), strict=True)
    by_positive, by_negative = np.array(above), np.array(below)  # [classifiers, positives], [classifiers, negatives]
    covariance = np.atleast_2d(np.cov(by_positive)) / counts[0] + np.atleast_2d(np.cov(by_negative)) / counts[1]
    return Aucs(compared.names, by_positive.mean(axis=1), covariance)


def _placements(log_odds: np.ndarray, positive: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Share of the negative reviews below each positive one, and of the positive above each negative; ties count half.

    log_odds [reviews] float32, positive [reviews] bool. Returns [positives] and [negatives] float64.
    """
    some, others = log_odds[positive], log_odds[~positive]
    return _below(others, some) / len(others), 1 - _below(some, others) / len(some)


def _below(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    """How many of `values` lie below each of `places` [places] float64; those that are equal count half."""
    ordered, distinct = np.sort(values), np.unique(places, return_inverse=True)
    counts = np.searchsorted(ordered, distinct[0], "left") + np.searchsorted(ordered, distinct[0], "right")
    return counts[distinct[1]] / 2
