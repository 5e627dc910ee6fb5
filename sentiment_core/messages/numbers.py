"""Numbers, shares, times and lists as the reader's language writes them, the same on every page. Needs no torch.

Each function writes a value that stands alone, in the current language. Inside a message use a placeholder instead,
with a format spec: `{share:.1%}`, `{change:+.2f}`, `{count}`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from numbers import Integral

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from sentiment_core.messages.language import current_language

_LOCALES = {"en": "en_GB", "ko": "ko_KR"}
_SPEC = re.compile(r"(?P<sign>\+?),?(?:\.(?P<decimals>\d+))?(?P<kind>[dfg%]?)")


@cache
def locale_of(language: str) -> Locale:
    """How a language writes numbers, dates and lists."""
    return Locale.parse(_LOCALES[language])


def number(value: float, spec: str = "", language: str | None = None) -> str:
    """A number by one of Python's format specs: a sign `+`, decimals `.2`, and a type of `d`, `f`, `g` or `%`.

    Thousands are always grouped. Without a spec, a whole number is written out and another with up to six digits.
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
        return sign + f"{float(value):.{decimals or 6}g}"  # 1e-05 says more than its zeros
    return sign + format_decimal(short, "#,##0.###", locale=locale, decimal_quantization=False)


def percent(share: float, decimals: int = 1) -> str:
    """A share of 1 as '22.1%'."""
    return number(share, f".{decimals}%")


def probability_percent(probability: float) -> str:
    """A probability as '97.3%', kept off 0% and 100%, which no network means."""
    if 0.001 <= probability <= 0.999:
        return percent(probability)
    return f"> {percent(0.999)}" if probability > 0.5 else f"< {percent(0.001)}"


def hundredths(value: float) -> str:
    """A measure as '0.37'; one that would read 0.00 is '< 0.01', because it need not be nothing."""
    return number(value, ".2f") if abs(value) >= 0.005 else f"< {number(0.01, '.2f')}"


def signed(value: float, decimals: int = 2) -> str:
    """A number with its sign, as '+1.25'."""
    return number(value, f"+.{decimals}f")


def day(value: date) -> str:
    """A date as '27 Nov 2026'."""
    return format_date(value, "medium", locale=locale_of(current_language()))


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
    """Rounded as Python's own formats do, so that a page and the command line say the same."""
    return Decimal(f"{value:.{decimals}f}")
