"""What a training will take on this machine, from steps that were measured on it. Needs no torch.

    found = estimate([recipe, other], lengths, vocab, default_cache())
    found.measuring    # ask again later
    found.seconds, found.tokens_per_second, found.megabytes

Steps are measured in a short process of its own (`measuring`), one at a time on a machine, and kept in the cache by
the shape of the network and the machine. So the second question is answered at once. Nobody needs an answer to start
a training.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from sentiment_core.errors import JobError
from sentiment_core.model.config import Recipe
from sentiment_core.storage.formats import FileFormat, Step, known_entries, unchanged
from sentiment_core.storage.locks import living_writer
from sentiment_core.storage.processes import module_command, start_detached
from sentiment_core.training.batching import bucketed_batches, sorted_batches

CHECKPOINTS = 3  # besides one for each epoch: at the start, and two in the first epoch
READ_AT_ONCE = 64  # reviews of a batch that is only read, as in training/judging.py
_START, _CHECKPOINT = 1.0, 0.25  # seconds to start a training, and to write a checkpoint with its figures
_TOKEN_BYTES = 12  # of the training process for each token of a review: its id and its text
_PATIENCE = 4.0  # seconds that a process may take until it holds its lock
FORMAT = FileFormat((Step("0.4.0", unchanged),), JobError)
_asked: dict[Path, float] = {}  # folder of estimates -> monotonic time at which a measurement was started


@dataclass(frozen=True)
class Estimate:
    """What a training will take. The figures are None while they are measured, and if they cannot be."""

    measuring: bool
    seconds: float | None = None  # from its start to its test score, on the machine as idle as when it was measured
    tokens_per_second: float | None = None  # that each network reads in training, while both take turns
    megabytes: float | None = None  # of memory, at most


@dataclass(frozen=True)
class Measured:
    """Steps of a network of one shape, at several widths of a batch."""

    widths: tuple[float, ...]  # tokens
    steps: tuple[float, ...]  # seconds of a step
    readings: tuple[float, ...]  # seconds to read a batch of `READ_AT_ONCE` without training
    memory: tuple[float, ...]  # MB of the process, with all that training loads


def estimate(recipes: Sequence[Recipe], lengths: dict[str, np.ndarray], vocab: int, cache: Path) -> Estimate:
    """What training these recipes in lockstep will take. Starts a measurement if it is needed, and returns at once.

    lengths: tokens of each review of the splits train, valid and test [reviews]; a split that is not given counts as
        empty, except train.
    vocab: tokens of the tokenizer.
    """
    folder = cache / "estimates"
    found = [read_measured(folder, recipe, vocab) for recipe in recipes]
    if missing := [recipe for recipe, one in zip(recipes, found, strict=True) if one is None]:
        return Estimate(_measure(folder, missing, vocab))
    known = [one for one in found if one is not None]
    if not all(one.widths for one in known):  # it could not be measured: the network does not fit into memory
        return Estimate(measuring=False)
    parts = [_seconds(recipe, one, lengths) for recipe, one in zip(recipes, known, strict=True)]
    tokens = [recipe.epochs * int(np.minimum(lengths["train"], recipe.max_length).sum()) for recipe in recipes]
    stepping = sum(part[0] for part in parts)
    megabytes = _megabytes(recipes, known, lengths)
    return Estimate(False, _START + sum(map(sum, parts)), max(tokens) / max(stepping, 1e-9), megabytes)


def _seconds(recipe: Recipe, measured: Measured, lengths: dict[str, np.ndarray]) -> tuple[float, float]:
    """Seconds of the steps of a training, and of its evaluations."""
    cut = {name: np.minimum(split, recipe.max_length) for name, split in lengths.items() if len(split)}
    batches = bucketed_batches(cut["train"], recipe.batch_size, np.random.default_rng(0))
    steps = recipe.epochs * _sum(cut["train"], batches, measured.widths, measured.steps)
    checkpoints = recipe.epochs + CHECKPOINTS
    times = {"valid": checkpoints + 1, "test": 1}  # valid once more at the end, with the weights that are kept
    reading = sum(
        count * _sum(cut[name], sorted_batches(cut[name], READ_AT_ONCE), measured.widths, measured.readings)
        for name, count in times.items()
        if name in cut
    )
    return steps, reading + checkpoints * _CHECKPOINT


def _sum(lengths: np.ndarray, batches: list[np.ndarray], widths: Sequence[float], seconds: Sequence[float]) -> float:
    """Seconds of all batches, between the measured widths in proportion."""
    widest = np.array([lengths[rows].max() for rows in batches])
    return float(_between(widest, widths, seconds).sum())


def _between(at: np.ndarray, widths: Sequence[float], values: Sequence[float]) -> np.ndarray:
    """Values at other widths: between two measured ones in proportion, beyond the last on the line through the last."""
    inside = np.interp(at, widths, values)
    slope = (values[-1] - values[-2]) / (widths[-1] - widths[-2])
    return np.where(at > widths[-1], values[-1] + slope * (at - widths[-1]), inside)


def _megabytes(recipes: Sequence[Recipe], found: Sequence[Measured], lengths: dict[str, np.ndarray]) -> float:
    """Memory of the process at most. Two networks share what the first measured width shows: program and libraries."""
    longest = lengths["train"].max(initial=1)
    at = [
        float(_between(np.array([min(recipe.max_length, longest)]), one.widths, one.memory)[0])
        for recipe, one in zip(recipes, found, strict=True)
    ]
    shared = min(one.memory[0] for one in found)
    tokens = sum(int(split.sum()) for split in lengths.values())
    return sum(at) - shared * (len(at) - 1) + tokens * _TOKEN_BYTES / 2**20


def read_measured(folder: Path, recipe: Recipe, vocab: int) -> Measured | None:
    """What was measured of a recipe's network; None if nothing was, or it is damaged. No widths: it cannot be."""
    path = path_of(folder, recipe, vocab)
    try:
        content = known_entries(Measured, FORMAT.upgrade(json.loads(path.read_text(encoding="utf-8")), path))
        measured = Measured(**{name: tuple(map(float, values)) for name, values in content.items()})
        if len({len(values) for values in (measured.widths, measured.steps, measured.readings, measured.memory)}) > 1:
            raise ValueError("columns of different length")
        return measured
    except (OSError, ValueError, TypeError, KeyError, AttributeError, JobError):
        return None


