"""Numbers, shares, dates and lists as people read them, in each language."""

from datetime import date, datetime

import numpy as np
import pytest

from sentiment_core.messages import in_language
from sentiment_core.messages.numbers import (
    day,
    hundredths,
    listing,
    moment,
    number,
    percent,
    power_of_ten,
    probability_percent,
    signed,
)


@pytest.mark.parametrize(("share", "shown"), [(0.2214, "22.1%"), (0.0182, "1.8%"), (1.0, "100.0%"), (0.0, "0.0%")])
def test_a_share_has_one_decimal(share, shown):
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("probability", "shown"),
    [(0.5, "50.0%"), (0.8765, "87.6%"), (0.999, "99.9%"), (0.99999, "> 99.9%"), (1.0, "> 99.9%"), (0.0, "< 0.1%")],
)
def test_a_probability_is_never_shown_as_certain(probability, shown):
    assert probability_percent(probability) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0, "< 0.01"), (0.004, "< 0.01"), (0.006, "0.01"), (1.237, "1.24"), (-0.3, "-0.30")],
)
def test_a_measure_never_reads_nothing(value, shown):
    assert hundredths(value) == shown


@pytest.mark.parametrize(
    ("value", "spec", "shown"),
    [
        (25000, "", "25,000"),
        (25000, "d", "25,000"),
        (np.int64(1234), "", "1,234"),
        (3.0, "", "3"),
        (1234.5, "", "1,234.5"),
        (np.float32(0.1), "", "0.1"),
        (0.00025, "", "0.00025"),
        (1e-5, "", "1e-05"),
        (9.9e29, "", "9.9e+29"),
        (1234.567, ".2f", "1,234.57"),
        (-0.125, "+.1f", "-0.1"),
        (0.5, "+.1f", "+0.5"),
        (7, "+", "+7"),
        (0.4567, ".1%", "45.7%"),
        (1.0, ".0%", "100%"),
        (-0.0256, "+.1%", "-2.6%"),
        (float("nan"), ".2f", "NaN"),
        (float("-inf"), "", "-∞"),
    ],
)
def test_a_number_follows_its_format(value, spec, shown):
    assert number(value, spec) == shown


@pytest.mark.parametrize(
    ("exponent", "shown"), [(-7.8, "1.6 · 10⁻⁸"), (-12, "1.0 · 10⁻¹²"), (-3, "0.001"), (-0.8, "0.16"), (0, "1")]
)
def test_a_power_of_ten_is_read_as_a_number(exponent, shown):
    assert power_of_ten(exponent) == shown


def test_what_is_no_format_is_refused():
    with pytest.raises(ValueError, match="no format for numbers: '>10'"):
        number(1, ">10")
    with pytest.raises(ValueError, match="no format for lists: 'xor'"):
        listing(["a"], "xor")


def test_a_sign_is_always_written():
    assert [signed(1.0), signed(0.0), signed(-1.005, 1)] == ["+1.00", "+0.00", "-1.0"]


def test_lists_and_dates_are_written_in_the_language():
    assert [listing("abc"), listing("abc", "and"), listing("ab", "or")] == ["a, b, c", "a, b and c", "a or b"]
    assert day(date(2026, 11, 7)) == "7 Nov 2026"
    assert moment(datetime(2026, 11, 7, 14, 5)) == "7 Nov 2026 14:05"
    with in_language("ko"):
        assert [listing("abc"), listing("abc", "and"), listing("ab", "or")] == ["a, b, c", "a, b 및 c", "a 또는 b"]
        assert day(date(2026, 11, 7)) == "2026. 11. 7."
        assert moment(datetime(2026, 11, 7, 14, 5)) == "2026. 11. 7. 오후 2:05"
