"""A number with its interval."""

from __future__ import annotations

from dataclasses import dataclass

CONFIDENCE = 0.95
DEVIATIONS = 1.959964  # standard errors on each side that hold 95% of a normal distribution


@dataclass(frozen=True)
class Estimate:
    """A number estimated from a sample of reviews, with its 95% interval."""

    value: float
    low: float
    high: float

    @property
    def differs_from_zero(self) -> bool:
        """Whether zero lies outside the interval."""
        return self.low > 0 or self.high < 0


def normal_estimate(value: float, error: float, least: float, most: float) -> Estimate:
    """An estimate with a standard error, whose interval is cut at the least and the most that the number can be."""
    return Estimate(value, max(value - DEVIATIONS * error, least), min(value + DEVIATIONS * error, most))
