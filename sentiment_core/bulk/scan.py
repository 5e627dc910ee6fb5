"""Looks through a file before anything is scored: what it is, its columns, and where its blocks begin.

A text file is read once from start to end, because only so its rows are known. A Parquet file says them itself.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.bulk.job import BYTES, Block, Column, FileForm
from sentiment_core.bulk.lines import UNKNOWN
from sentiment_core.bulk.rows import delimited_rows, is_packed, json_records, only_entry, readable_parquet
from sentiment_core.errors import BulkError, DataError
from sentiment_core.text.decoding import UTF8, find_encoding
from sentiment_core.text.entries import Entry, readable
from sentiment_core.text.grid import BadRow, Grid, Kind, check_width
from sentiment_core.text.grids import open_grid
from sentiment_core.text.kinds import HEAD, refuse_foreign
from sentiment_core.text.table import Form

_LOOK = 1 << 22  # bytes from which the way of writing is found
_FIRST = 20  # records that tell whether there is one a line
_SMALLEST = 2**63  # a whole number from here on does not fit in 64 bits
_EXACT = 2**53  # a whole number up to here is one in floating point too


@dataclass(frozen=True)
class Scanned:
    """What a file holds."""

    form: FileForm
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    schema: pa.Schema | None = None  # of a Parquet file
    damaged: bool = False  # whether a line of JSON cannot be read


def scan(path: Path, number: int, form: Form, block_rows: int, progress: Callable[[int], None]) -> Scanned:
    """Look through the file of this number.

    progress: called with the rows found so far.
    Raises BulkError or DataError if the file is no table that can be read in parts.
    """
    with readable(path.name):
        entry = only_entry(path)
        with entry.open() as file:
            head = file.read(HEAD)
        if head.startswith(b"PAR1"):
            return _scan_parquet(path, number, block_rows)
        if head.startswith(b"PK"):
            raise BulkError(
                "{path} is an Excel file or an archive. Score it with predict MODEL --file {path} --out scored.csv.",
                path=path.name,
            )
        refuse_foreign(head, path.name)
        encoding = find_encoding(entry.open, path.name, form.encoding, lenient=True) if head else UTF8
        start = replace(entry, open=lambda: io.BytesIO(_start(entry)))
        grid = open_grid(start, replace(form, encoding=encoding, label_column=None, skip_bad_rows=True), path.name)
        if grid.kind is Kind.JSON:
            return _scan_json(entry, grid, path.name, number, block_rows, progress)
        return _scan_delimited(entry, grid, number, block_rows, progress)


def _start(entry: Entry) -> bytes:
    """The beginning of a file, up to a line end."""
    with entry.open() as file:
        start = file.read(_LOOK)
    return start if len(start) < _LOOK else start[: start.rfind(b"\n") + 1] or start


class _Blocks:
    """Collects the rows of a text file into blocks."""

    def __init__(self, file: int, most: int, start: int) -> None:
        self.file, self.most, self.start = file, most, start
        self.found: list[Block] = []
        self.first = self.rows = 0
        self.read = start

    def add(self, place: int) -> None:
        """Count a row that ends before the byte `place`."""
        self.rows += 1
        if self.rows - self.first == self.most or (place != UNKNOWN and place - self.start >= BYTES):
            self.close(place)

    def close(self, place: int) -> None:
        if self.rows > self.first:
            self.found.append(Block(self.file, self.first, self.rows - self.first, self.start))
            self.first, self.start = self.rows, place


def _scan_delimited(entry: Entry, grid: Grid, number: int, block_rows: int, progress: Callable[[int], None]) -> Scanned:
    assert grid.separator is not None
    assert grid.quoting is not None
    names = _named(grid)
    written = grid.encoding, grid.separator, grid.quoting, grid.header
    form = FileForm("delimited", names, is_packed(entry), *written, width=len(names))
    blocks = _Blocks(number, block_rows, 0)
    for place, _ in delimited_rows(entry, form):
        blocks.add(place)
        if blocks.rows % 10_000 == 0:
            progress(blocks.rows)
    blocks.close(0)
    return Scanned(form, tuple(Column(name, "text") for name in names), tuple(blocks.found))


def _named(grid: Grid) -> tuple[str, ...]:
    """The names of the columns. Raises the grid's DataError if there is no column of texts."""
    last = len(grid.names)
    while last > 1 and grid.header and not grid.names[last - 1].strip():
        last -= 1  # names that are blank at the end are only extra separators
    assert grid.columns
    return grid.names[:last]


def _scan_json(
    entry: Entry, grid: Grid, where: str, number: int, block_rows: int, progress: Callable[[int], None]
) -> Scanned:
    first = [record for _, record in islice(json_records(entry, grid.encoding, where), _FIRST)]
    if all(isinstance(record, BadRow) for record in first):
        raise BulkError(
            "{where} is one JSON value. Save it as one record a line, or score it with predict MODEL --file {where} "
            "--out scored.csv.",
            where=where,
        )
    kinds: dict[str, set[str]] = {}
    damaged = False
    blocks = _Blocks(number, block_rows, 0)
    for place, record in json_records(entry, grid.encoding, where):
        blocks.add(place)
        if isinstance(record, BadRow):
            damaged = True
        else:
            for name, value in record.items():
                kinds.setdefault(name, set()).add(_kind_of(value))
            check_width(len(kinds), where)
        if blocks.rows % 10_000 == 0:
            progress(blocks.rows)
    blocks.close(0)
    columns = tuple(Column(name, _joined(seen)) for name, seen in kinds.items())
    return Scanned(
        FileForm("json", tuple(kinds), is_packed(entry), grid.encoding), columns, tuple(blocks.found), damaged=damaged
    )


def _kind_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int" if abs(value) <= _EXACT else "large" if -_SMALLEST <= value < _SMALLEST else "text"
    return "float" if isinstance(value, float) else "text"


def _joined(seen: set[str]) -> Any:
    """The kind of a column whose values are of these kinds."""
    seen = seen - {""}
    if seen and seen <= {"int", "large"}:
        return "int"
    if seen and seen <= {"int", "float"}:
        return "float"
    return "bool" if seen == {"bool"} else "text"


def join_json(tables: Sequence[Scanned]) -> tuple[Column, ...]:
    """The columns of several files of JSON lines: all that any of them has."""
    seen: dict[str, set[str]] = {}
    for table in tables:
        for column in table.columns:
            seen.setdefault(column.name, set()).add(column.kind)
    return tuple(Column(name, _joined(kinds)) for name, kinds in seen.items())


def _scan_parquet(path: Path, number: int, block_rows: int) -> Scanned:
    with readable_parquet(path), pq.ParquetFile(path) as file:
        schema, metadata = file.schema_arrow.remove_metadata(), file.metadata
        rows = metadata.num_rows
    check_width(len(schema), path.name)
    if len(set(schema.names)) < len(schema):
        raise DataError("{where} has several columns of one name. Give each a name of its own.", where=path.name)
    firsts = range(0, rows, block_rows)
    blocks = tuple(Block(number, first, min(block_rows, rows - first), UNKNOWN) for first in firsts)
    columns = tuple(Column(name, "kept") for name in schema.names)
    return Scanned(FileForm("parquet", tuple(schema.names)), columns, blocks, schema)
