"""Starts the supervisor of a folder of live runs, and the processes of jobs."""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress
from pathlib import Path

from sentiment_core.jobs.layout import JOBS, LOG, READY, SUPERVISOR
from sentiment_core.storage.locks import living_writer
from sentiment_core.storage.processes import ProcessId, Started, module_command, start_detached

_PATIENCE = 3.0  # seconds that a supervisor may take to start
_READY_FOR = 60.0  # seconds for which a process is kept ready after somebody asked for one
ASK_EVERY = 20.0  # seconds between two requests of a page that stays open
_QUIET = 3.0  # seconds after a start before the next process is made ready, so that it does not slow the job down
# Threads that wait for each other must not spin beside a server: they would take its time.
_SETTINGS = {"OMP_WAIT_POLICY": "PASSIVE"}
_WORKER = "sentiment_core.jobs.worker"
_started: dict[Path, float] = {}  # root -> monotonic time at which this process last started a supervisor


def ensure_supervisor(root: Path) -> None:
    """Start a supervisor for the jobs below `root` unless one is there or just starting. Cheap enough for every look.

    Two that start at once sort it out by their lock. What cannot be started now is started at the next look.
    """
    root = root.resolve()
    if living_writer(root / JOBS / SUPERVISOR) is not None:
        _started.pop(root, None)
        return
    now = time.monotonic()
    if now - _started.get(root, -_PATIENCE) < _PATIENCE:
        return
    _started[root] = now
    with suppress(OSError):
        (root / JOBS).mkdir(parents=True, exist_ok=True)
        start_detached(module_command("sentiment_core.jobs.supervisor", root), root / JOBS / "supervisor.txt", {})


def keep_ready(root: Path) -> None:
    """Ask for a process that has loaded torch, so that a training that is started soon begins at once.

    To be called every `ASK_EVERY` seconds while a visitor who may train looks at a page from which one is started.
    """
    with suppress(OSError):
        (root / JOBS).mkdir(parents=True, exist_ok=True)
        (root / JOBS / READY).touch()
    ensure_supervisor(root)


class Workers:
    """The processes that a supervisor starts. One may be kept ready, with torch loaded."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._ready: Started | None = None
        self._children: list[subprocess.Popen[bytes]] = []
        self._ready_until = self._started = -_READY_FOR

    def start(self, folder: Path) -> ProcessId:
        """Start the process of the job in a folder. Raises OSError if it cannot be started."""
        self._started = time.monotonic()
        ready, self._ready = self._ready, None
        if ready is not None and ready.child.poll() is None and ready.child.stdin is not None:
            with suppress(OSError):  # it has just ended
                ready.child.stdin.write(f"{folder.resolve()}\n".encode())
                ready.child.stdin.close()
                self._children.append(ready.child)
                return ready.process
        started = start_detached(module_command(_WORKER, folder.resolve()), folder / LOG, _SETTINGS, looked_after=True)
        self._children.append(started.child)
        return started.process

    def wants_ready(self) -> bool:
        """Whether somebody has asked lately for a process to be kept ready."""
        asked = self._root / JOBS / READY
        if asked.exists():
            with suppress(OSError):
                asked.unlink()
            self._ready_until = time.monotonic() + _READY_FOR
        return time.monotonic() < self._ready_until

    def keep_ready(self) -> None:
        """Make a process ready if one is wanted and there is none, and let it go when none is wanted any more."""
        if not self.wants_ready():
            self.close()
        elif time.monotonic() - self._started > _QUIET and (
            self._ready is None or self._ready.child.poll() is not None
        ):
            self._started = time.monotonic()
            command = module_command(_WORKER, "--ready")
            self._ready = start_detached(
                command, self._root / JOBS / "ready.txt", _SETTINGS, told=True, looked_after=True
            )

    def collect(self) -> None:
        """Let the system forget those that have ended."""
        self._children = [child for child in self._children if child.poll() is None]

    def close(self) -> None:
        """Let the process that is ready end."""
        if self._ready is not None and self._ready.child.stdin is not None:
            with suppress(OSError):
                self._ready.child.stdin.close()
            self._children.append(self._ready.child)
            self._ready = None
