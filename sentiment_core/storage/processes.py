"""Starts modules of this package in processes of their own, on every system."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil

_PACKAGE = Path(__file__).parents[2]  # the folder that Python must search for this package


def module_command(module: str, *arguments: object) -> list[str]:
    """The command that runs a module of this package with this Python."""
    return [sys.executable, "-m", module, *map(str, arguments)]


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with some settings, in which a child finds this package from any folder."""
    paths = os.pathsep.join(filter(None, (str(_PACKAGE), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": paths, **settings}


def start_detached(command: list[str], log: Path, settings: Mapping[str, str]) -> tuple[int, float]:
    """Start a process that goes on when this one ends. Returns its number and the time when it was created.

    log: the file that its output is appended to.
    Raises OSError if it cannot be started.
    """
    apart: dict[str, Any] = {"start_new_session": True}  # a signal to this process's group does not reach it
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    with log.open("ab") as output:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment(**settings), **apart
        )
    try:
        return child.pid, psutil.Process(child.pid).create_time()
    except psutil.NoSuchProcess:  # it has ended already
        return child.pid, 0.0


def is_alive(process: tuple[int, float]) -> bool:
    """Whether a process that `start_detached` started still runs."""
    number, created = process
    try:
        found = psutil.Process(number)
        return found.status() != psutil.STATUS_ZOMBIE and abs(found.create_time() - created) < 2
    except (psutil.Error, ValueError, OverflowError):
        return False


def yield_to_others() -> None:
    """Let all other processes of the machine go first from now on."""
    me = psutil.Process()
    me.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else max(me.nice(), 10))
