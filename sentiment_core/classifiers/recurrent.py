"""A trained network and what it says about a text."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from sentiment_core.classifiers.prediction import Evaluation, Prediction
from sentiment_core.classifiers.tokens import Reading, read_text
from sentiment_core.errors import RunError
from sentiment_core.model.config import NetworkConfig
from sentiment_core.model.device import choose_device
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.weights import load_model, read_max_length
from sentiment_core.runs.reading import Run, Scores, load_run
from sentiment_core.text.encoding import EncodedReviews, encode_reviews, tokenizer_fingerprint
from sentiment_core.text.reviews import Split
from sentiment_core.text.tokenization import UNK_ID, load_tokenizer
from sentiment_core.training.loop import predict_logits


@dataclass(frozen=True)
class Classifier:
    """A trained network with its tokenizer. Shared between readers: nothing in it is ever changed."""

    path: Path  # the folder it was loaded from
    model: RecurrentClassifier
    tokenizer: Tokenizer
    max_length: int  # tokens read of each text
    run: Run | None  # how it was trained; None where transformers saved it, which keeps no record of that

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Judge each text. Raises TextError for a blank one or one over a million characters."""
        return [prediction for _, prediction in self.read_and_judge([texts] if isinstance(texts, str) else texts)]

    def read_and_judge(self, texts: Sequence[str]) -> list[tuple[Reading, Prediction]]:
        """Each text as its tokens, and the judgement. Raises as `predict` does."""
        if not texts:
            return []
        started = time.perf_counter()
        readings = [self.read(text) for text in texts]
        return list(zip(readings, self._judge(readings, time.perf_counter() - started), strict=True))

    def read(self, text: str) -> Reading:
        """A text as its tokens. Raises as `predict` does."""
        return read_text(text, self.tokenizer, self.max_length)

    @cached_property
    def tokenizer_fingerprint(self) -> str:
        """The same for networks that make the same tokens of every text."""
        return tokenizer_fingerprint(self.tokenizer)

    def _judge(self, readings: Sequence[Reading], seconds: float) -> list[Prediction]:
        """Each text judged by its tokens, which it took so many seconds to make."""
        started = time.perf_counter() - seconds
        ids = [reading.ids for reading in readings]
        lengths = np.array([len(row) for row in ids])
        encoded = EncodedReviews(
            np.concatenate(ids), np.concatenate([[0], np.cumsum(lengths)]), np.zeros(len(ids), np.int64)
        )
        limit = self.max_length
        logits = predict_logits(self.model, encoded, limit)
        milliseconds = (time.perf_counter() - started) * 1000 / len(ids)
        return [
            Prediction(
                float(logit),
                int(length),
                int(min(length, limit)),
                int((row[:limit] == UNK_ID).sum()),
                *reading.word_counts,
                milliseconds,
            )
            for logit, length, row, reading in zip(logits, lengths, ids, readings, strict=True)
        ]

    def evaluate(self, split: Split, cache: Path | None = None) -> Evaluation:
        """Judge every review of a labelled split."""
        encoded = encode_reviews(split, self.tokenizer, cache)
        started = time.perf_counter()
        logits = predict_logits(self.model, encoded, self.max_length)
        seconds = time.perf_counter() - started
        loss = F.binary_cross_entropy_with_logits(torch.from_numpy(logits), torch.from_numpy(split.labels).float())
        return Evaluation(Scores(split.labels, logits), float(loss), seconds)


def judge_with_each(text: str, classifiers: Mapping[str, Classifier]) -> dict[str, tuple[Reading, Prediction]]:
    """One text as each classifier reads and judges it, by name.

    It is tokenized once for all that share a tokenizer; the time that took counts for each of them.
    Raises as `predict` does.
    """
    tokenized: dict[str, tuple[dict[int, Reading], float]] = {}  # readings by max length, and seconds
    judged = {}
    for name, classifier in classifiers.items():
        key, limit = classifier.tokenizer_fingerprint, classifier.max_length
        if key not in tokenized:
            started = time.perf_counter()
            tokenized[key] = {limit: classifier.read(text)}, time.perf_counter() - started
        readings, seconds = tokenized[key]
        if limit not in readings:
            readings[limit] = replace(next(iter(readings.values())), max_length=limit)
        judged[name] = readings[limit], classifier._judge([readings[limit]], seconds)[0]
    return judged


def load_classifier(folder: str | Path, device: str = "cpu") -> Classifier:
    """Load a run folder, or one into which transformers' `save_pretrained` wrote a run's model and tokenizer.

    device: where the network reads, as in `choose_device`.
    Raises RunError or TokenizerError where anything in it is missing, damaged or disagrees, DeviceError where there is
    no such device.
    """
    place = choose_device(device)
    path = Path(folder)
    run = None if _is_saved_by_transformers(path) else load_run(path)
    model = load_model(path)
    if run is not None:
        _check_agreement(run, model.config)
    tokenizer = load_tokenizer(path / "tokenizer.json")
    sizes = tokenizer.get_vocab_size(), model.vocab_size
    if sizes[0] != sizes[1]:
        raise RunError(
            f"The tokenizer in {path} has {sizes[0]:,} tokens and the network {sizes[1]:,}. "
            "Copy the tokenizer.json it was trained with, or train again."
        )
    return Classifier(path, model.to(place), tokenizer, run.recipe.max_length if run else read_max_length(path), run)


def _is_saved_by_transformers(path: Path) -> bool:
    """Whether a folder holds a network and nothing about a training: not even what a damaged run has left of it."""
    return os.path.exists(path / "config.json") and not any(
        os.path.exists(path / name) for name in ("recipe.json", "history.jsonl")
    )


def _check_agreement(run: Run, config: NetworkConfig) -> None:
    """Raise RunError where a run's two descriptions of its network differ."""
    for field in fields(NetworkConfig):
        pair = getattr(config, field.name), getattr(run.recipe.network, field.name)
        if pair[0] != pair[1]:
            raise RunError(
                f"config.json and recipe.json in {run.path} disagree about {field.name}: {pair[0]!r} and {pair[1]!r}. "
                "Train the run again."
            )
