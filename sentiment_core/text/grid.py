"""The rows and columns of one file, before anything is known about texts and labels. Every kind of file becomes one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sentiment_core.errors import DataError
from sentiment_core.messages import Message
from sentiment_core.text.columns import Picked
from sentiment_core.text.decoding import UTF8

MAX_COLUMNS = 10_000


class Kind(StrEnum):
    """What a file is, by its contents."""

    DELIMITED = "delimited"
    JSON = "json"
    PARQUET = "parquet"
    EXCEL = "excel"
    FOLDERS = "folders"  # one text a file, in one folder a class


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be read."""

    reason: Message  # a clause without a full stop
    fields: Sequence[Any] = ()  # what can be told of its values


Row = Sequence[Any] | BadRow


@dataclass(frozen=True)
class Grid:
    """One file as rows of values. The rows are read anew, from the first, each time that they are asked for."""

    kind: Kind
    names: tuple[str, ...]  # of the columns; numbers from 1 if no line names them
    header: bool  # whether the file names its columns
    rows: Callable[[Sequence[int] | None], Iterator[Row]]  # the values at these places of each row; None: all places
    picked: Picked | None  # the text and label columns
    refusal: DataError | None = None  # why there are no `picked`
    encoding: str = UTF8
    separator: str | None = None
    quoting: str | None = None
    types: tuple[Any, ...] | None = None  # of the columns of a Parquet file, as pyarrow has them
    class_names: tuple[str, ...] = ()  # names of the numbers in the label column, if the file says them

    @property
    def columns(self) -> Picked:
        """The text and label columns. Raises DataError if they were not found."""
        if self.picked is None:
            assert self.refusal is not None
            raise self.refusal
        return self.picked


def check_width(width: int, where: str) -> None:
    """Raise DataError for more columns than any table of reviews has: each look at the names would take seconds."""
    if width > MAX_COLUMNS:
        raise DataError(
            "{where} has {width} columns, and at most {most} are read. Name another --separator, or keep only the "
            "columns of the text and the label.",
            where=where,
            width=width,
            most=MAX_COLUMNS,
        )


def numbers(width: int) -> tuple[str, ...]:
    """Names for columns that have none: their numbers from 1."""
    return tuple(str(number) for number in range(1, width + 1))


def shown(value: Any) -> str:
    """A value as characters that can be displayed and written: lists and objects as JSON, nothing as ''."""
    if value is None:
        return ""
    if isinstance(value, (list, dict, tuple)):
        value = json.dumps(value, ensure_ascii=False, default=str)
    elif isinstance(value, bytes):
        value = value.decode(UTF8, "replace")
    return str(value).encode(UTF8, "replace").decode(UTF8)
