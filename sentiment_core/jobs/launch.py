"""Starts the supervisor of a folder of live runs if none is there. Whoever looks at living jobs calls it."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from sentiment_core.jobs.layout import JOBS, SUPERVISOR
from sentiment_core.storage.locks import living_writer
from sentiment_core.storage.processes import module_command, start_detached

_PATIENCE = 3.0  # seconds that a supervisor may take to start
_started: dict[Path, float] = {}  # root -> monotonic time at which this process last started one


def ensure_supervisor(root: Path) -> None:
    """Start a supervisor for the jobs below `root` unless one is there or just starting. Cheap enough for every look.

    Two that start at once sort it out by their lock. What cannot be started now is started at the next look.
    """
    root = root.resolve()
    if living_writer(root / JOBS / SUPERVISOR) is not None:
        return
    now = time.monotonic()
    if now - _started.get(root, -_PATIENCE) < _PATIENCE:
        return
    _started[root] = now
    with suppress(OSError):
        (root / JOBS).mkdir(parents=True, exist_ok=True)
        start_detached(module_command("sentiment_core.jobs.supervisor", root), root / JOBS / "supervisor.txt", {})
