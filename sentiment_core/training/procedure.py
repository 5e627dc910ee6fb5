"""The parts of training that an experiment can vary: the gradients of a batch, and the weights that are evaluated.

The product trains with `Procedure` as it is. An experiment overrides a part and describes itself in `variation`, which
recipe.json stores beside the recipe. A run therefore says how it was made, and resumes in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from torch import Tensor
from torch.nn import functional as F

from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.training.feeding import Batch


class Procedure:
    """The procedure of one training. It may hold that training's state, so make a new one for each."""

    variation: Mapping[str, Any] = MappingProxyType({})  # differences from this class, by name, as JSON
    unlabelled = True  # whether pretraining also reads the source's unlabelled texts

    def evaluated_model(self, model: RecurrentClassifier) -> RecurrentClassifier:
        """The network that is evaluated on valid and saved. Called once, before the first step."""
        return model

    def add_gradients(self, model: RecurrentClassifier, batch: Batch) -> Tensor:
        """Add a batch's gradients to those of the weights. Returns its mean loss [], on the model's device."""
        logits = model.judge(model.embedding(batch.ids), batch.ids, batch.lengths, batch.labels)
        loss = F.binary_cross_entropy_with_logits(logits, batch.labels.float())
        loss.backward()
        return loss.detach()

    def after_step(self, model: RecurrentClassifier, step: int) -> None:
        """Called after the optimizer's step number `step`, counted from 1."""
