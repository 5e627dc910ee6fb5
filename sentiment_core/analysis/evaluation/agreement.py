"""On which reviews two classifiers are right together, alone or not at all. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.analysis.evaluation.compared import HALF, Compared
from sentiment_core.analysis.evaluation.paired import OUTCOMES, count_outcomes, outcomes

SIDES = ("negative", "positive")  # by label
ALL = "all"  # both labels
CELLS = tuple(f"{outcome}-{side}" for outcome in OUTCOMES for side in (*SIDES, ALL))  # codes in addresses


@dataclass(frozen=True)
class Agreement:
    """How many reviews of each label two classifiers judge right."""

    pair: tuple[str, str]
    outcome: np.ndarray  # [reviews] int64, who is right about each: a place in OUTCOMES
    counts: np.ndarray  # [4, 3] int64, reviews by OUTCOMES and by SIDES, then of both labels


def agreement(compared: Compared, pair: tuple[str, str], threshold: float = HALF) -> Agreement:
    """Count the reviews that both, one, or neither of a pair judges right at a threshold."""
    found = outcomes(*(compared.right(name, threshold) for name in pair))
    sides = [count_outcomes(found[compared.labels == label]) for label in (0, 1)]
    return Agreement(pair, found, np.stack([*sides, sides[0] + sides[1]], axis=1))


def reviews_of(compared: Compared, found: Agreement, cell: str) -> np.ndarray:
    """Places of a cell's reviews in the arrays of `compared` [some] int64, most surely wrong first.

    cell: one of CELLS. A review is wrong by its log-odds of the other label. If neither is right, the less sure of the
    two decides, and if both are right, the one that came closest to being wrong. Equal reviews keep their order.
    """
    outcome, _, side = cell.partition("-")
    chosen = found.outcome == OUTCOMES.index(outcome)
    if side != ALL:
        chosen &= compared.labels == SIDES.index(side)
    places = np.flatnonzero(chosen)
    sign = np.where(compared.labels[places] == 1, -1.0, 1.0)
    first, second = (sign * compared.log_odds[name][places] for name in found.pair)
    wrong = {"both": np.maximum(first, second), "first": second, "second": first, "neither": np.minimum(first, second)}
    return places[np.argsort(-wrong[outcome], kind="stable")]
