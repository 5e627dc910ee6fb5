"""The training that each fault makes. Each differs from the right one in the lines that the fault's page shows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from sentiment_core.experiments.faults.fault import TRAINED_ON
from sentiment_core.experiments.reproduction.procedure import VariedProcedure
from sentiment_core.experiments.reproduction.variation import Variation
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.text.encoding import EncodedReviews, join_reviews, take_reviews
from sentiment_core.text.tokenization import PAD_ID
from sentiment_core.training.feeding import Batch

RATE_FACTOR = 100.0
PADDED = 100  # tokens to which the fault of padding fills up each review


class PaddingRead(VariedProcedure):
    """Each review is filled up with padding, and all of it is read as text."""

    def prepare_batch(self, batch: Batch) -> Batch:
        """The batch with the length of the padded reviews in place of their own."""
        ids = F.pad(batch.ids, (0, max(0, PADDED - batch.ids.shape[1])), value=PAD_ID)
        lengths = torch.full_like(batch.lengths, ids.shape[1])
        return Batch(ids, lengths, batch.labels, ids.numel())


class Unshuffled(VariedProcedure):
    """The reviews are sorted by label, and no epoch shuffles them."""

    def training_reviews(self, encoded: Mapping[str, EncodedReviews]) -> EncodedReviews:
        """The negative reviews, then the positive ones."""
        return take_reviews(encoded["train"], np.argsort(encoded["train"].labels, kind="stable"))

    def order_batches(
        self, lengths: np.ndarray, max_length: int, batch_size: int, rng: np.random.Generator
    ) -> list[np.ndarray]:
        """The reviews as they stand."""
        return np.split(np.arange(len(lengths)), range(batch_size, len(lengths), batch_size))


class LabelsShifted(VariedProcedure):
    """Each review of a batch has the label of the one before it."""

    def prepare_batch(self, batch: Batch) -> Batch:
        """The batch with labels that are off by one row."""
        labels = batch.labels.roll(1)
        return Batch(batch.ids, batch.lengths, labels, batch.tokens)


class SigmoidTwice(VariedProcedure):
    """The logits go through a sigmoid before a loss that takes logits and applies the sigmoid itself."""

    def add_gradients(self, model: RecurrentClassifier, batch: Batch) -> Tensor:
        """The gradients of a loss that lies between 0.31 and 1.31, whatever the logits are."""
        logits = model.judge(model.embedding(batch.ids), batch.ids, batch.lengths, batch.labels)
        self.note(logits, batch.labels)
        loss = F.binary_cross_entropy_with_logits(torch.sigmoid(logits), batch.labels.float())
        loss.backward()
        return loss.detach()


class RateTooHigh(VariedProcedure):
    """The learning rate is a hundred times the recipe's."""

    rate = RATE_FACTOR


class TestInTraining(VariedProcedure):
    """The test split is trained on too."""

    __test__ = False  # for pytest, which collects classes of this name

    def training_reviews(self, encoded: Mapping[str, EncodedReviews]) -> EncodedReviews:
        """The training split, then the test split."""
        assert TRAINED_ON["leak"] == ("train", "test")  # what the report of copies compares
        return join_reviews(encoded["train"], encoded["test"])


PROCEDURES: Mapping[str, type[VariedProcedure]] = {
    "padding": PaddingRead,
    "order": Unshuffled,
    "labels": LabelsShifted,
    "sigmoid": SigmoidTwice,
    "rate": RateTooHigh,
    "leak": TestInTraining,
}


def faulty_procedure(varied: Variation) -> VariedProcedure:
    """A procedure for one training with the variation's fault."""
    return PROCEDURES[varied.fault](varied)
