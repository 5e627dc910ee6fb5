"""What a network says of a split, in training and after it: the logit of each review, the loss and the accuracy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from sentiment_core.model.precision import full_float32
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.threads import spread
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.batching import sorted_batches
from sentiment_core.training.feeding import feed

_READING_BATCH = 64  # reviews processed at once in inference
_READING_TOKENS = 2**17  # tokens with padding at once on a GPU, which a small batch does not fill


@dataclass(frozen=True)
class SplitScore:
    """The model's loss and accuracy on a split."""

    valid_loss: float  # mean over reviews
    valid_accuracy: float  # share of reviews


def evaluate_split(model: RecurrentClassifier, reviews: EncodedReviews, max_length: int) -> SplitScore:
    """Loss and accuracy of a model on a split, averaged over reviews."""
    logits = torch.from_numpy(predict_logits(model, reviews, max_length))
    labels = torch.from_numpy(np.array(reviews.labels)).float()
    loss = F.binary_cross_entropy_with_logits(logits, labels)
    return SplitScore(float(loss), float(((logits > 0) == (labels > 0)).float().mean()))


@torch.inference_mode()
def predict_logits(model: RecurrentClassifier, reviews: EncodedReviews, max_length: int) -> np.ndarray:
    """The logit of every review [reviews] float32, in the order of `reviews`."""
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
