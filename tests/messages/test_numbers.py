"""Shares and probabilities as people read them."""

import pytest

from sentiment_core.messages.numbers import hundredths, percent, probability_percent


@pytest.mark.parametrize(("share", "shown"), [(0.2214, "22.1 %"), (0.0182, "1.8 %"), (1.0, "100.0 %"), (0.0, "0.0 %")])
def test_a_share_has_one_decimal(share, shown):
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("probability", "shown"),
    [
        (0.5, "50.0 %"),
        (0.8765, "87.6 %"),
        (0.999, "99.9 %"),
        (0.99999, "> 99.9 %"),
        (1.0, "> 99.9 %"),
        (0.0, "< 0.1 %"),
    ],
)
def test_a_probability_is_never_shown_as_certain(probability, shown):
    assert probability_percent(probability) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0, "less than 0.01"), (0.004, "less than 0.01"), (0.006, "0.01"), (1.237, "1.24"), (-0.3, "-0.30")],
)
def test_a_measure_never_reads_nothing(value, shown):
    assert hundredths(value) == shown
