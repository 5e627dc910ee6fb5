"""Runs a job of scoring, or goes on with it: the folder, what is left to do, and the counts at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sentiment_core.bulk.executors import Executor
from sentiment_core.bulk.job import JOB, BulkJob, check_counts, difference, done_part, read_job, write_job
from sentiment_core.errors import BulkError
from sentiment_core.messages import lazy
from sentiment_core.storage.locks import hold

_LOCK = "_writer"  # of the folder: one command writes to it at a time


@dataclass(frozen=True)
class Progress:
    """How far a job has come."""

    rows: int  # done, those of an earlier command included
    total: int
    before: int  # rows that an earlier command has done


@dataclass(frozen=True)
class Scored:
    """What a job has written."""

    rows: int
    scored: int  # rows with figures; the others say in the column of errors why they have none
    before: int  # rows that an earlier command had done
    parts: int


def run_job(
    out: Path,
    job: BulkJob,
    execute: Executor,
    overwrite: bool = False,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Scored:
    """Score what is not done yet of a job, into the folder `out`.

    overwrite: delete what another job wrote there.
    Raises BulkError if the folder is another job's or a file cannot be read, LockedError if another process writes to
    it, and DataError if it cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BulkError(
            "Cannot write to {path}: {reason}. Name another --out.", path=out, reason=error.strerror or error
        ) from error
    with hold(out / _LOCK, lazy("{path} is being scored into.", path=out)):
        _prepare(out, job, overwrite)
        _clear(out)
        done = [one for number in range(len(job.blocks)) if (one := done_part(out, job, number)) is not None]
        before = rows = sum(one.rows for one in done)
        progress(Progress(rows, job.rows, before))

        def advance(more: int) -> None:
            nonlocal rows
            rows += more
            progress(Progress(rows, job.rows, before))

        there = {one.number for one in done}
        missing = [number for number in range(len(job.blocks)) if number not in there]
        if missing:
            done += execute(out, job, missing, advance)
        check_counts(job, done)
        _clear(out)
    return Scored(job.rows, sum(one.scored for one in done), before, len(done))


def _clear(out: Path) -> None:
    """Delete what processes that were killed left beside the parts."""
    for left in out.glob(".part-*"):
        left.unlink(missing_ok=True)


def _prepare(out: Path, job: BulkJob, overwrite: bool) -> None:
    """Make the folder that of the job. Raises BulkError if it is another's."""
    names = [path.name for path in out.iterdir() if not path.name.startswith((_LOCK, f".{_LOCK}"))]
    if JOB in names:
        names = [name for name in names if not name.startswith((JOB, f".{JOB}", "part-", ".part-"))]
        try:
            kept = read_job(out)
        except BulkError:
            if not overwrite:
                raise
            kept = None
        if kept == job:
            return
        if kept is not None and not overwrite:
            raise BulkError(
                "{path} holds another job, with another {what}. Name another --out, or replace it with --overwrite.",
                path=out,
                what=difference(kept, job),
            )
    if names:
        raise BulkError(
            "{path} holds other files, such as {name}. Name an empty or a new folder.", path=out, name=min(names)
        )
    for path in out.glob("part-*"):
        path.unlink()
    write_job(out, job)
