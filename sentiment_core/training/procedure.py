"""How a network is trained, in the parts that an experiment may vary: a batch's gradients and the weights judged.

The product trains by `Procedure` as it stands. An experiment overrides a part and names itself in `variation`, which
recipe.json keeps beside the recipe, so that a run says how it was made and goes on the same way after a stop.
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
    """One training's: it may hold what belongs to that training, so make a new one for each."""

    variation: Mapping[str, Any] = MappingProxyType({})  # by name, what is not as here; JSON can hold it
    unlabelled = True  # whether pretraining reads the unlabelled texts of the source beside the labelled ones

    def judged(self, model: RecurrentClassifier) -> RecurrentClassifier:
        """The network that the valid split judges and the folder keeps; asked for once, before the first step."""
        return model

    def add_gradients(self, model: RecurrentClassifier, batch: Batch) -> Tensor:
        """Add a batch's gradients to those of the weights; returns its mean loss [], on the model's device."""
        logits = model.judge(model.embedding(batch.ids), batch.ids, batch.lengths, batch.labels)
        loss = F.binary_cross_entropy_with_logits(logits, batch.labels.float())
        loss.backward()
        return loss.detach()

    def after_step(self, model: RecurrentClassifier, step: int) -> None:
        """What follows the optimizer's step number `step`, counted from 1."""
