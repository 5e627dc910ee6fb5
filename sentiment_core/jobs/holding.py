"""Holds the processes of jobs in the middle of what they do, lets them go on, and ends them. For the supervisor."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import psutil

from sentiment_core.jobs import layout
from sentiment_core.jobs.folders import is_worked_on, read_progress, worker_process
from sentiment_core.jobs.launch import Workers
from sentiment_core.storage.processes import end_process


def suspend(folder: Path) -> None:
    """Hold the process of a job in the middle of what it does. Its place goes to others."""
    process = worker_process(folder)
    if process is None:
        return
    if (folder / layout.SUSPENDED).exists() and process.status() == psutil.STATUS_STOPPED:
        return
    (folder / layout.SUSPENDED).touch()  # before, so that whoever comes after a kill knows
    process.suspend()
    if read_progress(folder).paused:  # it has answered at the last moment
        resume(folder)
        return
    (folder / layout.TURN).unlink(missing_ok=True)


def resume(folder: Path) -> None:
    """Let a process go on that was held."""
    if not (folder / layout.SUSPENDED).exists():
        return
    if process := worker_process(folder):
        process.resume()
    (folder / layout.SUSPENDED).unlink(missing_ok=True)


def end(folder: Path, workers: Workers) -> None:
    """Kill the process of a job, and see it end. That is safe at any moment: each file is replaced as a whole."""
    resume(folder)
    process = worker_process(folder)
    if process is None:
        return
    end_process(process)
    deadline = time.monotonic() + 2
    while is_worked_on(folder) and time.monotonic() < deadline:
        workers.collect()
        time.sleep(0.01)


def end_without_folder(process: psutil.Process) -> None:
    """Kill the process of a job whose folder is gone. A process that is held cannot see that by itself."""
    with suppress(psutil.Error):
        if process.is_running():  # False if another process has its number
            end_process(process)
