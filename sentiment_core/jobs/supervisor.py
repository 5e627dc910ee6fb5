"""The process that sees to it that jobs are worked on: `python -m sentiment_core.jobs.supervisor ROOT`.

There is one for each folder of live runs, by a lock. It gives the places to the jobs that wait, starts their processes,
and starts those again that were killed. It sees to it that what people ask is followed: it holds a process that does
not answer a pause, and ends one that does not answer a stop. It keeps the limits and removes old jobs. It ends when
nothing is left to do; whoever looks at jobs starts it again (`launch`).

All that it knows is in the folders, so it may be killed at any moment. It never compares times of day: it counts its
own looks, and measures within its own process.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from sentiment_core.errors import LockedError, SettingError
from sentiment_core.jobs import layout
from sentiment_core.jobs.limits import Limits, read_limits
from sentiment_core.jobs.tending import Supervisor
from sentiment_core.messages import lazy
from sentiment_core.storage.locks import hold, living_writer

LOOK_EVERY = 0.1  # seconds between two looks
_LINGER = 3.0  # seconds without anything to do after which the supervisor ends


def supervise(root: Path) -> None:
    """Look after the jobs below `root` until nothing is left to do, or `root` is gone.

    Returns at once if another process looks after them.
    """
    (root / layout.JOBS).mkdir(parents=True, exist_ok=True)
    try:
        with ExitStack() as held:
            held.enter_context(hold(root / layout.JOBS / layout.SUPERVISOR, lazy("Jobs are looked after.")))
            supervisor = Supervisor(root, _limits())
            idle = time.monotonic()
            while True:
                if not _has_lock(root):
                    supervisor.end_without_folder()
                    return
                if supervisor.look() or supervisor.workers.wants_ready():
                    idle = time.monotonic()
                if time.monotonic() - idle > _LINGER and _nothing_left(root, supervisor, held):
                    return
                time.sleep(LOOK_EVERY)
    except LockedError:
        return


def _has_lock(root: Path) -> bool:
    """Whether this process has the lock. It loses it if the folder is deleted or moved; the jobs elsewhere go on."""
    writer = living_writer(root / layout.JOBS / layout.SUPERVISOR)
    return writer is not None and writer.pid == os.getpid()


def _nothing_left(root: Path, supervisor: Supervisor, held: ExitStack) -> bool:
    """Give the lock back, unless a job was queued meanwhile. Nobody can queue one during this look."""
    try:
        with hold(root / layout.JOBS / layout.STARTING, lazy("A job is being started."), wait=0.3):
            if supervisor.look():
                return False
            supervisor.workers.close()
            held.close()
            return True
    except (LockedError, OSError):  # somebody starts a job, or the disk is full
        return False


def _limits() -> Limits:
    try:
        return read_limits()
    except SettingError as error:  # told where jobs are started
        print(error, file=sys.stderr)
        return Limits()


if __name__ == "__main__":
    supervise(Path(sys.argv[1]).resolve())
