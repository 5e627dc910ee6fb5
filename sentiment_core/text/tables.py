"""Reads the text and label columns from one file: CSV and similar, JSON, Parquet or Excel.

The first bytes decide the file type, not the name. Values are kept as their characters: no types are guessed. Only the
named columns are read.
"""

from __future__ import annotations

import io
import json
import re
import warnings
from dataclasses import replace
from itertools import chain, islice
from typing import Any, BinaryIO, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.errors import DataError
from sentiment_core.text.columns import NoColumnError, Picked, pick_columns
from sentiment_core.text.decoding import find_encoding, open_text
from sentiment_core.text.delimited import (
    check_separator,
    find_dialect,
    first_rows,
    likely_separators,
    read_rows,
)
from sentiment_core.text.entries import Entry
from sentiment_core.text.records import read_records
from sentiment_core.text.table import Form, Table, collect, has_header, name_classes, pick

SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx", ".xlsm")
_NO_TEXT = (".parquet", ".xlsx", ".xlsm")
_NAMES = 1000  # JSON records read before a column is reported missing
_LOOK = 50  # rows below a possible header that are compared with it
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read_table(entry: Entry, form: Form, where: str) -> Table:
    """The columns of a file that `form` names. Raises DataError, which says what is wrong with the file."""
    with entry.open() as file:
        head = file.read(4096)
    if not head:
        raise DataError("{where} is empty. Give a file with a text and a label column.", where=where)
    if head.startswith(b"PAR1"):
        return _read_parquet(entry, form, where)
    if head.startswith(b"PK"):
        return _read_excel(entry, form, where)
    if head.startswith(_OLD_EXCEL):
        raise DataError("{where} is an old Excel file, or one with a password. Save it as .xlsx or CSV.", where=where)
    try:
        encoding = find_encoding(entry.open, where, form.encoding)
    except DataError as error:
        if entry.suffix in _NO_TEXT:
            raise DataError(
                "{where} is damaged: it is not a {suffix} file. Save it again.", where=where, suffix=entry.suffix
            ) from error
        raise
    with open_text(entry.open, encoding) as text:
        start = text.read(4096).lstrip()
    if entry.suffix in (".json", ".jsonl", ".ndjson") or re.match(r'\{\s*"|\[\s*\{\s*"', start):
        return replace(_read_json(entry, form, where, encoding), encoding=encoding)
    return replace(_read_delimited(entry, form, where, encoding), encoding=encoding)


def _read_delimited(entry: Entry, form: Form, where: str, encoding: str) -> Table:
    separator = check_separator(form.separator)
    with open_text(entry.open, encoding) as text:
        stated = re.fullmatch("sep=(.)\\s*", text.readline())  # a line for Excel, which Excel does not show

    def opened() -> TextIO:
        file = open_text(entry.open, encoding)
        if stated:
            file.readline()
        return file

    separators = likely_separators(opened, separator or (stated[1] if stated else None), entry.suffix)
    looks = {separator: first_rows(opened, separator, _LOOK) for separator in separators}
    looks = {separator: rows for separator, rows in looks.items() if rows}
    if not looks:
        raise DataError("{where} holds no reviews. Give a file with a text and a label column.", where=where)
    heads: dict[str, tuple[bool, Picked]] = {}  # separator -> whether there is a header, and the columns
    refusals: dict[str, DataError] = {}
    for separator, rows in looks.items():
        try:
            header = has_header(rows, form, where)
            heads[separator] = header, pick(rows[0], header, form, where)
        except DataError as error:
            refusals[separator] = error
    if not heads:
        raise refusals[max(refusals, key=lambda separator: len(looks[separator][0]))]
    # A separator that gives both columns is more likely than one that gives only one.
    order = sorted(heads, key=lambda separator: heads[separator][1].label is None)
    header = heads[order[0]][0]
    order = [separator for separator in order if heads[separator][0] == header]

    def label_of(first: list[str]) -> int | None:
        try:
            return pick(first, header, form, where).label
        except DataError:
            return None

    try:
        dialect = find_dialect(opened, order, header, label_of)
    except DataError as error:
        raise DataError("{where}: {error}", where=where, error=error.words) from error
    with opened() as file:
        rows_of_fields = (fields for _, fields in read_rows(file, dialect))
        first = next(rows_of_fields)
        picked = pick(first, header, form, where)
        body = rows_of_fields if header else chain([first], rows_of_fields)
        table = collect(body, picked, first if header else [], form, where)
    return replace(table, header=header)


