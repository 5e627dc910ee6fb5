"""A first look at somebody's data: what was guessed, the columns with examples, and the values of the label column.

    seen = preview(Path("reviews.csv"))
    seen.form                   # every guess as a Form; change a field and look again, or read with it
    seen.labels                 # the values of the label column, their counts, and the likely side of each

Only the start of a large file is read (`complete` says whether all of it was), so that a page can show it at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from sentiment_core.messages import Message, lazy
from sentiment_core.text.bounds import Bounds
from sentiment_core.text.column_kinds import LONG, Column, describe_column, likely_columns
from sentiment_core.text.columns import Picked
from sentiment_core.text.decoding import UTF8
from sentiment_core.text.entries import Entry, list_entries, readable
from sentiment_core.text.file_start import start_of
from sentiment_core.text.grid import BadRow, Grid, Kind, shown
from sentiment_core.text.grids import open_grid
from sentiment_core.text.label_table import sides_of, suggest_sides
from sentiment_core.text.labels import canonical, name_groups
from sentiment_core.text.sources import ALL, UNLABELLED, Plan, plan_entries
from sentiment_core.text.table import Form

_MOST_ROWS = 20_000
_SHOWN_ROWS = 20
_SHOWN_COLUMNS = 50
_MOST_LABELS = 100  # distinct values of a label column that are told
_KINDS = {
    Kind.PARQUET: lazy("a Parquet file"),
    Kind.EXCEL: lazy("an Excel workbook"),
    Kind.DELIMITED: lazy("text with separators"),
    Kind.JSON: lazy("JSON"),
}


@dataclass(frozen=True)
class LabelValue:
    """One value of the label column."""

    value: str  # as labels are compared: case and spaces do not count, and 1.0 is 1
    count: int  # rows
    side: str  # "negative", "positive", or "" if it is left out


@dataclass(frozen=True)
class Bad:
    """A row that cannot be read."""

    row: int  # from 1, without the header
    reason: Message  # a clause


@dataclass(frozen=True)
class Preview:
    """The start of a source."""

    kind: Kind
    name: str  # of the file that is shown
    bytes: int  # of the whole source on disk
    files: tuple[tuple[str, tuple[str, ...]], ...]  # train, valid, test or all -> files within the source
    encoding: str
    separator: str | None  # of a delimited file
    header: bool
    columns: tuple[Column, ...]  # at most 50 of them
    width: int  # columns in all
    text: tuple[int, ...]  # numbers of the text columns from 1; () if none was found
    label: int | None  # number of the label column from 1
    labels: tuple[LabelValue, ...]  # most frequent first, at most 100
    rows: tuple[tuple[str, ...], ...]  # the first 20 rows, cells cut at 200 characters; () in place of a bad row
    row_count: int  # rows looked at
    complete: bool  # whether those are all rows of all files
    bad: tuple[Bad, ...]  # the first rows that cannot be read
    bad_count: int
    form: Form  # the guesses, and what was given
    problem: Message | None  # why the columns are not found by their names
    note: Message | None = None  # what else must be said, such as that the name of a file does not fit its contents


def preview(
    path: Path,
    form: Form = Form(),  # noqa: B008, frozen
    label_names: Sequence[object] | None = None,
    bounds: Bounds = Bounds(),  # noqa: B008, frozen
) -> Preview:
    """Look at the start of a file, folder or archive.

    form: what is known already; everything else is guessed. label_names: the sides of labels, if they are known.
    Raises DataError if nothing of it can be shown.
    """
    name = path.name or str(path)
    groups = name_groups(label_names) if label_names is not None else ([], [])
    with readable(name):
        entries = list_entries(path, False, bounds)
        plan = plan_entries(entries, path, (*groups[0], *groups[1]))
        size = (
            path.stat().st_size
            if path.is_file()
            else sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        )
        found = _of_folders(plan, form) if plan.folders else _of_table(plan, form, name)
    sides = sides_of(label_names) if label_names is not None else suggest_sides([label.value for label in found.labels])
    labels = tuple(replace(label, side=sides.get(label.value, "")) for label in found.labels)
    return replace(found, bytes=size, files=_files(plan), labels=labels)


def _files(plan: Plan) -> tuple[tuple[str, tuple[str, ...]], ...]:
    tables = {split: tuple(entry.name for entry in found) for split, found in plan.tables.items()}
    folders = {
        split: tuple(dict.fromkeys(str(Path(entry.name).parent.as_posix()) for _, entry in found))
        for split, found in plan.folders.items()
    }
    return tuple((tables | folders).items())


def _of_folders(plan: Plan, form: Form) -> Preview:
    split = next(name for name in (ALL, "train", *plan.folders) if name in plan.folders)
    texts = plan.folders[split]
    counts = Counter(canonical(name) for kind, found in plan.folders.items() if kind != UNLABELLED for name, _ in found)
    step = max(1, len(texts) // _SHOWN_ROWS)
    rows = []
    for name, entry in texts[::step][:_SHOWN_ROWS]:
        with entry.open() as file:
            rows.append((file.read(4 * LONG).decode(UTF8, "replace")[:LONG], name))
    columns = tuple(
        describe_column(number, name, [row[number - 1] for row in rows]) for number, name in ((1, "text"), (2, "label"))
    )
    labels = tuple(LabelValue(value, count, "") for value, count in counts.most_common(_MOST_LABELS))
    return Preview(
        Kind.FOLDERS,
        texts[0][1].name,
        0,
        (),
        form.encoding or UTF8,
        None,
        True,
        columns,
        2,
        (1,),
        2,
        labels,
        tuple(rows),
        sum(counts.values()),
        True,
        (),
        0,
        form,
        None,
    )


def _of_table(plan: Plan, form: Form, source: str) -> Preview:
    split = next(name for name in (ALL, "train", *plan.tables) if name in plan.tables)
    entry, complete = start_of(plan.tables[split][0])
    alone = len(plan.tables) == 1 and len(plan.tables[split]) == 1
    where = source if alone and split == ALL else f"{source} ({entry.name})"
    grid = open_grid(entry, replace(form, skip_bad_rows=True), where)
    rows = list(islice(grid.rows(None), _MOST_ROWS + 1))
    complete = complete and alone and len(rows) <= _MOST_ROWS
    rows = rows[:_MOST_ROWS]
    good = [row for row in rows if not isinstance(row, BadRow)]
    width = len(grid.names)
    cells = [[shown(value) for value in [*row, *[None] * (width - len(row))][:width]] for row in good]
    columns = [
        describe_column(n + 1, shown(name) if grid.header else "", [row[n] for row in cells])
        for n, name in enumerate(grid.names)
    ]
    picked = grid.picked or likely_columns(columns, cells)
    label = (
        picked.label
        if picked.label is not None or form.label_column
        else likely_columns(columns, cells, picked.text).label
    )
    picked = Picked(picked.text, label)
    counts = Counter(canonical(row[label]) for row in cells) if label is not None else Counter()
    bad = [Bad(number, row.reason) for number, row in enumerate(rows, start=1) if isinstance(row, BadRow)]
    return Preview(
        grid.kind,
        entry.name,
        0,
        (),
        grid.encoding,
        grid.separator,
        grid.header,
        tuple(columns[:_SHOWN_COLUMNS]),
        width,
        tuple(place + 1 for place in picked.text),
        None if label is None else label + 1,
        tuple(LabelValue(value, count, "") for value, count in counts.most_common(_MOST_LABELS)),
        tuple(_cut(row, width) for row in rows[:_SHOWN_ROWS]),
        len(rows),
        complete,
        tuple(bad[:100]),
        len(bad),
        _as_form(grid, picked, form),
        grid.refusal.words if grid.refusal else None,
        _disguise(entry, grid.kind),
    )


def _disguise(entry: Entry, kind: Kind) -> Message | None:
    """What a file really is, if its name says that it is something else."""
    named = {".parquet": Kind.PARQUET, ".xlsx": Kind.EXCEL, ".xlsm": Kind.EXCEL, ".csv": Kind.DELIMITED}
    named |= dict.fromkeys((".tsv", ".tab"), Kind.DELIMITED) | dict.fromkeys((".json", ".jsonl", ".ndjson"), Kind.JSON)
    if named.get(entry.suffix, kind) == kind:
        return None
    return lazy("{name} is not what its name says: it is read as {kind}.", name=entry.name, kind=_KINDS[kind])


def _cut(row: object, width: int) -> tuple[str, ...]:
    if isinstance(row, BadRow) or not isinstance(row, Sequence):
        return ()
    return tuple(shown(value)[:LONG] for value in row[: min(width, _SHOWN_COLUMNS)])


def _as_form(grid: Grid, picked: Picked, form: Form) -> Form:
    """The form with every guess in it. A column is named, or numbered if its name is not unique."""

    def column(place: int) -> str:
        name = grid.names[place]
        unique = sum(canonical(other) == canonical(name) for other in grid.names) == 1
        plain = name.strip() and "+" not in name and name == shown(name)
        return name if grid.header and unique and plain else str(place + 1)

    return replace(
        form,
        text_column=form.text_column or ("+".join(column(place) for place in picked.text) or None),
        label_column=form.label_column or (None if picked.label is None else column(picked.label)),
        separator=form.separator or grid.separator,
        encoding=form.encoding or (grid.encoding if grid.kind in (Kind.DELIMITED, Kind.JSON) else None),
        header=grid.header if form.header is None and grid.kind in (Kind.DELIMITED, Kind.EXCEL) else form.header,
    )
