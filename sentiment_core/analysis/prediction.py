"""A trained network and what it says about a text."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from sentiment_core.errors import RunError
from sentiment_core.model.recurrent import RecurrentClassifier, RecurrentConfig
from sentiment_core.model.weights import load_model
from sentiment_core.text.encoding import EncodedReviews, encode_reviews, encode_text
from sentiment_core.text.reviews import Split
from sentiment_core.text.tokenization import UNK_ID, load_tokenizer
from sentiment_core.training.loop import predict_logits
from sentiment_core.training.run import Run, Scores, read_run


@dataclass(frozen=True)
class Prediction:
    """One network's judgement of one text."""

    logit: float  # log-odds of positive
    length: int  # tokens in the text
    read: int  # tokens read of it, at most the run's max_length
    unknown: int  # of those read, tokens that the vocabulary lacks
    milliseconds: float  # from text to logit; for several texts at once, their mean

    @property
    def probability(self) -> float:
        """Of being positive, 0 to 1."""
        return 1 / (1 + math.exp(-self.logit)) if self.logit > -700 else 0.0

    @property
    def verdict(self) -> str:
        return "positive" if self.logit > 0 else "negative"

    @property
    def margin(self) -> float:
        """How far the probability lies from a coin toss, 0 to 0.5."""
        return abs(self.probability - 0.5)

    @property
    def blind(self) -> bool:
        """Whether every token read is unknown, so that the verdict says nothing about the text."""
        return self.unknown == self.read


@dataclass(frozen=True)
class Evaluation:
    """A split as a run judges it."""

    scores: Scores
    loss: float  # mean binary cross-entropy, nats a review
    seconds: float

    @property
    def accuracy(self) -> float:
        return self.scores.accuracy


@dataclass(frozen=True)
class Classifier:
    """A run with its network loaded. Shared between readers: nothing in it is ever changed."""

    run: Run
    model: RecurrentClassifier
    tokenizer: Tokenizer

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Judge each text. Raises TextError for a blank one or one over a million characters."""
        if isinstance(texts, str):
            texts = [texts]
        if not texts:
            return []
        started = time.perf_counter()
        ids = [encode_text(text, self.tokenizer) for text in texts]
        lengths = np.array([len(row) for row in ids])
        encoded = EncodedReviews(
            np.concatenate(ids), np.concatenate([[0], np.cumsum(lengths)]), np.zeros(len(ids), np.int64)
        )
        limit = self.run.recipe.max_length
        logits = predict_logits(self.model, encoded, limit)
        milliseconds = (time.perf_counter() - started) * 1000 / len(ids)
        return [
            Prediction(
                float(logit),
                int(length),
                int(min(length, limit)),
                int((row[:limit] == UNK_ID).sum()),
                milliseconds,
            )
            for logit, length, row in zip(logits, lengths, ids, strict=True)
        ]

    def evaluate(self, split: Split, cache: Path | None = None) -> Evaluation:
        """Judge every review of a labelled split."""
        encoded = encode_reviews(split, self.tokenizer, cache)
        started = time.perf_counter()
        logits = predict_logits(self.model, encoded, self.run.recipe.max_length)
        seconds = time.perf_counter() - started
        loss = F.binary_cross_entropy_with_logits(torch.from_numpy(logits), torch.from_numpy(split.labels).float())
        return Evaluation(Scores(split.labels, logits), float(loss), seconds)


def load_classifier(folder: str | Path) -> Classifier:
    """Load a run folder. Raises RunError or TokenizerError where anything in it is missing, damaged or disagrees."""
    run = read_run(folder)
    model = load_model(run.path)
    for field in fields(RecurrentConfig):
        if field.name == "vocab_size":  # the tokenizer's, not the recipe's
            continue
        pair = getattr(model.config, field.name), getattr(run.recipe, field.name)
        if pair[0] != pair[1]:
            raise RunError(
                f"config.json and recipe.json in {run.path} disagree about {field.name}: {pair[0]!r} and {pair[1]!r}. "
                "Train the run again."
            )
    tokenizer = load_tokenizer(run.path / "tokenizer.json")
    sizes = tokenizer.get_vocab_size(), model.config.vocab_size
    if sizes[0] != sizes[1]:
        raise RunError(
            f"The tokenizer in {run.path} has {sizes[0]:,} tokens and the network {sizes[1]:,}. "
            "Copy the tokenizer.json it was trained with, or train again."
        )
    return Classifier(run, model, tokenizer)
