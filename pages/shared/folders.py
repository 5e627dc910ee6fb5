"""The folders that pages read, and stamps that tell whether one has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sentiment_core.environment import variables

ROOT = Path(__file__).parents[2]


def published_corpora() -> Path:
    """The folder of published corpora: $SENTIMENT_CHECKPOINTS, or checkpoints/."""
    return variables.CHECKPOINTS.value() or ROOT / "checkpoints"


def live_runs() -> Path:
    """The folder of live runs and of jobs: $SENTIMENT_RUNS, or runs/."""
    return variables.RUNS.value() or ROOT / "runs"


def modified(path: Path) -> int:
    """When a file or folder was changed, in nanoseconds; 0 if it is not there, or was deleted a moment ago."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def stamp(folder: Path, depth: int = 1) -> str:
    """Name, modification time and size of each file in a folder, as a string that differs after any change.

    depth: 2 includes the files in subfolders. Folders themselves do not count, because a corpus would then change with
    each file that one of its runs writes.
    """
    return repr(sorted(_files(str(folder), "", depth)))


def _files(folder: str, below: str, depth: int) -> Iterator[tuple[str, int, int]]:
    """The entries of `stamp`. It makes few system calls, because every rerun of a page calls it for every run."""
    with suppress(OSError), os.scandir(folder) as entries:  # if it cannot be listed, loading it raises the error
        for entry in entries:
            if entry.name.startswith("."):  # a file that is still being written
                continue
            with suppress(FileNotFoundError):  # deleted since it was listed
                if entry.is_file():
                    found = entry.stat()
                    yield below + entry.name, found.st_mtime_ns, found.st_size
                elif depth > 1 and entry.is_dir():
                    yield from _files(entry.path, f"{below}{entry.name}/", depth - 1)
