"""What the errors of a classifier cost at each threshold, and the threshold that costs least on valid. No torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.analysis.evaluation.ranking import Outcome, Ranking

THRESHOLDS = np.arange(1, 100) / 100  # probabilities, those that a reader can choose
PER = 1000  # reviews for which a cost is stated


@dataclass(frozen=True)
class Costs:
    """The cost of each kind of error; correct verdicts cost nothing."""

    false_positive: float  # of a negative review that is called positive
    false_negative: float  # of a positive review that is called negative

    def of(self, outcome: Outcome) -> float:
        """The cost of 1,000 reviews like those of an outcome, which has at least one."""
        wrong = self.false_positive * outcome.false_positives + self.false_negative * outcome.false_negatives
        return PER * wrong / outcome.reviews

    def curve(self, ranking: Ranking) -> np.ndarray:
        """The cost of 1,000 reviews at each of THRESHOLDS [thresholds] float64."""
        caught, false_alarms = ranking.called_positive(THRESHOLDS)
        wrong = self.false_positive * false_alarms + self.false_negative * (ranking.positives - caught)
        return PER * wrong / (ranking.positives + ranking.negatives)

    @property
    def of_certainty(self) -> float | None:
        """The threshold that costs least if the probabilities are right (Elkan 2001); None if errors cost nothing.

        Above it, the expected cost of a false positive is lower than that of a false negative.
        """
        total = self.false_positive + self.false_negative
        return self.false_positive / total if total else None


def cheapest_threshold(valid: Ranking, costs: Costs) -> float:
    """The one of THRESHOLDS that costs least on valid; of several, the one in their middle.

    Choosing it on the test reviews would make its cost there look lower than it will be.
    """
    curve = costs.curve(valid)
    cheapest = np.flatnonzero(curve <= curve.min() + 1e-9)
    middle = cheapest[np.argmin(np.abs(cheapest - np.median(cheapest)))]
    return float(THRESHOLDS[middle])
