"""Columns of tables, and tables as CSV for spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv

# A spreadsheet runs a cell that starts so, unless it is a plain number.
_FORMULA = re.compile(r"[=+\-@\t\r\n]|\s+[=+\-@]")
_NUMBER = re.compile(r"[-+]?(\d+([.,]\d+)*|[.,]\d+)([eE][-+]?\d+)?%?")


def csv_bytes(columns: Mapping[str, Any]) -> bytes:
    """A table as CSV in UTF-8, from columns of numbers or text by heading.

    Text that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP recommends.
    """
    harmless = {harmless_cell(heading): _harmless_column(pa.array(values)) for heading, values in columns.items()}
    written = pa.BufferOutputStream()
    pyarrow.csv.write_csv(pa.table(harmless), written)
    return written.getvalue().to_pybytes()


def plain_column(values: np.ndarray) -> pa.Array:
    """Numbers [rows] as a column. `pa.array` gives the same, but imports pandas first if it is installed: 0.3 s."""
    values = np.ascontiguousarray(values)
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, pa.py_buffer(values)])


def harmless_cell(text: str) -> str:
    """A cell's text, after an apostrophe if a spreadsheet would run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text.strip()) else text


def _harmless_column(values: pa.Array) -> pa.Array:
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        return values
    return pa.array([None if value is None else harmless_cell(value) for value in values.to_pylist()], values.type)
