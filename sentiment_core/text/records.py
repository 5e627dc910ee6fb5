"""Reads JSON records with named fields: one a line, or all in one value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sentiment_core.errors import DataError
from sentiment_core.messages import Message, lazy
from sentiment_core.text.decoding import Open, open_text
from sentiment_core.text.grid import BadRow

_LOOK = 20  # lines that tell whether a file has one record a line


def read_records(opened: Open, where: str, encoding: str, lenient: bool = False) -> Iterator[dict[str, Any] | BadRow]:
    """Each record of JSON lines, of one array, or of columns as pandas writes them.

    lenient: whether a line that is no record is given as a `BadRow`.
    Raises DataError for anything else.
    """
    with open_text(opened, encoding, lenient) as file:
        first = next((line for line in file if line.strip()), "")
    try:
        one_a_line = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        one_a_line = False
    with open_text(opened, encoding, lenient) as file:
        several = (one_a_line or lenient) and any(line.strip() for line in islice(file, 1, None))
    with open_text(opened, encoding, lenient) as file:
        if several and not one_a_line:  # a damaged first line of several records, unless the whole is one value
            several = sum(_is_record(line) for line in islice(file, _LOOK)) > 1
            file.seek(0)
        if several or not first.lstrip().startswith(("[", "{")):
            yield from read_lines(file, where, lenient)
            return
        try:
            content = json.load(file)
        except (ValueError, RecursionError) as error:
            raise DataError(
                "{where} is not JSON: {fault}. Save it as one record a line.",
                where=where,
                fault=_place_of(error),
            ) from error
    yield from _unfold(content, where)


def _is_record(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read_lines(file: Iterable[str], where: str, lenient: bool) -> Iterator[dict[str, Any] | BadRow]:
    """The record of each line that is not blank. `lenient` and errors as in `read_records`."""
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            if lenient:
                yield BadRow(lazy("it is not JSON ({fault})", fault=_json_fault(error)), [line.strip()])
                continue
            raise DataError(
                "{where}: line {number} is not JSON ({fault}). Correct or delete it.",
                where=where,
                number=number,
                fault=_json_fault(error),
            ) from error
        if isinstance(record, dict):
            yield record
        elif lenient:
            yield BadRow(lazy("it is no record with named fields"), [line.strip()])
        else:
            raise DataError(
                "{where}: line {number} is not a record with named fields. Write one record a line.",
                where=where,
                number=number,
            )


def _unfold(content: Any, where: str) -> Iterator[dict[str, Any]]:
    """The records in one JSON value: an array, alone or under one name, or columns."""
    if isinstance(content, dict):
        arrays = [
            value for value in content.values() if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        if len(arrays) == 1:
            content = arrays[0]
        elif content and all(isinstance(value, dict) for value in content.values()):  # pandas: column -> row -> value
            keys = dict.fromkeys(key for column in content.values() for key in column)
            content = [{name: column.get(key) for name, column in content.items()} for key in keys]
        elif content and len({len(value) if isinstance(value, list) else -1 for value in content.values()} - {-1}) == 1:
            columns = {name: value for name, value in content.items() if isinstance(value, list)}
            content = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        else:
            content = [content]
    if not isinstance(content, list) or not all(isinstance(record, dict) for record in content):
        raise DataError("{where} holds no records with named fields. Write one record a line.", where=where)
    yield from content


def _json_fault(error: Exception) -> Message:
    if isinstance(error, json.JSONDecodeError):
        reason = error.msg.lower().removesuffix(" at")
        return lazy("{reason} at character {character}", reason=reason, character=error.colno)
    if isinstance(error, RecursionError):
        return lazy("nested too deep")
    return lazy("a number of too many digits")


def _place_of(error: Exception) -> Message:
    fault = _json_fault(error)
    return lazy("{fault} of line {line}", fault=fault, line=error.lineno) if hasattr(error, "lineno") else fault
