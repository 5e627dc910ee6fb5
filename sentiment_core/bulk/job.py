"""What a job of scoring is, and its folder: `_job.json`, and one part for each block of rows.

A part appears whole or not at all, so the parts that are there say how far the job has come.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.errors import BulkError
from sentiment_core.messages import lazy
from sentiment_core.storage.files import write_json
from sentiment_core.storage.formats import FileFormat, Step, unchanged
from sentiment_core.storage.typed_json import from_json, to_json

JOB = "_job.json"
FORMATS = ("parquet", "csv", "jsonl")
FORMAT = FileFormat((Step("0.3.0", unchanged),), BulkError)
ROWS, BYTES = 20_000, 64_000_000  # of a block, at most; the bytes bound its memory where texts are long


_OPTIONS = {"model": "MODEL", "sides": "--label"}  # of settings that are not named as the option


@dataclass(frozen=True)
class FileForm:
    """How a file is written."""

    kind: Literal["parquet", "delimited", "json"]
    names: tuple[str, ...]  # of its columns
    packed: bool = False  # whether everything before a place is read to get there
    encoding: str = ""
    separator: str = ""
    quoting: str = ""
    header: bool = True  # whether a line names the columns
    width: int = 0  # fields of a whole row


@dataclass(frozen=True)
class InputFile:
    """A file that is read, as it was when the job was made."""

    path: str
    name: str  # below the folder that all files share, with forward slashes: it is in the ids that are made
    size: int  # bytes
    modified: int  # nanoseconds since 1970
    form: FileForm
    rows: int


@dataclass(frozen=True)
class Column:
    """A column of the files, as it is written."""

    name: str
    kind: Literal["text", "int", "float", "bool", "kept"]  # kept: as the Parquet files have it


@dataclass(frozen=True)
class Block:
    """Rows of one file that become one part."""

    file: int
    first: int  # row in the file, from 0
    rows: int
    offset: int  # byte of the unpacked file where they begin; -1 if it is not known


@dataclass(frozen=True)
class Settings:
    """What decides the figures and the parts, besides the files."""

    model: str
    sides: dict[str, str]  # of labels whose names do not say it
    device: str
    text_column: str | None
    id_column: str | None
    separator: str | None
    encoding: str | None
    header: bool | None
    format: str
    block_rows: int


@dataclass(frozen=True)
class BulkJob:
    """All that a process needs to score a block."""

    settings: Settings
    model_files: dict[str, str]  # name -> hash
    files: tuple[InputFile, ...]
    columns: tuple[Column, ...]
    text: tuple[int, ...]  # places of the columns whose texts are judged, joined by spaces
    made_id: str | None  # the name of the column of ids that are made
    added: tuple[str, ...]  # names of the new columns, the last one for errors
    blocks: tuple[Block, ...]

    @property
    def rows(self) -> int:
        return sum(block.rows for block in self.blocks)


@dataclass(frozen=True)
class Done:
    """A block that has been scored."""

    number: int
    rows: int
    scored: int  # rows with figures


def part_path(out: Path, job: BulkJob, number: int) -> Path:
    """The file of a block. Names sort in the order of the rows."""
    digits = max(5, len(str(len(job.blocks) - 1)))
    return out / f"part-{number:0{digits}d}.{job.settings.format}"


def write_job(out: Path, job: BulkJob) -> None:
    """Keep a job in its folder. Raises OSError if it cannot be written."""
    write_json(out / JOB, FORMAT.stamp(to_json(job)))


def read_job(out: Path) -> BulkJob | None:
    """The job of a folder; None if there is none. Raises BulkError if its record is damaged or newer."""
    path = out / JOB
    try:
        found: BulkJob = from_json(BulkJob, FORMAT.upgrade(json.loads(path.read_text(encoding="utf-8")), path))
        return found
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BulkError("{path} is damaged. Score into another folder, or use --overwrite.", path=path) from error


def difference(kept: BulkJob, asked: BulkJob) -> str | None:
    """The English name of the first thing by which two jobs differ; None if they are the same."""
    for field in fields(Settings):
        if getattr(kept.settings, field.name) != getattr(asked.settings, field.name):
            return _OPTIONS.get(field.name, f"--{field.name.replace('_', '-')}")
    if kept.model_files != asked.model_files:
        return "MODEL"
    return "--files" if kept != asked else None


def done_part(out: Path, job: BulkJob, number: int) -> Done | None:
    """What a part holds; None if it is not there, or is not the whole block."""
    path = part_path(out, job, number)
    try:
        rows, scored = _COUNTS[job.settings.format](path, job.added[-1])
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return None
    return Done(number, rows, scored) if rows == job.blocks[number].rows else None


def _count_parquet(path: Path, error: str) -> tuple[int, int]:
    column = pq.read_table(path, columns=[error]).column(0)
    return len(column), column.null_count


def _count_csv(path: Path, error: str) -> tuple[int, int]:
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        place = next(rows, [error]).index(error)
        empty = [not row[place] for row in rows if len(row) > place]
    return len(empty), sum(empty)


def _count_lines(path: Path, error: str) -> tuple[int, int]:
    with path.open(encoding="utf-8") as file:
        empty = [json.loads(line)[error] is None for line in file]
    return len(empty), sum(empty)


_COUNTS = {"parquet": _count_parquet, "csv": _count_csv, "jsonl": _count_lines}


def check_counts(job: BulkJob, done: Sequence[Done]) -> None:
    """Raise BulkError unless every row of every file was written once."""
    numbers = sorted(one.number for one in done)
    rows = sum(one.rows for one in done)
    if numbers != list(range(len(job.blocks))) or rows != job.rows:
        raise BulkError(
            lazy("{rows} rows were written of {total}. Run the same command again.", rows=rows, total=job.rows)
        )
