"""The rows of a block, some at a time: their columns as they will be written, and their texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from sentiment_core.bulk.job import Block, BulkJob, Column, InputFile
from sentiment_core.bulk.lines import UNKNOWN
from sentiment_core.bulk.rows import delimited_rows, json_records, only_entry, parquet_batches
from sentiment_core.classifiers.rows import fill_columns, text_or_reason
from sentiment_core.errors import BulkError
from sentiment_core.messages import Message
from sentiment_core.text.columns import Picked
from sentiment_core.text.grid import BadRow, Row, shown
from sentiment_core.text.parquet_grid import values_of

_AT_ONCE = 2_048  # rows that are judged at once
_NEAR = 10  # blocks that are passed over in an open Parquet file; it is opened anew at one further on
_CHARACTERS = 4_000_000  # of their texts; at least one row
TYPES = {"text": pa.large_string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}


@dataclass(frozen=True)
class Stretch:
    """Some rows that follow each other."""

    columns: list[pa.Array]  # of the file
    texts: list[str | Message]  # or why a row has none
    first: int  # row in the file, from 0

    def __len__(self) -> int:
        return len(self.texts)


class BlockReader:
    """Reads blocks. One that follows the last one is read on; else the file is opened anew at its place."""

    def __init__(self, job: BulkJob) -> None:
        self._job = job
        self._rows: Iterator[Any] | None = None
        self._at = (-1, -1)  # file and row that `_rows` comes to next
        self._left: pa.RecordBatch | None = None

    def stretches(self, number: int) -> Iterator[Stretch]:
        """The rows of a block. Raises BulkError if its file has changed or cannot be read."""
        block = self._job.blocks[number]
        file = self._job.files[block.file]
        _check_unchanged(file)
        parts = self._parquet(file, block) if file.form.kind == "parquet" else self._text(file, block)
        rows = 0
        for stretch in parts:
            rows += len(stretch)
            yield stretch
        if rows != block.rows:
            raise _changed(file)
        self._at = block.file, block.first + block.rows

    def _text(self, file: InputFile, block: Block) -> Iterator[Stretch]:
        rows = self._go_to(file, block)
        picked = Picked(self._job.text, None)
        left, first = block.rows, block.first
        held: list[Row] = []
        texts: list[str | Message] = []
        size = 0
        for row in islice(rows, left):
            held.append(row)
            texts.append(text_or_reason(row, first + len(held), picked, file.name))
            size += sum(len(cell) for cell in _fields(row) if isinstance(cell, str))
            if len(held) == _AT_ONCE or size >= _CHARACTERS:
                yield Stretch(_arrays(held, self._job), texts, first)
                first, held, texts, size = first + len(held), [], [], 0
        if held:
            yield Stretch(_arrays(held, self._job), texts, first)

    def _go_to(self, file: InputFile, block: Block) -> Iterator[Row]:
        """The rows of a text file from the start of a block on. The iterator is kept for the next block."""
        gap = self._gap(block)
        has_to_pass = file.form.packed or block.offset == UNKNOWN  # everything before it is read to get there
        if self._rows is None or gap < 0 or (gap > 0 and not has_to_pass):
            gap = 0 if block.offset != UNKNOWN else block.first
            names = [column.name for column in self._job.columns]
            self._rows = _text_rows(file, max(block.offset, 0), names)
        self._at = (-1, -1)  # until the block is read to its end
        next(islice(self._rows, gap, gap), None)
        return self._rows

    def _gap(self, block: Block) -> int:
        """The rows from where the open file is to a block; below 0 if it is in another file or further back."""
        return block.first - self._at[1] if block.file == self._at[0] else -1

    def _parquet(self, file: InputFile, block: Block) -> Iterator[Stretch]:
        gap = self._gap(block)
        if self._rows is None or gap < 0 or gap > _NEAR * self._job.settings.block_rows:
            self._rows, self._left, gap = parquet_batches(Path(file.path), block.first), None, 0
        self._at = (-1, -1)
        for _ in self._take(gap):
            pass
        picked = Picked(tuple(range(len(self._job.text))), None)
        first = block.first
        for batch in self._take(block.rows):
            columns = [values_of(batch.column(place)) for place in self._job.text]
            rows = zip(*columns, strict=True)
            texts = [text_or_reason(row, first + at, picked, file.name) for at, row in enumerate(rows, start=1)]
            yield Stretch(batch.columns, texts, first)
            first += len(batch)

    def _take(self, count: int) -> Iterator[pa.RecordBatch]:
        """The next `count` rows of a Parquet file, fewer at its end."""
        assert self._rows is not None
        while count > 0:
            batch = self._left if self._left is not None else next(self._rows, None)
            self._left = None
            if batch is None:
                return
            if len(batch) > count:
                self._left = batch.slice(count)
                batch = batch.slice(0, count)
            count -= len(batch)
            yield batch


def _text_rows(file: InputFile, offset: int, names: list[str]) -> Iterator[Row]:
    entry = only_entry(Path(file.path))
    if file.form.kind == "delimited":
        for _, row in delimited_rows(entry, file.form, offset):
            yield row
        return
    for _, record in json_records(entry, file.form.encoding, file.name, offset):
        yield record if isinstance(record, BadRow) else [record.get(name) for name in names]


def _check_unchanged(file: InputFile) -> None:
    try:
        found = Path(file.path).stat()
    except OSError as error:
        raise BulkError(
            "{path} is not there. Every machine that scores must see it at this path.", path=file.path
        ) from error
    if (found.st_size, found.st_mtime_ns) != (file.size, file.modified):
        raise _changed(file)


def _changed(file: InputFile) -> BulkError:
    return BulkError(
        "{path} has changed since the job began. Score into another folder, or use --overwrite.", path=file.name
    )


def _fields(row: Row) -> Any:
    return row.fields if isinstance(row, BadRow) else row


def _arrays(rows: list[Row], job: BulkJob) -> list[pa.Array]:
    """The columns of rows of a text file. What a damaged row has beyond its columns is kept in the last one."""
    cells = [_cells(row, job) for row in rows]
    return [_array(column, [row[place] for row in cells]) for place, column in enumerate(job.columns)]


def _array(column: Column, values: list[Any]) -> pa.Array:
    if column.kind == "text":
        values = [None if value is None else shown(value) for value in values]
    elif column.kind == "float":
        values = [None if value is None else float(value) for value in values]
    return pa.array(values, TYPES[column.kind])


def _cells(row: Row, job: BulkJob) -> list[Any]:
    form, width = job.files[0].form, len(job.columns)
    if not isinstance(row, BadRow) or form.kind != "json":
        return fill_columns(row, width, form.separator)
    found: list[Any] = [None] * width
    found[job.text[0]] = row.fields[0] if row.fields else None  # the line as it is, in the place of the text
    return found
