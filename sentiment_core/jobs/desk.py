"""What the function of a job works with in its process: what people ask of it, the log, and how far it has come.

    def work(desk: Desk) -> None:
        desk.stage(Stage.TRAINING, total=steps)
        for number, batch in enumerate(batches, start=1):
            desk.check()  # rests here while the job is paused; raises to end
            ...
            desk.advance(number, left=seconds)
            desk.report({"kind": "steps", ...})

A small thread follows control.json, writes progress.json and the heartbeat, and sees to it that a supervisor is there.
So a check costs nothing, and a step may be as short as it likes. Time is measured within the process alone.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Any

from sentiment_core.errors import JobError
from sentiment_core.jobs import events, layout
from sentiment_core.jobs.control import Want, read_control
from sentiment_core.jobs.folders import Progress, read_progress, write_progress
from sentiment_core.jobs.launch import ensure_supervisor
from sentiment_core.jobs.records import Job, Stage, State
from sentiment_core.messages import Message, lazy

BEAT_EVERY = 2.0  # seconds without another event after which a heartbeat is written
_LOOK_EVERY = 0.05  # seconds between two looks at what people ask
_WRITE_EVERY = 0.25  # seconds between two writes of the progress
_HELP_EVERY = 5.0  # seconds between two looks whether a supervisor is there
_PATIENCE = 600.0  # seconds of rest after which the process ends, which frees its memory; the job stays paused
_GONE = 1.5  # seconds that work may go on in a folder that was deleted


class Ended(Exception):
    """The work is to end now. Save what lets it go on, and let this pass."""


class Stopped(Ended):
    """The job is to end and keep what it has made. reason: why, if nobody asked for it."""

    def __init__(self, reason: Message | None = None) -> None:
        super().__init__()
        self.reason = reason


class Cancelled(Ended):
    """The job is to end, and what it has made is deleted."""


class Left(Ended):
    """The job has rested for long. Its process ends, and another one goes on from what was saved."""


class Desk:
    """The place where a job is worked on. A context manager: its thread runs inside the block.

    One process at a time has it, because `worker` holds the lock of the folder.
    """

    def __init__(self, job: Job) -> None:
        self.folder, self.job, self.request = job.folder, job, job.request
        self._root = layout.root_of(job.folder)
        self._progress = replace(read_progress(job.folder), stage=Stage.STARTING, done=0, total=0, paused=False)
        self._dirty = True
        self._control, self._turn, self._gone = read_control(job.folder), True, False
        self._free = False  # whether the step before this look was taken without a request for a single one
        self._changed = threading.Condition()
        self._log_lock = threading.Lock()
        self._last_event = time.monotonic()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="desk", daemon=True)

    def __enter__(self) -> Desk:
        self._write_progress()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._end.set()
        self._thread.join()
        self._write_progress()

    @property
    def seconds(self) -> float:
        """Seconds of work so far, those of earlier processes included, without waiting and pauses."""
        return self._progress.seconds

    def check(self, step: bool = True, resting: Callable[[], None] | None = None) -> None:
        """Look at what people ask, between two steps. Rests here while the job is paused or waits for its turn.

        step: whether what follows is a step that people can ask for singly; False in preparations, which go on as far
            as to the first step.
        resting: called before the job rests, so that it can tell of its last steps.
        Raises Stopped, Cancelled or Left, to be passed on after saving. The state of a stopped job shows that it ends
        from then on, and it has some seconds for what it keeps.
        """
        with self._changed:
            state: State | None = None
            while True:
                self._end_if_asked()
                found = self._rest(step)
                if found is None:
                    break
                if found != state:
                    if state is None and resting is not None:
                        resting()
                    state = found
                    self._set(paused=found == State.PAUSED)
                    self._give_back_turn()
                    self._write_progress()
                    self._tell(found)
                started = time.monotonic()
                self._changed.wait(_PATIENCE)
                if state == State.PAUSED and time.monotonic() - started >= _PATIENCE:
                    raise Left
            if state is not None:
                self._set(paused=False)
                self._write_progress()
                self._tell(State.RUNNING)

    def stage(self, stage: Stage, done: int = 0, total: int = 0) -> None:
        """Say what is being done now, of how much. Raises OSError if it cannot be written."""
        with self._changed:
            self._set(stage=stage, done=done, total=total)
            self._write_progress()
        self.report({"kind": "stage", "stage": stage, "done": done, "total": total})

    def advance(self, done: int, total: int | None = None, left: float | None = None) -> None:
        """Say how far this stage has come. left: seconds of work expected until the end of the job."""
        with self._changed:
            self._set(done=done, total=self._progress.total if total is None else total, left=left)

    def saved(self, mark: int) -> None:
        """Say how far the job would go on after a kill: a number that only grows, such as the steps taken."""
        with self._changed:
            self._set(saved=max(mark, self._progress.saved))

    def report(self, event: dict[str, Any]) -> None:
        """Add an event to the log. Raises OSError if it cannot be written."""
        with self._log_lock:
            events.append(self.folder, event)
            self._last_event = time.monotonic()

    def check_reviews(self, count: int) -> None:
        """Raise JobError if there are more reviews in the training split than this job may read."""
        most = self.request.limits.reviews
        if most and count > most:
            raise JobError(
                "There are {count} reviews to train on, and this server allows {most}. Take a part of them.",
                count=count,
                most=most,
            )

    def check_tokens(self, tokens: int) -> None:
        """Raise Stopped if a network has read as many tokens as this job may."""
        most = self.request.limits.tokens
        if most and tokens >= most:
            self._set(ending=True)
            raise Stopped(lazy("Stopped after {count} tokens, the most that this server allows a job.", count=most))

    def _end_if_asked(self) -> None:
        """Raise what ends the work, if people, a limit or a deleted folder ask for it."""
        if self._gone or self._control.want == Want.CANCEL:
            raise Cancelled
        if self._control.want == Want.STOP:
            self._set(ending=True)
            self._write_progress()
            raise Stopped
        if reason := over_time(self.job, self._progress):
            self._set(ending=True)
            self._write_progress()
            raise Stopped(reason)

    def _rest(self, step: bool) -> State | None:
        """What the job rests as; None if it is to go on."""
        asked, taken = self._control.steps, self._progress.steps
        if self._control.want == Want.RUN:
            self._set(steps=asked)
            if not self._turn:
                return State.WAITING
            self._free = True
            return None
        if asked > taken and not step:
            return None
        if asked > taken:
            self._set(steps=taken + 1)
            if not self._free:
                return None
            # The step that was under way when it was asked for has been taken, and is the one.
            self._free = False
            return self._rest(step)
        self._free = False
        return State.PAUSED

    def _give_back_turn(self) -> None:
        """Let another job have the place."""
        with suppress(OSError):
            (self.folder / layout.TURN).unlink(missing_ok=True)
        self._turn = False

    def _set(self, **changes: Any) -> None:
        changed = replace(self._progress, **changes)
        self._dirty = self._dirty or changed != self._progress
        self._progress = changed

    def _write_progress(self) -> None:
        """Write how far the job has come. A full disk does not end the work."""
        with suppress(OSError):
            write_progress(self.folder, self._progress)
            self._dirty = False

    def _tell(self, state: State) -> None:
        with suppress(OSError):
            self.report({"kind": "state", "state": state})

    def _follow(self) -> None:
        """The thread: follow what people ask, and show that the job lives."""
        before = wrote = helped = time.monotonic()
        missing: float | None = None
        while not self._end.wait(_LOOK_EVERY):
            now = time.monotonic()
            with suppress(OSError):  # a folder on a network may not answer for a while
                missing = None if (self.folder / layout.REQUEST).exists() else missing or now
            with suppress(OSError):
                self._look(min(now - before, 1.0), missing is not None and now - missing > 3 * _LOOK_EVERY)
            if missing is not None and now - missing > _GONE:
                os._exit(1)  # in the middle of a long step; there is nobody left to tell
            if now - wrote >= _WRITE_EVERY:
                wrote = now
                with self._changed:
                    if self._dirty:
                        self._write_progress()
            if now - self._last_event >= BEAT_EVERY:
                with suppress(OSError):
                    self.report({"kind": "beat"})
                self._last_event = now
            if now - helped >= _HELP_EVERY:
                helped = now
                ensure_supervisor(self._root)
            before = now

    def _look(self, seconds: float, gone: bool) -> None:
        """See what people ask. seconds: since the last look, at most one, because the process may have been held."""
        control, turn = read_control(self.folder), (self.folder / layout.TURN).exists()
        with self._changed:
            if not self._progress.paused and self._turn:
                self._progress = replace(self._progress, seconds=self._progress.seconds + seconds)
                self._dirty = self._dirty or int(self._progress.seconds) != int(self._progress.seconds - seconds)
            if (control, turn, gone) != (self._control, self._turn, self._gone):
                self._control, self._turn, self._gone = control, turn, gone
                self._changed.notify_all()


def over_time(job: Job, progress: Progress) -> Message | None:
    """Why a job is to stop that has worked for as long as it may; None if it may go on."""
    most = job.request.limits.minutes
    if not most or progress.seconds < most * 60:
        return None
    return lazy("Stopped after {count:g} minutes of work, the most that this server allows a job.", count=most)
