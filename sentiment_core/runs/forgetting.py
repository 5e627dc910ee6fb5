"""How far back a network's gradients reach at each checkpoint of its training: forgetting.parquet.

At every checkpoint the gradients of a few fixed valid reviews are measured (training/forgetting.py). Their figures take
a few kilobytes, so that forgetting can be followed through a training whose weights were not kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.errors import NewerRunError, RunError
from sentiment_core.runs import layout
from sentiment_core.storage.files import atomic_path, check_readable
from sentiment_core.storage.formats import FileFormat, Step, unchanged
from sentiment_core.storage.tables import plain_column

FORMAT = FileFormat((Step("0.3.0", unchanged),), NewerRunError)  # of the entry `forgetting` in the file's metadata
FLOOR = -12.0  # a norm below 1e-12, also of exactly 0, is recorded as this
# Tokens between a state and the end of the reading. Each is about a third more than the one before.
DISTANCES = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768)
_KEY = b"forgetting"
_FIGURES = ("logit", "logit_spread", "last", "last_spread")


@dataclass(frozen=True)
class Reach:
    """How far back the gradients of the top layer reach at one checkpoint, over a fixed set of valid reviews.

    The last axis is the distance: how many tokens a direction reads after the state. The arrays are means and standard
    deviations, over the reviews that are long enough, of log10 of the norm of a gradient.
    """

    step: int  # optimizer steps taken
    accuracy: float  # valid accuracy of this training at this checkpoint
    distances: np.ndarray  # [distances] int64, tokens
    reviews: np.ndarray  # [distances] int64, reviews that are long enough
    logit: np.ndarray  # [directions, distances] float32, of the logit with respect to the state
    logit_spread: np.ndarray  # [directions, distances] float32
    # Of one number read from the last state, along a fixed random direction of length 1 for each review: how much of a
    # change of the state arrives there. Unlike `logit`, it leaves out what the pooling reads on the way.
    last: np.ndarray  # [directions, distances] float32
    last_spread: np.ndarray  # [directions, distances] float32


@dataclass(frozen=True)
class Forgetting:
    """The contents of forgetting.parquet."""

    checkpoints: list[Reach]  # in the order of training; the first is before it if the run was recorded from its start
    again: bool  # whether they come from a second training with the run's recipe and seed, not the one of its weights


def add_reach(folder: Path, reach: Reach) -> None:
    """Write a checkpoint's figures into a run folder. Figures from its step on are replaced.

    A damaged file is started again: the figures are not needed to train.
    """
    try:
        before = load_forgetting(folder)
    except NewerRunError:
        raise
    except RunError:
        before = None
    kept = [known for known in before.checkpoints if known.step < reach.step] if before else []
    _write(folder, [*kept, reach], {"again": False})


def adopt(folder: Path, second: Path) -> None:
    """Copy the figures of a second training of the same recipe, in the run folder `second`, into a run folder.

    Raises RunError if `second` holds none.
    """
    found = load_forgetting(second)
    if found is None:
        raise RunError("{path} holds no {name}. Train the run again.", path=second, name=layout.FORGETTING)
    _write(folder, found.checkpoints, {"again": True})


def load_forgetting(folder: Path) -> Forgetting | None:
    """The figures of a run; None if it was trained before they were recorded.

    Raises RunError if the file is damaged, NewerRunError if it is newer than this program.
    """
    path = folder / layout.FORGETTING
    check_readable(path, RunError)
    if not path.exists():
        return None
    try:
        table = pq.read_table(path)
        about = FORMAT.upgrade(json.loads(table.schema.metadata[_KEY]), path)
        columns = {name: table[name].to_numpy() for name in table.column_names}
        steps = dict.fromkeys(columns["step"].tolist())
        found = [_take(columns, step) for step in steps]
        if not found:
            raise ValueError("no checkpoint")
        return Forgetting(found, bool(about["again"]))
    except (OSError, KeyError, ValueError, TypeError, pa.ArrowException) as error:
        raise RunError("{path} is damaged. Train the run again.", path=path) from error


def _take(columns: dict[str, np.ndarray], step: int) -> Reach:
    """The rows of one checkpoint. Raises ValueError if they are no full table of directions and distances."""
    rows = columns["step"] == step
    first = rows & (columns["direction"] == 0)
    distances, reviews = (columns[name][first].astype(np.int64) for name in ("distance", "reviews"))
    figures = [columns[name][rows].astype(np.float32).reshape(-1, len(distances)) for name in _FIGURES]
    accuracy = float(columns["accuracy"][rows][0])
    if not all(np.isfinite(values).all() for values in (*figures, accuracy)):
        raise ValueError("a figure that is no number")
    return Reach(step, accuracy, distances, reviews, *figures)


def _write(folder: Path, checkpoints: Sequence[Reach], about: dict[str, Any]) -> None:
    parts = []
    for reach in checkpoints:
        directions, count = reach.logit.shape
        parts.append(
            {
                "step": np.full(directions * count, reach.step, np.int32),
                "accuracy": np.full(directions * count, reach.accuracy, np.float32),
                "direction": np.repeat(np.arange(directions, dtype=np.int8), count),
                "distance": np.tile(reach.distances.astype(np.int32), directions),
                "reviews": np.tile(reach.reviews.astype(np.int32), directions),
            }
            | {name: getattr(reach, name).astype(np.float32).ravel() for name in _FIGURES}
        )
    table = pa.table({name: plain_column(np.concatenate([part[name] for part in parts])) for name in parts[0]})
    table = table.replace_schema_metadata({_KEY: json.dumps(FORMAT.stamp(about))})
    with atomic_path(folder / layout.FORGETTING) as target:
        pq.write_table(table, target, compression="zstd", use_dictionary=["step", "accuracy", "direction", "distance"])
