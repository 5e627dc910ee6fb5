"""The rows of one file from any block on, in little memory. A row that cannot be read is a `BadRow`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.bulk.job import FileForm
from sentiment_core.bulk.lines import UNKNOWN, PlacedLines
from sentiment_core.errors import BulkError
from sentiment_core.text.delimited import Dialect
from sentiment_core.text.entries import Entry, list_entries
from sentiment_core.text.grid import BadRow, Row
from sentiment_core.text.lenient import read_leniently
from sentiment_core.text.records import read_lines

_BATCH = 1_024  # rows of a Parquet file at once, or fewer where they are long
_BATCH_BYTES = 1 << 24
_BUFFER = 1 << 20  # bytes of a column that are read at once: a row group may be larger than the memory
_SEPARATOR = re.compile("sep=(.)\\s*")  # a line for Excel, which Excel does not show


def only_entry(path: Path) -> Entry:
    """The file at a path, unpacked as it is read. Raises BulkError for an archive, DataError if it cannot be opened."""
    entries = list_entries(path, unlabelled=True)
    if len(entries) != 1:
        raise BulkError("{path} is an archive of several files. Unpack it, and name its folder.", path=path.name)
    return entries[0]


def is_packed(entry: Entry) -> bool:
    """Whether a file is unpacked while it is read."""
    with entry.open() as file:
        return type(file) is not io.BufferedReader


def delimited_rows(entry: Entry, form: FileForm, offset: int = 0) -> Iterator[tuple[int, Row]]:
    """Each row from a byte on, with the byte after it, `UNKNOWN` in an encoding other than UTF-8.

    offset: where a row begins; 0 for the start of the file, whose header is passed over.
    Raises DataError as `read_leniently` does.
    """
    lines = PlacedLines(entry, form.encoding, offset)
    try:
        before = 0  # lines that `read_leniently` sees beyond those of the file; below 0, fewer
        if offset:  # what it measures the rows by is before the offset
            source: Iterator[str] = chain([form.separator.join("x" * form.width) + "\n"], lines)
            before = 1
        else:
            first = next(lines, "")
            is_separator = _SEPARATOR.fullmatch(first) is not None
            source = lines if is_separator else chain([first], lines)
            before = -1 if is_separator else 0
        rows = read_leniently(source, Dialect(form.separator, form.quoting), header=form.header or bool(offset))
        if form.header or offset:
            next(rows, None)
        for number, row in rows:
            yield lines.end_of(number - before), row
    finally:
        lines.close()


def json_records(
    entry: Entry, encoding: str, where: str, offset: int = 0
) -> Iterator[tuple[int, dict[str, Any] | BadRow]]:
    """Each record of JSON lines from a byte on, with the byte after it, `UNKNOWN` in another encoding than UTF-8."""
    lines = PlacedLines(entry, encoding, offset)
    try:
        for record in read_lines(lines, where, lenient=True):
            yield lines.place if lines.is_placed else UNKNOWN, record
    finally:
        lines.close()


def parquet_batches(path: Path, first: int) -> Iterator[pa.RecordBatch]:
    """Batches of rows from row `first` on. Raises BulkError if the file is damaged."""
    with readable_parquet(path), pq.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER) as file:
        group = 0
        while first and group < file.num_row_groups and first >= file.metadata.row_group(group).num_rows:
            first -= file.metadata.row_group(group).num_rows
            group += 1
        groups = list(range(group, file.num_row_groups))
        size = sum(file.metadata.row_group(number).total_byte_size for number in groups)
        rows = max(8, min(_BATCH, _BATCH_BYTES * file.metadata.num_rows // max(size, 1)))
        for batch in file.iter_batches(rows, row_groups=groups, use_threads=False):
            passed = min(first, len(batch))
            first -= passed
            if passed < len(batch):
                yield batch.slice(passed)


@contextmanager
def readable_parquet(path: Path) -> Iterator[None]:
    """Turn the errors of reading a Parquet file into one BulkError."""
    try:
        yield
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200].rstrip(".")
        raise BulkError(
            "Cannot read {path}: {reason}. Save the Parquet file again.", path=path.name, reason=reason
        ) from error
