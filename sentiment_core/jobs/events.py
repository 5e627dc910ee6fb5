"""The log of a job, events.jsonl: its worker appends, any number of readers follow. Needs no torch.

Each line is a JSON object with "at", in seconds since 1970, and "kind". A reader holds the byte offset of the first
line that it has not read. Only whole lines are handed out. A line that a killed worker or a full disk cut off is closed
before the next one is written, and readers pass over it.
"""

from __future__ import annotations

import errno
import json
import os
import time
from pathlib import Path
from typing import Any

from sentiment_core.jobs.layout import EVENTS

MOST_BYTES = 4 * 2**20  # that one call of `follow` reads


def append(folder: Path, event: dict[str, Any]) -> None:
    """Add an event to the log of the job in `folder`; "at" is set here. Only the job's worker may do so.

    Raises OSError if it cannot be written; the log then has no part of it, or one that readers pass over.
    """
    line = json.dumps({"at": round(time.time(), 3), **event}, ensure_ascii=False, allow_nan=False) + "\n"
    with (folder / EVENTS).open("r+b" if (folder / EVENTS).exists() else "xb", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size and not _ends_with_newline(file):
            line = "\n" + line
        written = file.write(line.encode("utf-8"))
        if written < len(line.encode("utf-8")):  # the disk is full
            file.truncate(size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder / EVENTS))


def follow(folder: Path, after: int = 0) -> tuple[list[dict[str, Any]], int]:
    """The events after the byte offset `after`, and the offset to go on from. No log, or nothing new: no events.

    after: 0 for all, or what an earlier call gave. An offset beyond the log starts again at 0: it is another log.
    """
    try:
        with (folder / EVENTS).open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            start = after if 0 <= after <= size else 0
            file.seek(start)
            content = file.read(MOST_BYTES)
    except OSError:
        return [], 0
    whole = content.rfind(b"\n") + 1
    return [event for line in content[:whole].splitlines() if (event := _event(line))], start + whole


def read_log(folder: Path) -> list[dict[str, Any]]:
    """All events of the log of the job in `folder`, however long it is."""
    found, after = follow(folder)
    while True:
        more, end = follow(folder, after)
        if end <= after:
            return found
        found, after = found + more, end


def _event(line: bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and isinstance(event.get("kind"), str) else None


def _ends_with_newline(file: Any) -> bool:
    """Whether the last byte of a file is the end of a line. The position is at its end afterwards."""
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
