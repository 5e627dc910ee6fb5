"""Reads the text and label columns from one file: CSV and similar, JSON, Parquet or Excel.

Values are kept as their characters: no types are guessed. Only the named columns are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sentiment_core.text.bounds import Bounds, check_rows
from sentiment_core.text.columns import Picked
from sentiment_core.text.entries import Entry
from sentiment_core.text.grid import Row
from sentiment_core.text.grids import open_grid
from sentiment_core.text.table import Form, Table, collect, name_classes

SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx", ".xlsm")


def read_table(entry: Entry, form: Form, where: str) -> Table:
    """The columns of a file that `form` names. Raises DataError, which says what is wrong with the file."""
    grid = open_grid(entry, form, where)
    picked = grid.columns
    used = sorted({*picked.text, *([picked.label] if picked.label is not None else [])})
    places = {place: number for number, place in enumerate(used)}
    slim = Picked(
        tuple(places[place] for place in picked.text),
        None if picked.label is None else places[picked.label],
        picked.guessed,
    )
    names = grid.names if grid.header else ()
    table = collect(_bounded(grid.rows(used), entry.bounds, where), slim, names, form, where)
    table = replace(table, header=grid.header, encoding=grid.encoding)
    return name_classes(table, grid.class_names)


def _bounded(rows: Iterator[Row], bounds: Bounds, where: str) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        check_rows(number, bounds, where)
        yield row
