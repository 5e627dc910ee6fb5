"""The folder of a job, and what it says. Needs no torch.

job.json             what to do
progress.json        how far it has come
outcome.json         how it ended: done, failed or cancelled
cancel               if it exists, the job is asked to end
partial.safetensors  the logits so far
log.txt              what the process printed
scores.json          the result, with valid.parquet and test.parquet: see `kept`
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from sentiment_core.errors import JobError
from sentiment_core.messages import Message
from sentiment_core.messages.packing import pack, unpack
from sentiment_core.storage.files import write_json
from sentiment_core.storage.formats import FileFormat, Step, known_entries, unchanged
from sentiment_core.storage.locks import living_writer
from sentiment_core.storage.processes import is_alive

REQUEST, PROGRESS, OUTCOME, CANCEL = "job.json", "progress.json", "outcome.json", "cancel"
PARTIAL, LOG, RESULT = "partial.safetensors", "log.txt", "scores.json"
LOCK = ".job"  # held by the process of the job
SCORES = "scores"  # the folder of all scoring jobs below the folder of live runs
_FORMAT = FileFormat((Step("0.4.0", unchanged),), JobError)  # of job.json and the files beside it


class State(StrEnum):
    """What a job is doing, or how it ended."""

    LIVING = "living"  # it waits or works
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    STOPPED = "stopped"  # its process ended without a word: killed, out of memory, or the machine was restarted


class Stage(StrEnum):
    """What a living job is doing."""

    STARTING = "starting"
    WAITING = "waiting"  # for another job to end
    READING = "reading"  # the data set
    LOADING = "loading"  # the classifier
    SCORING = "scoring"


@dataclass(frozen=True)
class Request:
    """What to score."""

    model: str  # hub:owner/name, or the absolute path of a classifier
    corpus: str  # absolute path of the corpus
    # Label -> negative, neutral or positive, for labels whose names do not say it.
    sides: dict[str, str] = field(default_factory=dict)
    device: str = "auto"  # as in `choose_device`
    queued: float = 0.0  # seconds since 1970, the place in the queue
    process: tuple[int, float] = (0, 0.0)  # number and creation time of the job's process

    @property
    def name(self) -> str:
        """What the classifier is called on pages."""
        return self.model if self.model.startswith("hub:") else Path(self.model).name


@dataclass(frozen=True)
class Progress:
    """How far a job has come."""

    stage: Stage = Stage.STARTING
    done: int = 0  # reviews scored, of all splits
    total: int = 0  # reviews to score
    seconds_left: float | None = None  # expected, from those scored since the process started


@dataclass(frozen=True)
class Job:
    """A job as its folder shows it."""

    folder: Path
    request: Request
    state: State
    progress: Progress
    problem: Message | None = None  # why it failed
    labels: tuple[str, ...] = ()  # labels of the classifier for which `sides` must say a side

    @property
    def place(self) -> tuple[float, str]:
        """Jobs work in this order."""
        return self.request.queued, str(self.folder)


def job_folder(root: Path, fingerprint: str, model: str) -> Path:
    """Where the scores of a classifier on a corpus with this fingerprint are, below the folder of live runs `root`."""
    name = model.removeprefix("hub:") if model.startswith("hub:") else Path(model).name
    return root / SCORES / fingerprint / name.replace("/", "--")


def read_job(folder: Path) -> Job | None:
    """What the folder says; None if there is no job, or nobody can read what it was to do."""
    try:
        content = _FORMAT.upgrade(json.loads((folder / REQUEST).read_text(encoding="utf-8")), folder / REQUEST)
        known = known_entries(Request, content)
        number, created = known.get("process", (0, 0.0))
        sides = {str(label): str(side) for label, side in known.get("sides", {}).items()}
        texts = {name: str(known[name]) for name in ("model", "corpus")}
        request = Request(
            **known | texts | {"queued": float(known["queued"]), "process": (int(number), created), "sides": sides}
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, JobError):
        return None
    progress = _read_progress(folder)
    if living_writer(folder / LOCK) is not None:
        return Job(folder, request, State.LIVING, progress)
    outcome = _read_outcome(folder)  # read after the lock, which the process releases after writing it
    if outcome is not None:
        return Job(folder, request, outcome[0], progress, *outcome[1:])
    if is_alive(request.process):  # it has not taken its lock yet
        return Job(folder, request, State.LIVING, replace(progress, stage=Stage.STARTING))
    return Job(folder, request, State.STOPPED, progress)


def list_jobs(root: Path) -> list[Job]:
    """All jobs below the folder of live runs, in the order of the queue."""
    try:
        folders = [path.parent for path in (root / SCORES).glob(f"*/*/{REQUEST}")]
    except OSError:
        return []
    return sorted(filter(None, map(read_job, folders)), key=lambda job: job.place)


def living_jobs(root: Path) -> list[Job]:
    """The jobs that wait or work, in the order of the queue."""
    return [job for job in list_jobs(root) if job.state == State.LIVING]


def write_request(folder: Path, request: Request) -> None:
    """Write what to do. Raises OSError if it cannot be written."""
    write_json(folder / REQUEST, _FORMAT.stamp(asdict(request)))


def write_progress(folder: Path, progress: Progress) -> None:
    """Replace how far the job has come. Raises OSError if it cannot be written."""
    write_json(folder / PROGRESS, asdict(progress))


def write_outcome(folder: Path, state: State, problem: Message | None = None, labels: tuple[str, ...] = ()) -> None:
    """Write how the job ended. Raises OSError if it cannot be written."""
    packed = pack(problem) if problem is not None else None
    write_json(folder / OUTCOME, {"state": state, "problem": packed, "labels": labels})


def _read_progress(folder: Path) -> Progress:
    """How far the job has come. A damaged file says nothing."""
    try:
        content: dict[str, Any] = json.loads((folder / PROGRESS).read_text(encoding="utf-8"))
        done, total, left = content["done"], content["total"], content["seconds_left"]
        if not 0 <= int(done) <= int(total):
            raise ValueError("more is done than there is")
        return Progress(Stage(content["stage"]), int(done), int(total), None if left is None else float(left))
    except (OSError, ValueError, TypeError, KeyError):
        return Progress()


def _read_outcome(folder: Path) -> tuple[State, Message | None, tuple[str, ...]] | None:
    """How the job ended; None if it has not said so, or the file is damaged."""
    try:
        content: dict[str, Any] = json.loads((folder / OUTCOME).read_text(encoding="utf-8"))
        problem = None if content["problem"] is None else unpack(content["problem"])
        return State(content["state"]), problem, tuple(map(str, content["labels"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
