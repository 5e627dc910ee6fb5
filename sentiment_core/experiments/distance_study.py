"""The record of the study of small networks that must remember over a distance: distance.json in a corpus folder.

Needs no torch. experiments/distance.py makes it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sentiment_core.errors import NewerRunError, RunError
from sentiment_core.storage.files import check_readable, write_text
from sentiment_core.storage.formats import FileFormat, Step, known_entries, unchanged

FILE = "distance.json"
FORMAT = FileFormat((Step("0.3.0", unchanged),), NewerRunError)
SHARED: dict[str, Any] = {
    "embedding_size": 16,
    "hidden_size": 32,
    "pooling": "last",
    "max_length": 100,
    "epochs": 12,
    "batch_size": 32,
    "learning_rate": 3e-3,
}


@dataclass(frozen=True)
class Outcome:
    """One training of one condition."""

    seed: int
    accuracies: list[float]  # valid accuracy after each epoch
    largest: float  # largest norm of a step's gradient, before clipping
    median: float  # median norm of a step's gradient, before clipping
    before: list[float]  # log10 of what arrives at the last state of a change, at each distance, before training
    after: list[float]  # the same after training; empty if the loss was not a number


@dataclass(frozen=True)
class DistanceStudy:
    """The outcomes of all conditions."""

    distances: list[int]  # tokens between a state and the last
    words: int  # least number of words after the cue
    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)  # by the name of the condition; one for each seed


def load_study(corpus: Path) -> DistanceStudy | None:
    """The study in a corpus folder; None if there is none.

    Raises RunError if it is damaged, NewerRunError if it is newer than this program.
    """
    path = corpus / FILE
    check_readable(path, RunError)
    if not path.exists():
        return None
    try:
        content = FORMAT.upgrade(json.loads(path.read_text(encoding="utf-8")), path)
        outcomes = {
            name: [Outcome(**known_entries(Outcome, outcome)) for outcome in found]
            for name, found in content["outcomes"].items()
        }
        study = DistanceStudy(content["distances"], content["words"], outcomes)
        for found in study.outcomes.values():
            for outcome in found:
                if len(outcome.before) != len(study.distances) or not np.isfinite(outcome.before).all():
                    raise ValueError("not a figure for each distance")
        return study
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise RunError("{path} is damaged. Write it again: {command}.", path=path, command=COMMAND) from error


COMMAND = "python -m sentiment_core.experiments.distance"


def write_study(corpus: Path, study: DistanceStudy) -> None:
    """Write the study into a corpus folder."""
    write_text(corpus / FILE, json.dumps(FORMAT.stamp(asdict(study)), separators=(",", ":")) + "\n")