def _read_json(entry: Entry, form: Form, where: str, encoding: str) -> Table:
    """JSON lines, one array of records, or columns as pandas writes them."""
    records = read_records(entry.open, where, encoding)
    head: list[dict[str, Any]] = []
    while True:  # optional fields may appear late, so read more records while a column is missing
        more = list(islice(records, _NAMES if not head else None))
        head += more
        names = list(dict.fromkeys(name for record in head for name in record))
        if not head:
            raise DataError("{where} holds no reviews. Give a file with a text and a label column.", where=where)
        try:
            picked = pick_columns(names, form.text_column, form.label_column, where)
            if picked.label is not None or not more or len(head) > _NAMES:
                break
        except NoColumnError:
            if not more or len(head) > _NAMES:
                raise
    used = sorted({*picked.text, *([picked.label] if picked.label is not None else [])})
    wanted = [names[place] for place in used]
    places = {place: number for number, place in enumerate(used)}
    rows = ([record.get(name) for name in wanted] for record in chain(head, records))
    slim = Picked(
        tuple(places[place] for place in picked.text),
        None if picked.label is None else places[picked.label],
        picked.guessed,
    )
    return collect(rows, slim, names, form, where)


def _seekable(file: BinaryIO) -> BinaryIO:
    """The same bytes in a seekable file: a compressed one is read whole."""
    return file if type(file) is io.BufferedReader else io.BytesIO(file.read())


def _read_parquet(entry: Entry, form: Form, where: str) -> Table:
    with entry.open() as file:
        try:
            parquet = pq.ParquetFile(_seekable(file))
            names = parquet.schema_arrow.names
            picked = pick_columns(names, form.text_column, form.label_column, where)
            used = [*picked.text, *([picked.label] if picked.label is not None else [])]
            if len(set(names)) < len(names):
                raise DataError("{where} has several columns of one name. Give each a name of its own.", where=where)
            read = parquet.read(columns=[names[place] for place in used])
            columns = [read.column(names[place]).to_pylist() for place in used]
        except (pa.ArrowException, UnicodeDecodeError) as error:
            reason = " ".join(str(error).split())[:200].rstrip(".")
            raise DataError(
                "Cannot read {where}: {reason}. Save the Parquet file again.", where=where, reason=reason
            ) from error
        schema = parquet.schema_arrow
    slim = Picked(
        tuple(range(len(picked.text))), len(columns) - 1 if picked.label is not None else None, picked.guessed
    )
    table = collect(zip(*columns, strict=True), slim, names, form, where)
    return name_classes(table, _class_names(schema.metadata, names[picked.label]) if picked.label is not None else [])


def _class_names(metadata: dict[bytes, bytes] | None, column: str) -> list[str]:
    """The names of a column's classes, if `datasets` wrote them into the file."""
    try:
        names = json.loads((metadata or {})[b"huggingface"])["info"]["features"][column]["names"]
    except (KeyError, TypeError, ValueError):
        return []
    return [str(name) for name in names]


def _read_excel(entry: Entry, form: Form, where: str) -> Table:
    """The first sheet of a workbook that is not empty, with its cells' values."""
    from openpyxl import load_workbook

    with entry.open() as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and the like, which are not read
        try:
            book = load_workbook(_seekable(file), read_only=True, data_only=True)
            rows: list[list[Any]] = []
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # the size stated in the file may be wrong
                rows = [list(row) for row in sheet.iter_rows(values_only=True) if any(cell is not None for cell in row)]
                if rows:
                    break
        except DataError:
            raise
        except Exception as error:  # openpyxl passes on the errors of zipfile and of its XML parsers
            raise DataError(
                "{where} cannot be read as an Excel workbook. Save it again as .xlsx, or as CSV.", where=where
            ) from error
    if not rows:
        raise DataError("{where} holds no reviews. Give a file with a text and a label column.", where=where)
    width = max(map(len, rows))
    shown = [
        ["" if cell is None else str(cell) for cell in [*row, *[None] * (width - len(row))]] for row in rows[:_LOOK]
    ]
    header = has_header(shown, form, where)
    picked = pick(shown[0], header, form, where)
    table = collect(rows[1:] if header else rows, picked, shown[0] if header else [], form, where)
    return replace(table, header=header)
