"""How a run learned: its loss and accuracy at every kept checkpoint. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.runs.reading import Run

_RISE = 0.01  # of the valid loss since its lowest, in nats, from which a run is said to overfit


@dataclass(frozen=True)
class Learning:
    """The learning curves of a run. Its first checkpoint is before the first step."""

    epochs: np.ndarray  # [checkpoints] float64, epochs trained
    valid_loss: np.ndarray  # [checkpoints] float64, mean over the valid reviews
    valid_accuracy: np.ndarray  # [checkpoints] float64, share of the valid reviews
    # The loss in training is a mean over the reviews between two checkpoints, so its place is half-way between them.
    train_epochs: np.ndarray  # [checkpoints - 1] float64, epochs trained half-way
    train_loss: np.ndarray  # [checkpoints - 1] float64, with dropout, if the recipe has any
    kept: int  # the checkpoint whose weights were kept

    @property
    def lowest(self) -> int:
        """The checkpoint of the lowest valid loss, the first of equals."""
        return int(self.valid_loss.argmin())

    @property
    def overfits(self) -> bool:
        """Whether the valid loss has risen since its lowest, and the loss in training has still fallen."""
        rises = self.valid_loss[-1] - self.valid_loss[self.lowest] > _RISE
        return bool(rises and self.train_loss[-1] < self.train_loss[max(self.lowest - 1, 0)])


def learning_of(run: Run) -> Learning:
    """The learning curves of a run."""
    history = run.history
    epochs = np.array([row.epoch for row in history])
    # A checkpoint lacks a loss in training if no step lies between it and the one before.
    losses = np.array([np.nan if row.train_loss is None else row.train_loss for row in history[1:]], dtype=np.float64)
    return Learning(
        epochs,
        np.array([row.valid_loss for row in history]),
        np.array([row.valid_accuracy for row in history]),
        (epochs[1:] + epochs[:-1]) / 2,
        losses,
        history.index(run.best),
    )
