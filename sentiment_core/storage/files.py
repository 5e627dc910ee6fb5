"""Writes files so that a reader never sees half of one, with the permissions of the umask."""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from sentiment_core.errors import SentimentError
from sentiment_core.messages import lazy

_PATIENCE = 3.0  # seconds to wait for a file that another program has open
_MINE = secrets.token_hex(4)  # tells this process from one of the same number on another machine
_ABANDONED = 3600.0  # seconds without a write after which another machine's unfinished file is abandoned


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`. It replaces `path` if the block succeeds and is deleted if it fails.

    The file gets the permissions of the umask, whatever the writing library sets: safetensors makes files that only
    their owner may read.
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
        with suppress(OSError):  # the folder may be gone; the original error must not be hidden
            beside.unlink(missing_ok=True)


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Replace `path` with `content` as indented JSON."""
    write_text(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def write_text(path: Path, content: str) -> None:
    """Replace `path` with `content`, with the same bytes on every system: UTF-8, and line ends as in `content`."""
    with atomic_path(path) as target:
        target.write_text(content, encoding="utf-8", newline="")


def check_readable(path: Path, error: type[SentimentError]) -> None:
    """Raise `error` if this user may not read a file or its folder. A missing file passes.

    Some libraries report such a file as missing or damaged.
    """
    try:
        path.open("rb").close()
    except PermissionError as cause:
        raise error(
            lazy("{path} may not be read by this user. Ask its owner for the permission to read it.", path=path)
        ) from cause
    except OSError:
        return


def path_beside(path: Path) -> Path:
    """The temporary path that this thread writes before renaming it to `path`.

    Several threads may write the same file, also those of other machines or containers, where numbers of processes and
    threads are often the same.
    """
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_native_id()}-{_MINE}.writing")


def remove_abandoned(path: Path) -> None:
    """Delete unfinished versions of `path`, a file or folder, that killed processes left behind.

    A process on another machine may be writing to the same place. A version that belongs to no process here must
    therefore also be old.
    """
    half = re.compile(rf"\.{re.escape(path.name)}\.(\d+)-[0-9a-f-]+\.writing")
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
    """Rename `beside` to `path`. Windows refuses this while a program has `path` open, usually for a moment."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            beside.replace(path)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) is None:  # not Windows: a real permission error
                raise
            if time.monotonic() > deadline:
                reason = "the file is open in another program, close it there"
                raise PermissionError(errno.EACCES, reason, str(path)) from error
        time.sleep(0.05)
