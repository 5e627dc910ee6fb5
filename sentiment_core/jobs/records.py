"""What a job is: its state, its stage, and the record that pages and the command line show. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sentiment_core.jobs.requests import Request
from sentiment_core.messages import Message


class State(StrEnum):
    """What a job does, or how it ended."""

    WAITING = "waiting"  # for its turn
    RUNNING = "running"
    PAUSING = "pausing"  # asked to pause, and not yet at rest
    PAUSED = "paused"  # other jobs have its place
    STOPPING = "stopping"  # asked to stop or to end, and not yet there
    DONE = "done"
    STOPPED = "stopped"  # ended early on request; what it has made is kept
    FAILED = "failed"
    LOST = "lost"  # its process was killed; the supervisor starts it again
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self in _ENDED


_ENDED = frozenset({State.DONE, State.STOPPED, State.FAILED, State.CANCELLED})


class Stage(StrEnum):
    """What a job that has begun is at, in this order."""

    STARTING = "starting"
    READING = "reading"  # the data set
    LOADING = "loading"  # a classifier
    ENCODING = "encoding"  # the reviews as token ids
    PRETRAINING = "pretraining"
    TRAINING = "training"
    SCORING = "scoring"
    EVALUATING = "evaluating"  # the test split, at the end


@dataclass(frozen=True)
class Job:
    """A job as its folder shows it."""

    folder: Path
    id: str  # 16 characters of a-z2-7
    request: Request
    state: State
    stage: Stage = Stage.STARTING
    place: int | None = None  # 0 works now, 1 is next; None if it neither works nor waits
    wait: float | None = None  # seconds expected until it starts, if that is known
    left: float | None = None  # seconds of work expected until its end, if that is known
    problem: Message | None = None  # why it failed
    pinned: bool = False
    done: int = 0  # of `total` in this stage: reviews or steps
    total: int = 0  # 0 if it is not known
    sequence: int = 0  # the place in the order in which jobs were queued; greater is later
    queued: float = 0.0  # seconds since 1970, only to be shown
    labels: tuple[str, ...] = ()  # of a classifier: labels for which the request must say a side
