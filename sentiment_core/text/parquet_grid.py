"""Opens a Parquet file as rows and columns, a batch of rows at a time: a small file may unpack to billions of rows."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.errors import DataError
from sentiment_core.text.columns import Picked, pick_columns
from sentiment_core.text.entries import Entry
from sentiment_core.text.grid import Grid, Kind, Row, check_width
from sentiment_core.text.table import Form

_BATCH = 1_000  # rows


def open_parquet(entry: Entry, form: Form, where: str) -> Grid:
    """The rows and columns of a Parquet file. Raises DataError if it is damaged."""
    with entry.open() as file, _readable(where):
        schema = pq.ParquetFile(seekable(file)).schema_arrow
    names = tuple(schema.names)
    check_width(len(names), where)
    if len(set(names)) < len(names):
        raise DataError("{where} has several columns of one name. Give each a name of its own.", where=where)
    picked: Picked | None = None
    refusal = None
    try:
        picked = pick_columns(names, form.text_column, form.label_column, where)
    except DataError as error:
        refusal = error
    label = None if picked is None else picked.label
    classes = () if label is None else tuple(_class_names(schema.metadata, names[label]))
    rows = partial(_rows, entry, names, where)
    return Grid(
        Kind.PARQUET,
        names,
        True,
        rows,
        picked,
        refusal,
        types=tuple(_kept(field.type) for field in schema),
        class_names=classes,
    )


def seekable(file: BinaryIO) -> BinaryIO:
    """The same bytes in a seekable file: a compressed one is read whole."""
    return file if type(file) is io.BufferedReader else io.BytesIO(file.read())


def _rows(entry: Entry, names: Sequence[str], where: str, places: Sequence[int] | None) -> Iterator[Row]:
    wanted = list(names) if places is None else [names[place] for place in places]
    with entry.open() as file, _readable(where):
        parquet = pq.ParquetFile(seekable(file))
        if not wanted:
            return
        for batch in parquet.iter_batches(_BATCH, columns=list(dict.fromkeys(wanted)), use_threads=False):
            columns = [values_of(batch.column(batch.schema.get_field_index(name))) for name in wanted]
            yield from zip(*columns, strict=True)


def values_of(column: pa.Array) -> list[Any]:
    try:
        return column.to_pylist()
    except UnicodeDecodeError:  # one damaged text; as bytes, the others can be told from it
        return column.cast(pa.binary()).to_pylist()
    except (ValueError, OverflowError):  # a date that Python cannot hold
        return column.cast(pa.string()).to_pylist()


def _kept(kind: pa.DataType) -> pa.DataType | None:
    """The type of a column if its values pass through Python unchanged; None for those that become text."""
    same = pa.types.is_integer, pa.types.is_boolean, pa.types.is_floating
    return kind if any(test(kind) for test in same) else None


@contextmanager
def _readable(where: str) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, UnicodeDecodeError, OSError, ValueError, OverflowError) as error:
        reason = " ".join(str(error).split())[:200].rstrip(".")
        raise DataError(
            "Cannot read {where}: {reason}. Save the Parquet file again.", where=where, reason=reason
        ) from error


def _class_names(metadata: dict[bytes, bytes] | None, column: str) -> list[str]:
    """The names of a column's classes, if `datasets` wrote them into the file."""
    try:
        names = json.loads((metadata or {})[b"huggingface"])["info"]["features"][column]["names"]
    except (KeyError, TypeError, ValueError, RecursionError):
        return []
    return [str(name) for name in names] if isinstance(names, list) else []
