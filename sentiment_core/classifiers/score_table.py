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

import numpy as np
import pyarrow as pa

from sentiment_core.classifiers.labels import NEUTRAL
from sentiment_core.classifiers.prediction import Prediction
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.errors import DataError, TextError
from sentiment_core.messages import Message, lazy
from sentiment_core.text.bounds import Bounds, check_rows
from sentiment_core.text.entries import Entry, list_entries, readable
from sentiment_core.text.grid import BadRow, Grid, Row, shown
from sentiment_core.text.grids import open_grid
from sentiment_core.text.sources import plan_entries
from sentiment_core.text.table import Form, ValueFaultError, text_of
from sentiment_core.text.table_writing import open_writer

_AT_ONCE = 512  # rows that are held
Stretch = list[list[Any]]  # the new cells of each row of a stretch: JSON values
_NO_TEXT = lazy("it has no text")
_BATCH = 64  # texts that a network reads at once
_FIGURES = {
    "probability": pa.float64(),
    "verdict": None,
    "tokens": pa.int64(),
    "cut": pa.int64(),
    "unknown": pa.int64(),
}


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
        added = _new_names(grid.names, [*_FIGURES, *([NEUTRAL] if NEUTRAL in classifier.labels.sides else []), "error"])
        types = [*(grid.types or [None] * len(grid.names)), *_types(added)]
        rows = scored = 0
        known = iter(before)
        with open_writer(out, [*_unique(grid.names), *added], types) as writer:
            for some in _stretches(grid.rows(None)):
                texts = [_text(row, rows + number, text, path.name) for number, row in enumerate(some, start=1)]
                rows += len(some)
                check_rows(rows, bounds, path.name)
                figures = next(known, None)
                if figures is None or [len(row) for row in figures] != [len(added)] * len(some):
                    figures = [_figures(found, len(added)) for found in _judge(texts, classifier)]
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


def _types(added: Sequence[str]) -> list[pa.DataType | None]:
    return [*_FIGURES.values(), *([pa.float64()] if len(added) > len(_FIGURES) + 1 else []), None]


def _new_names(names: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """Names of new columns, with a number behind those that are there already."""
    taken = {name.strip().casefold() for name in names}
    found = []
    for name in wanted:
        chosen, number = name, 2
        while chosen in taken:
            chosen, number = f"{name}_{number}", number + 1
        found.append(chosen)
    return found


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


def _text(row: Row, number: int, picked: Any, where: str) -> str | Message:
    """The text of a row, or why there is none."""
    if isinstance(row, BadRow):
        return row.reason
    try:
        text = text_of(row, picked, number, where)
    except ValueFaultError as error:
        return error.reason
    return _NO_TEXT if text is None or not text.strip() else text


def _judge(texts: Sequence[str | Message], classifier: Classifier) -> list[Prediction | Message]:
    """The prediction for each text, or why there is none. Texts of like length are read together."""
    found: list[Prediction | Message] = []
    views = {}
    for place, text in enumerate(texts):
        if isinstance(text, Message):
            found.append(text)
            continue
        try:
            views[place] = classifier.view(text)
            found.append(_NO_TEXT)  # until it is judged below
        except TextError as error:
            found.append(error.words)
    order = sorted(views, key=lambda place: views[place].read)
    for places in np.array_split(order, -(-len(order) // _BATCH)) if order else ():
        judged = classifier.judge_views([views[place] for place in places])
        for place, one in zip(places, judged, strict=True):
            found[place] = one.prediction
    return found


def _cells(row: Row, grid: Grid) -> list[Any]:
    """A value for each column. What a damaged row has beyond its columns is kept in the last one."""
    width = len(grid.names)
    cells = list(row.fields if isinstance(row, BadRow) else row)
    if isinstance(row, BadRow) and len(cells) > width:
        cells = [*cells[: width - 1], (grid.separator or " ").join(map(str, cells[width - 1 :]))]
    if isinstance(row, BadRow) and grid.types is not None:
        cells = []
    return [*cells, *[None] * (width - len(cells))][:width]


def _figures(found: Prediction | Message, count: int) -> list[Any]:
    if isinstance(found, Message):
        return [*[None] * (count - 1), str(found)]
    figures = [round(found.probability, 6), found.told, found.length, found.length - found.read, found.unknown]
    return [*figures, *([round(found.neutral, 6)] if count > len(figures) + 1 else []), None]
