"""The parts of training that an experiment can vary: reviews, order of batches, gradients, rate, evaluated weights.

The product trains with `Procedure` as it is. An experiment overrides a part and describes itself in `variation`, which
recipe.json stores beside the recipe. A run therefore says how it was made, and resumes in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from torch import Tensor
from torch.nn import functional as F

from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.batching import bucketed_batches
from sentiment_core.training.feeding import Batch


class Procedure:
    """The procedure of one training. It may hold that training's state, so make a new one for each."""

    variation: Mapping[str, Any] = MappingProxyType({})  # differences from this class, by name, as JSON
    unlabelled = True  # whether pretraining also reads the source's unlabelled texts
    bucketed_by = 0  # tokens at which a review is cut to find others of its length; 0 for the recipe's max length
    rate = 1.0  # factor of the recipe's learning rate
    correct: Tensor | None = None  # [] int64, reviews of the last batch that were judged right, if `note` was called

    def evaluated_model(self, model: RecurrentClassifier) -> RecurrentClassifier:
        """The network that is evaluated on valid and saved. Called once, before the first step."""
        return model

    def training_reviews(self, encoded: Mapping[str, EncodedReviews]) -> EncodedReviews:
        """The reviews that the network is trained on, from the splits by name. The same whenever it is called."""
        return encoded["train"]

    def order_batches(
        self, lengths: np.ndarray, max_length: int, batch_size: int, rng: np.random.Generator
    ) -> list[np.ndarray]:
        """Row numbers of each batch of an epoch, from the whole lengths of all training reviews [reviews] int64.

        max_length: the recipe's. The length of the result must be the same in each epoch.
        """
        return bucketed_batches(np.minimum(lengths, self.bucketed_by or max_length), batch_size, rng)

    def prepare_batch(self, batch: Batch) -> Batch:
        """What the network reads in a step, from a batch of the order."""
        return batch

    def add_gradients(self, model: RecurrentClassifier, batch: Batch) -> Tensor:
        """Add a batch's gradients to those of the weights. Returns its mean loss [], on the model's device.

        A procedure that overrides this calls `note`, so that the accuracy can be shown.
        """
        logits = model.judge(model.embedding(batch.ids), batch.ids, batch.lengths, batch.labels)
        self.note(logits, batch.labels)
        loss = F.binary_cross_entropy_with_logits(logits, batch.labels.float())
        loss.backward()
        return loss.detach()

    def note(self, logits: Tensor, labels: Tensor) -> None:
        """Count the reviews of a batch that were judged right, from logits [batch] and labels [batch]."""
        self.correct = ((logits.detach() > 0) == (labels > 0)).sum()

    def after_step(self, model: RecurrentClassifier, step: int) -> None:
        """Called after the optimizer's step number `step`, counted from 1."""
