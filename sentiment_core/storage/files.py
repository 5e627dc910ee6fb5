"""Writing files so that a reader never sees half of one, and everybody whom the umask lets may read it."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from sentiment_core.errors import SentimentError

_PATIENCE = 3.0  # seconds that a file open in another program is waited for
_ABANDONED = 3600.0  # seconds without a write after which a half-written file of no process here is one of none


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it replaces `path` when the block ends well and vanishes when it does not.

    The file has the permissions that the umask gives, whatever the library that writes it would give: safetensors
    writes files that only their owner may read.
    """
    remove_abandoned(path)
    beside = path_beside(path)
    try:
        beside.touch()
        mode = beside.stat().st_mode & 0o777
        yield beside
        beside.chmod(mode)
        _replace(beside, path)
    finally:
        with suppress(OSError):  # the folder may be gone, and the error that says so must stand
            beside.unlink(missing_ok=True)


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Replace `path` with `content` as indented JSON."""
    write_text(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def write_text(path: Path, content: str) -> None:
    """Replace `path` with `content`, the same bytes on every system: UTF-8, and line ends as they are in `content`."""
    with atomic_path(path) as target:
        target.write_text(content, encoding="utf-8", newline="")


def check_readable(path: Path, error: type[SentimentError]) -> None:
    """Raise `error` where a file, or its folder, is another user's and may not be read; a missing file passes.

    Some of the libraries that read files call such a one missing or damaged.
    """
    try:
        path.open("rb").close()
    except PermissionError as cause:
        raise error(f"{path} may not be read by this user. Ask its owner for the permission to read it.") from cause
    except OSError:
        return


def path_beside(path: Path) -> Path:
    """Where this thread writes what shall become `path`: several may write the same file."""
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_native_id()}.writing")


def remove_abandoned(path: Path) -> None:
    """Delete what processes that were killed have left half-written of `path`, a file or a folder.

    A process of another machine may be writing to the same place, so that what no process here writes must also be old.
    """
    half = re.compile(rf"\.{re.escape(path.name)}\.(\d+)-\d+\.writing")
    with suppress(OSError):
        for left in path.parent.iterdir():
            found = half.fullmatch(left.name)
            if not found or psutil.pid_exists(int(found[1])) or time.time() - left.stat().st_mtime < _ABANDONED:
                continue
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink()


def _replace(beside: Path, path: Path) -> None:
    """Rename `beside` to `path`. Windows refuses this while a program has `path` open, most often for a moment."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            beside.replace(path)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) is None:  # elsewhere an open file is no obstacle: it may not be written
                raise
            if time.monotonic() > deadline:
                reason = "the file is open in another program, close it there"
                raise PermissionError(errno.EACCES, reason, str(path)) from error
        time.sleep(0.05)
