"""The training loop: a generator that yields after each stretch of steps, so that the caller controls it.

The command line prints the progress and a page draws it. Not asking for more pauses the training; closing the generator
stops it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch import Tensor

from sentiment_core.errors import RunError
from sentiment_core.messages import lazy
from sentiment_core.model.config import Recipe
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.runs import layout
from sentiment_core.runs.reading import Checkpoint
from sentiment_core.runs.state import Mean, SavedState, StateFile, TrainingState
from sentiment_core.runs.writing import RunWriter
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.feeding import Batch, feed
from sentiment_core.training.forgetting import ForgettingProbe
from sentiment_core.training.graphs import RecordedGradients, recorded_gradients
from sentiment_core.training.judging import SplitScore, evaluate_split
from sentiment_core.training.observation import Observer, StepFigures, gradient_norm
from sentiment_core.training.optimizer import build_optimizer
from sentiment_core.training.procedure import Procedure

# Parts of the first epoch after which a checkpoint is recorded, besides the start and the end of every epoch. An
# embedding moves most in its first few hundred steps.
FIRST_EPOCH_CHECKPOINTS = (1 / 16, 1 / 4)
STRETCH = 10  # steps between two yields


@dataclass(frozen=True)
class Progress:
    """How far training has come."""

    epoch: int  # current epoch from 1; 0 while pretraining
    step: int  # optimizer steps taken
    steps: int  # in all epochs
    seconds: float  # spent training
    tokens: int  # read in training
    train_loss: float  # mean over the reviews of this stretch; while pretraining, over its tokens
    checkpoint: Checkpoint | None  # recorded at the end of this stretch
    # Of this stretch, if the training is observed. The norm is the mean over its steps, before clipping.
    accuracy: float | None = None
    gradient_norm: float | None = None


def train(
    recipe: Recipe,
    model: RecurrentClassifier,
    reviews: EncodedReviews,
    valid: EncodedReviews,
    writer: RunWriter,
    stopped: SavedState | None = None,
    pretrained: Progress | None = None,
    procedure: Procedure | None = None,
    observer: Observer | None = None,
    stretch: int = STRETCH,
) -> Iterator[Progress]:
    """Train `model` in place by `recipe`, recording checkpoints through `writer`, which must be open.

    stopped: the state of an earlier training of this recipe on these reviews; training continues from it with the same
        steps as if it had not stopped.
    pretrained: the end of a pretraining of `model`, whose time and tokens count into the run's.
    procedure: an experiment's, made for this training; None for a plain one.
    observer: sees the training, which does not change it. stretch: steps between two yields.
    Raises RunError if the loss is not a number; the best weights so far stay in the run folder.
    """
    training = _Training(recipe, model, reviews, valid, writer, procedure or Procedure(), observer, stretch)
    training.start(stopped, pretrained)
    yield from training.run()


class _Training:
    """A training in progress: its parts and its state."""

    def __init__(
        self,
        recipe: Recipe,
        model: RecurrentClassifier,
        reviews: EncodedReviews,
        valid: EncodedReviews,
        writer: RunWriter,
        procedure: Procedure,
        observer: Observer | None,
        stretch: int,
    ) -> None:
        self.recipe, self.model, self.reviews, self.valid = recipe, model, reviews, valid
        self.writer, self.procedure, self.observer, self.stretch = writer, procedure, observer, stretch
        self.rng = np.random.default_rng(recipe.seed)
        self.optimizer = build_optimizer(model.parameters(), recipe.learning_rate)
        self.steps_per_epoch = -(-len(reviews) // recipe.batch_size)
        self.steps = self.steps_per_epoch * recipe.epochs
        self.early = {max(1, round(share * self.steps_per_epoch)) for share in FIRST_EPOCH_CHECKPOINTS}
        self.evaluated = procedure.evaluated_model(model)
        average = {} if self.evaluated is model else {"average": self.evaluated.state_dict()}
        groups = {"model": model.state_dict()} | average
        self.state_file = StateFile(writer.path / layout.STATE, self.optimizer, self.rng, **groups)
        self.at = TrainingState(order=self.rng.bit_generator.state)
        self.recorded: RecordedGradients | None = None
        self.probe = ForgettingProbe(valid, recipe.max_length)

    def start(self, stopped: SavedState | None, pretrained: Progress | None) -> None:
        """Go to the state of the stopped training, or record the checkpoint before the first step."""
        if stopped:
            self.at = self.state_file.restore(stopped)
        else:
            if pretrained:
                self.at.seconds, self.at.tokens = pretrained.seconds, pretrained.tokens
            self._add_checkpoint(0.0, None, evaluate_split(self.evaluated, self.valid, self.recipe.max_length))
            self._save()
        if self.at.history[-1].step == self.at.step:  # saved, but perhaps not yet recorded
            self._write_checkpoint()
        self.recorded = recorded_gradients(self.model, self.procedure)
        if self.observer:
            self.observer.begin(self.evaluated, self.reviews, self.at.step, self.steps)

    def run(self) -> Iterator[Progress]:
        """Take all remaining steps, yielding after each stretch."""
        at = self.at
        for epoch in range(at.epoch, self.recipe.epochs + 1):
            batches = self._batches(epoch)
            while at.step < epoch * self.steps_per_epoch:
                loss, seen = self._take_stretch(batches)
                checkpoint = None
                if self._is_checkpoint():
                    checkpoint = self._record_checkpoint()
                elif self.state_file.due():
                    self._save()
                try:
                    yield Progress(epoch, at.step, self.steps, at.seconds, at.tokens, loss, checkpoint, *seen)
                except (GeneratorExit, KeyboardInterrupt):
                    self._save()
                    raise

    def _batches(self, epoch: int) -> Iterator[Batch]:
        """The batches of an epoch that are still to be trained on."""
        self.at.epoch, self.at.order = epoch, self.rng.bit_generator.state
        recipe = self.recipe
        rows = self.procedure.order_batches(self.reviews.lengths, recipe.max_length, recipe.batch_size, self.rng)
        taken = self.at.step - (epoch - 1) * self.steps_per_epoch
        batches = feed(self.reviews, rows[taken:], recipe.max_length, self.model.device)
        return map(self.procedure.prepare_batch, batches)

    def _take_stretch(self, batches: Iterator[Batch]) -> tuple[float, tuple[float | None, ...]]:
        """Take steps up to the next checkpoint or multiple of `stretch`.

        Returns their mean loss over reviews, and their accuracy and gradient norm if the training is observed.
        """
        at, started = self.at, time.perf_counter()
        first = at.step
        losses: list[Tensor] = []  # kept on the device until the end of the stretch
        counts: list[int] = []  # reviews of each step
        seen = StepFigures() if self.observer else None
        for batch in batches:
            self.optimizer.param_groups[0]["lr"] = self._learning_rate(at.step)
            clip = self.recipe.clip
            losses.append(train_step(self.model, self.optimizer, batch, clip, self.procedure, self.recorded, seen))
            counts.append(len(batch))
            at.step += 1
            self.procedure.after_step(self.model, at.step)
            at.tokens += batch.tokens
            if self._is_checkpoint() or at.step % self.stretch == 0:
                break
        figures = torch.stack(losses).tolist()  # the only wait for the device in a stretch
        at.seconds += time.perf_counter() - started
        mean = Mean()
        for step, (loss, count) in enumerate(zip(figures, counts, strict=True), start=first):
            self._check_loss("loss", loss, step)
            mean.add(loss, count)
            at.since_checkpoint.add(loss, count)
        return mean.take(), (seen.accuracy(sum(counts)), seen.gradient_norm()) if seen else ()

    def _save(self) -> None:
        self.state_file.save(self.at)
        if self.observer:
            self.observer.saved(self.at.step)

    def _is_checkpoint(self) -> bool:
        """Whether a checkpoint is recorded after the last step."""
        return self.at.step in self.early or self.at.step % self.steps_per_epoch == 0

    def _record_checkpoint(self) -> Checkpoint:
        """Evaluate the valid split and record the result."""
        at = self.at
        score = evaluate_split(self.evaluated, self.valid, self.recipe.max_length)
        self._check_loss("valid loss", score.valid_loss, at.step - 1)
        checkpoint = self._add_checkpoint(at.step / self.steps_per_epoch, at.since_checkpoint.take(), score)
        self._save()  # before the folder's other files, see state.py
        self._write_checkpoint()
        return checkpoint

    def _write_checkpoint(self) -> None:
        """Write the last checkpoint into the run folder, with how far back its gradients reach."""
        last = self.at.history[-1]
        reach = self.probe.measure(self.evaluated.eval(), last.step, last.valid_accuracy)
        self.writer.add(self.at.history, self.evaluated, reach)
        if self.observer:
            self.observer.checkpoint(last, reach)

    def _add_checkpoint(self, epoch: float, train_loss: float | None, score: SplitScore) -> Checkpoint:
        at = self.at
        at.history.append(Checkpoint(epoch, at.step, at.seconds, at.tokens, train_loss, **asdict(score)))
        return at.history[-1]

    def _learning_rate(self, step: int) -> float:
        """The learning rate of the step after `step`, counted over all epochs.

        PyTorch's PolynomialLR multiplies the last rate by a factor, so rounding errors add up, and each of its
        schedulers has a state of its own to save. This depends on the step alone: a resumed run takes the same steps
        to the bit.
        """
        rate = self.recipe.learning_rate * self.procedure.rate
        return rate * (1 - step / self.steps if self.recipe.schedule == "linear" else 1)

    def _check_loss(self, name: str, loss: float, step: int) -> None:
        """Raise RunError if the loss of the step after `step` is not a number.

        The message gives the learning rate and a remedy.
        """
        if np.isfinite(loss):
            return
        clip = lazy("a clip below {value}", value=self.recipe.clip) if self.recipe.clip else lazy("clip 1")
        raise RunError(
            "The {name} is not a number after step {step} at learning rate {rate}. Train again with a lower learning "
            "rate or with {clip}; the best weights before that step are kept.",
            name=name,
            step=step + 1,
            rate=self._learning_rate(step),
            clip=clip,
        )


def train_step(
    model: RecurrentClassifier,
    optimizer: torch.optim.Optimizer,
    batch: Batch,
    clip: float = 0.0,
    procedure: Procedure | None = None,
    recorded: RecordedGradients | None = None,
    seen: StepFigures | None = None,
) -> Tensor:
    """One step of the optimizer. Returns the batch's mean loss before it [], on the model's device.

    clip: greatest gradient norm; 0 for no clipping.
    procedure: computes the gradients; None for a plain training's.
    recorded: computes the same gradients on a CUDA device by replaying a recording, in place of the procedure.
    seen: where the step's accuracy and gradient norm are added.
    """
    model.train()
    procedure = procedure or Procedure()
    procedure.correct = None  # one that does not count must not show an earlier batch's
    if recorded:
        loss = recorded(batch)
    else:
        optimizer.zero_grad(set_to_none=True)
        loss = procedure.add_gradients(model, batch)
    norm = None
    if clip:
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
    if seen:
        seen.norms.append(gradient_norm(model) if norm is None else norm)
        seen.correct.append((recorded or procedure).correct)
    optimizer.step()
    return loss
