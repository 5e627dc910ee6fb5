"""Deletes jobs whose visitor asks for it: at once if they have ended, else as soon as their processes have."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sentiment_core.errors import JobError, LockedError, SentimentError
from sentiment_core.jobs import cleaning, control, layout
from sentiment_core.jobs.ending import remove
from sentiment_core.jobs.limits import read_limits
from sentiment_core.jobs.records import Job
from sentiment_core.jobs.requests import ScoringRequest
from sentiment_core.messages import lazy
from sentiment_core.storage.locks import hold


def delete_jobs(root: Path, jobs: Iterable[Job]) -> None:
    """Delete these jobs with their runs, and the corpora that no other run needs. root: the folder of live runs.

    A job that lives is cancelled: its supervisor ends its process, and deletes it then. The scores of a corpus are for
    everybody, and stay.
    Raises JobError for what cannot be deleted, after the others are.
    """
    problem: JobError | None = None
    for job in jobs:
        if isinstance(job.request, ScoringRequest):
            continue
        try:
            _delete(root, job)
        except JobError as error:
            problem = error
    with suppress(OSError, SentimentError):  # the supervisor does it the next time
        cleaning.clean(root, read_limits())
    if problem is not None:
        raise problem


def _delete(root: Path, job: Job) -> None:
    if not (job.folder / layout.OUTCOME).exists():
        if not (job.folder / layout.REQUEST).exists():
            return  # somebody was faster
        control.cancel(job.folder)
    # One that has ended meanwhile is left alone by `cancel`.
    if (job.folder / layout.OUTCOME).exists():
        try:
            with hold(root / layout.JOBS / layout.STARTING, lazy("Jobs are being removed."), wait=10):
                remove(job)
        except LockedError as error:
            raise JobError(error.words) from error
        except OSError as error:
            raise JobError(
                "{name} cannot be deleted: {reason}. Try again.",
                name=job.request.name,
                reason=error.strerror or type(error).__name__,
            ) from error
