"""The reviews on which two classifiers disagree most. Needs no torch."""

from __future__ import annotations

import numpy as np

from sentiment_core.analysis.evaluation.compared import Compared


def most_disagreeing(compared: Compared, first: str, second: str, count: int) -> np.ndarray:
    """Places in `compared` of the reviews with the largest difference of two probabilities, most first.

    Only reviews that one of the two calls positive and the other does not count. At most half of the `count` reviews,
    rounded up, are such that the same classifier calls positive, as far as there are enough of both kinds.
    """
    gap = compared.probabilities(first) - compared.probabilities(second)
    differs = compared.positive(first) != compared.positive(second)
    order = np.flatnonzero(differs)[np.argsort(-np.abs(gap[differs]), kind="stable")]
    kinds = [order[gap[order] > 0], order[gap[order] <= 0]]
    share = [
        min(len(kind), max(-(-count // 2), count - len(other))) for kind, other in zip(kinds, kinds[::-1], strict=True)
    ]
    chosen = np.concatenate([kind[:many] for kind, many in zip(kinds, share, strict=True)])
    return chosen[np.argsort(-np.abs(gap[chosen]), kind="stable")][:count]
