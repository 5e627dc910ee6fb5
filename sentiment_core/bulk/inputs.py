"""The files that are to be scored: by name, by pattern, or all in a folder."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from pathlib import Path

from sentiment_core.errors import BulkError
from sentiment_core.text.entries import PACKED_SUFFIXES
from sentiment_core.text.sources import natural

SUFFIXES = (".parquet", ".csv", ".tsv", ".jsonl", ".ndjson", ".json")


def find_files(patterns: Sequence[str], out: Path) -> list[Path]:
    """The files that the patterns name, each once, in the order of the patterns and by name, 2.csv before 10.csv.

    A folder stands for the tables in it and below. Hidden files, and those in `out`, do not count.
    Raises BulkError for a pattern that names no file.
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        named = (
            [Path(pattern)] if os.path.exists(pattern) else [Path(name) for name in glob.glob(pattern, recursive=True)]
        )
        files = [file for path in named for file in (_tables_in(path) if path.is_dir() else [path])]
        files = [file.absolute() for file in files if out.absolute() not in file.absolute().parents]
        if not files:
            raise BulkError(
                "No table at {pattern}. Name files, a folder or a pattern such as 'reviews/*.parquet', of the kinds "
                "{kinds:and}.",
                pattern=pattern,
                kinds=list(SUFFIXES),
            )
        found.update(dict.fromkeys(sorted(files, key=_order)))
    return list(found)


def names_below(files: Sequence[Path]) -> list[str]:
    """The path of each file below the folder that all share, with forward slashes."""
    shared = Path(os.path.commonpath([file.parent for file in files]))
    return [file.relative_to(shared).as_posix() for file in files]


def _tables_in(folder: Path) -> list[Path]:
    found = []
    for above, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        found += [Path(above, name) for name in names if not name.startswith((".", "_")) and _is_table(name)]
    return found


def _is_table(name: str) -> bool:
    path = Path(name)
    inner = Path(path.stem) if path.suffix.lower() in PACKED_SUFFIXES else path
    return inner.suffix.lower() in SUFFIXES


def _order(path: Path) -> list[list[tuple[int, int, str]]]:
    return [natural(part) for part in path.parts]
