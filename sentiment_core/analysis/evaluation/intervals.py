"""Intervals of numbers whose errors are nearly normal."""

from __future__ import annotations

from statistics import NormalDist

from sentiment_core.analysis.evaluation.paired import LEVEL, Interval

DEVIATIONS = NormalDist().inv_cdf((1 + LEVEL) / 2)  # standard errors on each side of a number


def normal_interval(value: float, error: float, least: float, most: float) -> Interval:
    """The interval of a number with a standard error, cut at the least and the most that the number can be."""
    return Interval(value, max(value - DEVIATIONS * error, least), min(value + DEVIATIONS * error, most))
