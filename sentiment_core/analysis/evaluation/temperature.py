"""Temperature scaling: one number that makes a classifier's probabilities honest (Guo et al. 2017). Needs no torch.

The log-odds of every review are divided by a temperature, which is fitted on valid. Above 1 it makes the classifier
less confident, below 1 more. No log-odds changes its sign, so every verdict at 50% and the accuracy stay the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

LOWEST, HIGHEST = 0.05, 20.0
_NEAR = 1e-6  # in the logarithm of the temperature, to which it is found
Bound = Literal["", "lowest", "highest"]


@dataclass(frozen=True)
class Temperature:
    """A fitted temperature."""

    value: float
    bound: Bound  # the end of the range that it stopped at, because the loss still falls there; "" if it lies inside
    loss_before: float  # mean negative log-likelihood on valid at temperature 1
    loss_after: float  # the same at the fitted temperature

    def apply(self, log_odds: np.ndarray) -> np.ndarray:
        """The log-odds [reviews] float32 at this temperature."""
        return (log_odds / np.float32(self.value)).astype(np.float32)


def fit_temperature(labels: np.ndarray, log_odds: np.ndarray) -> Temperature:
    """The temperature between LOWEST and HIGHEST at which labels [reviews] int64 are most likely.

    log_odds [reviews] float32 must be of reviews that are not used to judge the result. If all of them have the right
    sign, the likelihood grows without end as the temperature falls, so LOWEST is returned and named as a bound. If the
    classifier is no better than a coin, HIGHEST is. If all log-odds are 0, no temperature matters, and it is 1.
    """
    right = np.where(labels == 1, log_odds, -log_odds).astype(np.float64)  # above 0 where the verdict is right
    before = _loss(right, 1.0)
    if not right.any():
        return Temperature(1.0, "", before, before)
    # In the inverse of the temperature the loss is convex, so its slope at an end tells whether it falls beyond it.
    if _slope(right, 1 / LOWEST) <= 0:
        return Temperature(LOWEST, "lowest", before, _loss(right, LOWEST))
    if _slope(right, 1 / HIGHEST) >= 0:
        return Temperature(HIGHEST, "highest", before, _loss(right, HIGHEST))
    low, high = (
        np.log(1 / HIGHEST),
        np.log(1 / LOWEST),
    )  # of the inverse: the slope is below 0 at one, above at the other
    while high - low > _NEAR:
        middle = (low + high) / 2
        low, high = (middle, high) if _slope(right, float(np.exp(middle))) < 0 else (low, middle)
    value = float(np.exp(-(low + high) / 2))
    return Temperature(value, "", before, _loss(right, value))


def _loss(right: np.ndarray, temperature: float) -> float:
    """Mean negative log-likelihood, from log-odds [reviews] that are above 0 where the verdict is right."""
    return float(np.logaddexp(0, -right / temperature).mean())


def _slope(right: np.ndarray, inverse: float) -> float:
    """Derivative of the loss by the inverse of the temperature."""
    return float(-(right * 0.5 * (1 - np.tanh(0.5 * inverse * right))).mean())
