"""What the supervisor of a folder of live runs does at each look at its jobs."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from sentiment_core.jobs import cleaning, layout
from sentiment_core.jobs.control import Want, read_control
from sentiment_core.jobs.desk import over_time
from sentiment_core.jobs.ending import close, discard
from sentiment_core.jobs.folders import (
    Attempt,
    Outcome,
    Progress,
    is_worked_on,
    read_attempt,
    read_folder,
    read_progress,
    worker_process,
    write_attempt,
)
from sentiment_core.jobs.holding import end, end_without_folder, resume, suspend
from sentiment_core.jobs.launch import Workers
from sentiment_core.jobs.limits import Limits
from sentiment_core.jobs.records import Job, State
from sentiment_core.messages import lazy

_ANSWER = 1.0  # seconds after which a process that does not answer is held or ended
_ENDING = 60.0  # seconds that a process may take to save and evaluate once it has heard that it is to stop
_HELD = 600.0  # seconds after which a process that is held is ended, which frees its memory; the job stays paused
_SILENCE = 300  # looks in a row without a sign of life after which a process counts as hung
_CLEAN_EVERY = 60.0  # seconds between two removals of old jobs
_READ_ALL_EVERY = 1.0  # seconds between two looks at the jobs that only wait or rest
_FRUITLESS = 2  # processes lost in a row without progress after which a job fails


@dataclass
class _Watch:
    """What the supervisor has seen of a job. Lost with it, which costs a second."""

    serial: int = -1  # of the wish seen last
    since: float = 0.0  # monotonic time at which it was first seen
    log: int = -1  # bytes in the log at the last look
    silent: int = 0  # looks in a row at which the log had not grown
    process: psutil.Process | None = None  # that works on it; it is ended if the folder is deleted


class Supervisor:
    """Looks after the jobs below one folder of live runs. It must hold the lock."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self.root, self.limits, self.workers = root, limits, Workers(root)
        self._watched: dict[Path, _Watch] = {}
        self._cleaned = self._read_all = -_CLEAN_EVERY  # monotonic time of the last one
        self._noted = ""
        self._stamp = -1
        self._jobs: list[Job] = []  # those that live, in their order
        self._active: set[Path] = set()  # folders of those that are looked at every time

    def look(self) -> bool:
        """Look at all jobs once, and do what is due. Returns whether anything is left to do."""
        self._read()
        self.end_without_folder()
        for job in self._jobs:
            if job.folder in self._active:
                self._tend_safely(job)
        self._give_places()
        self.workers.collect()
        now = time.monotonic()
        if now - self._cleaned >= _CLEAN_EVERY:
            self._cleaned = now
            cleaning.clean(self.root, self.limits)
        try:
            self.workers.keep_ready()
        except OSError as error:
            self._note(error)
        return bool(self._active) or any(job.state != State.PAUSED for job in self._jobs)

    def _read(self) -> None:
        """Read the jobs that live: every second or after a change all, else those that are worked on.

        Whoever queues a job or controls one takes a lock in the folder of all jobs, which changes the folder's time.
        """
        stamp = _changed(self.root / layout.JOBS)
        now = time.monotonic()
        if stamp != self._stamp or now - self._read_all >= _READ_ALL_EVERY:
            self._stamp, self._read_all = stamp, now
            folders = [path for path in layout.job_folders(self.root) if not (path / layout.OUTCOME).exists()]
            self._jobs = [job for job in map(read_folder, folders) if job is not None and not job.state.ended]
            self._jobs.sort(key=lambda job: (job.sequence, job.id))
            self._active = {job.folder for job in self._jobs}
        else:
            fresh = [read_folder(job.folder) if job.folder in self._active else job for job in self._jobs]
            self._jobs = [job for job in fresh if job is not None and not job.state.ended]
            self._active = {job.folder for job in self._jobs if _has_turn(job) or is_worked_on(job.folder)}

    def end_without_folder(self) -> None:
        """End the processes of jobs whose folder was deleted, and forget the jobs that have ended."""
        known = {job.folder for job in self._jobs}
        for folder, watch in list(self._watched.items()):
            if watch.process is not None and not (folder / layout.REQUEST).exists():
                end_without_folder(watch.process)
            if folder not in known:
                del self._watched[folder]

    def _tend_safely(self, job: Job) -> None:
        try:
            self._tend(job)
        except (
            OSError,
            psutil.Error,
        ) as error:  # the disk may be full, or the folder gone: the next look may do better
            self._note(error)

    def _note(self, error: Exception) -> None:
        """Print an error into the supervisor's log, once while it is the same. The log may be on the full disk, too."""
        if str(error) != self._noted:
            self._noted = str(error)
            with suppress(OSError):
                print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)

    def _tend(self, job: Job) -> None:
        """Do what is due for one job."""
        folder, control = job.folder, read_control(job.folder)
        progress, lives = read_progress(folder), is_worked_on(folder)
        watch = self._watched.setdefault(folder, _Watch())
        if watch.serial != control.serial:
            watch.serial, watch.since = control.serial, time.monotonic()
        waited = time.monotonic() - watch.since
        takes_step = control.stepped and lives and not progress.paused
        watch.process = worker_process(folder) or watch.process
        if not lives:
            (folder / layout.SUSPENDED).unlink(missing_ok=True)
        match control.want:
            case Want.CANCEL:
                end(folder, self.workers)
                if not is_worked_on(folder):
                    discard(job)
                    self._cleaned = -_CLEAN_EVERY  # nothing of a cancelled job stays for long, nor of its corpus
            case Want.STOP:
                resume(folder)
                if not lives:
                    close(job, Outcome(State.STOPPED))
                elif waited > (_ENDING if progress.ending else _ANSWER):
                    end(folder, self.workers)
            case Want.PAUSE if control.steps <= progress.steps and not takes_step:
                if lives and not progress.paused and waited > _HELD:
                    end(folder, self.workers)
                elif lives and not progress.paused and waited > _ANSWER:
                    suspend(folder)
                if not lives:
                    (folder / layout.TURN).unlink(missing_ok=True)
                    if read_attempt(folder).count:  # it was let go, and does not count as lost
                        write_attempt(folder, Attempt())
            case Want.PAUSE:
                resume(folder)
                self._keep_going(job, progress, lives)
            case Want.RUN if (folder / layout.TURN).exists():
                resume(folder)
                self._keep_going(job, progress, lives)

    def _keep_going(self, job: Job, progress: Progress, lives: bool) -> None:
        """See to it that a job with a place is worked on, within its limits."""
        folder = job.folder
        if not lives:
            if (folder / layout.TURN).exists():
                self._start(job, progress)
            return
        reason = over_time(job, replace(progress, seconds=progress.seconds - _ENDING))
        if reason is not None:  # it has not heard it
            end(folder, self.workers)
            close(job, Outcome(State.STOPPED, reason))
            return
        watch = self._watched[folder]
        size = _size(folder / layout.EVENTS)
        watch.silent = watch.silent + 1 if size == watch.log and not progress.paused else 0
        watch.log = size
        if watch.silent > _SILENCE:
            watch.silent = 0
            end(folder, self.workers)

    def _start(self, job: Job, progress: Progress) -> None:
        """Start a process for a job that has a place, unless two were lost in a row that got no farther."""
        folder, attempt = job.folder, read_attempt(job.folder)
        if attempt.count:
            stuck = progress.reached <= attempt.reached
            attempt = replace(
                attempt,
                fruitless=attempt.fruitless + 1 if stuck else 0,
                reached=max(attempt.reached, progress.reached),
            )
        if attempt.fruitless >= _FRUITLESS:
            problem = lazy(
                "The process of the job was ended twice without having come farther: from outside, or because the "
                "machine has too little memory. Start it again with a smaller network or shorter reviews."
            )
            close(job, Outcome(State.FAILED, problem))
            return
        attempt = replace(attempt, count=attempt.count + 1)
        write_attempt(folder, attempt)
        write_attempt(folder, replace(attempt, process=self.workers.start(folder)))

    def _give_places(self) -> None:
        """Give free places to the jobs that wait, in their order."""
        taken = sum(map(_has_turn, self._jobs))
        for job in self._jobs:
            if taken >= self.limits.places:
                return
            if job.state == State.WAITING and not _has_turn(job) and (job.folder / layout.REQUEST).exists():
                with suppress(OSError):
                    (job.folder / layout.TURN).touch()
                    self._active.add(job.folder)
                    self._tend_safely(job)
                    taken += 1


def _has_turn(job: Job) -> bool:
    return (job.folder / layout.TURN).exists()


def _changed(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
