"""What decides how far back a network remembers: its cell, its start and clipping, with everything else equal.

Small networks are trained on toy reviews whose label stands a chosen number of words before the end. Each reads only
its last state, so it must remember. `python -m sentiment_core.experiments.distance` trains them and writes
checkpoints/toy/distance.json, which the page Forgetting shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from sentiment_core.experiments.distance_study import SHARED, DistanceStudy, Outcome, write_study
from sentiment_core.model.config import Recipe
from sentiment_core.model.process import settle_torch
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.text.encoding import EncodedReviews, encode_reviews
from sentiment_core.text.reviews import Split
from sentiment_core.text.tokenization import train_words
from sentiment_core.text.toy import toy_reviews
from sentiment_core.training.batching import bucketed_batches
from sentiment_core.training.feeding import Batch, feed
from sentiment_core.training.forgetting import ForgettingProbe
from sentiment_core.training.judging import evaluate_split
from sentiment_core.training.loop import train_step
from sentiment_core.training.optimizer import build_optimizer
from sentiment_core.training.pipeline import build_model
from sentiment_core.training.procedure import Procedure

DISTANCE = 20  # least number of words after the cue
SEEDS = (0, 1, 2, 3, 4)
TRAIN, VALID = 2000, 400  # reviews


@dataclass(frozen=True)
class Condition:
    """What differs between the networks."""

    name: str
    cell: str
    initialization: str = "torch"
    clip: float = 1.0


CONDITIONS = (
    Condition("rnn", "rnn_tanh"),
    Condition("rnn-unclipped", "rnn_tanh", clip=0.0),
    Condition("relu", "rnn_relu"),
    Condition("relu-unclipped", "rnn_relu", clip=0.0),
    Condition("identity", "rnn_relu", "identity"),
    Condition("identity-unclipped", "rnn_relu", "identity", clip=0.0),
    Condition("lstm", "lstm"),
    Condition("lstm-open", "lstm", "open"),
    Condition("gru", "gru"),
)


def run_study(
    conditions: tuple[Condition, ...] = CONDITIONS, seeds: tuple[int, ...] = SEEDS
) -> Iterator[DistanceStudy]:
    """Train every condition with every seed. Yields the study so far after each condition."""

    settle_torch()
    texts = [toy_reviews(count, seed=seed, distance=DISTANCE) for seed, count in enumerate((TRAIN, VALID))]
    tokenizer = train_words(texts[0][0])
    train, valid = (encode_reviews(Split(*part), tokenizer) for part in texts)
    probe = ForgettingProbe(valid, SHARED["max_length"])
    study = None
    for condition in conditions:
        outcomes = []
        for seed in seeds:
            distances, outcome = _train(condition, seed, tokenizer.get_vocab_size(), train, valid, probe)
            outcomes.append(outcome)
        study = study or DistanceStudy(distances, DISTANCE)
        study.outcomes[condition.name] = outcomes
        yield study


def _train(
    condition: Condition,
    seed: int,
    vocab_size: int,
    train: EncodedReviews,
    valid: EncodedReviews,
    probe: ForgettingProbe,
) -> tuple[list[int], Outcome]:
    """Train one network. Returns the distances at which it was measured, and the outcome."""

    norms: list[float] = []

    class Measured(Procedure):
        def add_gradients(self, model: RecurrentClassifier, batch: Batch) -> Tensor:
            loss = super().add_gradients(model, batch)
            gradients = [weight.grad for weight in model.parameters() if weight.grad is not None]
            norms.append(float(torch.nn.utils.get_total_norm(gradients)))
            return loss

    settings = {"cell": condition.cell, "initialization": condition.initialization, "clip": condition.clip}
    recipe = Recipe(condition.name).change(**SHARED, **settings, seed=seed)
    model = build_model(recipe, vocab_size).eval()
    before = probe.measure(model, 0, 0.5)
    optimizer, rng = build_optimizer(model.parameters(), recipe.learning_rate), np.random.default_rng(seed)
    lengths = np.minimum(train.lengths, recipe.max_length)
    accuracies = []
    for _ in range(recipe.epochs):
        batches = bucketed_batches(lengths, recipe.batch_size, rng)
        for batch in feed(train, batches, recipe.max_length, model.device):
            train_step(model, optimizer, batch, recipe.clip, Measured())
        accuracies.append(evaluate_split(model, valid, recipe.max_length).valid_accuracy)
    after = probe.measure(model, 1, accuracies[-1]).last[0]
    rounded = [np.round(values, 3).tolist() for values in (before.last[0], after)]
    finite = np.array([norm for norm in norms if np.isfinite(norm)])
    return before.distances.tolist(), Outcome(
        seed,
        [round(accuracy, 4) for accuracy in accuracies],
        float(f"{finite.max():.4g}"),
        float(f"{np.median(finite):.4g}"),
        rounded[0],
        rounded[1] if np.isfinite(after).all() else [],
    )


def main() -> None:
    """Train all networks and write the study into checkpoints/toy."""
    for study in run_study():
        name, outcomes = list(study.outcomes.items())[-1]
        accuracies = [f"{outcome.accuracies[-1]:.1%}" for outcome in outcomes]
        reaches = [f"{outcome.before[-1]:.1f} -> {(outcome.after or [float('nan')])[-1]:.1f}" for outcome in outcomes]
        print(f"{name}: {', '.join(accuracies)}; at {study.distances[-1]} tokens 10^ {', '.join(reaches)}")
        print(f"  largest gradient {', '.join(str(outcome.largest) for outcome in outcomes)}")
        write_study(Path("checkpoints") / "toy", study)


if __name__ == "__main__":
    main()
