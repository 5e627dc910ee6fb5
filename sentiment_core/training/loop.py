"""The training loop: a generator that yields after each stretch of steps, so that its caller sets the pace.

The command line prints what it yields, a page draws it; not asking for more is a pause, closing it is a stop.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sentiment_core.errors import RunError
from sentiment_core.model.config import Recipe
from sentiment_core.model.precision import full_float32
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.threads import spread
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.batching import bucketed_batches, sorted_batches
from sentiment_core.training.feeding import Batch, feed
from sentiment_core.training.graphs import RecordedGradients, recorded_gradients
from sentiment_core.training.procedure import Procedure
from sentiment_core.training.run import Moment
from sentiment_core.training.state import FILE, Checkpoint, Mean, Position, State
from sentiment_core.training.writer import RunWriter

# Shares of the first epoch after which a moment is recorded, beside the start and every epoch's end: most of the
# movement of an embedding is in its first few hundred steps.
FIRST_EPOCH_MOMENTS = (1 / 16, 1 / 4)
STRETCH = 10  # steps between two yields
_READING_BATCH = 64  # reviews read at once without training
_READING_TOKENS = 2**17  # padding included, read at once by a graphics processor, which a small batch leaves idle


@dataclass(frozen=True)
class Progress:
    """How far training has come."""

    epoch: int  # being trained, from 1; 0 while pretraining
    step: int  # optimizer steps taken
    steps: int  # in all epochs together
    seconds: float  # spent training
    tokens: int  # read in training
    train_loss: float  # mean over the reviews of this stretch; over its tokens while pretraining
    moment: Moment | None  # recorded at the end of this stretch


def train(
    recipe: Recipe,
    model: RecurrentClassifier,
    reviews: EncodedReviews,
    valid: EncodedReviews,
    writer: RunWriter,
    stopped: State | None = None,
    pretrained: Progress | None = None,
    procedure: Procedure | None = None,
) -> Iterator[Progress]:
    """Train `model` in place by `recipe`, recording moments through `writer`, which has been opened.

    stopped: where an earlier training of this recipe on these reviews was stopped; the steps after it are taken as that
    training would have.
    pretrained: how a pretraining of `model` ended, whose time and tokens count into those of the run.
    procedure: of an experiment, made for this training; None for a plain one.
    Raises RunError where the loss is no longer a number; the best weights so far stay in the run folder.
    """
    rng = np.random.default_rng(recipe.seed)
    optimizer = build_optimizer(model.parameters(), recipe.learning_rate)
    lengths = np.minimum(reviews.lengths, recipe.max_length)
    steps_per_epoch = -(-len(reviews) // recipe.batch_size)
    steps = steps_per_epoch * recipe.epochs
    early = {max(1, round(share * steps_per_epoch)) for share in FIRST_EPOCH_MOMENTS}
    procedure = procedure or Procedure()
    judged = procedure.judged(model)
    groups = {"model": model.state_dict()} | ({} if judged is model else {"average": judged.state_dict()})
    checkpoint = Checkpoint(writer.path / FILE, optimizer, rng, **groups)
    if stopped:
        at = checkpoint.restore(stopped)
    else:
        at = Position(order=rng.bit_generator.state)
        if pretrained:
            at.seconds, at.tokens = pretrained.seconds, pretrained.tokens
        score = read_split(judged, valid, recipe.max_length)
        at.history.append(Moment(0.0, 0, at.seconds, at.tokens, None, **asdict(score)))
        checkpoint.save(at)
    if at.history[-1].step == at.step:  # perhaps stopped between saving a moment and recording it
        writer.add(at.history, judged)
    recorded = recorded_gradients(model, procedure)
    stretch = Mean()
    losses: list[Tensor] = []  # of the stretch's steps, left on the device until its end
    counts: list[int] = []  # reviews of each
    for epoch in range(at.epoch, recipe.epochs + 1):
        at.epoch, at.order = epoch, rng.bit_generator.state
        batches = bucketed_batches(lengths, recipe.batch_size, rng)
        left = feed(reviews, batches[at.step - (epoch - 1) * steps_per_epoch :], recipe.max_length, model.device)
        started = time.perf_counter()
        for batch in left:
            optimizer.param_groups[0]["lr"] = _learning_rate(recipe, at.step, steps)
            losses.append(train_step(model, optimizer, batch, recipe.clip, procedure, recorded))
            counts.append(len(batch))
            at.step += 1
            procedure.after_step(model, at.step)
            at.tokens += batch.tokens
            is_moment = at.step in early or at.step % steps_per_epoch == 0
            if not is_moment and at.step % STRETCH:
                continue
            figures = torch.stack(losses).tolist()  # in a stretch the only wait for the device
            at.seconds += time.perf_counter() - started
            for step, loss, count in zip(range(at.step - len(losses), at.step), figures, counts, strict=True):
                _check_loss("loss", loss, step + 1, _learning_rate(recipe, step, steps), recipe)
                stretch.add(loss, count)
                at.since_moment.add(loss, count)
            losses, counts = [], []
            moment = None
            if is_moment:
                score = read_split(judged, valid, recipe.max_length)
                rate = _learning_rate(recipe, at.step - 1, steps)
                _check_loss("valid loss", score.valid_loss, at.step, rate, recipe)
                moment = Moment(
                    at.step / steps_per_epoch,
                    at.step,
                    at.seconds,
                    at.tokens,
                    at.since_moment.take(),
                    **asdict(score),
                )
                at.history.append(moment)
                checkpoint.save(at)  # before the folder's other files: state.py says why
                writer.add(at.history, judged)
            elif checkpoint.due():
                checkpoint.save(at)
            try:
                yield Progress(epoch, at.step, steps, at.seconds, at.tokens, stretch.take(), moment)
            except (GeneratorExit, KeyboardInterrupt):
                checkpoint.save(at)
                raise
            started = time.perf_counter()


def _learning_rate(recipe: Recipe, step: int, steps: int) -> float:
    """That of the step after `step` of all `steps`."""
    return recipe.learning_rate * (1 - step / steps if recipe.schedule == "linear" else 1)


def _check_loss(name: str, loss: float, step: int, rate: float, recipe: Recipe) -> None:
    """Raise RunError where a loss is no number, with the learning rate that the step took and what to try."""
    if np.isfinite(loss):
        return
    clip = f"a clip below {recipe.clip:g}" if recipe.clip else "clip 1"
    raise RunError(
        f"The {name} is not a number after step {step} at learning rate {rate:g}. "
        f"Train again with a lower learning rate or with {clip}; the best weights before that step are kept."
    )


def build_optimizer(weights: Iterable[nn.Parameter], learning_rate: float) -> torch.optim.Adam:
    """Adam over weights that stay on their device, in one pass over each weight, where its plain form makes ten.

    Every word of the vocabulary moves at each step, by what Adam remembers of it, so that with short reviews the plain
    form takes a quarter of the time.
    """
    return torch.optim.Adam(weights, lr=learning_rate, fused=True)


def train_step(
    model: RecurrentClassifier,
    optimizer: torch.optim.Optimizer,
    batch: Batch,
    clip: float = 0.0,
    procedure: Procedure | None = None,
    recorded: RecordedGradients | None = None,
) -> Tensor:
    """One step of the optimizer; returns the batch's mean loss before it [], on the model's device.

    clip: greatest gradient norm, 0 for no clipping.
    procedure: where the gradients come from; None for a plain training's.
    recorded: the same gradients, recorded on a CUDA device, in place of the procedure's.
    """
    model.train()
    if recorded:
        loss = recorded(batch)
    else:
        optimizer.zero_grad(set_to_none=True)
        loss = (procedure or Procedure()).add_gradients(model, batch)
    if clip:
        torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
    optimizer.step()
    return loss


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
    on_cpu = model.device.type == "cpu"
    at_once = _READING_BATCH if on_cpu else max(_READING_BATCH, _READING_TOKENS // max_length)
    batches = sorted_batches(np.minimum(reviews.lengths, max_length), at_once)

    def read(batches: list[np.ndarray]) -> list[Tensor]:
        return [model(batch.ids, batch.lengths) for batch in feed(reviews, batches, max_length, model.device)]

    with full_float32(model.device):
        parts = spread(lambda rows: read([rows])[0], batches) if on_cpu else read(batches)
    logits = np.empty(len(reviews), dtype=np.float32)
    if batches:
        logits[np.concatenate(batches)] = torch.cat(parts).cpu().numpy()
    return logits
