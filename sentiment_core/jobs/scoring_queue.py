"""Starts and ends jobs, and lets one work at a time. The same for pages, the command line and the library."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psutil

from sentiment_core.errors import JobError, LockedError
from sentiment_core.jobs.kept import is_kept
from sentiment_core.jobs.scoring_folders import (
    CANCEL,
    LOCK,
    LOG,
    OUTCOME,
    PROGRESS,
    Job,
    Request,
    State,
    job_folder,
    living_jobs,
    read_job,
    write_outcome,
    write_request,
)
from sentiment_core.messages import lazy
from sentiment_core.storage.locks import hold, read_writer
from sentiment_core.storage.processes import module_command, start_detached
from sentiment_core.text.corpus import Corpus

MOST = 4  # jobs that wait or work at a time; each that waits takes a process of 60 MB
_LOOK_EVERY = 0.3  # seconds between two looks whether it is a job's turn
_STARTING, _WORKING = ".starting", ".working"  # locks beside the jobs


def start(request: Request, corpus: Corpus, root: Path) -> Path:
    """Start a job, or let one go on that was stopped, failed or cancelled. Returns its folder at once.

    A job that lives already is left alone, and one that is done is not done again.
    root: the folder of live runs.
    Raises JobError if too many jobs wait, or it cannot be started.
    """
    folder = job_folder(root, corpus.fingerprint, request.model)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with hold(folder.parents[1] / _STARTING, lazy("Another job is being started."), wait=10):
            job = read_job(folder)
            if job is not None and (job.state == State.LIVING or (job.state == State.DONE and is_kept(folder))):
                return folder
            if len(living_jobs(root)) >= MOST:
                raise JobError("{count} jobs wait already. Wait until one of them is done.", count=MOST)
            for name in (OUTCOME, CANCEL, PROGRESS):
                (folder / name).unlink(missing_ok=True)
            request = replace(request, corpus=str(corpus.path.resolve()), queued=time.time())
            write_request(folder, request)
            command = module_command("sentiment_core.jobs.worker", folder.resolve())
            # Threads that wait for each other must not spin beside a server: they would take its time.
            process = start_detached(command, folder / LOG, {"OMP_WAIT_POLICY": "PASSIVE"})
            write_request(folder, replace(request, process=process))
    except OSError as error:
        raise JobError(
            "Cannot start a job in {path}: {reason}. Set SENTIMENT_RUNS to a folder with space that may be written.",
            path=folder.parent.parent,
            reason=error.strerror or error,
        ) from error
    return folder


def cancel(folder: Path) -> None:
    """End a job at once, wherever it is. The scores that it has saved stay, and `start` goes on from them."""
    job = read_job(folder)
    if job is None or job.state != State.LIVING:
        return
    with suppress(OSError):
        (folder / CANCEL).touch()  # for a process that this one may not end
    _kill(job)
    deadline = time.monotonic() + 5
    while (job := read_job(folder)) is not None and job.state == State.LIVING and time.monotonic() < deadline:
        time.sleep(0.02)
    if job is not None and job.state == State.STOPPED:
        with suppress(OSError):
            write_outcome(folder, State.CANCELLED)


def _kill(job: Job) -> None:
    """Kill the process of a job. That is safe at any moment: each file is replaced as a whole."""
    writer = read_writer(job.folder / LOCK)
    for number in {job.request.process[0], writer.pid if writer else 0} - {0, os.getpid()}:
        with suppress(psutil.Error):
            process = psutil.Process(number)
            if str(job.folder.resolve()) in process.cmdline():  # not another process with the same number
                process.kill()


@contextmanager
def turn(job: Job, root: Path) -> Iterator[None]:
    """A block in which no other job works. Waits for the jobs that were queued before.

    Raises `Cancelled` if the job is cancelled while it waits.
    """
    with ExitStack() as held:
        while True:
            check_cancelled(job.folder)
            if not any(other.place < job.place for other in living_jobs(root)):
                try:
                    held.enter_context(hold(root / _WORKING, lazy("A job works."), wait=0))
                    break
                except LockedError:
                    pass
            time.sleep(_LOOK_EVERY)
        yield


class Cancelled(Exception):
    """The job was asked to end."""


def check_cancelled(folder: Path) -> None:
    """Raise `Cancelled` if the job in this folder was asked to end."""
    if (folder / CANCEL).exists():
        raise Cancelled
