"""Reads a run folder. The folder is the only source of truth about a run.

Reading needs no torch: pages show everything except live predictions from these files.
"""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from sentiment_core.errors import PresetError, RunError
from sentiment_core.model.config import Recipe, read_recipe
from sentiment_core.runs import layout
from sentiment_core.runs.formats import RECIPE
from sentiment_core.runs.scores import Scores, load_scores
from sentiment_core.storage.files import check_readable
from sentiment_core.storage.formats import known_entries
from sentiment_core.storage.locks import living_writer


@dataclass(frozen=True)
class Checkpoint:
    """A row of history.jsonl: a point in training at which the valid split was evaluated and a frame kept."""

    epoch: float  # epochs trained; 0 before the first step
    step: int  # optimizer steps taken
    seconds: float  # spent training, without validation and writing
    tokens: int  # read in training
    train_loss: float | None  # mean over the reviews since the previous checkpoint; None at the start
    valid_loss: float  # mean over reviews
    valid_accuracy: float  # share of reviews

    @property
    def figures(self) -> tuple[float, ...]:
        """All numbers except train_loss."""
        return self.epoch, self.step, self.seconds, self.tokens, self.valid_loss, self.valid_accuracy


def kept_checkpoint(history: list[Checkpoint], keep: str) -> Checkpoint:
    """The first of the best checkpoints of a history, by the recipe's `keep`: the one whose weights are kept."""
    if keep == "last":
        return history[-1]
    if keep == "loss":
        return min(history, key=lambda checkpoint: checkpoint.valid_loss)
    return max(history, key=lambda checkpoint: checkpoint.valid_accuracy)


@dataclass(frozen=True)
class Run:
    """The contents of a run folder, without weights and frames."""

    path: Path
    status: str  # running, complete, interrupted or failed; stopped if it was killed while running
    recipe: Recipe
    data: dict[str, Any]  # source, fingerprint, sizes: reviews in each split, also unlabelled
    machine: dict[str, Any]  # processor, threads, precisions and devices of the training, versions
    history: list[Checkpoint]
    variation: dict[str, Any] = field(
        default_factory=dict
    )  # how an experiment's training differs from a plain one, by name

    @property
    def name(self) -> str:
        return self.path.name

    def settings(self) -> dict[str, Any]:
        """Everything that decides the run except its data: the settings of the recipe and of the variation, by name."""
        return self.recipe.settings() | self.variation

    @property
    def precisions(self) -> list[str]:
        """The precisions that it trained in, in order; empty for a run trained before they were recorded."""
        return self.machine.get("precisions", [])

    @property
    def precision(self) -> str | None:
        """The precision that it trained in last; None if it was not recorded."""
        return self.precisions[-1] if self.precisions else None

    @property
    def devices(self) -> list[str]:
        """The devices that it trained on, in order: cpu if none was recorded, else as `describe_device` names them."""
        return self.machine.get("devices", ["cpu"])

    @cached_property
    def best(self) -> Checkpoint:
        """The checkpoint whose weights are in model.safetensors."""
        return kept_checkpoint(self.history, self.recipe.keep)

    def scores(self) -> Scores | None:
        """Every test logit; None if the run has not read the test split. Raises RunError if the file is damaged."""
        return load_scores(self.path)

    def valid_scores(self) -> Scores | None:
        """Every valid logit; None if they were not kept. Raises RunError if the file is damaged."""
        return load_scores(self.path, layout.VALID)


def count_parameters(folder: Path) -> int:
    """The number of weights of a run, from the header of its file. A table of counts is not included.

    Raises RunError if the file cannot be read.
    """
    path = folder / "model.safetensors"
    check_readable(path, RunError)
    try:
        with safe_open(path, framework="numpy") as file:
            slices = [file.get_slice(name) for name in file.keys()]  # noqa: SIM118
            return sum(math.prod(part.get_shape()) for part in slices if part.get_dtype().startswith("F"))
    except (SafetensorError, OSError) as error:
        raise RunError("{path} is missing or damaged. Train the run again.", path=path) from error


def load_run(path: str | Path) -> Run:
    """Read the recipe and history of a run folder.

    Raises RunError if they are missing, damaged or newer than this program.
    """
    run = load_start(path)
    check_readable(run.path / layout.HISTORY, RunError)
    if run.status != "complete" and not (run.path / layout.HISTORY).exists():
        if run.status == "running":
            raise RunError("The run in {path} (running) has no weights yet. Wait for its first evaluation.", path=path)
        raise RunError(
            "The run in {path} ({status}) has no weights yet. Resume it: train --resume {path}.",
            path=path,
            status=run.status,
        )
    try:
        history = [Checkpoint(**known_entries(Checkpoint, row)) for row in read_rows(run.path).values()]
        if not all(math.isfinite(value) for checkpoint in history for value in checkpoint.figures):
            raise ValueError("a figure that is no number")
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise _damaged(run.path) from error
    if not history:
        raise RunError("The run in {path} has an empty history. Train it again.", path=path)
    return replace(run, history=history)


def load_start(path: str | Path) -> Run:
    """A run as recipe.json describes it, with an empty history: training may not have reached a checkpoint yet.

    Raises RunError if recipe.json is missing, damaged or newer than this program.
    """
    path = Path(path)
    check_readable(path / layout.RECIPE, RunError)
    if not os.path.exists(path / layout.RECIPE):  # Path.exists raises for a name that is too long
        raise RunError("{path} holds no run (no recipe.json). Name a folder that train wrote.", path=path)
    try:
        about = load_about(path)
        status = about["status"]
        if status == "running" and living_writer(path / layout.LOCK) is None:
            status = "stopped"
        recipe, variation = read_recipe(about["recipe"]), dict(about["variation"])
        run = Run(path, status, recipe, about["data"], about["machine"], [], variation)
        _check_origin(run.data, run.machine)
    except (OSError, ValueError, TypeError, KeyError, PresetError) as error:
        raise _damaged(path) from error
    return run


def load_about(path: Path) -> dict[str, Any]:
    """Everything in recipe.json in the current format, including unknown entries.

    Raises OSError, ValueError, TypeError or KeyError if it cannot be read, RunError if it is newer.
    """
    path = path / layout.RECIPE
    return RECIPE.upgrade(json.loads(path.read_text(encoding="utf-8")), path)


def read_rows(path: Path) -> dict[int, dict[str, Any]]:
    """The rows of history.jsonl by step, including unknown entries.

    Raises OSError, ValueError, TypeError or KeyError if they cannot be read.
    """
    rows = [json.loads(line) for line in (path / layout.HISTORY).read_text(encoding="utf-8").splitlines()]
    return {row["step"]: row for row in rows}


def _damaged(path: Path) -> RunError:
    return RunError("The run in {path} is damaged (recipe.json or history.jsonl). Train it again.", path=path)


def _check_origin(data: dict[str, Any], machine: dict[str, Any]) -> None:
    """Raise KeyError, TypeError or ValueError if an entry that pages show is missing or has a wrong type."""
    sizes = data["sizes"]
    texts = data["source"], data["fingerprint"], machine["processor"]
    counts = sizes["train"], sizes["valid"], sizes["test"], sizes.get("unlabelled", 0), machine["threads"]
    texts += (*machine.get("precisions", []), *machine.get("devices", []))
    if any(type(text) is not str for text in texts) or any(type(count) is not int for count in counts):
        raise ValueError("an entry of data or machine is of another type")
