"""Reads rows of fields between separators (CSV, TSV and similar). Every row is read whole, or the file is refused.

Programs write such files in four ways, and a file does not say which. Each way is therefore tried on the whole file. It
is accepted only if every row has as many fields as the header and no quoted text contains lines that are rows
themselves. An error names the row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TextIO

from sentiment_core.errors import DataError
from sentiment_core.messages import Message, lazy, lazy_plural

if TYPE_CHECKING:
    import _csv

SEPARATORS = {"comma": ",", "tab": "\t", "semicolon": ";", "pipe": "|", "space": " ", "\\t": "\t"}
_GUESSED = ",\t;|"
_FIELD_LIMIT = 2**31 - 1  # characters; the csv module's default is shorter than a long review
# Placeholders for an escaped quote, backslash and separator while a row is split. No text contains them.
_HELD = {'"': "\ue0f1\ue0f2", "\\": "\ue0f3\ue0f4", "separator": "\ue0f5\ue0f6"}

Open = Callable[[], TextIO]
Fields = list[str]


@dataclass(frozen=True)
class Dialect:
    """How the rows of a file are written."""

    separator: str
    quoting: str  # "quoted" (RFC 4180), "spaced" (also after a space), "escaped" (also backslashes) or "plain" (none)


@dataclass
class _Reading:
    """The result of reading a whole file in one way."""

    dialect: Dialect
    rows: int = 0  # without the header
    fault: Message | None = None  # describes the first incomplete row
    labels: set[str] = field(default_factory=set)  # values of the label column
    swallowed: list[tuple[int, int, str]] = field(default_factory=list)  # row, line, and the label found inside a text


def check_separator(named: str | None) -> str | None:
    """The character that a separator's name stands for. Raises DataError for anything longer than one character."""
    if named is None:
        return None
    separator = SEPARATORS.get(named.strip().lower(), named) if named.strip() else named
    if len(separator) != 1 or separator in '"\r\n\\':
        raise DataError(
            "--separator takes one character, or tab, comma, semicolon or pipe, not {value!r}.", value=named
        )
    return separator


def first_rows(opened: Open, separator: str, count: int) -> list[Fields]:
    """The first rows, by RFC 4180 if possible: to look at the header."""
    for quoting in ("quoted", "plain"):
        try:
            with opened() as file:
                return [fields for _, fields in islice(read_rows(file, Dialect(separator, quoting)), count)]
        except csv.Error:
            continue
    return []


def likely_separators(opened: Open, named: str | None, suffix: str) -> list[str]:
    """The separators in the first line, most likely first; only `named` if it is given."""
    if named is not None:
        return [named]
    with opened() as file:
        line = next(file, "")
    order = "\t" + _GUESSED if suffix in (".tsv", ".tab", ".txt") else _GUESSED
    found = [separator for separator in dict.fromkeys(order) if separator in line]
    return found or [","]


def find_dialect(
    opened: Open, separators: Sequence[str], header: bool, label: Callable[[Fields], int | None]
) -> Dialect:
    """The way of writing in which every row is complete.

    label: returns the position of the label column, given the first row.
    Raises DataError, which names the first incomplete row, if there is no such way.
    """
    quotes = _holds(opened, '"')
    escapes = _holds(opened, "\\")
    faults: list[Message] = []
    for separator in separators:
        read = partial(_try, opened, separator, header=header, label=label)
        quoted = read("quoted")
        if quoted.fault is None and not quotes:
            return quoted.dialect
        plain = read("plain")
        for way in ("quoted", *(["spaced"] if quotes else []), *(["escaped"] if escapes else [])):
            reading = quoted if way == "quoted" else read(way)
            if reading.fault is None and not _is_plainer(plain, reading):
                return reading.dialect
        if plain.fault is None:
            return plain.dialect
        faults.append(quoted.fault if quoted.fault and quotes else plain.fault)
    raise DataError(faults[0])


def read_rows(file: TextIO, dialect: Dialect) -> Iterator[tuple[int, Fields]]:
    """Each row that is not blank, with the line that it ends in. Raises csv.Error if quotes do not pair."""
    reader = _reader(file, dialect)
    for fields in reader:
        if not is_blank(fields):
            yield reader.line_num, _let_go_all(fields, dialect)


def fields_of(lines: Iterable[str], dialect: Dialect) -> Iterator[Fields]:
    """Each row, blank ones too. Raises csv.Error if quotes do not pair, and what `lines` raises."""
    return (_let_go_all(fields, dialect) for fields in _reader(lines, dialect))


def is_blank(fields: Fields) -> bool:
    """Whether a row is a blank line, or the end-of-file mark of DOS."""
    return len(fields) < 2 and not "".join(fields).strip(" \t\x1a")


