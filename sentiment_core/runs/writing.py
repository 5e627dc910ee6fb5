"""Writes a run folder during training. Each file is replaced atomically, and only a run is ever overwritten."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tokenizers import Tokenizer

from sentiment_core.errors import DataError, LockedError, RunError
from sentiment_core.messages import lazy
from sentiment_core.model.config import Recipe
from sentiment_core.model.recurrent import RecurrentClassifier, parts_in_training
from sentiment_core.model.threads import threads_in_use
from sentiment_core.model.weight_files import write_config
from sentiment_core.model.weights import save_weights
from sentiment_core.runs import layout
from sentiment_core.runs.card import model_card
from sentiment_core.runs.error_tokens import save_error_tokens
from sentiment_core.runs.forgetting import Reach, add_reach
from sentiment_core.runs.formats import RECIPE
from sentiment_core.runs.frames import add_frame
from sentiment_core.runs.reading import Checkpoint, kept_checkpoint, load_about, load_run, read_rows
from sentiment_core.runs.scores import Scores, save_scores
from sentiment_core.storage.files import write_json, write_text
from sentiment_core.storage.formats import keep_unknown
from sentiment_core.storage.locks import hold, living_writer, lock_files
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.text.tokenization import PAD, UNK, compact_json

_PACKAGES = ("torch", "tokenizers", "safetensors", "numpy")


class RunWriter:
    """Writes a run folder. After the first `add` the folder is a valid run, whatever happens next."""

    def __init__(
        self,
        path: Path,
        recipe: Recipe,
        tokenizer: Tokenizer,
        data: dict[str, Any],
        precisions: Sequence[str],
        devices: Sequence[str],
        variation: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """precisions, devices: those that the run has trained in and on, in order; the last ones are current.

        variation: how its procedure differs from a plain training, see training/procedure.py.
        """
        self.path = path
        self._recipe, self._tokenizer, self._data = recipe, tokenizer, data
        self._precisions, self._devices, self._variation = list(precisions), list(devices), dict(variation)
        # What the folder held before it was resumed, to keep entries that this program does not know.
        self._about: dict[str, Any] = {}
        self._rows: dict[int, dict[str, Any]] = {}  # rows of history.jsonl by step

    def open(self, model: RecurrentClassifier) -> None:
        """Write what is known before training into the folder, which `claim_folder` has emptied."""
        self.set_status("running")  # first, so that the folder is recognised as a run if the process is killed
        write_config(self.path, model.config, model.vocab_size, self._recipe.max_length)
        write_text(self.path / "tokenizer.json", compact_json(self._tokenizer))
        config: dict[str, Any] = {"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": PAD, "unk_token": UNK}
        config["split_special_tokens"] = True  # a typed [PAD] is text, not padding
        write_json(
            self.path / "tokenizer_config.json",
            config | {"model_max_length": self._recipe.max_length, "padding_side": "right", "truncation_side": "right"},
        )

    def reopen(self) -> None:
        """Continue with the folder of a stopped training, perhaps killed while it wrote a file."""
        for half in self.path.glob(".*.writing"):  # unfinished files of killed processes: only this process writes here
            half.unlink()
        with suppress(OSError, ValueError, TypeError, KeyError):  # missing or damaged files are written again
            self._about = load_about(self.path)
            self._rows = read_rows(self.path)
        self.set_status("running")

    def add(self, history: list[Checkpoint], model: RecurrentClassifier, reach: Reach) -> None:
        """Record the last checkpoint of `history` with its frame, and save the weights if the recipe keeps them.

        reach: how far back the gradients of `model` reach.
        Recording a checkpoint twice changes nothing.
        """
        checkpoint = history[-1]
        if kept_checkpoint(history, self._recipe.keep) is checkpoint:
            save_weights(self.path, model)
        if self._recipe.frames:
            embedding = model.embedding.weight.detach().cpu().numpy()
            add_frame(self.path, embedding, checkpoint.step, place=len(history) - 1)
        add_reach(self.path, reach)
        rows = [keep_unknown(self._rows.get(checkpoint.step), asdict(checkpoint)) for checkpoint in history]
        write_text(self.path / layout.HISTORY, "".join(json.dumps(row) + "\n" for row in rows))

    def score(self, name: str, scores: Scores) -> None:
        """Write the file `name`, layout.VALID or layout.TEST."""
        save_scores(self.path, scores, name)

    def count_errors(self, scores: Scores, test: EncodedReviews) -> None:
        """Write error_tokens.parquet of the encoded test split, if the run shares the tokenizer of the corpus above."""
        try:
            corpus = load_corpus(self.path.parent)
            shared, own = ((path / "tokenizer.json").read_bytes() for path in (corpus.path, self.path))
        except (DataError, OSError):
            return
        if corpus.fingerprint == self._data["fingerprint"] and shared == own:
            save_error_tokens(self.path, corpus, test, scores)

    def finish(self) -> None:
        """Mark the run as complete. The state is deleted last, so that a kill before that can be resumed."""
        self.set_status("complete")
        (self.path / layout.STATE).unlink()

    def close(self, status: str) -> None:
        """End the run before it is complete. The folder is deleted if no checkpoint was recorded.

        It is kept if the run was interrupted during pretraining: the pretraining's state is in the cache, and the run
        can be resumed.
        """
        pretraining = status == "interrupted" and self._recipe.pretraining_epochs
        if pretraining or (self.path / layout.HISTORY).exists():
            with suppress(OSError):  # on a full disk the status stays, and the error that ended the run is raised
                self.set_status(status)
        else:
            with suppress(OSError):  # the folder itself is deleted when its lock is released
                for file in _content(self.path):
                    file.unlink()

    def set_status(self, status: str) -> None:
        """Write recipe.json with the status and, after the start, the model card."""
        content = {
            "status": status,
            "recipe": asdict(self._recipe),
            "variation": self._variation,
            "data": self._data,
            "machine": {
                "processor": platform.machine(),
                "threads": threads_in_use(parts_in_training(self._recipe.network, self._recipe.batch_size)),
                "precisions": self._precisions,
                "devices": self._devices,
                "versions": {"python": platform.python_version()} | {name: version(name) for name in _PACKAGES},
            },
        }
        write_json(self.path / layout.RECIPE, RECIPE.stamp(keep_unknown(self._about, content)))
        if (self.path / layout.HISTORY).exists():
            run = load_run(self.path)
            write_text(self.path / layout.CARD, model_card(run, run.scores()))


@contextmanager
def hold_folder(path: Path) -> Iterator[None]:
    """Be the only process that writes into the run folder `path`. It is created if it does not exist.

    Created folders are deleted again if the block leaves nothing in them.
    Raises LockedError if another process is training there, RunError if the folder cannot be written to.
    """
    try:
        made = [place for place in (path, *path.parents) if not place.exists()]
        path.mkdir(parents=True, exist_ok=True)
        held = ExitStack()
        held.enter_context(hold(path / layout.LOCK, lazy("{path} is being trained.", path=path)))
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with held:
            yield
    finally:
        with suppress(OSError):  # one of them is not empty
            for place in made:
                place.rmdir()


def check_unlocked(path: Path) -> None:
    """Raise LockedError if another process is training in `path`: immediately, before data is read."""
    if writer := living_writer(path / layout.LOCK):
        raise LockedError(
            "{action} Wait for it to end, or stop it: {writer}.",
            action=lazy("{path} is being trained.", path=path),
            writer=writer.words(),
        )


def check_free(path: Path, overwrite: bool) -> None:
    """Raise RunError if `path` may not become a run folder, LockedError if another process is training there.

    Only a run can be replaced, and only if `overwrite` is set.
    """
    check_unlocked(path)
    _check_place(path, overwrite)


def _check_place(path: Path, overwrite: bool) -> None:
    try:
        nearest = next(place for place in (path, *path.parents) if place.exists())
        found = {file.name for file in _content(path) if not file.match(".*.writing")} if path.is_dir() else set()
    except OSError as error:  # no permission, or too long a name
        raise _unwritable(path, error) from error
    if not nearest.is_dir():
        raise RunError("{path} is a file. Name a folder for the run.", path=nearest)
    if not os.access(nearest, os.W_OK):
        raise RunError("Cannot write to {path}. Name a folder you may write to.", path=nearest)
    if not found:
        return
    if layout.RECIPE not in found:
        raise RunError("{path} holds something other than a run. Name a new or empty folder.", path=path)
    if foreign := found - layout.FILES:
        raise RunError(
            "{path} holds {name}, which does not belong to a run. Name a new or empty folder.",
            path=path,
            name=min(foreign),
        )
    if not overwrite:
        raise RunError("{path} already holds a run. Name another folder, or give --overwrite to replace it.", path=path)


def claim_folder(path: Path, overwrite: bool) -> None:
    """Make `path` an empty folder, within `hold_folder`.

    Raises RunError if it holds something that may not be replaced.
    """
    _check_place(path, overwrite)
    try:
        path.mkdir(parents=True, exist_ok=True)
        # Delete the state first and recipe.json last: after a kill the rest is still recognised as a run, and never
        # resumed.
        for file in sorted(_content(path), key=lambda file: (file.name == layout.RECIPE, file.name != layout.STATE)):
            file.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error


def _content(path: Path) -> list[Path]:
    """The contents of a folder, without the lock files."""
    return [file for file in path.iterdir() if file not in lock_files(path / layout.LOCK)]


def _unwritable(path: Path, error: OSError) -> RunError:
    return RunError(
        "Cannot write to {path}: {reason}. Name a folder you may write to.", path=path, reason=error.strerror
    )
