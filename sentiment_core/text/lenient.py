"""Reads rows of fields of which some are damaged. Each damaged row is told, and the rows after it are still read.

An open quotation mark may take in the rest of a file. The row is then given up after `_MOST_LINES` lines, and reading
goes on in the line after its first.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sentiment_core.errors import DataError
from sentiment_core.messages import lazy, lazy_plural
from sentiment_core.text.delimited import Dialect, Fields, Open, fields_of, is_blank, width_of
from sentiment_core.text.grid import BadRow

_MOST_LINES = 1_000  # in one row; a quoted review of more lines is taken for an open quotation mark
_PATIENCE = 3_000_000  # lines read again, in all; this bounds the time to some seconds
_MOST_LABELS = 1_000
_LOOK = 20_000  # rows from which the way of writing is found
_UNCLOSED = lazy("a quotation mark is never closed")
_UNPAIRED = lazy("quotation marks do not pair")


class _TooLongError(Exception):
    """A row takes in more lines than a row has."""


class _Lines:
    """The lines of a file, of which those of the last row can be put back, except its first."""

    def __init__(self, file: Iterator[str]) -> None:
        self.file = file
        self.back: deque[str] = deque()
        self.row: list[str] = []
        self.number = 0  # of the last line given
        self.again = 0  # lines put back so far

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.row) >= _MOST_LINES:
            raise _TooLongError
        line = self.back.popleft() if self.back else next(self.file)
        self.row.append(line)
        self.number += 1
        return line

    def put_back(self) -> str:
        """Go on after the first line of the row, which is returned."""
        first, *others = self.row
        self.back.extendleft(reversed(others))
        self.number -= len(others)
        self.again += len(others)
        self.row = []
        return first


def read_leniently(file: Iterator[str], dialect: Dialect, *, header: bool) -> Iterator[tuple[int, Fields | BadRow]]:
    """Each row that is not blank with the line where it ends. A damaged row is a `BadRow` with its fields so far.

    Raises DataError if the first row is damaged, or if so many quotation marks are open that it would take minutes to
    find each.
    """
    lines = _Lines(file)
    reader = fields_of(lines, dialect)
    width: int | None = None
    while True:
        lines.row = []
        try:
            fields = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLongError) as error:
            unclosed = isinstance(error, _TooLongError) or "end of data" in str(error)
            first = lines.put_back()
            if lines.again > _PATIENCE:
                raise DataError(
                    "Too many quotation marks are never closed. Write each within a text as two, or quote no text."
                ) from error
            reader = fields_of(lines, dialect)
            reason = _UNCLOSED if unclosed else _UNPAIRED
            if width is None:  # no other row can be measured by it
                raise DataError("Its first line cannot be read: {reason}. Correct it.", reason=reason) from error
            yield lines.number, BadRow(reason, [first.rstrip("\r\n")])
            continue
        if is_blank(fields):
            continue
        if width is None:
            width = width_of(fields) if header else len(fields)
            yield lines.number, fields
        else:
            yield lines.number, _checked(fields, width)


def _checked(fields: Fields, width: int) -> Fields | BadRow:
    if len(fields) < width or any(text.strip() for text in fields[width:]):
        reason = lazy_plural(
            "it has {count} field, and the first line {width}",
            "it has {count} fields, and the first line {width}",
            len(fields),
            width=width,
        )
        return BadRow(reason, fields)
    if any("\0" in text for text in fields):
        return BadRow(lazy("it holds a NUL character"), fields)
    return fields


@dataclass
class _Try:
    """The first rows of a file, read in one way."""

    dialect: Dialect
    rows: int = 0
    bad: int = 0
    labels: set[str] = field(default_factory=set)  # values of the label column

    def beats_plain(self, plain: _Try) -> bool:
        """Whether quotation marks are more likely marks around texts than letters in them.

        They are if most rows are whole, unless without them there are more rows with the same labels: then an open
        quotation joins rows.
        """
        joins = plain.rows > self.rows and bool(plain.labels) and plain.labels <= self.labels
        return 2 * self.bad <= self.rows and not joins


def likeliest_dialect(
    opened: Open, separators: Sequence[str], header: bool, label: Callable[[Fields], int | None]
) -> Dialect:
    """The way of writing in which the fewest of the first rows are damaged; the first of equal ones.

    label: returns the position of the label column, given the first row.
    Raises DataError as `read_leniently` does.
    """
    found: list[_Try] = []
    refusal: DataError | None = None
    for separator in separators:
        tried: list[_Try] = []
        for quoting in ("quoted", "spaced", "escaped", "plain"):
            try:
                tried.append(_look(opened, Dialect(separator, quoting), header, label))
            except DataError as error:
                refusal = error
        if len(tried) > 1 and any(way.beats_plain(tried[-1]) for way in tried[:-1]):
            tried.pop()
        found += tried
    if not found:
        assert refusal is not None
        raise refusal
    return min(found, key=lambda way: way.bad).dialect


def _look(opened: Open, dialect: Dialect, header: bool, label: Callable[[Fields], int | None]) -> _Try:
    seen = _Try(dialect)
    place: int | None = None
    with opened() as file:
        for number, (_, row) in enumerate(islice(read_leniently(file, dialect, header=header), _LOOK)):
            seen.rows += 1
            seen.bad += isinstance(row, BadRow)
            if isinstance(row, BadRow):
                continue
            if number == 0:
                place = label(row)
            elif place is not None and place < len(row) and len(seen.labels) < _MOST_LABELS:
                seen.labels.add(row[place])
    return seen
