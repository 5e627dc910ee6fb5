"""Numbers as people read them, the same on every page. Needs no torch."""

from __future__ import annotations


def percent(share: float) -> str:
    """A share of 1 as '22.1 %'."""
    return f"{100 * share:.1f} %"


def probability_percent(probability: float) -> str:
    """A probability as '97.3 %', kept off 0 and 100 %, which no network means."""
    if 0.001 <= probability <= 0.999:
        return percent(probability)
    return "> 99.9 %" if probability > 0.5 else "< 0.1 %"


def hundredths(value: float) -> str:
    """A measure as '0.37'; one that would read 0.00 is 'less than 0.01', because it need not be nothing."""
    return f"{value:.2f}" if abs(value) >= 0.005 else "less than 0.01"