def path_of(folder: Path, recipe: Recipe, vocab: int) -> Path:
    """Where the measurement of a recipe's network is kept: by its shape and this machine."""
    shape: list[Any] = [asdict(recipe.network), recipe.batch_size, bool(recipe.clip), vocab]
    machine = [platform.node(), platform.machine(), os.cpu_count(), os.environ.get("OMP_NUM_THREADS"), version("torch")]
    digest = hashlib.blake2b(json.dumps([shape, machine]).encode(), digest_size=8).hexdigest()
    return folder / f"{digest}.json"


def lock_of(folder: Path) -> Path:
    """The lock that a measuring process holds."""
    return folder / ".measuring"


def _measure(folder: Path, recipes: Sequence[Recipe], vocab: int) -> bool:
    """Let a process measure these, unless one measures now. Returns whether an answer can be expected."""
    now = time.monotonic()
    if living_writer(lock_of(folder)) is not None or now - _asked.get(folder, -_PATIENCE) < _PATIENCE:
        return True
    _asked[folder] = now
    task = json.dumps({"vocab": vocab, "recipes": [asdict(recipe) for recipe in recipes]})
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        command = module_command("sentiment_core.jobs.measuring", folder, task)
        start_detached(command, folder / "log.txt", {"OMP_WAIT_POLICY": "PASSIVE"})
        return True
    return False
