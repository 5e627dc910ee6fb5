"""One writer at a time: who writes to a place is known, and nobody else writes there meanwhile.

Two small files lie beside what is written. One is locked by the operating system, which takes the lock back when the
process ends, however it ends. The other names the process, for whoever finds the lock taken and for readers, who take
no lock. Where locks do not reach, on some network file systems, the name decides: the writer refreshes it every ten
seconds, and a process on another machine that has been silent for a minute is gone.
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
from sentiment_core.storage.files import write_json

HEARTBEAT = 10.0  # seconds between two signs of life
SILENCE = 60.0  # seconds without one after which a process on another machine is gone
_NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP}  # of a file system without them


@dataclass(frozen=True)
class Writer:
    """The process that writes to a place."""

    pid: int
    started: float  # seconds, when the process began: after the start of a Linux machine, elsewhere after 1970
    host: str
    machine: str  # that runs, since it was started; processes of one machine and namespace can see each other
    namespace: int  # of process numbers, one for each container; 0 where there are none
    lock: int  # number of the lock's file, which a copy of the folder does not share; 0 where there is none
    user: str
    since: str  # ISO 8601 with its time zone, when it began to write

    def __post_init__(self) -> None:
        """Raise TypeError or ValueError for what is no record: it was read from a file."""
        texts = self.host, self.machine, self.user, self.since
        if any(type(text) is not str for text in texts) or any(type(n) is not int for n in (self.namespace, self.lock)):
            raise TypeError("an entry is of another type")
        if type(self.pid) is not int or not 0 < self.pid < 2**31 or not math.isfinite(self.started):
            raise ValueError("no process has such a number")
        datetime.fromisoformat(self.since)

    def __str__(self) -> str:
        since = datetime.fromisoformat(self.since).astimezone()
        return f"process {self.pid} of {self.user} on {self.host}, since {since:%Y-%m-%d %H:%M}"


def lock_files(stem: Path) -> tuple[Path, Path]:
    """The lock and the record that `hold` keeps for `stem`, whether or not they are there."""
    return stem.with_name(f"{stem.name}.lock"), stem.with_name(f"{stem.name}.json")


@contextmanager
def hold(stem: Path, action: str, wait: float = 0.3) -> Iterator[None]:
    """Be the only process that is within such a block for `stem`; its files are gone when the block ends.

    action: what is done within, such as "runs/mine is being trained", for the message that others get.
    wait: seconds to wait for another process to end.
    Raises LockedError where another process holds it, OSError where the lock cannot be written.
    """
    lock, record = lock_files(stem)
    held = FileLock(lock, thread_local=False, fallback_to_soft=False)
    deadline = time.monotonic() + wait
    while not _acquire(held, stem):
        if time.monotonic() > deadline:
            raise LockedError(_refusal(action, stem))
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
        if _identity(lock) == mine:  # whoever removed the folder meanwhile may have begun another one in its place
            with suppress(OSError):
                record.unlink(missing_ok=True)
                if os.name == "posix":  # while it is held: whoever waits for it sees that the file is gone
                    lock.unlink()
        held.release()  # elsewhere this removes the file


def read_writer(stem: Path) -> Writer | None:
    """The process that last held `stem` and did not end well, or holds it now; None where there is none."""
    try:
        content = json.loads(lock_files(stem)[1].read_text(encoding="utf-8"))
        return Writer(**{field.name: content[field.name] for field in fields(Writer)})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def living_writer(stem: Path) -> Writer | None:
    """The process that holds `stem`, as far as can be told without taking its lock; None where there is none."""
    writer = read_writer(stem)
    return writer if writer and _lives(writer, stem) else None


def _acquire(lock: FileLock, stem: Path) -> bool:
    """Take the lock, if it is free and no process of another machine says that it holds it."""
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    except PermissionError:  # perhaps another user's file, which is in the way when they are gone
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
    if writer and writer.machine != _machine() and _lives(writer, stem):  # this machine's lock does not reach there
        lock.release()
        return False
    return True


def _refusal(action: str, stem: Path) -> str:
    writer = read_writer(stem)
    runs = _runs(writer, stem) if writer else False
    if runs is None:
        return f"{action} by {writer}. Wait for it to end; where it is gone already, try again in a minute."
    by = writer if runs else "another process"  # which has not named itself yet
    return f"{action} by {by}. Wait for it to end, or stop it."


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of its name, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _refresh(record: Path, stop: threading.Event) -> None:
    while not stop.wait(HEARTBEAT):
        with suppress(OSError):  # a moment without the network, or the folder was removed
            os.utime(record)


def _lives(writer: Writer, stem: Path) -> bool:
    runs = _runs(writer, stem)
    if runs is not None:
        return runs
    try:
        last = lock_files(stem)[1].stat().st_mtime
    except OSError:
        return False
    if writer.host == socket.gethostname() and writer.machine != _machine() and last < psutil.boot_time():
        return False  # this machine was started again since
    return time.time() - last < SILENCE


def _runs(writer: Writer, stem: Path) -> bool | None:
    """Whether the process runs and writes just here, None where that cannot be seen from here."""
    if writer.machine == _machine() and writer.lock != _number(_identity(lock_files(stem)[0])):
        return False
    if (writer.machine, writer.namespace) != (_machine(), _namespace()):
        return None
    try:
        process = psutil.Process(writer.pid)
        if process.status() == psutil.STATUS_ZOMBIE:  # it has ended, and its parent has not asked how
            return False
        return abs(_start(process) - writer.started) < 2  # otherwise the number was given to another process
    except psutil.NoSuchProcess:
        return None if _hidden(writer.pid) else False
    except psutil.AccessDenied:
        return None


def _hidden(pid: int) -> bool:
    """Whether there is such a process of another user, where the system does not show those."""
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
    """What this process says of itself; lock: the `_identity` of the lock's file."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # in a container a user may have a number alone
        user = f"user {os.getuid()}" if hasattr(os, "getuid") else "a user"
    now = datetime.now(UTC).isoformat(timespec="seconds")
    pid = os.getpid()
    began = _start(psutil.Process(pid))
    return Writer(pid, began, socket.gethostname(), _machine(), _namespace(), _number(lock), user, now)


def _start(process: psutil.Process) -> float:
    """When a process began, as a number that stays the same when the clock is set."""
    if sys.platform == "linux":  # where psutil adds up ticks since the machine was started and the time of that start
        return process.create_time() - psutil.boot_time()
    return process.create_time()


@cache
def _machine() -> str:
    """The same for all processes of a machine between two starts on Linux; elsewhere its name."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return socket.gethostname()


@cache
def _namespace() -> int:
    with suppress(OSError):
        return os.stat("/proc/self/ns/pid").st_ino
    return 0
