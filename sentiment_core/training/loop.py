"""The training loop: a generator that yields after each stretch of steps, so that its caller sets the pace.

The command line prints what it yields, a page draws it; not asking for more is a pause, closing it is a stop.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch.nn import functional as F

from sentiment_core.errors import RunError
from sentiment_core.model.presets import Recipe
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.batching import bucketed_batches, pad_batch, sorted_batches
from sentiment_core.training.run import Moment
from sentiment_core.training.writer import RunWriter

# Shares of the first epoch after which a moment is recorded, beside the start and every epoch's end: most of the
# movement of an embedding is in its first few hundred steps.
FIRST_EPOCH_MOMENTS = (1 / 16, 1 / 8, 1 / 4, 1 / 2)
STRETCH = 10  # steps between two yields
_READING_BATCH = 64  # reviews read at once without training


@dataclass(frozen=True)
class Progress:
    """How far training has come."""

    epoch: int  # being trained, from 1
    step: int  # optimizer steps taken
    steps: int  # in all epochs together
    seconds: float  # spent training
    tokens: int  # read in training
    train_loss: float  # mean over the reviews of this stretch
    moment: Moment | None  # recorded at the end of this stretch


def train(
    recipe: Recipe, model: RecurrentClassifier, reviews: EncodedReviews, valid: EncodedReviews, writer: RunWriter
) -> Iterator[Progress]:
    """Train `model` in place by `recipe`, recording moments through `writer`, which has been opened.

    Raises RunError where the loss is no longer a number; the best weights so far stay in the run folder.
    """
    rng = np.random.default_rng(recipe.seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.learning_rate)
    lengths = np.minimum(reviews.lengths, recipe.max_length)
    steps_per_epoch = -(-len(reviews) // recipe.batch_size)
    steps = steps_per_epoch * recipe.epochs
    moments = {max(1, round(share * steps_per_epoch)) for share in FIRST_EPOCH_MOMENTS}
    moments |= {steps_per_epoch * epoch for epoch in range(1, recipe.epochs + 1)}
    stretch, since_moment = Mean(), Mean()
    step = tokens = 0
    seconds = 0.0
    writer.add(Moment(0.0, 0, 0.0, 0, None, **asdict(read_split(model, valid, recipe.max_length))), model)
    for epoch in range(1, recipe.epochs + 1):
        for rows in bucketed_batches(lengths, recipe.batch_size, rng):
            started = time.perf_counter()
            if recipe.schedule == "linear":
                optimizer.param_groups[0]["lr"] = recipe.learning_rate * (1 - step / steps)
            ids, cut = pad_batch(reviews, rows, recipe.max_length)
            loss = train_step(model, optimizer, ids, cut, reviews.labels[rows], recipe.clip)
            seconds += time.perf_counter() - started
            step += 1
            tokens += int(cut.sum())
            _check_loss(loss, step, recipe)
            stretch.add(loss, len(rows))
            since_moment.add(loss, len(rows))
            if step not in moments and step % STRETCH:
                continue
            moment = None
            if step in moments:
                score = read_split(model, valid, recipe.max_length)
                _check_loss(score.valid_loss, step, recipe)
                moment = Moment(step / steps_per_epoch, step, seconds, tokens, since_moment.take(), **asdict(score))
                writer.add(moment, model)
            yield Progress(epoch, step, steps, seconds, tokens, stretch.take(), moment)


def _check_loss(loss: float, step: int, recipe: Recipe) -> None:
    if not np.isfinite(loss):
        raise RunError(
            f"The loss is not a number after step {step} at learning rate {recipe.learning_rate:g}. "
            "Train with a lower learning rate or with clip 1."
        )


def train_step(
    model: RecurrentClassifier,
    optimizer: torch.optim.Optimizer,
    ids: np.ndarray,
    lengths: np.ndarray,
    labels: np.ndarray,
    clip: float = 0.0,
) -> float:
    """One step of the optimizer; returns the batch's mean loss before it.

    ids [batch, time] int64, lengths [batch] int64, labels [batch] int64.
    clip: greatest gradient norm, 0 for no clipping.
    """
    model.train()
    logits = model(torch.from_numpy(ids), torch.from_numpy(lengths))
    loss = F.binary_cross_entropy_with_logits(logits, torch.from_numpy(labels).float())
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    if clip:
        torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
    optimizer.step()
    return loss.item()


@dataclass(frozen=True)
class SplitScore:
    """A split as the model judges it now."""

    valid_loss: float  # mean over reviews
    valid_accuracy: float  # share of reviews


def read_split(model: RecurrentClassifier, reviews: EncodedReviews, max_length: int) -> SplitScore:
    """Loss and accuracy of a model on a split, each review counting once."""
    logits = torch.from_numpy(predict_logits(model, reviews, max_length))
    labels = torch.from_numpy(np.array(reviews.labels)).float()
    loss = F.binary_cross_entropy_with_logits(logits, labels)
    return SplitScore(float(loss), float(((logits > 0) == (labels > 0)).float().mean()))


@torch.inference_mode()
def predict_logits(model: RecurrentClassifier, reviews: EncodedReviews, max_length: int) -> np.ndarray:
    """Logit of every review [reviews] float32, in the order of `reviews`."""
    model.eval()
    logits = np.empty(len(reviews), dtype=np.float32)
    for rows in sorted_batches(np.minimum(reviews.lengths, max_length), _READING_BATCH):
        ids, lengths = pad_batch(reviews, rows, max_length)
        logits[rows] = model(torch.from_numpy(ids), torch.from_numpy(lengths)).numpy()
    return logits


class Mean:
    """A running mean weighted by count."""

    def __init__(self) -> None:
        self._total, self._count = 0.0, 0

    def add(self, value: float, count: int) -> None:
        self._total += value * count
        self._count += count

    def take(self) -> float:
        """The mean so far; starts over. Only after at least one `add`."""
        mean = self._total / self._count
        self._total, self._count = 0.0, 0
        return mean
