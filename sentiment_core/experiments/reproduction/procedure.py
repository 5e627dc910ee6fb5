"""The training procedure that a `Variation` describes."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, cast

import torch
from torch import Tensor
from torch.nn import functional as F

from sentiment_core.experiments.reproduction.variation import Variation, read_variation
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.training.feeding import Batch
from sentiment_core.training.procedure import Procedure


def make_procedure(record: Mapping[str, Any]) -> Procedure:
    """A procedure for one training of the variation in a run's recipe.json; a plain one if it is empty.

    Raises RunError if this program knows no such variation.
    """
    if not record:
        return Procedure()
    varied = read_variation(record)
    if not varied.fault:
        return VariedProcedure(varied)
    from sentiment_core.experiments.faults.procedure import faulty_procedure  # it is made from VariedProcedure

    return faulty_procedure(varied)


class VariedProcedure(Procedure):
    """A training with averaged weights, adversarial steps, another order, or pretraining on the labelled texts only."""

    def __init__(self, varied: Variation) -> None:
        self.variation = varied.record()
        self.unlabelled, self.bucketed_by = not varied.labelled_texts, varied.bucketed_by
        self._averaging, self._adversarial = varied.averaging, varied.adversarial
        self._average: RecurrentClassifier | None = None

    def evaluated_model(self, model: RecurrentClassifier) -> RecurrentClassifier:
        """The average of the weights if one is kept, else the model."""
        self._average = copy.deepcopy(model) if self._averaging else None
        return self._average or model

    def add_gradients(self, model: RecurrentClassifier, batch: Batch) -> Tensor:
        """Add the gradients of the batch, and those of the batch with adversarially shifted embeddings.

        The shift is the step of a given length that raises the loss most. Miyato, Dai and Goodfellow (2017,
        arXiv:1605.07725).
        """
        if not self._adversarial:
            return super().add_gradients(model, batch)
        target = batch.labels.float()
        embedded = model.embedding(batch.ids)  # [batch, time, embedding]
        embedded.retain_grad()
        logits = model.judge(embedded, batch.ids, batch.lengths, batch.labels)
        self.note(logits, batch.labels)
        loss = F.binary_cross_entropy_with_logits(logits, target)
        loss.backward()
        slope = cast(Tensor, embedded.grad)
        shift = self._adversarial * slope / slope.flatten(1).norm(dim=1).clamp_min(1e-12)[:, None, None]
        worse = model.judge(model.embedding(batch.ids) + shift, batch.ids, batch.lengths, batch.labels)
        F.binary_cross_entropy_with_logits(worse, target).backward()
        return loss.detach()

    def after_step(self, model: RecurrentClassifier, step: int) -> None:
        """Move the average toward the weights.

        It moves faster in the first steps, so that the initial weights soon do not count.
        """
        if self._average is not None:
            average_weights(self._average, model, min(self._averaging, step / (step + 9)))


@torch.no_grad()
def average_weights(average: RecurrentClassifier, model: RecurrentClassifier, share: float) -> None:
    """Move `average` toward `model` in place, keeping `share` of it: an exponential moving average over steps."""
    for kept, weight in zip(average.parameters(), model.parameters(), strict=True):
        kept.lerp_(weight, 1 - share)