def _reader(lines: Iterable[str], dialect: Dialect) -> _csv.Reader:
    csv.field_size_limit(_FIELD_LIMIT)
    if dialect.quoting == "plain":
        return csv.reader(lines, delimiter=dialect.separator, quoting=csv.QUOTE_NONE, strict=True)
    if dialect.quoting == "escaped":
        return csv.reader(_hold(lines, dialect.separator), delimiter=dialect.separator, strict=True)
    spaced = dialect.quoting == "spaced"
    return csv.reader(lines, delimiter=dialect.separator, skipinitialspace=spaced, strict=True)


def width_of(first: Fields) -> int:
    """The number of fields in a complete row. Blank names at the end of the first row are only extra separators."""
    width = len(first)
    while width > 1 and not first[width - 1].strip():
        width -= 1
    return width


def _try(
    opened: Open, separator: str, quoting: str, *, header: bool, label: Callable[[Fields], int | None]
) -> _Reading:
    """Read the whole file in one way, up to the first incomplete row."""
    reading = _Reading(dialect := Dialect(separator, quoting))
    line = 0
    try:
        with opened() as file:
            rows = read_rows(file, dialect)
            line, first = next(rows, (0, []))
            width, place = width_of(first) if header else len(first), label(first)
            if not header:
                _add(reading, line, first, width, place)
            for line, fields in rows:
                _add(reading, line, fields, width, place)
                if reading.fault:
                    return reading
    except csv.Error as error:
        unclosed = "end of data" in str(error)
        reading.fault = lazy(
            "row {row} (from line {line}): {reason}. Write a quote within quotes as two, or quote none.",
            row=reading.rows + 1,
            line=line + 1,
            reason=lazy("a quotation mark is never closed") if unclosed else lazy("quotation marks do not pair"),
        )
        return reading
    for row, line, value in reading.swallowed:
        if value in reading.labels:
            reading.fault = lazy(
                "row {row} (to line {line}): one quoted text holds what look like rows of their own. Close its "
                "quotation "
                "mark, or write a quote within quotes as two.",
                row=row,
                line=line,
            )
            break
    return reading


def _add(reading: _Reading, line: int, fields: Fields, width: int, label: int | None) -> None:
    """Count one row, or record what is wrong with it."""
    reading.rows += 1
    if len(fields) < width or any(text.strip() for text in fields[width:]):
        reading.fault = lazy_plural(
            "row {row} (line {line}) has {count} field, and the first line {width}. Quote texts that hold separators "
            "or "
            "line ends, or name another --separator.",
            "row {row} (line {line}) has {count} fields, and the first line {width}. Quote texts that hold "
            "separators or "
            "line ends, or name another --separator.",
            len(fields),
            row=reading.rows,
            line=line,
            width=width,
        )
        return
    if label is None or label >= len(fields):
        return
    if len(reading.labels) < 1000:
        reading.labels.add(fields[label])
    for place, text in enumerate(fields[:width]):
        if "\n" in text or "\r" in text:
            held = _labels_within(re.split("\r\n|\r|\n", text), place, reading.dialect.separator, width, label)
            reading.swallowed += [(reading.rows, line, value) for value in held]


def _labels_within(lines: list[str], place: int, separator: str, width: int, label: int) -> list[str]:
    """Labels inside a field: those found if the lines of the field at `place` are rows of `width` fields that a quote
    swallowed.
    """
    found = []
    first, *inner, last = (line.split(separator) for line in lines)
    if label > place and len(first) == width - place:
        found.append(first[label - place])
    if label < place and len(last) == place + 1:
        found.append(last[label])
    return found + [parts[label] for parts in inner if len(parts) == width]


def _is_plainer(plain: _Reading, reading: _Reading) -> bool:
    """Whether the file also reads without quotes, in more rows and with the same labels. Then the quotes join separate
    rows.
    """
    if plain.fault or plain.rows <= reading.rows:
        return False
    return plain.labels <= reading.labels if reading.labels else reading.dialect.separator == "\t"


def _holds(opened: Open, mark: str) -> bool:
    with opened() as file:
        return any(mark in line for line in file)


def _hold(lines: Iterable[str], separator: str) -> Iterator[str]:
    """The lines with escaped characters replaced by placeholders, which the csv module does not interpret."""
    escaped = re.compile(rf'\\(["\\{re.escape(separator)}])')
    for line in lines:
        yield escaped.sub(lambda match: _HELD.get(match[1], _HELD["separator"]), line) if "\\" in line else line


def _let_go_all(fields: Fields, dialect: Dialect) -> Fields:
    return [_let_go(text, dialect.separator) for text in fields] if dialect.quoting == "escaped" else fields


def _let_go(text: str, separator: str) -> str:
    if "\ue0f1" in text or "\ue0f3" in text or "\ue0f5" in text:
        for mark, held in _HELD.items():
            text = text.replace(held, separator if mark == "separator" else mark)
    return text
