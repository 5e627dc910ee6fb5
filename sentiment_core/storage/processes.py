"""Starts modules of this package in processes of their own, on every system."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from sentiment_core.environment.check import without_secrets

_PACKAGE = Path(__file__).parents[2]  # the folder that Python must search for this package


def module_command(module: str, *arguments: object) -> list[str]:
    """The command that runs a module of this package with this Python."""
    return [sys.executable, "-m", module, *map(str, arguments)]


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with some settings, in which a child finds this package from any folder.

    A child does not get the secrets: it may read a stranger's file.
    """
    paths = os.pathsep.join(filter(None, (str(_PACKAGE), os.environ.get("PYTHONPATH"))))
    return {**without_secrets(), "PYTHONPATH": paths, **settings}


def start_detached(
    command: list[str], log: Path, settings: Mapping[str, str], told: bool = False, looked_after: bool = False
) -> Started:
    """Start a process that goes on when this one ends.

    log: the file that its output is appended to.
    told: whether it reads lines from this process; it then sees the end of the file when this process ends.
    looked_after: whether this process may hold it. POSIX lets a held process go on, by SIGHUP and SIGCONT, when the
        parent of its group ends, but only within one session. So it gets a group of its own, and no session.
    Raises OSError if it cannot be started.
    """
    # A signal to this process's group does not reach it.
    apart: dict[str, Any] = {"process_group": 0} if looked_after else {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    with log.open("ab") as output:
        reads = subprocess.PIPE if told else subprocess.DEVNULL
        child = subprocess.Popen(
            command, stdin=reads, stdout=output, stderr=output, env=environment(**settings), **apart
        )
    try:
        return Started(ProcessId(child.pid, process_start(psutil.Process(child.pid)), machine()), child)
    except psutil.NoSuchProcess:  # it has ended already
        return Started(NO_PROCESS, child)


class ProcessId(NamedTuple):
    """A process, so that another one that gets its number later is not taken for it."""

    number: int
    start: float  # see `process_start`
    machine: str  # see `machine`


NO_PROCESS = ProcessId(0, 0.0, "")


class Started(NamedTuple):
    """A process that was started here."""

    process: ProcessId
    child: subprocess.Popen[bytes]  # to be polled, so that no zombie is left


def find_process(process: ProcessId) -> psutil.Process | None:
    """The process if it still runs on this machine. A process that has ended, but was not collected, does not run."""
    if process.machine != machine():
        return None
    try:
        found = psutil.Process(process.number)
        runs = found.status() != psutil.STATUS_ZOMBIE and abs(process_start(found) - process.start) < 2
    except (psutil.Error, ValueError, OverflowError):
        return None
    return found if runs else None


def is_alive(process: ProcessId) -> bool:
    """Whether a process that `start_detached` started still runs."""
    return find_process(process) is not None


def end_process(process: psutil.Process) -> None:
    """Kill a process and those that it has started, except for those that go on when it ends.

    A worker may have started the very supervisor that ends it here, and that one has started other workers.
    """
    started: list[psutil.Process] = []
    with suppress(psutil.Error):
        started = [child for child in process.children(recursive=True) if _belongs_to(child, process)]
    for one in (process, *started):  # it goes first, because it would start others
        with suppress(psutil.Error):
            one.kill()


def _belongs_to(child: psutil.Process, process: psutil.Process) -> bool:
    """Whether a process ends with the one that started it. One that goes on has a session of its own.

    Windows has no sessions. There only the calling process is spared.
    """
    if child.pid == os.getpid():
        return False
    try:
        return sys.platform == "win32" or os.getsid(child.pid) == os.getsid(process.pid)
    except OSError:  # one of them has ended
        return False


def process_start(process: psutil.Process) -> float:
    """The start of a process, as a number that does not change when the clock is set."""
    if sys.platform == "linux":  # psutil adds ticks since the machine's start to the time of that start
        return process.create_time() - psutil.boot_time()
    return process.create_time()


@cache
def machine() -> str:
    """On Linux the same for all processes of a machine until it restarts; elsewhere the machine's name."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return socket.gethostname()


def half_the_cores() -> int:
    """Threads for work beside other work: half of the machine's cores, at least one."""
    return max(1, (os.cpu_count() or 1) // 2)


def yield_to_others() -> None:
    """Let all other processes of the machine go first from now on."""
    me = psutil.Process()
    me.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else max(me.nice(), 10))
