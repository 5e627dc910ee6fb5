"""How a classifier orders reviews: its ROC and precision-recall curve, and what every threshold does.

Everything follows from two counts at each distinct log-odds: how many positive and how many negative reviews have at
least that log-odds. Reviews with equal log-odds cannot be parted by any threshold, so a curve passes them in one step.
Stored log-odds are float16, of which thousands are equal. Needs no torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

GRID = 1000  # cells along each axis in which a drawn curve may leave out points: fewer than a picture has pixels


@dataclass(frozen=True)
class Ranking:
    """The reviews in the order of one classifier, the most positive first."""

    log_odds: np.ndarray  # [values] float32, distinct, descending
    true_positives: np.ndarray  # [values] int64, positive reviews with at least this log-odds
    false_positives: np.ndarray  # [values] int64, negative reviews with at least this log-odds

    @property
    def positives(self) -> int:
        """The number of positive reviews."""
        return int(self.true_positives[-1])

    @property
    def negatives(self) -> int:
        """The number of negative reviews."""
        return int(self.false_positives[-1])

    @property
    def one_class(self) -> bool:
        """Whether all reviews have the same label. Then there is nothing to rank."""
        return not self.positives or not self.negatives

    @property
    def constant(self) -> bool:
        """Whether all reviews have the same log-odds. Then the order says nothing."""
        return len(self.log_odds) == 1

    @property
    def auc(self) -> float:
        """Probability that a random positive review lies above a random negative one; ties count half.

        It is the area under the ROC curve (Hanley and McNeil 1982). NaN if all reviews have one label.
        """
        if self.one_class:
            return float("nan")
        rises = np.diff(self.true_positives, prepend=0).astype(np.float64)
        below = self.negatives - self.false_positives + np.diff(self.false_positives, prepend=0) / 2
        return float(rises @ below / (self.positives * self.negatives))

    @property
    def average_precision(self) -> float:
        """Mean of the precision at each positive review: the area under the precision-recall steps.

        Ties share the precision after all of them, as in scikit-learn. NaN if no review is positive.
        """
        if not self.positives:
            return float("nan")
        precision = self.true_positives / (self.true_positives + self.false_positives)
        return float(np.diff(self.true_positives, prepend=0) @ precision / self.positives)

    def at(self, threshold: float) -> Outcome:
        """What the classifier does at a threshold, a probability above 0 and below 1."""
        caught, false_alarms = (int(counts[0]) for counts in self.called_positive(np.array([threshold])))
        return Outcome(caught, false_alarms, self.negatives - false_alarms, self.positives - caught)

    def called_positive(self, thresholds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How many positive and how many negative reviews are called positive, each [thresholds] int64.

        thresholds [thresholds] float64 are probabilities above 0 and below 1. A review at a threshold is not called so.
        """
        limits = np.log(thresholds) - np.log1p(-thresholds)
        places = np.searchsorted(-self.log_odds, -limits, "left")
        return np.append(0, self.true_positives)[places], np.append(0, self.false_positives)[places]


@dataclass(frozen=True)
class Outcome:
    """The reviews of a split at one threshold, counted by label and verdict."""

    true_positives: int
    false_positives: int
    true_negatives: int
    false_negatives: int

    @property
    def reviews(self) -> int:
        """All of them."""
        return self.true_positives + self.false_positives + self.true_negatives + self.false_negatives

    @property
    def recall(self) -> float:
        """Share of the positive reviews that are called positive. NaN if there are none."""
        return _share(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def fall_out(self) -> float:
        """Share of the negative reviews that are called positive. NaN if there are none."""
        return _share(self.false_positives, self.false_positives + self.true_negatives)

    @property
    def precision(self) -> float:
        """Share of the reviews called positive that are positive. NaN if none is."""
        return _share(self.true_positives, self.true_positives + self.false_positives)


@dataclass(frozen=True)
class Curve:
    """A curve thinned for drawing."""

    x: np.ndarray  # [points] float32, 0 to 1
    y: np.ndarray  # [points] float32, 0 to 1
    log_odds: np.ndarray  # [points] float32, the smallest that is called positive; infinite where none is


def rank(labels: np.ndarray, log_odds: np.ndarray) -> Ranking:
    """Order reviews by a classifier's log_odds [reviews] float32; labels [reviews] int64, 1 is positive."""
    order = np.argsort(-log_odds, kind="stable")
    ordered = log_odds[order]
    last = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True))  # of each run of equal log-odds
    positives = np.cumsum(labels[order] == 1)[last]
    return Ranking(ordered[last], positives, last + 1 - positives)


def roc_curve(ranking: Ranking) -> Curve:
    """Recall against the share of negative reviews called positive, from (0, 0) to (1, 1).

    A straight line joins two points: that is what a coin toss among equal log-odds does, and it makes the area the AUC.
    The ranking must have both labels.
    """
    x = np.append(0, ranking.false_positives) / ranking.negatives
    y = np.append(0, ranking.true_positives) / ranking.positives
    return _drawn(x, y, np.append(np.float32(np.inf), ranking.log_odds))


def precision_recall_curve(ranking: Ranking) -> Curve:
    """Precision against recall. Draw it as steps that hold each precision back to the recall before.

    A straight line between two points would promise a precision that no threshold has (Davis and Goadrich 2006), and
    the area under the steps is the average precision. There must be a positive review.
    """
    recall = ranking.true_positives / ranking.positives
    precision = ranking.true_positives / (ranking.true_positives + ranking.false_positives)
    return _drawn(np.append(0, recall), np.append(precision[0], precision), np.append(np.inf, ranking.log_odds))


def _drawn(x: np.ndarray, y: np.ndarray, log_odds: np.ndarray) -> Curve:
    kept = thin(x, y)
    return Curve(x[kept].astype(np.float32), y[kept].astype(np.float32), log_odds[kept].astype(np.float32))


def thin(x: np.ndarray, y: np.ndarray, grid: int = GRID) -> np.ndarray:
    """Places [kept] int64 of the points that a drawn curve needs; x, y [points] lie in 0 to 1.

    The square is divided into grid x grid cells. Of neighbouring points in one cell, the first and the last are kept.
    A point that is left out therefore lies in the same cell as the points that are kept before and after it: the drawn
    line passes within a cell of it, which is less than a pixel of a picture up to `grid` pixels wide.
    """
    cell = np.minimum((x * grid).astype(np.int64), grid - 1) * grid + np.minimum((y * grid).astype(np.int64), grid - 1)
    changes = cell[1:] != cell[:-1]
    return np.flatnonzero(np.append(True, changes) | np.append(changes, True))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
