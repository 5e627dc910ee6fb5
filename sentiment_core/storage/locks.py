"""Locks: only one process writes to a place at a time, and others can see which one.

Two small files lie beside what is written. The operating system locks the first and releases the lock when the process
ends, however it ends. The second names the process, for processes that find the lock taken and for readers, which take
no lock. Between containers of a machine, where process ids mean nothing, the lock decides. Some network file systems
have no locks. There the second file decides: the writer refreshes it every ten seconds, and a process on another
machine counts as ended after a minute without a refresh.
"""

from __future__ import annotations

import errno
import getpass
import json
import math
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from sentiment_core.errors import LockedError
from sentiment_core.messages import Message, lazy
from sentiment_core.storage.files import write_json
from sentiment_core.storage.processes import machine, process_start

HEARTBEAT = 10.0  # seconds between two refreshes
SILENCE = 60.0  # seconds without a refresh after which another machine's process counts as ended
_NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP}  # errors of a file system without locks


@dataclass(frozen=True)
class Writer:
    """The process that writes to a place."""

    pid: int
    started: float  # start of the process in seconds: since the start of the machine on Linux, elsewhere since 1970
    host: str
    machine: str  # identifies a machine since its start; processes of one machine and namespace can see each other
    namespace: int  # of process numbers, one a container; 0 if there are none
    lock: int  # inode of the lock file, which differs in a copy of the folder; 0 if there is none
    user: str
    since: str  # ISO 8601 with time zone, start of writing

    def __post_init__(self) -> None:
        """Raise TypeError or ValueError for an invalid record, because it was read from a file."""
        texts = self.host, self.machine, self.user, self.since
        if any(type(text) is not str for text in texts) or any(type(n) is not int for n in (self.namespace, self.lock)):
            raise TypeError("an entry is of another type")
        if type(self.pid) is not int or not 0 < self.pid < 2**31 or not math.isfinite(self.started):
            raise ValueError("no process has such a number")
        datetime.fromisoformat(self.since)

    def words(self) -> Message:
        """Which process this is, for a message."""
        return lazy(
            "process {pid} of {user} on {host}, since {since}",
            pid=str(self.pid),
            user=self.user,
            host=self.host,
            since=f"{datetime.fromisoformat(self.since).astimezone():%Y-%m-%d %H:%M}",
        )


def lock_files(stem: Path) -> tuple[Path, Path]:
    """The paths of the lock and the record that `hold` uses for `stem`, whether or not they exist."""
    return stem.with_name(f"{stem.name}.lock"), stem.with_name(f"{stem.name}.json")


@contextmanager
def hold(stem: Path, action: Message, wait: float = 0.3) -> Iterator[None]:
    """Be the only process inside such a block for `stem`. The lock files are removed at its end.

    action: what happens inside, such as "runs/mine is being trained.", for the message to others.
    wait: seconds to wait for another process to finish.
    Raises LockedError if another process holds it, OSError if the lock cannot be written.
    """
    lock, record = lock_files(stem)
    held = FileLock(lock, thread_local=False, fallback_to_soft=False)
    deadline = time.monotonic() + wait
    while not _acquire(held, stem):
        if time.monotonic() > deadline:
            raise _refusal(action, stem)
        time.sleep(0.05)
    stop, mine = threading.Event(), _identity(lock)
    try:
        write_json(record, asdict(_myself(mine)))
        beat = threading.Thread(target=_refresh, args=(record, stop), daemon=True, name=f"heartbeat {stem.name}")
        beat.start()
        try:
            yield
        finally:
            stop.set()
            beat.join()
    finally:
        if _identity(lock) == mine:  # if the folder was removed meanwhile, another lock may have taken its place
            with suppress(OSError):
                record.unlink(missing_ok=True)
                if os.name == "posix":  # while it is held, so that a waiting process notices that the file is gone
                    lock.unlink()
        held.release()  # on other systems this removes the file


