"""One training in a temporary folder, and what is seen of it from step to step: for figures about single recipes."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sentiment_core.errors import RunError
from sentiment_core.experiments.reproduction.procedure import make_procedure
from sentiment_core.model.config import Recipe
from sentiment_core.runs.reading import Checkpoint, load_run
from sentiment_core.text.encoding import default_cache
from sentiment_core.text.reviews import Reviews
from sentiment_core.training.observation import Observer
from sentiment_core.training.pipeline import train_run

STRETCH = 5  # steps that one entry of the curves is the mean of


@dataclass(frozen=True)
class Trial:
    """The curves of one training."""

    history: list[Checkpoint]
    losses: list[float]  # [stretches] on train
    accuracies: list[float]  # [stretches] on train, shares
    norm: float  # greatest mean gradient norm of a stretch, before clipping
    tokens: float  # read in a step, mean
    seconds: float  # with validation
    test: float | None  # accuracy; None if training broke off

    @property
    def epochs(self) -> list[Checkpoint]:
        """The checkpoint before training and at the end of each epoch."""
        return [checkpoint for checkpoint in self.history if checkpoint.epoch == int(checkpoint.epoch)]

    @property
    def valid(self) -> list[float]:
        """Valid accuracy before training and after each epoch, shares."""
        return [checkpoint.valid_accuracy for checkpoint in self.epochs]

    @property
    def train_loss(self) -> list[float]:
        """Mean loss on train of each epoch, from its last checkpoint on."""
        return [checkpoint.train_loss for checkpoint in self.epochs if checkpoint.train_loss is not None]

    def after(self, epochs: int) -> float:
        """Valid accuracy after so many epochs."""
        return self.valid[epochs]


def train_trial(recipe: Recipe, reviews: Reviews, variation: Mapping[str, Any] | None = None) -> Trial:
    """Train a recipe once. A training whose loss is no longer a number ends there."""
    losses, accuracies, norms = [], [], []
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "trial"
        steps = train_run(
            *(recipe, reviews, out),
            cache=default_cache(),
            procedure=make_procedure(variation or {}),
            observer=Observer(),
            stretch=STRETCH,
        )
        try:
            for progress in steps:
                losses.append(progress.train_loss)
                accuracies.append(progress.accuracy or 0.0)
                norms.append(progress.gradient_norm or 0.0)
        except RunError:
            pass
        run = load_run(out)
        scores = run.scores()
    last, seconds = run.history[-1], time.perf_counter() - started
    tokens = last.tokens / max(1, last.step)
    test = None if scores is None else scores.accuracy
    return Trial(run.history, losses, accuracies, max(norms, default=0.0), tokens, seconds, test)


def percents(shares: Sequence[float]) -> str:
    """Shares as whole percents in a row."""
    return " ".join(f"{100 * share:.0f}" for share in shares)
