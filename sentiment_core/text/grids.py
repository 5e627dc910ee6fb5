"""Opens one file as rows and columns: CSV and similar, or JSON here; Parquet and Excel in modules of their own.

The first bytes decide what the file is, not its name. Values are kept as they are: no types are guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, TextIO

from sentiment_core.errors import DataError
from sentiment_core.text.columns import NoColumnError, Picked, looks_like_names, pick_columns
from sentiment_core.text.decoding import find_encoding, open_text
from sentiment_core.text.delimited import (
    Dialect,
    check_separator,
    find_dialect,
    first_rows,
    likely_separators,
    read_rows,
)
from sentiment_core.text.entries import Entry
from sentiment_core.text.grid import BadRow, Grid, Kind, Row, check_width, numbers
from sentiment_core.text.kinds import HEAD, refuse_foreign
from sentiment_core.text.lenient import likeliest_dialect, read_leniently
from sentiment_core.text.parquet_grid import open_parquet
from sentiment_core.text.records import read_records
from sentiment_core.text.table import Form, has_header, pick
from sentiment_core.text.workbook import open_workbook

_NO_TEXT = (".parquet", ".xlsx", ".xlsm")
_NAMES = 1000  # JSON records read before a column is reported missing
_LOOK = 50  # rows below a possible header that are compared with it


def open_grid(entry: Entry, form: Form, where: str) -> Grid:
    """The rows and columns of a file. Raises DataError, which says what is wrong with the file.

    If its columns of text and labels are not found, `Grid.refusal` says why.
    """
    with entry.open() as file:
        head = file.read(HEAD)
    if not head:
        raise DataError("{where} is empty. Give a file with a text and a label column.", where=where)
    if head.startswith(b"PAR1"):
        return open_parquet(entry, form, where)
    if head.startswith(b"PK"):
        return open_workbook(entry, form, where)
    refuse_foreign(head, where)
    try:
        encoding = find_encoding(entry.open, where, form.encoding, form.skip_bad_rows)
    except DataError as error:
        if entry.suffix in _NO_TEXT:
            raise DataError(
                "{where} is damaged: it is not a {suffix} file. Save it again.", where=where, suffix=entry.suffix
            ) from error
        raise
    with open_text(entry.open, encoding, form.skip_bad_rows) as text:
        start = text.read(4096).lstrip()
    if entry.suffix in (".json", ".jsonl", ".ndjson") or re.match(r'\{\s*"|\[\s*\{\s*"', start):
        return _open_json(entry, form, where, encoding)
    return _open_delimited(entry, form, where, encoding)


def _open_delimited(entry: Entry, form: Form, where: str, encoding: str) -> Grid:
    separator = check_separator(form.separator)
    with open_text(entry.open, encoding, form.skip_bad_rows) as text:
        stated = re.fullmatch("sep=(.)\\s*", text.readline())  # a line for Excel, which Excel does not show

    def opened() -> TextIO:
        file = open_text(entry.open, encoding, form.skip_bad_rows)
        if stated:
            file.readline()
        return file

    separators = likely_separators(opened, separator or (stated[1] if stated else None), entry.suffix)
    looks = {separator: first_rows(opened, separator, _LOOK) for separator in separators}
    looks = {separator: rows for separator, rows in looks.items() if rows}
    if not looks:
        raise DataError("{where} holds no reviews. Give a file with a text and a label column.", where=where)
    for look in looks.values():
        check_width(len(look[0]), where)
    heads: dict[str, tuple[bool, Picked]] = {}  # separator -> whether there is a header, and the columns
    refusals: dict[str, DataError] = {}
    for separator, look in looks.items():
        try:
            header = has_header(look, form, where)
            heads[separator] = header, pick(look[0], header, form, where)
        except DataError as error:
            refusals[separator] = error
    if heads:
        # A separator that gives both columns is more likely than one that gives only one.
        order = sorted(heads, key=lambda separator: heads[separator][1].label is None)
        header, refusal = heads[order[0]][0], None
        order = [separator for separator in order if heads[separator][0] == header]
    else:
        widest = max(refusals, key=lambda separator: len(looks[separator][0]))
        order, refusal = [widest], refusals[widest]
        header = looks_like_names(looks[widest][0], looks[widest][1:]) if form.header is None else form.header
    dialect = _dialect(opened, order, header, form, where)
    with opened() as file:
        first = _first(file, dialect)
    check_width(len(first), where)
    picked = None
    if refusal is None:
        try:
            picked = pick(first, header, form, where)
        except DataError as error:
            refusal = error
    names = tuple(first) if header else numbers(len(first))
    rows = partial(_delimited_rows, opened, dialect, header, form.skip_bad_rows)
    return Grid(Kind.DELIMITED, names, header, rows, picked, refusal, encoding, dialect.separator, dialect.quoting)


def _first(file: TextIO, dialect: Dialect) -> list[str]:
    for _, row in read_leniently(file, dialect, header=True):
        if not isinstance(row, BadRow):
            return row
    return []


def _dialect(opened: Any, order: Sequence[str], header: bool, form: Form, where: str) -> Dialect:
    """The way in which the file is written. Raises DataError if some rows are damaged and are not to be left out."""

    def label_of(first: list[str]) -> int | None:
        try:
            return pick(first, header, form, where).label
        except DataError:
            return None

    try:
        return find_dialect(opened, order, header, label_of)
    except DataError as error:
        if not form.skip_bad_rows:
            raise DataError("{where}: {error}", where=where, error=error.words) from error
    try:
        return likeliest_dialect(opened, order, header, label_of)
    except DataError as error:
        raise DataError("{where}: {error}", where=where, error=error.words) from error


def _delimited_rows(
    opened: Any, dialect: Dialect, header: bool, lenient: bool, places: Sequence[int] | None
) -> Iterator[Row]:
    with opened() as file:
        rows = read_leniently(file, dialect, header=header) if lenient else read_rows(file, dialect)
        if header:
            next(rows, None)
        for _, fields in rows:
            if places is None or isinstance(fields, BadRow):
                yield fields
            else:
                yield [fields[place] if place < len(fields) else None for place in places]


def _open_json(entry: Entry, form: Form, where: str, encoding: str) -> Grid:
    """JSON lines, one array of records, or columns as pandas writes them."""
    read = partial(read_records, entry.open, where, encoding, form.skip_bad_rows)
    names: dict[str, None] = {}
    records = read()
    size = 0
    refusal: DataError | None = None
    while True:  # optional fields may appear late, so read more records while a column is missing
        before = size
        for record in islice(records, _NAMES if not size else None):
            size += 1
            if not isinstance(record, BadRow):
                names.update(dict.fromkeys(record))
                check_width(len(names), where)
        if not names:
            raise DataError("{where} holds no reviews. Give a file with a text and a label column.", where=where)
        picked = None
        try:
            picked, refusal = pick_columns(list(names), form.text_column, form.label_column, where), None
        except NoColumnError as error:
            refusal = error
        except DataError as error:
            refusal = error
            break
        if (picked is not None and picked.label is not None) or size == before or size > _NAMES:
            break
    found = tuple(names)
    return Grid(Kind.JSON, found, True, partial(_json_rows, read, found), picked, refusal, encoding)


def _json_rows(read: Any, names: Sequence[str], places: Sequence[int] | None) -> Iterator[Row]:
    wanted = names if places is None else [names[place] for place in places]
    for record in read():
        yield record if isinstance(record, BadRow) else [record.get(name) for name in wanted]
