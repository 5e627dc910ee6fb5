"""Reads and writes the folder of one job (see `layout`), without the jobs beside it. Needs no torch."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import psutil

from sentiment_core.errors import JobError, SentimentError
from sentiment_core.jobs import layout
from sentiment_core.jobs.control import Control, Want, read_control
from sentiment_core.jobs.records import Job, Stage, State
from sentiment_core.jobs.requests import Request, pack_request, unpack_request
from sentiment_core.messages import Message
from sentiment_core.messages.packing import pack, unpack
from sentiment_core.storage.files import write_json
from sentiment_core.storage.formats import FileFormat, Step, known_entries, unchanged
from sentiment_core.storage.locks import living_writer, read_writer
from sentiment_core.storage.processes import NO_PROCESS, ProcessId, find_process, is_alive


def _name_kind(content: dict[str, Any]) -> dict[str, Any]:
    """Names the kind, which was always scoring, and puts what is asked into an object of its own."""
    asked = {name: content[name] for name in ("model", "corpus", "sides", "device") if name in content}
    request = asked | {"fingerprint": ""}
    return {"kind": "scoring", "sequence": 0, "queued": content["queued"], "request": request}


FORMAT = FileFormat((Step("0.4.0", unchanged), Step("0.4.0", _name_kind)), JobError)  # of job.json


@dataclass(frozen=True)
class Progress:
    """How far the worker has come. The worker replaces progress.json with it at every change that a reader sees."""

    stage: Stage = Stage.STARTING
    done: int = 0  # of `total` in this stage: reviews or steps
    total: int = 0  # 0 if it is not known
    left: float | None = None  # seconds of work expected until the end of the job
    paused: bool = False  # whether it rests between two steps
    steps: int = 0  # single steps taken on request, of `Control.steps`
    saved: int = 0  # how far it would go on after a kill; it only grows
    ending: bool = False  # whether it has heard that it is to stop
    seconds: float = 0.0  # of work so far, without waiting and pauses

    @property
    def reached(self) -> tuple[int, ...]:
        """How far it has come, to be compared with another time. A job that gets farther is not stuck."""
        return self.saved, list(Stage).index(self.stage), self.done


@dataclass(frozen=True)
class Attempt:
    """A process that works on a job."""

    process: ProcessId = NO_PROCESS
    count: int = 0  # processes started for this job so far
    fruitless: int = 0  # of those, the last ones in a row that were lost before they got anywhere
    reached: tuple[int, ...] = ()  # see `Progress.reached`: the farthest that an earlier one came


@dataclass(frozen=True)
class Outcome:
    """How a job ended."""

    state: State
    problem: Message | None = None  # why it failed
    labels: tuple[str, ...] = ()  # of a classifier: labels for which the request must say a side


def read_folder(folder: Path) -> Job | None:
    """The job in a folder, without its place among the others. None if there is none, or nobody can read it."""
    content = _read_request(folder)
    if content is None:
        return None
    request, sequence, queued = content
    progress, outcome = read_progress(folder), read_outcome(folder)
    lives = outcome is None and is_worked_on(folder)
    if outcome is None and not lives:  # it may have ended between the two looks
        outcome = read_outcome(folder)
    state = outcome.state if outcome else _state(folder, progress, read_control(folder), lives)
    return Job(
        folder,
        layout.id_of(folder),
        request,
        state,
        progress.stage,
        left=0.0 if outcome else (progress.left if progress.left is not None else request.expected),
        problem=outcome.problem if outcome else None,
        pinned=(folder / layout.PINNED).exists(),
        done=progress.done,
        total=progress.total,
        sequence=sequence,
        queued=queued,
        labels=outcome.labels if outcome else (),
    )


def _state(folder: Path, progress: Progress, control: Control, lives: bool) -> State:
    """What a job does that has not ended. lives: whether a process works on it."""
    asked_for_steps = control.steps > progress.steps
    if control.want in (Want.STOP, Want.CANCEL):
        return State.STOPPING
    turn = (folder / layout.TURN).exists()
    if control.want == Want.PAUSE and not asked_for_steps:
        held = progress.paused or (folder / layout.SUSPENDED).exists()
        return State.PAUSED if held or not (lives or turn) else State.PAUSING
    if not turn:
        return State.RUNNING if lives and asked_for_steps else State.WAITING
    return State.RUNNING if lives else State.LOST


def is_worked_on(folder: Path) -> bool:
    """Whether a process works on the job in a folder, or has just been started for it."""
    return living_writer(folder / layout.LOCK) is not None or is_alive(read_attempt(folder).process)


def worker_process(folder: Path) -> psutil.Process | None:
    """The process on this machine that works on the job in a folder; None if there is none."""
    writer = read_writer(folder / layout.LOCK)
    if writer is not None and (found := find_process(ProcessId(writer.pid, writer.started, writer.machine))):
        return found
    return find_process(read_attempt(folder).process)


def has_ended(folder: Path) -> bool:
    """Whether the job in a folder has said how it ended."""
    return read_outcome(folder) is not None


def write_request(folder: Path, request: Request, sequence: int, queued: float) -> None:
    """Write what to do. queued: seconds since 1970. Raises OSError if it cannot be written."""
    content = {"kind": request.kind, "sequence": sequence, "queued": queued, "request": pack_request(request)}
    write_json(folder / layout.REQUEST, FORMAT.stamp(content))


def write_progress(folder: Path, progress: Progress) -> None:
    """Replace how far the job has come. Raises OSError if it cannot be written."""
    write_json(folder / layout.PROGRESS, asdict(progress))


def write_attempt(folder: Path, attempt: Attempt) -> None:
    """Replace which process works on the job. Raises OSError if it cannot be written."""
    write_json(folder / layout.ATTEMPT, asdict(attempt))


def write_outcome(folder: Path, outcome: Outcome) -> None:
    """Write how the job ended. Raises OSError if it cannot be written."""
    packed = pack(outcome.problem) if outcome.problem is not None else None
    content = {"state": outcome.state, "problem": packed, "labels": outcome.labels}
    write_json(folder / layout.OUTCOME, content)


def read_progress(folder: Path) -> Progress:
    """How far the job has come. A missing or damaged file says nothing."""
    try:
        known = known_entries(Progress, _load(folder / layout.PROGRESS))
        progress = Progress(**known | {"stage": Stage(known["stage"])})
        if not int(progress.done) >= 0 or not int(progress.total) >= 0:
            raise ValueError("a negative number")
        return replace(progress, left=None if progress.left is None else float(progress.left))
    except (OSError, ValueError, TypeError, KeyError):
        return Progress()


def read_attempt(folder: Path) -> Attempt:
    """Which process works on the job, or did last. A missing or damaged file says nothing."""
    try:
        known = known_entries(Attempt, _load(folder / layout.ATTEMPT))
        (number, start, machine), reached = known["process"], tuple(map(int, known["reached"]))
        process = ProcessId(int(number), float(start), str(machine))
        return Attempt(process, int(known["count"]), int(known["fruitless"]), reached)
    except (OSError, ValueError, TypeError, KeyError):
        return Attempt()


def read_outcome(folder: Path) -> Outcome | None:
    """How the job ended; None if it has not said so, or the file is damaged."""
    try:
        content = _load(folder / layout.OUTCOME)
        problem = None if content["problem"] is None else unpack(content["problem"])
        return Outcome(State(content["state"]), problem, tuple(map(str, content["labels"])))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _read_request(folder: Path) -> tuple[Request, int, float] | None:
    """What to do, the place in the order, and when it was queued. None if nobody can read it."""
    path = folder / layout.REQUEST
    try:
        found = path.stat()
        return _parse_request(path, (found.st_mtime_ns, found.st_size))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, SentimentError):
        return None


@lru_cache(maxsize=512)  # a request is written once, and every look at the queue needs all of them
def _parse_request(path: Path, _stamp: tuple[int, int]) -> tuple[Request, int, float]:
    content = FORMAT.upgrade(json.loads(path.read_text(encoding="utf-8")), path)
    request = unpack_request(content["kind"], content["request"])
    return request, int(content["sequence"]), float(content["queued"])


def _load(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise TypeError("no object")
    return content
