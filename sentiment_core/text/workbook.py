"""Opens the first sheet of an Excel workbook that is not empty, as rows and columns, with its cells' values.

A workbook is a zip archive of XML files. Macros, links to other files and document type definitions (with which a small
file can unpack without end) have no place in a table of reviews. A workbook that has one is refused.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, BinaryIO
from xml.parsers import expat

from sentiment_core.errors import DataError
from sentiment_core.text.bounds import check_unpacked
from sentiment_core.text.columns import Picked, looks_like_names
from sentiment_core.text.entries import Entry
from sentiment_core.text.grid import Grid, Kind, Row, check_width, numbers
from sentiment_core.text.parquet_grid import seekable
from sentiment_core.text.table import Form, has_header, pick

_LOOK = 50  # rows from which the header and the width are found
_CHUNK = 1 << 16  # bytes


def open_workbook(entry: Entry, form: Form, where: str) -> Grid:
    """The rows and columns of a workbook. Raises DataError if it is damaged, or holds what a table does not."""
    with entry.open() as file:
        _check_parts(seekable(file), entry, where)
    head = list(islice(_filled_rows(entry, where), _LOOK + 1))
    if not head:
        raise DataError("{where} holds no reviews. Give a file with a text and a label column.", where=where)
    width = max(map(len, head))
    check_width(width, where)
    cells = [["" if cell is None else str(cell) for cell in [*row, *[None] * (width - len(row))]] for row in head]
    picked: Picked | None = None
    refusal = None
    try:
        header = has_header(cells, form, where)
        picked = pick(cells[0], header, form, where)
    except DataError as error:
        refusal = error
        header = looks_like_names(cells[0], cells[1:]) if form.header is None else form.header
    names = tuple(cells[0]) if header else numbers(width)
    return Grid(Kind.EXCEL, names, header, partial(_rows, entry, where, header), picked, refusal)


def _rows(entry: Entry, where: str, header: bool, places: Sequence[int] | None) -> Iterator[Row]:
    rows = _filled_rows(entry, where)
    if header:
        next(rows, None)
    for row in rows:
        yield row if places is None else [row[place] if place < len(row) else None for place in places]


def _filled_rows(entry: Entry, where: str) -> Iterator[list[Any]]:
    """The rows that are not blank of the first sheet that has any."""
    from openpyxl import load_workbook

    with entry.open() as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and the like, which are not read
        try:
            book = load_workbook(seekable(file), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # the size stated in the file may be wrong
                found = False
                for row in sheet.iter_rows(values_only=True):
                    if any(cell is not None for cell in row):
                        found = True
                        yield list(row)
                if found:
                    return
        except DataError:
            raise
        except Exception as error:  # openpyxl passes on the errors of zipfile and of its XML parsers
            raise DataError(
                "{where} cannot be read as an Excel workbook. Save it again as .xlsx, or as CSV.", where=where
            ) from error


def _check_parts(file: BinaryIO, entry: Entry, where: str) -> None:
    """Raise DataError for macros, links to other workbooks, document type definitions, and parts that are too large."""
    with zipfile.ZipFile(file) as book:
        infos = book.infolist()
        check_unpacked(sum(info.file_size for info in infos), entry.most, where)
        names = [info.filename for info in infos]
        lower = [name.lower() for name in names]
        if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in lower):
            raise DataError(
                "{where} is a workbook with macros. Save it as .xlsx without macros, or as CSV.", where=where
            )
        if any("/externallinks/" in name for name in lower):
            raise DataError(
                "{where} holds links to other workbooks, whose values may be old. Save its values alone, as CSV.",
                where=where,
            )
        for name in names:
            if name.lower().endswith((".xml", ".rels")):
                with book.open(name) as part:
                    if _has_doctype(part):
                        raise DataError(
                            "{where} defines XML entities, as no workbook of Excel does. Save it as CSV.", where=where
                        )


def _has_doctype(part: Any) -> bool:
    """Whether an XML file has a document type definition, which stands before its first element."""
    seen: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: seen.append(True)
    parser.StartElementHandler = lambda *_: seen.append(False)
    try:
        while not seen and (chunk := part.read(_CHUNK)):
            parser.Parse(chunk, False)
    except expat.ExpatError:
        pass  # openpyxl refuses it in its turn
    return bool(seen) and seen[0]
