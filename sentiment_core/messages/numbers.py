"""Numbers, percentages, dates and lists in the reader's language, the same on every page. Needs no torch.

Each function formats a value that is not part of a message, in the current language. In a message, use a placeholder
with a format spec instead: `{share:.1%}`, `{change:+.2f}`, `{count}`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from numbers import Integral

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from sentiment_core.messages.language import current_language

_LOCALES = {"en": "en_GB", "ko": "ko_KR"}
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPEC = re.compile(r"(?P<sign>\+?),?(?:\.(?P<decimals>\d+))?(?P<kind>[dfg%]?)")


@cache
def locale_of(language: str) -> Locale:
    """The Babel locale of a language, for numbers, dates and lists."""
    return Locale.parse(_LOCALES[language])


def number(value: float, spec: str = "", language: str | None = None) -> str:
    """Format a number by a Python format spec: a sign `+`, decimals `.2`, and a type of `d`, `f`, `g` or `%`.

    Thousands are always grouped. Without a spec, an integer is written in full and a float with up to six digits.
    """
    found = _SPEC.fullmatch(spec)
    if not found:
        raise ValueError(f"no format for numbers: {spec!r}")
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "-∞"
    locale = locale_of(language or current_language())
    sign = "+" if found["sign"] and value >= 0 else ""
    decimals, kind = found["decimals"], found["kind"]
    if kind == "%":
        fixed = "#,##0" + _fraction(int(decimals or 0)) + "%"
        return sign + format_percent(_rounded(value * 100, int(decimals or 0)) / 100, fixed, locale=locale)
    if kind == "f":
        places = int(decimals or 6)
        return sign + format_decimal(_rounded(value, places), "#,##0" + _fraction(places), locale=locale)
    if isinstance(value, Integral):
        return sign + format_decimal(int(value), locale=locale)
    short = Decimal(f"{float(value):.{decimals or 6}g}")
    if short and not Decimal("1e-4") <= abs(short) < Decimal("1e15"):
        return sign + f"{float(value):.{decimals or 6}g}"  # 1e-05 is more legible than its zeros
    return sign + format_decimal(short, "#,##0.###", locale=locale, decimal_quantization=False)


def points(share: float) -> str:
    """A difference of two shares in percentage points. A small one has a second decimal."""
    difference = 100 * share
    return number(difference, ".1f" if abs(difference) >= 0.095 or not difference else ".2f")


def percent(share: float, decimals: int = 1) -> str:
    """A fraction as '22.1%'."""
    return number(share, f".{decimals}%")


def power_of_ten(exponent: float) -> str:
    """The number 10 ** exponent as '1.6 · 10⁻⁸', and from a thousandth to 1 as '0.012'."""
    if exponent >= -3:
        return number(10.0**exponent, ".2g")
    digits, power = f"{10.0**exponent:.1e}".split("e")
    return f"{number(float(digits), '.1f')} · 10{str(int(power)).translate(_RAISED)}"


def probability_percent(probability: float) -> str:
    """A probability as '97.3%', but never 0% or 100%: a network's output is never certain."""
    if 0.001 <= probability <= 0.999:
        return percent(probability)
    return f"> {percent(0.999)}" if probability > 0.5 else f"< {percent(0.001)}"


def hundredths(value: float) -> str:
    """A measure as '0.37'. A value that rounds to 0.00 is written '< 0.01', because it may not be zero."""
    return number(value, ".2f") if abs(value) >= 0.005 else f"< {number(0.01, '.2f')}"


def p_value(p: float) -> str:
    """A p-value as '0.012', '0.34' or '< 0.001'."""
    return f"< {number(0.001, '.3f')}" if p < 0.001 else number(p, ".3f" if p < 0.1 else ".2f")


def signed(value: float, decimals: int = 2) -> str:
    """A number with its sign, as '+1.25'."""
    return number(value, f"+.{decimals}f")


def day(value: date) -> str:
    """A date as '27 Nov 2026'."""
    return format_date(value, "medium", locale=locale_of(current_language()))


def duration(seconds: float) -> str:
    """A span of time as '3 minutes', rounded to its largest unit."""
    return format_timedelta(timedelta(seconds=max(seconds, 1)), threshold=1.5, locale=locale_of(current_language()))


def moment(value: datetime) -> str:
    """A date and time as '27 Nov 2026 14:05', in the time zone of `value`."""
    return f"{day(value)} {format_time(value.time(), 'short', locale=locale_of(current_language()))}"


def listing(words: Sequence[str], spec: str = "", language: str | None = None) -> str:
    """Words as 'a, b', or as 'a, b and c' or 'a, b or c' where spec is 'and' or 'or'."""
    language = language or current_language()
    if not spec:
        return ", ".join(words)
    if spec not in ("and", "or"):
        raise ValueError(f"no format for lists: {spec!r}")
    return format_list(words, "standard" if spec == "and" else "or", locale=locale_of(language))


def _fraction(decimals: int) -> str:
    return "." + "0" * decimals if decimals else ""


def _rounded(value: float, decimals: int) -> Decimal:
    """Round as Python's formats do, so that a page and the command line show the same number."""
    return Decimal(f"{value:.{decimals}f}")
