"""What people ask of a job: pause, go on, one step, stop and keep, cancel. The same for pages, commands and library.

Each call writes the wish into control.json and returns at once. The worker follows it between two steps. The supervisor
sees to it that it is followed: it suspends or ends a process that does not answer. A wish to a job that has ended
changes nothing.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from sentiment_core.errors import JobError
from sentiment_core.jobs.launch import ensure_supervisor
from sentiment_core.jobs.layout import CONTROL, JOBS, OUTCOME, PINNED, REQUEST, STARTING, root_of
from sentiment_core.messages import lazy
from sentiment_core.storage.files import write_json
from sentiment_core.storage.locks import hold


class Want(StrEnum):
    """What a job is to do."""

    RUN = "run"
    PAUSE = "pause"  # also after the steps that were asked for
    STOP = "stop"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Control:
    """What people have asked for."""

    want: Want = Want.RUN
    steps: int = 0  # single steps asked for in all; those not taken yet are taken before a pause
    serial: int = 0  # number of wishes so far
    stepped: bool = False  # whether the last wish was a step, which may take long and is not held in its middle


def pause(folder: Path) -> None:
    """Let a job rest after its current step. Other jobs get its place. Raises JobError if it cannot be asked."""
    _ask(folder, lambda now: replace(now, want=Want.PAUSE))


def go_on(folder: Path) -> None:
    """Let a paused job go on when it is its turn. Raises JobError if it cannot be asked."""
    _ask(folder, lambda now: replace(now, want=Want.RUN))


def step(folder: Path) -> None:
    """Let a job take one step and then pause, when it is its turn. Raises JobError if it cannot be asked."""
    _ask(folder, lambda now: replace(now, want=Want.PAUSE, steps=now.steps + 1, stepped=True))


def stop(folder: Path) -> None:
    """End a job and keep what it has made. Raises JobError if it cannot be asked."""
    _ask(folder, lambda now: replace(now, want=Want.STOP))


def cancel(folder: Path) -> None:
    """End a job at once and delete what it has made. Raises JobError if it cannot be asked."""
    try:
        _ask(folder, lambda now: replace(now, want=Want.CANCEL))
    except JobError:  # the disk is full, perhaps: what is to go makes room
        shutil.rmtree(folder / "live", ignore_errors=True)
        _ask(folder, lambda now: replace(now, want=Want.CANCEL))


def pin(folder: Path, pinned: bool = True) -> None:
    """Keep a job for good, as published by the owner of the server, or no longer. Raises JobError if it cannot be."""
    try:
        if not (folder / REQUEST).exists():
            raise _gone(folder)
        if pinned:
            (folder / PINNED).touch()
        else:
            (folder / PINNED).unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def read_control(folder: Path) -> Control:
    """What people have asked of the job in a folder. A missing or damaged file asks for nothing."""
    try:
        content = json.loads((folder / CONTROL).read_text(encoding="utf-8"))
        return Control(
            Want(content["want"]), int(content["steps"]), int(content["serial"]), content.get("stepped") is True
        )
    except (OSError, ValueError, TypeError, KeyError):
        return Control()


def _ask(folder: Path, change: Callable[[Control], Control]) -> None:
    if not (folder / REQUEST).exists():
        raise _gone(folder)
    try:
        (root_of(folder) / JOBS).mkdir(exist_ok=True)
        with hold(root_of(folder) / JOBS / STARTING, lazy("Another job is being started."), wait=10):
            now = read_control(folder)
            if (folder / OUTCOME).exists() or now.want == Want.CANCEL:
                return
            if now.want == Want.STOP and change(now).want != Want.CANCEL:  # it is ending already
                return
            changed = change(replace(now, stepped=False))
            write_json(folder / CONTROL, asdict(replace(changed, serial=now.serial + 1)))
    except OSError as error:
        raise _unwritable(folder, error) from error
    ensure_supervisor(root_of(folder))


def _gone(folder: Path) -> JobError:
    return JobError("There is no job in {path} any more.", path=folder)


def _unwritable(folder: Path, error: OSError) -> JobError:
    return JobError(
        "Cannot write to {path}: {reason}. Free some space, and try again.",
        path=folder,
        reason=error.strerror or error,
    )
