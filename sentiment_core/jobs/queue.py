"""Queues jobs, and finds and reads those that are there. The same for pages, the command line and the library."""

from __future__ import annotations

import heapq
import time
from dataclasses import replace
from pathlib import Path

from sentiment_core.errors import JobError, SettingError
from sentiment_core.jobs import layout
from sentiment_core.jobs.cleaning import clean_locked, is_full
from sentiment_core.jobs.folders import read_folder, write_request
from sentiment_core.jobs.kept import is_kept
from sentiment_core.jobs.launch import ensure_supervisor
from sentiment_core.jobs.limits import Limits, read_limits
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import Request, ScoringRequest
from sentiment_core.messages import lazy
from sentiment_core.storage.locks import hold

_WORKS = frozenset({State.RUNNING, State.PAUSING, State.STOPPING, State.LOST})
_OF_EARLIER_START = (layout.OUTCOME, layout.CONTROL, layout.PROGRESS, layout.ATTEMPT, layout.TURN, layout.SUSPENDED)


def start(request: Request, root: Path, limits: Limits | None = None) -> Path:
    """Put a job into the queue. Returns its folder at once; the supervisor starts it when it is its turn.

    A scoring job has one folder for each classifier and corpus. One that lives is left alone, one that is done is not
    done again, and one that ended early goes on.
    root: the folder of live runs. limits: None for those of the environment.
    Raises JobError if there are too many jobs or the folder cannot be written, SettingError for a limit in the
    environment that cannot be used.
    """
    limits = limits or read_limits()
    if isinstance(request, ScoringRequest):
        folder = layout.scoring_folder(root, request.fingerprint, request.model)
    else:
        folder = layout.training_folder(root, layout.new_id())
    try:
        (root / layout.JOBS).mkdir(parents=True, exist_ok=True)
        with hold(root / layout.JOBS / layout.STARTING, lazy("Another job is being started."), wait=10):
            if not _is_there(folder):
                jobs = _read_all(root)
                _check_count(request, jobs, limits)
                _check_room(request, root, limits)
                folder.mkdir(parents=True, exist_ok=True)
                for name in _OF_EARLIER_START:
                    (folder / name).unlink(missing_ok=True)
                sequence = 1 + max((job.sequence for job in jobs), default=0)
                write_request(folder, replace(request, limits=limits.of_job()), sequence, time.time())
    except OSError as error:
        raise JobError(
            "Cannot start a job in {path}: {reason}. Set SENTIMENT_RUNS to a folder with space that may be written.",
            path=root,
            reason=error.strerror or error,
        ) from error
    ensure_supervisor(root)
    return folder


def list_jobs(root: Path) -> list[Job]:
    """All jobs below the folder of live runs, in the order in which they were queued. Starts a supervisor if needed."""
    jobs = _placed(_read_all(root))
    if any(job.place is not None or (job.folder / layout.SUSPENDED).exists() for job in jobs if not job.state.ended):
        ensure_supervisor(root)
    return jobs


def living_jobs(root: Path) -> list[Job]:
    """The jobs that work, wait or pause, in the order in which they were queued."""
    return [job for job in list_jobs(root) if not job.state.ended]


def read_job(folder: Path) -> Job | None:
    """The job in a folder with its place in the queue. None if there is none, or nobody can read it."""
    job = read_folder(folder)
    if job is None or job.state.ended:
        return job
    return next((found for found in list_jobs(layout.root_of(folder)) if found.folder == folder), job)


def find_job(root: Path, job_id: str) -> Job | None:
    """The job with this id below the folder of live runs; None if there is none."""
    if not layout.ID.fullmatch(job_id):
        return None
    folder = layout.training_folder(root, job_id)
    if (folder / layout.REQUEST).exists():
        return read_job(folder)
    return next((read_job(other) for other in layout.job_folders(root) if layout.id_of(other) == job_id), None)


def wait_of_new(jobs: list[Job]) -> tuple[int, float | None]:
    """How many of these jobs work or wait before a new one, and the seconds that it would wait; None if not known.

    jobs: as `list_jobs` gives them. A new job for which a place is free has none before it.
    """
    living = sum(job.place is not None for job in jobs)
    return (living, _queue(jobs)[1]) if living >= _places() else (0, 0.0)


def _is_there(folder: Path) -> bool:
    """Whether the job in a folder lives, or is done and its result is kept."""
    job = read_folder(folder)
    return job is not None and (not job.state.ended or (job.state == State.DONE and is_kept(folder)))


def _check_count(request: Request, jobs: list[Job], limits: Limits) -> None:
    """Raise JobError if too many jobs live."""
    living = [job for job in jobs if not job.state.ended]
    if len(living) >= limits.most:
        raise JobError("{count} jobs wait already. Wait until one of them is done.", count=len(living))
    own = sum(job.request.visitor == request.visitor for job in living)
    if request.visitor and limits.per_visitor and own >= limits.per_visitor:
        raise JobError(
            "{count} jobs of yours work, wait or pause already. Wait until one is done, or cancel one.", count=own
        )


def _check_room(request: Request, root: Path, limits: Limits) -> None:
    """Raise JobError if there is no room for another training, after the removal of old ones. Raises OSError."""
    if isinstance(request, ScoringRequest) or not is_full(root, limits):
        return
    clean_locked(root, limits)
    if is_full(root, limits):
        raise JobError(
            "The jobs and their runs take the {most} MB that they may. Cancel one or remove a pinned one, or raise "
            "SENTIMENT_JOBS_MB.",
            most=limits.megabytes,
        )


def _read_all(root: Path) -> list[Job]:
    found = filter(None, map(read_folder, layout.job_folders(root)))
    return sorted(found, key=lambda job: (job.sequence, job.id))


def _placed(jobs: list[Job]) -> list[Job]:
    """The jobs with their place in the queue and the seconds that each is expected to wait."""
    return _queue(jobs)[0]


def _places() -> int:
    try:
        return read_limits().places
    except SettingError:  # told where jobs are started
        return Limits().places


def _queue(jobs: list[Job]) -> tuple[list[Job], float | None]:
    """The jobs with their places and waits, and the seconds that one behind them would wait.

    A job that waits starts when a place is free and all before it have started; a place is taken for as long as the
    work of its job is expected to last. Where that is not known of a job ahead, the wait is not known.
    """
    places = _places()
    free_at: list[float | None] = [job.left for job in jobs if job.state in _WORKS]
    known = [0.0] * (places - len(free_at)) + [left for left in free_at if left is not None]
    heapq.heapify(known)
    placed, ahead, is_known = [], 0, len(known) >= min(places, 1) and None not in free_at
    for job in jobs:
        if job.state in _WORKS:
            job = replace(job, place=0)
        elif job.state == State.WAITING:
            ahead += 1
            wait = heapq.heappop(known) if is_known else None
            job = replace(job, place=ahead, wait=wait)
            if wait is None or job.left is None:
                is_known = False
            else:
                heapq.heappush(known, wait + job.left)
        placed.append(job)
    return placed, known[0] if is_known else None
