"""Two text columns of a table, the common result of all file types. The first rows tell which columns they are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, LiteralString

from sentiment_core.errors import DataError
from sentiment_core.messages import Message, lazy
from sentiment_core.text.columns import NoColumnError, Picked, is_number, looks_like_names, no_column, pick_columns
from sentiment_core.text.decoding import UTF8
from sentiment_core.text.grid import BadRow, Row

MAX_TEXT = 1_000_000  # characters
_BY_NUMBER = lazy("Name the columns by number with --no-header, such as --text-column 2 --label-column 1.")


@dataclass(frozen=True)
class Form:
    """How a source is written. None means that it is detected."""

    text_column: str | None = None  # name, number from 1, or several joined by +
    label_column: str | None = None  # name or number from 1
    separator: str | None = None  # one character, or its name
    encoding: str | None = None
    header: bool | None = None  # whether a first line names the columns
    skip_bad_rows: bool = False  # leave out rows that cannot be read; otherwise one such row refuses the file


@dataclass(frozen=True)
class Table:
    """The two columns of one file, one row a review."""

    texts: list[str | None]  # [rows]
    labels: list[str | None] | None  # [rows]; None if there is no such column
    no_label: Message | None = None  # the error for a missing label column
    encoding: str = UTF8
    guessed: tuple[str, ...] = ()  # well-known names used for the columns
    header: bool = True  # whether the first line named the columns
    bad: Mapping[int, Message] = field(default_factory=dict)  # position of each row that cannot be read -> why

    def __len__(self) -> int:
        return len(self.texts)


def name_classes(table: Table, names: Sequence[str]) -> Table:
    """The table with class numbers replaced by their names. A number without a name, such as -1, is no label."""
    if table.labels is None or not names:
        return table

    def name(label: str | None) -> str | None:
        if label is None or not re.fullmatch(r"-?\d{1,9}(\.0)?", label):
            return label
        number = int(float(label))
        return names[number] if 0 <= number < len(names) else None

    return replace(table, labels=[name(label) for label in table.labels])


def has_header(rows: list[list[str]], form: Form, where: str) -> bool:
    """Whether the first row holds the column names. Raises DataError if the text column is not among them."""
    names, below = rows[0], rows[1:]
    if form.header is False:
        if not is_number(form.text_column) or (form.label_column is not None and not is_number(form.label_column)):
            raise DataError("{where} is read without a header. {advice}", where=where, advice=_BY_NUMBER)
        return False
    named = looks_like_names(names, below)
    if form.header is None and not named and is_number(form.text_column):
        return False
    try:
        pick_columns(names, form.text_column, form.label_column, where)
    except NoColumnError as error:
        if len(names) == 1:  # it may be a review, so it is not shown
            raise DataError(
                "{where} has no column {name!r}: its first line is one field. Name what separates the columns with "
                "--separator.",
                where=where,
                name=form.text_column or "text",
            ) from error
        if named or form.header:
            raise
        raise DataError(
            "{where}: its first line does not name columns. {advice}", where=where, advice=_BY_NUMBER
        ) from error
    return True


def pick(first: Sequence[str], header: bool, form: Form, where: str) -> Picked:
    """The columns, found from the first row. Raises NoColumnError if there is no text column."""
    if header:
        return pick_columns(first, form.text_column, form.label_column, where)
    try:
        return pick_columns(["\0"] * len(first), form.text_column, form.label_column, where)
    except NoColumnError as error:
        raise NoColumnError(
            "{where} has only {width} columns, so no column {name}. Name another --text-column, or --separator.",
            where=where,
            width=len(first),
            name=form.text_column,
        ) from error


def collect(rows: Iterable[Row], picked: Picked, names: Sequence[str], form: Form, where: str) -> Table:
    """The picked columns of the rows. Raises DataError for a row that cannot be read, unless `form` leaves it out."""
    texts: list[str | None] = []
    labels: list[str | None] = []
    bad: dict[int, Message] = {}
    for number, row in enumerate(rows, start=1):
        reason = row.reason if isinstance(row, BadRow) else None
        text = label = None
        if not isinstance(row, BadRow):
            try:
                text, label = text_of(row, picked, number, where), label_of(row, picked, number, where)
            except ValueFaultError as error:
                if not form.skip_bad_rows:
                    raise
                reason = error.reason
        if reason is not None:
            bad[len(texts)] = reason
        texts.append(text)
        labels.append(label)
    if picked.label is not None:
        return Table(texts, labels, guessed=picked.guessed, bad=bad)
    wanted = form.label_column or "label"
    missing = lazy("{where} has no column {name}. Name another --label-column.", where=where, name=wanted)
    return Table(texts, None, no_column(names, wanted, where) if names else missing, guessed=picked.guessed, bad=bad)


def text_of(row: Sequence[Any], picked: Picked, number: int, where: str) -> str | None:
    """The text of a row, joined by spaces if it lies in several columns. Raises ValueFaultError if it is no text."""
    parts = [as_text(row[place] if place < len(row) else None, number, where) for place in picked.text]
    return parts[0] if len(parts) == 1 else " ".join(part.strip() for part in parts if part) or None


def label_of(row: Sequence[Any], picked: Picked, number: int, where: str) -> str | None:
    """The label of a row, None if it has none. Raises ValueFaultError if it is a list or an object."""
    if picked.label is None or picked.label >= len(row):
        return None
    return as_text(row[picked.label], number, where)


class ValueFaultError(DataError):
    """A value is no text. `reason` says why, without the row and what to do."""

    reason: Message


def _fault(reason: Message, english: LiteralString, **values: object) -> ValueFaultError:
    error = ValueFaultError(english, **values)
    error.reason = reason
    return error


def as_text(value: Any, row: int, where: str) -> str | None:
    """A value as its characters; None for no value. Raises ValueFaultError for a list or an object."""
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            raise _fault(
                lazy("it holds more than {most} characters in one column", most=MAX_TEXT),
                "{where}: row {row} holds {size} characters in one column, and at most {most} are read. Close a "
                "quotation mark that may be open, or shorten it.",
                where=where,
                row=row,
                size=len(value),
                most=MAX_TEXT,
            )
        return value
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError as error:
            raise _fault(
                lazy("it holds bytes that are not UTF-8"),
                "{where}: row {row} holds bytes that are not UTF-8. Name another column.",
                where=where,
                row=row,
            ) from error
    if isinstance(value, (list, dict, set, tuple)):
        raise _fault(
            lazy("it holds a {name}, not one value", name=type(value).__name__),
            "{where}: row {row} holds a {name}, not one value. Name another column.",
            where=where,
            row=row,
            name=type(value).__name__,
        )
    return str(value)
