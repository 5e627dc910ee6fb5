"""Maps the values of a label column to two classes: values or groups that the user named, or well-known spellings."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sentiment_core.errors import DataError

# Pairs of values that are recognised without being named.
KNOWN = (
    ("neg", "pos"),
    ("negative", "positive"),
    ("0", "1"),
    ("false", "true"),
    ("-1", "1"),
    ("bad", "good"),
    ("부정", "긍정"),
)
# Values that programs write for a missing label. If the user names one as a class, it is a class.
MISSING = {"", "na", "n/a", "nan", "null", "none", "#n/a"}
NO_LABEL, OTHER = -1, -2
_SHOWN = 6  # values in a message


@dataclass(frozen=True)
class Classes:
    """The values that are negative and those that are positive."""

    negative: frozenset[str]
    positive: frozenset[str]
    named: bool  # by the user; all other values are left out

    def code(self, value: str) -> int:
        """0 negative, 1 positive, NO_LABEL or OTHER, for a value from `canonical`."""
        if value in self.negative:
            return 0
        if value in self.positive:
            return 1
        return NO_LABEL if value in MISSING else OTHER


def canonical(value: str | None) -> str:
    """A label in the form used for comparison: case and spaces do not count, and 1.0 equals 1. No label is empty."""
    if value is None:
        return ""
    value = " ".join(value.split()).casefold()
    if re.fullmatch(r"[-+]?\d+([.]\d*)?", value):
        number = float(value)
        return str(int(number)) if number.is_integer() else value if math.isinf(number) else str(number)
    return value


def name_groups(names: Sequence[object]) -> tuple[list[str], list[str]]:
    """The values of the negative and of the positive class, from two names or groups such as 1+2.

    Raises DataError unless there are exactly two and no value is in both.
    """
    if len(names) != 2:
        raise DataError(
            "--labels takes two values, negative first, as in --labels bad,good, or two groups, as in --labels 1+2,4+5."
        )
    negative, positive = (_values(name) for name in names)
    if not negative or not positive or set(negative) & set(positive):
        raise DataError("The two classes share a value, or one has none. Name them apart, as in --labels 1+2,4+5.")
    return negative, positive


def _values(name: object) -> list[str]:
    """The values of one group. The whole name is one of them, because A+ may be a single value."""
    if isinstance(name, str):
        parts = [part for part in name.split("+") if part.strip()]
        return list(dict.fromkeys(canonical(part) for part in ([name, *parts] if name.strip() else [])))
    if isinstance(name, Iterable):
        return list(dict.fromkeys(canonical(str(part)) for part in name))
    return [canonical(str(name))]


def find_classes(values: Counter[str], names: Sequence[object] | None, where: str) -> Classes:
    """The two classes among the canonical values of all splits.

    Raises DataError if none were named and the values are not a well-known pair, or if a named value does not occur.
    """
    found = {value for value in values if value not in MISSING}
    shown = _shown(values)
    if names is not None:
        negative, positive = (frozenset(group) for group in name_groups(names))
        both = negative | positive
        if not found & both:
            raise DataError(
                "{where} has the labels {labels}, none of which --labels names. Name two of these.",
                where=where,
                labels=shown,
            )
        return Classes(negative, positive, named=True)
    for low, high in KNOWN:
        if found and found <= {low, high}:
            return Classes(frozenset([low]), frozenset([high]), named=False)
    raise DataError(
        "{where} has the labels {labels}. Two classes are needed: name them, negative first, with --labels, such as "
        "{suggestion}; rows with other labels are left out.",
        where=where,
        labels=shown,
        suggestion=_suggestion(sorted(found)),
    )


def _shown(values: Counter[str]) -> str:
    """The most frequent values, for a message. A long value, such as a review, is cut."""
    names = sorted(value for value, _ in values.most_common(_SHOWN) if value not in MISSING)
    cut = [name if len(name) <= 24 else f"{name[:20]}..." for name in names]
    return ", ".join(cut) + (", ..." if len(values) > _SHOWN else "") or "(none)"


def _suggestion(found: list[str]) -> str:
    """The option --labels with values that may be the two classes."""
    from sentiment_core.text.label_table import NEGATIVE, POSITIVE, suggest_sides, write_labels

    sides = suggest_sides(found)
    if not sides:
        return "--labels bad,good"
    groups = [
        sorted((value for value in sides if sides[value] == side), key=_in_order) for side in (NEGATIVE, POSITIVE)
    ]
    return f"--labels {write_labels(groups)}"


def _in_order(value: str) -> tuple[float, str]:
    try:
        return float(value), value
    except ValueError:
        return 0.0, value
