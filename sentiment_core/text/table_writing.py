"""Writes rows one at a time to a CSV, TSV, JSON lines, Parquet or Excel file, in little memory.

A spreadsheet runs a cell that begins with = + - or @, so an export can attack whoever opens it. In CSV, TSV and Excel
such a cell gets an apostrophe before it, as OWASP advises for CSV injection, unless it is a plain number.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.errors import DataError
from sentiment_core.storage.files import atomic_path
from sentiment_core.storage.tables import harmless_cell
from sentiment_core.text.grid import shown

KINDS = (".csv", ".tsv", ".jsonl", ".parquet", ".xlsx")
_BATCH = 2_000  # rows of a Parquet file that are held
_EXCEL_ROWS, _EXCEL_CELL, _EXCEL_COLUMNS = 1_048_576, 32_767, 16_384
_NOT_IN_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class TableWriter(ABC):
    """Takes the rows of a table, in their order."""

    guarded = 0  # cells that were given an apostrophe

    @abstractmethod
    def write(self, row: Sequence[Any]) -> None:
        """Add a row with a value for each column."""

    @abstractmethod
    def close(self) -> None:
        """Write what is still held."""

    def abandon(self) -> None:  # noqa: B027, not every kind holds something open
        """Let go of the file. After `close` it changes nothing."""

    def guard(self, value: Any) -> Any:
        """A value that a spreadsheet does not run. Text is cleaned of what is not Unicode; numbers stay numbers."""
        if isinstance(value, bool) or (isinstance(value, (int, float)) and math.isfinite(value)):
            return value
        text = shown(value).replace("\0", "\ufffd")  # which no reader of such files takes
        harmless = harmless_cell(text)
        self.guarded += harmless != text
        return harmless


@contextmanager
def open_writer(path: Path, names: Sequence[str], types: Sequence[pa.DataType | None]) -> Iterator[TableWriter]:
    """A writer to `path`, whose suffix is one of `KINDS`. The file appears when the block ends, or not at all.

    names: of the columns. types: of the columns in Parquet, None for text.
    Raises DataError for another suffix, for more than Excel can hold, and if the file cannot be written.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise DataError(
            "{path} is no kind of table that is written. Name a file that ends in {kinds:or}.",
            path=path.name,
            kinds=list(KINDS),
        )
    try:
        with atomic_path(path) as target:
            writer: TableWriter
            if kind == ".parquet":
                writer = _Parquet(target, names, types)
            elif kind == ".xlsx":
                writer = _Excel(target, names)
            else:
                writer = _Json(target, names) if kind == ".jsonl" else _Delimited(target, names, kind)
            try:
                yield writer
                writer.close()
            finally:
                with suppress(Exception):  # whatever it is, it must not hide what went wrong before
                    writer.abandon()
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())[:120]
        raise DataError("Cannot write {path}: {reason}. Name another place.", path=path.name, reason=reason) from error


class _Open(TableWriter):
    """A writer with an open text file."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.file: io.TextIOWrapper = path.open("w", encoding=encoding, newline="")

    def close(self) -> None:
        self.file.close()

    def abandon(self) -> None:
        self.file.close()


class _Delimited(_Open):
    def __init__(self, path: Path, names: Sequence[str], kind: str) -> None:
        super().__init__(path, "utf-8-sig")  # without the mark, Excel takes UTF-8 for another encoding
        # The csv module quotes a text with a part of the line end in it, so that a lone \r is quoted too.
        self.rows = csv.writer(self.file, delimiter="\t" if kind == ".tsv" else ",", lineterminator="\r\n")
        self.write(names)

    def write(self, row: Sequence[Any]) -> None:
        cells = [self.guard(value) for value in row]
        # A row of one empty field would be a blank line, which no reader takes for a row.
        self.rows.writerow(cells) if cells != [""] else self.file.write('""\r\n')


class _Json(_Open):
    def __init__(self, path: Path, names: Sequence[str]) -> None:
        super().__init__(path, "utf-8")
        self.names = names

    def write(self, row: Sequence[Any]) -> None:
        line = json.dumps(dict(zip(self.names, row, strict=True)), ensure_ascii=False, default=shown)
        self.file.write(line.encode("utf-8", "replace").decode("utf-8") + "\n")


class _Parquet(TableWriter):
    def __init__(self, path: Path, names: Sequence[str], types: Sequence[pa.DataType | None]) -> None:
        self.schema = pa.schema([(name, kind or pa.string()) for name, kind in zip(names, types, strict=True)])
        self.texts = [kind is None for kind in types]
        self.file = pq.ParquetWriter(path, self.schema, compression="zstd")
        self.held: list[Sequence[Any]] = []

    def write(self, row: Sequence[Any]) -> None:
        self.held.append([shown(v) if text and v is not None else v for v, text in zip(row, self.texts, strict=True)])
        if len(self.held) >= _BATCH:
            self._write_held()

    def close(self) -> None:
        self._write_held()
        self.file.close()

    def abandon(self) -> None:
        self.file.close()

    def _write_held(self) -> None:
        columns = zip(*self.held, strict=True) if self.held else [()] * len(self.schema)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, self.schema, strict=True)]
        self.file.write_table(pa.table(arrays, schema=self.schema))
        self.held = []


class _Excel(TableWriter):
    def __init__(self, path: Path, names: Sequence[str]) -> None:
        from openpyxl import Workbook

        self.path, self.count = path, 0
        self.book = Workbook(write_only=True)
        self.sheet = self.book.create_sheet("reviews")
        if len(names) > _EXCEL_COLUMNS:
            self._refuse()
        self.write(names)

    def write(self, row: Sequence[Any]) -> None:
        self.count += 1
        cells = [self.guard(value) for value in row]
        if self.count > _EXCEL_ROWS or any(isinstance(cell, str) and len(cell) > _EXCEL_CELL for cell in cells):
            self._refuse()
        self.sheet.append([_NOT_IN_XML.sub("\ufffd", cell) if isinstance(cell, str) else cell for cell in cells])

    def close(self) -> None:
        self.book.save(self.path)

    def abandon(self) -> None:
        self.sheet.close()

    def _refuse(self) -> None:
        raise DataError(
            "Row {row} does not fit into Excel, which holds {characters} characters in a cell and {rows} rows. Write a "
            ".csv file.",
            row=self.count,
            characters=_EXCEL_CELL,
            rows=_EXCEL_ROWS,
        )