def read_writer(stem: Path) -> Writer | None:
    """The process that holds `stem` now or held it last and did not end properly; None if there is none."""
    try:
        content = json.loads(lock_files(stem)[1].read_text(encoding="utf-8"))
        return Writer(**{field.name: content[field.name] for field in fields(Writer)})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def living_writer(stem: Path) -> Writer | None:
    """The process that holds `stem`, as far as can be told without taking the lock; None if there is none."""
    writer = read_writer(stem)
    return writer if writer and _lives(writer, stem) else None


def _acquire(lock: FileLock, stem: Path) -> bool:
    """Take the lock if it is free and no process on another machine claims it."""
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    except PermissionError:  # perhaps left behind by another user
        if not Path(lock.lock_file).exists():
            raise
        if living_writer(stem) is None:
            Path(lock.lock_file).unlink()
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        return living_writer(stem) is None
    writer = read_writer(stem)
    if writer and writer.machine != machine() and _lives(writer, stem):  # this machine's lock does not reach the other
        lock.release()
        return False
    return True


def _refusal(action: Message, stem: Path) -> LockedError:
    writer = read_writer(stem)
    runs = _runs(writer, stem) if writer else False
    if runs is None:
        return LockedError(
            "{action} Wait for it to end, or, if it is gone already, try again in a minute: {writer}.",
            action=action,
            writer=writer.words() if writer else "",
        )
    if writer and runs:
        return LockedError("{action} Wait for it to end, or stop it: {writer}.", action=action, writer=writer.words())
    return LockedError("{action} Wait for it to end, or stop it.", action=action)


def _identity(path: Path) -> tuple[int, int] | None:
    """Distinguishes a file from another one of the same name; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _refresh(record: Path, stop: threading.Event) -> None:
    while not stop.wait(HEARTBEAT):
        with suppress(OSError):  # the network may be down for a moment, or the folder was removed
            os.utime(record)


def _lives(writer: Writer, stem: Path) -> bool:
    runs = _runs(writer, stem)
    if runs is None and writer.machine == machine():
        runs = _is_locked(lock_files(stem)[0])  # a lock reaches all containers of a machine
    if runs is not None:
        return runs
    try:
        last = lock_files(stem)[1].stat().st_mtime
    except OSError:
        return False
    if writer.host == socket.gethostname() and writer.machine != machine() and last < psutil.boot_time():
        return False  # this machine has restarted since
    return time.time() - last < SILENCE


def _runs(writer: Writer, stem: Path) -> bool | None:
    """Whether the process runs and writes here; None if this process cannot see it."""
    if writer.machine == machine() and writer.lock != _number(_identity(lock_files(stem)[0])):
        return False
    if (writer.machine, writer.namespace) != (machine(), _namespace()):
        return None
    try:
        process = psutil.Process(writer.pid)
        if process.status() == psutil.STATUS_ZOMBIE:  # it has ended, but its parent has not collected it
            return False
        return abs(process_start(process) - writer.started) < 2  # otherwise another process has its number
    except psutil.NoSuchProcess:
        return None if _hidden(writer.pid) else False
    except psutil.AccessDenied:
        return None


def _is_locked(lock: Path) -> bool | None:
    """Whether a process of this machine has locked a file, without writing to it; None if that cannot be told.

    While this is asked, another process that wants the lock may have to try twice.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        file = os.open(lock, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # no permission, or a file system without locks
        return None
    finally:
        os.close(file)
    return False


def _hidden(pid: int) -> bool:
    """Whether another user's process has this number, on systems that do not show those."""
    if os.name != "posix":
        return False
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _number(identity: tuple[int, int] | None) -> int:
    return identity[1] if identity else 0


def _myself(lock: tuple[int, int] | None) -> Writer:
    """This process as a record. lock: the `_identity` of the lock file."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # in a container a user may have no name
        user = f"user {os.getuid()}" if hasattr(os, "getuid") else "a user"
    now = datetime.now(UTC).isoformat(timespec="seconds")
    pid = os.getpid()
    began = process_start(psutil.Process(pid))
    return Writer(pid, began, socket.gethostname(), machine(), _namespace(), _number(lock), user, now)


@cache
def _namespace() -> int:
    with suppress(OSError):
        return os.stat("/proc/self/ns/pid").st_ino
    return 0
