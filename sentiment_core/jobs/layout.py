"""The names of the files of a job, and where jobs lie below the folder of live runs.

job.json        what it is asked to do, and its place in the order; written once
control.json    what people ask of it now; any process replaces it
progress.json   how far it has come; only its worker replaces it
events.jsonl    the log of what has happened; only its worker appends to it
outcome.json    how it ended
attempt.json    the process that works on it, and how often one was lost; only the supervisor replaces it
turn            exists while it has one of the places: the supervisor makes it, the worker gives it back
suspended       exists while the supervisor holds its process
pinned          exists if the owner of the server has pinned it as published
log.txt         what its process printed
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from pathlib import Path

REQUEST, CONTROL, PROGRESS, EVENTS = "job.json", "control.json", "progress.json", "events.jsonl"
OUTCOME, ATTEMPT, TURN, SUSPENDED, PINNED, LOG = (
    *("outcome.json", "attempt.json", "turn"),
    *("suspended", "pinned", "log.txt"),
)
LOCK = ".job"  # held by the process of a job
SUPERVISOR, STARTING = ".supervisor", ".starting"  # locks in the folder of all jobs
READY = ".ready"  # in the folder of all jobs: asks for a process that has loaded torch

JOBS, TRAINED, UPLOADS, SCORES = "jobs", "trained", "uploads", "scores"  # below the folder of live runs
LOTTERIES = "lotteries"  # there too
CODE = re.compile("[a-z2-9]{6}")  # of a lottery
ID = re.compile(r"[a-z2-7]{16}")
_TYPED = "abcdefghijkmnpqrstuvwxyz23456789"  # of a short code


def new_id() -> str:
    """An id that nobody can guess: who knows it may look at the job."""
    return _letters(secrets.token_bytes(10))


def short_code(letters: int) -> str:
    """A random code that people type, without letters and digits that look alike."""
    return "".join(secrets.choice(_TYPED) for _ in range(letters))


def training_folder(root: Path, job_id: str) -> Path:
    """The folder of a training job below the folder of live runs `root`."""
    return root / JOBS / job_id


def scoring_folder(root: Path, fingerprint: str, model: str) -> Path:
    """Where the scores of a classifier on a corpus with this fingerprint are, which is also the folder of its job."""
    name = model.removeprefix("hub:") if model.startswith("hub:") else Path(model).name
    return root / SCORES / fingerprint / name.replace("/", "--")


def root_of(folder: Path) -> Path:
    """The folder of live runs that the folder of a job lies in."""
    return folder.parent.parent if folder.parent.name == JOBS else folder.parents[2]


def id_of(folder: Path) -> str:
    """The id of the job in a folder. That of a scoring job follows from its place, because anybody may see those."""
    if folder.parent.name == JOBS:
        return folder.name
    place = "/".join(folder.parts[-2:])
    return _letters(hashlib.blake2b(place.encode(), digest_size=10).digest())


def job_folders(root: Path) -> list[Path]:
    """The folders of all jobs below the folder of live runs."""
    try:
        training = [path.parent for path in (root / JOBS).glob(f"*/{REQUEST}") if ID.fullmatch(path.parent.name)]
        return training + [path.parent for path in (root / SCORES).glob(f"*/*/{REQUEST}")]
    except OSError:  # a folder was removed meanwhile, or may not be read
        return []


def _letters(number: bytes) -> str:
    return base64.b32encode(number).decode("ascii").lower()
