"""Scores a file of texts: the same rows in the same order, with a classifier's figures in new columns.

Each row is read, judged and written by itself, so a row that cannot be read costs only its own figures, and a file of
any size takes little memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.classifiers.rows import Figures, figures_of, fill_columns, new_columns, text_or_reason
from sentiment_core.errors import DataError
from sentiment_core.text.bounds import Bounds, check_rows
from sentiment_core.text.entries import Entry, list_entries, readable
from sentiment_core.text.grid import BadRow, Grid, Row, shown
from sentiment_core.text.grids import open_grid
from sentiment_core.text.sources import plan_entries
from sentiment_core.text.table import Form
from sentiment_core.text.table_writing import open_writer

_AT_ONCE = 512  # rows that are held
Stretch = list[Figures]  # of each row


@dataclass(frozen=True)
class ScoredTable:
    """What was written."""

    path: Path
    rows: int
    scored: int  # rows with figures; the others say in the column of errors why they have none
    guarded: int  # cells with an apostrophe before them, so that no spreadsheet runs them
    columns: tuple[str, ...]  # the names of the new columns


def score_table(
    path: Path,
    form: Form,
    classifier: Classifier,
    out: Path,
    bounds: Bounds = Bounds(),  # noqa: B008, frozen
    overwrite: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
    before: Iterable[Stretch] = (),
    keep: Callable[[Stretch], None] = lambda stretch: None,
) -> ScoredTable:
    """Write the table at `path` to `out` with new columns: probability of positive, verdict, tokens, tokens that are
    cut, unknown tokens, and why a row has no figures.

    out: ends in .csv, .tsv, .jsonl, .parquet or .xlsx. progress: called with the rows done; it may raise to stop.
    keep: called with what each stretch of rows got. before: what it was called with by a process that was killed while
    it wrote the same file with the same classifier. Those rows are not judged again.
    Raises DataError if the file is no table, its text column is not found, or `out` cannot be written; nothing is then
    left at `out`.
    """
    if out.exists() and (not overwrite or out.samefile(path)):
        raise DataError("{path} is already there. Name another file to write.", path=out.name)
    with readable(path.name):
        entry = _only_table(path, bounds)
        grid = open_grid(entry, replace(form, skip_bad_rows=True), path.name)
        text = replace(grid.columns, label=None)
        added = new_columns(grid.names, classifier)
        types = [*(grid.types or [None] * len(grid.names)), *added.values()]
        rows = scored = 0
        known = iter(before)
        with open_writer(out, [*_unique(grid.names), *added], types) as writer:
            for some in _stretches(grid.rows(None)):
                texts = [
                    text_or_reason(row, rows + number, text, path.name) for number, row in enumerate(some, start=1)
                ]
                rows += len(some)
                check_rows(rows, bounds, path.name)
                figures = next(known, None)
                if figures is None or [len(row) for row in figures] != [len(added)] * len(some):
                    figures = figures_of(texts, classifier)
                    keep(figures)
                for row, new in zip(some, figures, strict=True):
                    scored += new[0] is not None
                    writer.write([*_cells(row, grid), *new])
                progress(rows)
            if not rows:
                raise DataError("{where} holds no reviews. Give a file with a text column.", where=path.name)
    return ScoredTable(out, rows, scored, writer.guarded, tuple(added))


def _only_table(path: Path, bounds: Bounds) -> Entry:
    plan = plan_entries(list_entries(path, False, bounds), path)
    tables = [entry for found in plan.tables.values() for entry in found]
    if plan.folders or len(tables) != 1:
        raise DataError("{path} holds several files. Name the one to score.", path=path.name)
    return tables[0]


def _unique(names: Sequence[str]) -> list[str]:
    """The names of the columns, each once: a JSON record and a Parquet file need that."""
    found: dict[str, None] = {}
    for place, name in enumerate(map(shown, names), start=1):
        chosen = name if name.strip() and name not in found else f"{name.strip() or 'column'}_{place}"
        while chosen in found:
            chosen += "_"
        found[chosen] = None
    return list(found)


def _stretches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some


def _cells(row: Row, grid: Grid) -> list[Any]:
    """A value for each column; none for a damaged row where columns have types."""
    if isinstance(row, BadRow) and grid.types is not None:
        return [None] * len(grid.names)
    return fill_columns(row, len(grid.names), grid.separator)
