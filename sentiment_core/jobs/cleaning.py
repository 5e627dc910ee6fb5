"""Removes training jobs that have ended, with their runs, by age and by space. Never one that lives or is pinned.

A seed lottery without jobs is removed by age too: its days begin when its last job is removed, or it is opened.

A machine's clock may be wrong and may be set. So the age of a job is counted in days that have passed on a clock of our
own, which moves by one day at most between two looks, and never back: a job may stay longer than it must, and is never
removed because the clock was set forward by years. The clock is in jobs/clock.json. Uploads are deleted at the time of
day that was promised.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from sentiment_core.errors import LockedError
from sentiment_core.jobs import layout
from sentiment_core.jobs.ending import remove
from sentiment_core.jobs.folders import read_folder
from sentiment_core.jobs.limits import Limits
from sentiment_core.jobs.records import Job
from sentiment_core.jobs.requests import ScoringRequest, TrainingRequest
from sentiment_core.jobs.uploads import remove_expired
from sentiment_core.messages import lazy
from sentiment_core.storage.files import write_json
from sentiment_core.storage.locks import hold

_CLOCK = "clock.json"
_MEGABYTE = 2**20


def clean(root: Path, limits: Limits) -> None:
    """Remove what is too old or takes too much space. What cannot be removed now is removed at a later look."""
    remove_expired(root, time.time())
    try:
        with hold(root / layout.JOBS / layout.STARTING, lazy("Jobs are being removed."), wait=1):
            clean_locked(root, limits)
    except (LockedError, OSError):  # somebody starts a job
        return


def clean_locked(root: Path, limits: Limits) -> None:
    """As `clean`, by a process that holds the lock for starting jobs. Raises OSError if the clock cannot be written."""
    jobs = [job for job in map(read_folder, layout.job_folders(root)) if job is not None]
    kinds = [job for job in jobs if not isinstance(job.request, ScoringRequest)]  # scores of a corpus are kept
    ended = sorted((job for job in kinds if job.state.ended and not job.pinned), key=lambda job: job.sequence)
    idle = _idle_lotteries(root, kinds)
    ages = _ages(root, [*(job.id for job in ended), *idle])
    removed = [job for job in ended if limits.days and ages[job.id] >= limits.days]
    space = used(root) - sum(map(size_of, removed))
    for job in ended:
        if not limits.megabytes or space <= limits.megabytes * _MEGABYTE:
            break
        if job not in removed:
            removed.append(job)
            space -= size_of(job)
    for job in removed:
        with suppress(OSError):  # a file is in use
            remove(job)
    for name, folder in idle.items():
        if limits.days and ages[name] >= limits.days:
            shutil.rmtree(folder, ignore_errors=True)
    kept = [job for job in kinds if job not in removed]
    _remove_leftovers(root, {Path(job.request.folder).name for job in kept if isinstance(job.request, TrainingRequest)})


def used(root: Path) -> int:
    """Bytes that jobs and their runs take."""
    return sum(_size(root / name) for name in (layout.JOBS, layout.TRAINED))


def is_full(root: Path, limits: Limits) -> bool:
    """Whether jobs and their runs take more space than they may."""
    return bool(limits.megabytes) and used(root) >= limits.megabytes * _MEGABYTE


def _idle_lotteries(root: Path, jobs: list[Job]) -> dict[str, Path]:
    """The folders of the lotteries that have none of these jobs, by their names on the clock."""
    groups = {job.request.group for job in jobs if isinstance(job.request, TrainingRequest)}
    found = [folder for folder in _folders(root / layout.LOTTERIES) if layout.CODE.fullmatch(folder.name)]
    return {f"{layout.LOTTERIES}/{folder.name}": folder for folder in found if folder.name not in groups}


def _ages(root: Path, ended: list[str]) -> dict[str, float]:
    """The days since each job or lottery was first seen to have ended, by name, on the clock that this moves on."""
    path = root / layout.JOBS / _CLOCK
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        seen, days = float(content["seen"]), float(content["days"])
        ends = {str(name): float(day) for name, day in content["ends"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        seen, days, ends = time.time(), 0.0, {}
    now = time.time()
    days += min(max(now - seen, 0.0) / 86400, 1.0)
    ends = {name: min(ends.get(name, days), days) for name in ended}
    write_json(path, {"seen": now, "days": days, "ends": ends})
    return {name: days - day for name, day in ends.items()}


def _remove_leftovers(root: Path, places: set[str]) -> None:
    """Remove what killed processes left behind: job folders without a request, and corpora without a run.

    places: the corpora that jobs name.
    """
    for folder in _folders(root / layout.JOBS):
        if layout.ID.fullmatch(folder.name) and not (folder / layout.REQUEST).exists():
            shutil.rmtree(folder, ignore_errors=True)
    for folder in _folders(root / layout.TRAINED):
        if folder.name not in places and not any((run / "recipe.json").exists() for run in _folders(folder)):
            shutil.rmtree(folder, ignore_errors=True)


def _folders(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
    except OSError:
        return []


def size_of(job: Job) -> int:
    """Bytes that a job and its runs take."""
    runs = job.request.runs if isinstance(job.request, TrainingRequest) else ()
    return _size(job.folder) + sum(map(_size, runs))


def _size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.lstat(os.path.join(place, name)).st_size
    return total
