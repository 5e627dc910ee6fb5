"""What the columns of a table hold, by the values of their first rows, and which of them may be text and label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from sentiment_core.text.columns import Picked
from sentiment_core.text.label_table import suggest_sides

LONG = 200  # characters of a cell that are shown
_EXAMPLES = 3
_MOST_CLASSES = 11  # distinct values of a column that may hold labels: stars from 0 to 10


class ColumnKind(StrEnum):
    """What a column holds, by its first rows."""

    TEXT = "text"
    NUMBERS = "numbers"
    FEW = "few"  # a few distinct values that are no numbers, such as classes
    EMPTY = "empty"


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    number: int  # from 1
    name: str  # "" if the file does not name it
    kind: ColumnKind
    examples: tuple[str, ...]  # the first distinct values, cut
    distinct: int  # values, counted up to 1,000
    empty: int  # rows without a value
    mean_length: float  # characters


def describe_column(number: int, name: str, values: Sequence[str]) -> Column:
    """What the values of a column look like. number: from 1. values: of the first rows."""
    filled = [value for value in values if value.strip()]
    distinct: dict[str, None] = {}
    for value in filled:
        if len(distinct) >= 1_000:
            break
        distinct[value] = None
    if not filled:
        kind = ColumnKind.EMPTY
    elif all(re.fullmatch(r"\s*[-+]?[.,]?\d[\d.,]*\s*", value) for value in filled):
        kind = ColumnKind.NUMBERS
    elif len(distinct) <= _MOST_CLASSES and (len(distinct) < len(filled) or len(filled) == 1):
        kind = ColumnKind.FEW
    else:
        kind = ColumnKind.TEXT
    mean = sum(map(len, filled)) / len(filled) if filled else 0.0
    examples = tuple(value[:LONG] for value in islice(distinct, _EXAMPLES))
    return Column(number, name, kind, examples, len(distinct), len(values) - len(filled), mean)


def likely_columns(columns: Sequence[Column], cells: Sequence[Sequence[str]], text: tuple[int, ...] = ()) -> Picked:
    """The columns that look like text and labels, if their names do not say it."""
    texts = [column for column in columns if column.kind == ColumnKind.TEXT]
    if not text and texts:
        text = (max(texts, key=lambda column: column.mean_length).number - 1,)
    label = None
    for column in columns:
        place = column.number - 1
        alike = column.distinct < len(cells) - column.empty  # a number of its own for each row is no label
        if place in text or not alike or not 2 <= column.distinct <= _MOST_CLASSES or column.mean_length > 24:
            continue
        if suggest_sides({row[place] for row in cells}):
            return Picked(text, place)
        label = place if label is None and column.kind == ColumnKind.FEW else label
    return Picked(text, label)
