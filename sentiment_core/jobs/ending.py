"""How jobs end when no process of their own can say so, and how they are removed."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from sentiment_core.jobs import layout
from sentiment_core.jobs.folders import Outcome, write_outcome
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import ScoringRequest, TrainingRequest

_LAST = (layout.REQUEST, layout.CONTROL)  # in this order: without its request nobody starts the job again


def close(job: Job, outcome: Outcome) -> None:
    """Write how a job ended, and free its place. Raises OSError if it cannot be written."""
    write_outcome(job.folder, outcome)
    (job.folder / layout.TURN).unlink(missing_ok=True)


def discard(job: Job) -> None:
    """End a job that was cancelled. Its folder is deleted; scores so far of a corpus are kept, for another start.

    Raises OSError if a file is in use.
    """
    if isinstance(job.request, ScoringRequest):
        close(job, Outcome(State.CANCELLED))
    else:
        remove(job)


def remove(job: Job) -> None:
    """Delete the folder of a job and its runs. If that is interrupted, the next call does the rest.

    Raises OSError if a file is in use.
    """
    if isinstance(job.request, TrainingRequest):
        for run in job.request.runs:
            if _is_run_of(job, run):
                _delete(run)
    for path in job.folder.iterdir():
        if path.name not in _LAST:
            _delete(path)
    for name in _LAST:
        (job.folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        job.folder.rmdir()


def _is_run_of(job: Job, run: Path) -> bool:
    """Whether a run lies in the folder of trained runs: a request is a file, which anybody may have written."""
    trained = (layout.root_of(job.folder) / layout.TRAINED).resolve()
    return run.is_dir() and run.resolve().parent.parent == trained


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
