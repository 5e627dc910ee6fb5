"""What the worker tells about a training while it runs: figures, checkpoints, pinned texts and frames.

Telling changes nothing about the training (see training/observation.py), and takes a small share of its time. Frames
are kept at steps that the length of the training decides. All else comes by the clock, and rarer as time passes. A log
that cannot be written is no reason to end a training.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import torch

from sentiment_core.jobs.desk import Desk
from sentiment_core.jobs.live import append_frame, frame_steps, frequent_ids, load_live_frames, void_frames
from sentiment_core.model.precision import full_float32
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.runs.forgetting import Reach
from sentiment_core.runs.reading import Checkpoint
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.text.tokenization import UNK_ID
from sentiment_core.training.loop import Progress
from sentiment_core.training.observation import Observer

SHORTEST = 0.25  # seconds between two events of figures, at least
# Share of the job's time so far that passes between two: in half an hour they come to about 1,600 for each run.
_RARER = 0.0024
_PINS_SHARE = 0.02  # of the time, at most, that judging the pinned texts may take

Tell = Callable[[dict[str, Any]], None]


class Watch(Observer):
    """Tells of one run of a job. `tell` writes an event."""

    def __init__(
        self, number: int, desk: Desk, epochs: int, pins: Sequence[np.ndarray], again: bool, tell: Tell
    ) -> None:
        """number: of the run in its job. epochs: of its recipe.

        pins: token ids of each pinned text [tokens], cut at what the network reads.
        again: whether the log tells of this run already, because its process was killed or it rested.
        """
        self._number, self._desk, self._epochs, self._again, self._tell = number, desk, epochs, again, tell
        self._pins = _pad(pins)
        self._model: RecurrentClassifier | None = None
        self.steps, self.parameters, self.words = 0, 0, 0
        self._frames: set[int] = set()
        self._figures = _Figures()
        self._told = self._judged = -math.inf  # monotonic seconds
        self._judging = 0.0  # seconds that judging the pinned texts took last
        self.saved_step = 0

    @property
    def begun(self) -> bool:
        """Whether the training has begun, so that its size is known."""
        return self._model is not None

    def about(self, name: str) -> dict[str, Any]:
        """The run as the event `start` tells of it."""
        per_epoch = self.steps // self._epochs
        return {"name": name, "steps": self.steps, "steps_per_epoch": per_epoch, "parameters": self.parameters}

    def begin(self, model: RecurrentClassifier, reviews: EncodedReviews, step: int, steps: int) -> None:
        """Keep the network, and tell where the training begins."""
        counts = np.bincount(reviews.ids, minlength=model.vocab_size)
        counts[UNK_ID] = 0  # it stands for many words
        self._model, self.steps = model, steps
        self._ids, self._frames = frequent_ids(counts), set(frame_steps(steps))
        self.words, self.parameters = len(self._ids), sum(weight.numel() for weight in model.parameters())
        if self._again:
            with suppress(OSError):
                void_frames(self._desk.folder, self._number, step)
            self._event("resumed", step)
        known = load_live_frames(self._desk.folder, self._number)
        if known is None or known.steps[-1] < step:  # a kill may come between a saved state and its frame
            self._add_frame(step)
        self._judge(step)

    def checkpoint(self, checkpoint: Checkpoint, reach: Reach) -> None:
        """Tell of a checkpoint and how far its gradients reach."""
        figures = {
            "train_loss": _short(checkpoint.train_loss),
            "valid_loss": _short(checkpoint.valid_loss),
            "valid_accuracy": _short(checkpoint.valid_accuracy),
        }
        self._event("checkpoint", checkpoint.step, epoch=_short(checkpoint.epoch), **figures)
        means = {name: getattr(reach, name).mean(axis=0).round(3).tolist() for name in ("logit", "last")}
        self._event("reach", reach.step, distances=reach.distances.tolist(), **means)

    def saved(self, step: int) -> None:
        """Keep how far a kill would leave the run."""
        self.saved_step = step

    def progress(self, progress: Progress, at_once: bool) -> None:
        """Tell of a step. at_once: whether its figures are wanted now, because somebody asked for this step."""
        self._figures.add(progress)
        if progress.step in self._frames:
            self._add_frame(progress.step)
        now, last = time.monotonic(), progress.step == progress.steps
        pause = max(SHORTEST, _RARER * self._desk.seconds)
        if at_once or last or now - self._told >= pause:
            self.flush()
            self._told = now
        if at_once or last or now - self._judged >= max(pause, self._judging / _PINS_SHARE):
            self._judge(progress.step)

    def flush(self) -> None:
        """Tell of the steps that were not told of yet."""
        if found := self._figures.take():
            at, loss, accuracy, norm = found
            self._event(
                "steps",
                at.step,
                epoch=_short(at.step * self._epochs / at.steps),
                seconds=round(at.seconds, 3),
                tokens=at.tokens,
                loss=_short(loss),
                accuracy=_short(accuracy),
                gradient_norm=_short(norm),
            )

    def _judge(self, step: int) -> None:
        """Tell what the network makes of the pinned texts."""
        model = self._model
        if self._pins is None or model is None:
            return
        started = time.monotonic()
        ids, lengths = (array.to(model.device) for array in self._pins)
        with torch.inference_mode(), full_float32(model.device):
            probabilities = torch.sigmoid(model.eval()(ids, lengths)).tolist()
        self._judged = time.monotonic()
        self._judging = self._judged - started
        self._event("pins", step, probabilities=[_short(value) for value in probabilities])

    def _add_frame(self, step: int) -> None:
        model = self._model
        assert model is not None
        embedding = model.embedding.weight.detach().cpu().numpy()
        with suppress(OSError):
            self._event("frame", step, index=append_frame(self._desk.folder, self._number, self._ids, embedding, step))

    def _event(self, kind: str, step: int, **entries: Any) -> None:
        self._tell({"kind": kind, "run": self._number, "step": step, **entries})


class _Figures:
    """The means over the steps since the last event."""

    def __init__(self) -> None:
        self._steps: list[Progress] = []

    def add(self, progress: Progress) -> None:
        self._steps.append(progress)

    def take(self) -> tuple[Progress, float, float | None, float | None] | None:
        """The last step, and the mean loss, accuracy and gradient norm; None if there was no step. Then starts over."""
        if not self._steps:
            return None
        steps, self._steps = self._steps, []
        loss = sum(step.train_loss for step in steps) / len(steps)
        return steps[-1], loss, _mean([step.accuracy for step in steps]), _mean([step.gradient_norm for step in steps])


def _mean(values: Sequence[float | None]) -> float | None:
    """The mean of those that are known; None if none is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _pad(texts: Sequence[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor] | None:
    """Ids [texts, time] int64, right-padded, and lengths [texts] int64; None if there are no texts."""
    if not texts:
        return None
    lengths = torch.tensor([len(text) for text in texts])
    ids = torch.zeros(len(texts), int(lengths.max()), dtype=torch.int64)
    for row, text in zip(ids, texts, strict=True):
        row[: len(text)] = torch.from_numpy(text.astype(np.int64))
    return ids, lengths


def _short(value: float | None) -> float | None:
    """A number with five significant digits; None if it is none, because JSON has no other word for it."""
    return float(f"{value:.5g}") if value is not None and math.isfinite(value) else None
