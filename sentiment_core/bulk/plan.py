"""Makes the job: looks through all files, checks that they are one table, and says what each part will hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from sentiment_core.bulk.inputs import find_files, names_below
from sentiment_core.bulk.job import FORMATS, Block, BulkJob, Column, InputFile, Settings, read_job
from sentiment_core.bulk.scan import Scanned, join_json, scan
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.classifiers.rows import new_columns, new_names
from sentiment_core.errors import BulkError
from sentiment_core.text.columns import find_column, pick_columns
from sentiment_core.text.table import Form

ID = "id"  # the name of the column of ids
_CHUNK = 1 << 20  # bytes


def plan_job(
    settings: Settings,
    patterns: Sequence[str],
    out: Path,
    classifier: Classifier,
    progress: Callable[[int], None],
) -> BulkJob:
    """The job of scoring these files into the folder `out`.

    progress: called with the rows found so far.
    Raises BulkError or DataError if a file is no table, has other columns than the first, or there are no rows.
    """
    if settings.format not in FORMATS:
        raise BulkError("--format is {formats:or}, not {given}.", formats=list(FORMATS), given=settings.format)
    if settings.block_rows < 1:
        raise BulkError("--block-rows is at least 1.")
    paths = find_files(patterns, out)
    names = names_below(paths)
    model_files = hash_files(settings.model)
    if (kept := _kept(out, settings, model_files, paths)) is not None:
        return kept
    form = Form(settings.text_column, None, settings.separator, settings.encoding, settings.header)
    tables: list[Scanned] = []
    for number, path in enumerate(paths):
        before = sum(_rows(table.blocks) for table in tables)
        tables.append(scan(path, number, form, settings.block_rows, partial(_after, progress, before)))
        _check_like(tables[0], tables[-1], names[0], names[number])
        progress(before + _rows(tables[-1].blocks))
    blocks = tuple(block for table in tables for block in table.blocks)
    if not blocks:
        raise BulkError("{path} holds no rows. Name a table with texts.", path=names[0])
    columns = join_json(tables) if tables[0].form.kind == "json" else tables[0].columns
    header = [column.name for column in columns] if tables[0].form.header else ["\0"] * len(columns)
    text = pick_columns(header, settings.text_column, None, names[0]).text
    if any(table.damaged for table in tables):  # a damaged line of JSON is kept as it is, in the place of the text
        columns = tuple(replace(column, kind="text") if at in text else column for at, column in enumerate(columns))
    files = tuple(
        InputFile(str(path), name, path.stat().st_size, path.stat().st_mtime_ns, table.form, _rows(table.blocks))
        for path, name, table in zip(paths, names, tables, strict=True)
    )
    made_id = _made_id(columns, settings.id_column, names[0])
    taken = [*(column.name for column in columns), *([made_id] if made_id else [])]
    added = tuple(new_columns(taken, classifier))
    return BulkJob(settings, model_files, files, columns, text, made_id, added, blocks)


def _kept(out: Path, settings: Settings, model_files: dict[str, str], paths: Sequence[Path]) -> BulkJob | None:
    """The job of the folder, if it is this one: its files then need not be looked through again."""
    try:
        kept = read_job(out)
    except BulkError:
        return None  # it is reported when the folder is written to
    if kept is None or kept.settings != settings or kept.model_files != model_files:
        return None
    found = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in paths]
    return kept if [(file.path, file.size, file.modified) for file in kept.files] == found else None


def _after(progress: Callable[[int], None], before: int, rows: int) -> None:
    progress(before + rows)


def _rows(blocks: Sequence[Block]) -> int:
    return sum(block.rows for block in blocks)


def _check_like(first: Scanned, other: Scanned, name: str, other_name: str) -> None:
    """Raise BulkError unless two files are of one kind and have the same columns. JSON records may lack some."""
    if first.form.kind != other.form.kind:
        raise BulkError(
            "{name} and {other} are of different kinds. Score them into two folders.", name=name, other=other_name
        )
    if first.form.kind == "json":
        return
    if first.form.names != other.form.names or first.form.header != other.form.header:
        raise BulkError(
            "{other} has other columns than {name}. Score them into two folders.", name=name, other=other_name
        )
    if first.schema != other.schema:
        assert first.schema is not None
        assert other.schema is not None
        column = next(one.name for one, two in zip(first.schema, other.schema, strict=True) if one.type != two.type)
        raise BulkError(
            "The column {column} of {other} has another type than that of {name}. Score them into two folders.",
            column=column,
            name=name,
            other=other_name,
        )


def _made_id(columns: Sequence[Column], wanted: str | None, where: str) -> str | None:
    """The name of the column of ids that are made; None if the files have one."""
    names = [column.name for column in columns]
    if wanted is not None:
        if find_column(names, wanted) is None:
            raise BulkError("{where} has no column {name}. Name another --id-column.", where=where, name=wanted)
        return None
    return None if ID in names else new_names(names, [ID])[0]


def hash_files(model: str) -> dict[str, str]:
    """The hash of each file of a classifier's folder; none for a model of the Hub, which its name decides."""
    folder = Path(model)
    if not folder.is_dir():
        return {}
    return {path.name: _hash(path) for path in sorted(folder.iterdir()) if path.is_file()}


def _hash(path: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
