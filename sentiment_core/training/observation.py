"""What can be seen of a training while it runs, without changing it.

Observing draws no random numbers and changes no weight, so a run is the same to the bit with and without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.runs.forgetting import Reach
from sentiment_core.runs.reading import Checkpoint
from sentiment_core.text.encoding import EncodedReviews


class Observer:
    """Is called by one training at certain moments. The methods here do nothing: override those that are needed."""

    def begin(self, model: RecurrentClassifier, reviews: EncodedReviews, step: int, steps: int) -> None:
        """Before the first step that this process takes.

        model: the network that is evaluated, whose weights the steps change.
        reviews: the training split as it is read.
        step: optimizer steps that were taken before, by a training that is resumed here.
        steps: in all epochs.
        """

    def checkpoint(self, checkpoint: Checkpoint, reach: Reach) -> None:
        """A checkpoint was recorded. One that a resumed training has recorded just before its stop may come again."""

    def saved(self, step: int) -> None:
        """The state after this step was saved: a kill costs only what comes after it."""


@dataclass
class StepFigures:
    """Figures of the steps of a stretch, kept on the device until its end."""

    norms: list[Tensor] = field(default_factory=list)  # [] float32 each, of all gradients, before clipping
    correct: list[Tensor | None] = field(default_factory=list)  # [] int64 each, reviews judged right

    def accuracy(self, reviews: int) -> float | None:
        """Share of the stretch's reviews that were judged right; None if a procedure did not count them."""
        counts = [count for count in self.correct if count is not None]
        return float(torch.stack(counts).sum()) / reviews if counts and len(counts) == len(self.correct) else None

    def gradient_norm(self) -> float:
        """Mean over the steps."""
        return float(torch.stack(self.norms).mean())


def gradient_norm(model: nn.Module) -> Tensor:
    """The norm of all gradients together [], as `clip_grad_norm_` computes it."""
    return torch.nn.utils.get_total_norm([weight.grad for weight in model.parameters() if weight.grad is not None])
