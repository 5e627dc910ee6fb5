"""The run folder: written as training goes, each file replaced atomically, and the only truth about a run.

Reading one needs no torch: pages show everything but live predictions from these files.
"""

from __future__ import annotations

import json
import math
import os
import platform
import shutil
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from safetensors import SafetensorError, safe_open

from sentiment_core.errors import PresetError, RunError
from sentiment_core.files import atomic_path, write_json
from sentiment_core.model.presets import Recipe
from sentiment_core.text.tokenization import PAD, UNK, compact_json
from sentiment_core.training.card import model_card
from sentiment_core.training.frames import FILE as FRAMES_FILE
from sentiment_core.training.frames import Frames, write_frames

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from sentiment_core.model.recurrent import RecurrentClassifier

_PACKAGES = ("torch", "tokenizers", "safetensors", "numpy")
_FILES = {
    *("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "recipe.json"),
    *("history.jsonl", FRAMES_FILE, "test.parquet", "README.md"),
}


@dataclass(frozen=True)
class Moment:
    """A row of history.jsonl: the state of a run when a frame was taken and the valid split read."""

    epoch: float  # epochs trained, 0 before the first step
    step: int  # optimizer steps taken
    seconds: float  # spent training, validation and writing left out
    tokens: int  # read in training
    train_loss: float | None  # mean over the reviews since the moment before; None at the start
    valid_loss: float  # mean over reviews
    valid_accuracy: float  # share of reviews

    @property
    def figures(self) -> tuple[float, ...]:
        """All but train_loss."""
        return self.epoch, self.step, self.seconds, self.tokens, self.valid_loss, self.valid_accuracy


@dataclass(frozen=True)
class Scores:
    """The test split as a run judged it."""

    labels: np.ndarray  # [reviews] int64
    logits: np.ndarray  # [reviews] float32

    @property
    def accuracy(self) -> float:
        return float(((self.logits > 0) == (self.labels == 1)).mean())


@dataclass(frozen=True)
class Run:
    """What a run folder says about itself."""

    path: Path
    status: str  # running, complete, interrupted or failed
    recipe: Recipe
    data: dict[str, Any]  # source, fingerprint, sizes
    machine: dict[str, Any]  # processor, threads, versions
    history: list[Moment]

    @property
    def name(self) -> str:
        return self.path.name

    @cached_property
    def best(self) -> Moment:
        """The moment whose weights are in model.safetensors."""
        return max(self.history, key=lambda moment: moment.valid_accuracy)

    def scores(self) -> Scores | None:
        """Every test logit, or None where the run has not read the test split. Raises RunError where damaged."""
        path = self.path / "test.parquet"
        if not path.exists():
            return None
        try:
            table = pq.read_table(path, columns=["label", "logit"])
            return Scores(table["label"].to_numpy().astype(np.int64), table["logit"].to_numpy())
        except (OSError, KeyError, pa.ArrowInvalid) as error:
            raise RunError(f"{path} is damaged. Train the run again.") from error


def count_parameters(folder: Path) -> int:
    """Number of weights of a run, from the file's header alone. Raises RunError where it cannot be read."""
    path = folder / "model.safetensors"
    try:
        with safe_open(path, framework="numpy") as file:
            return sum(math.prod(file.get_slice(name).get_shape()) for name in file.keys())  # noqa: SIM118
    except (SafetensorError, OSError) as error:
        raise RunError(f"{path} is missing or damaged. Train the run again.") from error


def read_run(path: str | Path) -> Run:
    """Read a run folder's recipe and history. Raises RunError where they are missing or damaged."""
    path = Path(path)
    if not (path / "recipe.json").exists():
        raise RunError(f"{path} holds no run (no recipe.json). Name a folder that train wrote.")
    try:
        about = json.loads((path / "recipe.json").read_text(encoding="utf-8"))
        lines = (path / "history.jsonl").read_text(encoding="utf-8").splitlines()
        history = [Moment(**json.loads(line)) for line in lines]
        run = Run(path, about["status"], Recipe(**about["recipe"]), about["data"], about["machine"], history)
        if not all(math.isfinite(value) for moment in history for value in moment.figures):
            raise ValueError("a figure that is no number")
    except (OSError, ValueError, TypeError, KeyError, PresetError) as error:
        raise RunError(f"The run in {path} is damaged (recipe.json or history.jsonl). Train it again.") from error
    if not history:
        raise RunError(f"The run in {path} has an empty history. Train it again.")
    return run


class RunWriter:
    """Fills a run folder. After the first `add` the folder is a valid run, whatever happens next."""

    def __init__(self, path: Path, recipe: Recipe, tokenizer: Tokenizer, data: dict[str, Any]) -> None:
        from sentiment_core.model.weights import save_weights, write_config

        self.path = path
        self._save_weights = save_weights
        self._write_config = write_config
        self._recipe, self._tokenizer, self._data = recipe, tokenizer, data
        self._history: list[Moment] = []
        self._embeddings: list[np.ndarray] = []

    def open(self, model: RecurrentClassifier, overwrite: bool = False) -> None:
        """Claim the folder and write what is known before training. Raises RunError where it is not free."""
        claim_folder(self.path, overwrite)
        self.set_status("running")  # first, so that a folder left behind by a killed process is known for a run's
        self._write_config(self.path, model.config, self._recipe.max_length)
        with atomic_path(self.path / "tokenizer.json") as target:
            target.write_text(compact_json(self._tokenizer), encoding="utf-8")
        config = {"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": PAD, "unk_token": UNK}
        write_json(
            self.path / "tokenizer_config.json",
            config | {"model_max_length": self._recipe.max_length, "padding_side": "right", "truncation_side": "right"},
        )

    def add(self, moment: Moment, model: RecurrentClassifier) -> None:
        """Record a moment with its frame, and keep the weights where no moment before validated better."""
        better = all(moment.valid_accuracy > earlier.valid_accuracy for earlier in self._history)
        if better:
            self._save_weights(self.path, model)
        self._history.append(moment)
        self._embeddings.append(model.embedding.weight.detach().cpu().numpy().copy())
        steps = np.array([moment.step for moment in self._history], dtype=np.int64)
        write_frames(self.path, Frames(np.stack(self._embeddings), steps))
        lines = "".join(json.dumps(asdict(moment)) + "\n" for moment in self._history)
        with atomic_path(self.path / "history.jsonl") as target:
            target.write_text(lines, encoding="utf-8")

    def score(self, labels: np.ndarray, logits: np.ndarray) -> None:
        """Write test.parquet from labels [reviews] int64 and logits [reviews] float32."""
        columns = {"row": np.arange(len(labels), dtype=np.int32), "label": labels.astype(np.int8), "logit": logits}
        with atomic_path(self.path / "test.parquet") as target:
            encoding = {"row": "DELTA_BINARY_PACKED", "label": "PLAIN", "logit": "BYTE_STREAM_SPLIT"}
            pq.write_table(
                pa.table(columns), target, compression="zstd", use_dictionary=False, column_encoding=encoding
            )

    def close(self, status: str) -> None:
        """End the run with a status. A folder with no moment recorded is no run and goes."""
        if (self.path / "history.jsonl").exists():
            self.set_status(status)
        else:
            shutil.rmtree(self.path, ignore_errors=True)

    def set_status(self, status: str) -> None:
        """Write recipe.json with the status; past the start, the model card too."""
        import torch

        content = {
            "status": status,
            "recipe": asdict(self._recipe),
            "data": self._data,
            "machine": {
                "processor": platform.machine(),
                "threads": torch.get_num_threads(),
                "versions": {"python": platform.python_version()} | {name: version(name) for name in _PACKAGES},
            },
        }
        write_json(self.path / "recipe.json", content)
        if (self.path / "history.jsonl").exists():
            run = read_run(self.path)
            with atomic_path(self.path / "README.md") as target:
                target.write_text(model_card(run, run.scores()), encoding="utf-8")


def check_free(path: Path, overwrite: bool) -> None:
    """Raise RunError where `path` may not become a run folder.

    Only a run, and nothing but a run, is ever replaced, and only where `overwrite` says so.
    """
    nearest = next(place for place in (path, *path.parents) if place.exists())
    if not nearest.is_dir():
        raise RunError(f"{nearest} is a file. Name a folder for the run.")
    if not os.access(nearest, os.W_OK):
        raise RunError(f"Cannot write to {nearest}. Name a folder you may write to.")
    found = {entry.name for entry in path.iterdir()} if nearest == path else set()
    if not found:
        return
    if "recipe.json" not in found:
        raise RunError(f"{path} holds something other than a run. Name a new or empty folder.")
    if foreign := {name for name in found - _FILES if not name.endswith(".writing")}:
        raise RunError(f"{path} holds {min(foreign)}, which is no part of a run. Name a new or empty folder.")
    if not overwrite:
        raise RunError(f"{path} already holds a run. Name another folder, or say --overwrite to replace it.")


def claim_folder(path: Path, overwrite: bool) -> None:
    """Make `path` an empty folder. Raises RunError where it holds something that may not be replaced."""
    check_free(path, overwrite)
    try:
        path.mkdir(parents=True, exist_ok=True)
        for file in path.iterdir():
            file.unlink()
    except OSError as error:
        raise RunError(f"Cannot write to {path}: {error.strerror}. Name a folder you may write to.") from error
