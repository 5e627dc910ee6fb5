"""The polarity of n-grams as an input of a network: NB-SVM's log-count ratios beside each token's vector.

Wang and Manning (2012) weigh each word and pair of words by how much more often it occurs in reviews of one label. A
linear model over these weights is hard to beat. Here each token gets the ratios of the n-grams that end with it.

In training a review's own label is first subtracted from the counts. Otherwise every rare n-gram would reveal the
answer, and the network would rely on features that mean nothing in new reviews.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from sentiment_core.model.ngram_table import BITS, BUCKETS, FACTORS, FINENESS
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.text.tokenization import PAD_ID


def count_ngrams(encoded: EncodedReviews, longest: int, max_length: int) -> np.ndarray:
    """The number of reviews of each label that contain the n-grams of up to `longest` tokens [buckets, 2] int64.

    Only the first `max_length` tokens of a review are read. A review counts once for a bucket, however often it occurs.
    """
    counts = np.zeros((BUCKETS, 2), np.int64)
    for row, label in enumerate(encoded.labels):
        ids = encoded.ids[encoded.offsets[row] : encoded.offsets[row + 1]][:max_length]
        held = ngram_buckets(torch.from_numpy(ids.astype(np.int64))[None], longest).unique().numpy()
        counts[held[held >= 0], label] += 1
    return counts


def ngram_buckets(ids: Tensor, longest: int) -> Tensor:
    """Bucket of the n-gram of each length that ends at each token [batch, time, longest] int64; -1 if there is none.

    ids [batch, time] int64. Padding gets buckets too.
    """
    sums = torch.zeros_like(ids)
    buckets = torch.full((*ids.shape, longest), -1, device=ids.device)
    for back in range(min(longest, ids.shape[1])):
        sums[:, back:] += ids[:, : ids.shape[1] - back] * FACTORS[back]
        mixed = (sums[:, back:] + back) * FACTORS[1] + FACTORS[2]
        buckets[:, back:, back] = (mixed ^ (mixed >> 32)) * FACTORS[0] >> (64 - BITS) & (BUCKETS - 1)
    return buckets


class NGramPolarity(nn.Module):
    """A table from n-grams to the log-odds that a review containing them is positive."""

    polarity: Tensor  # [buckets] int8, log-odds times FINENESS
    counts: Tensor | None  # [buckets, 2] int64, only in training

    def __init__(self, longest: int) -> None:
        super().__init__()
        self.longest = longest
        self.register_buffer("polarity", torch.zeros(BUCKETS, dtype=torch.int8))
        self.register_buffer("counts", None, persistent=False)  # moves with the module, but is not saved
        self._balance = 0.0  # prior log-odds of a review

    def fill(self, counts: np.ndarray, labels: np.ndarray) -> None:
        """Set the table from `count_ngrams` of the training reviews, whose labels [reviews] int64 are given."""
        self.counts = torch.from_numpy(counts).to(self.polarity.device)
        negative, positive = np.bincount(labels, minlength=2) + 1
        self._balance = float(np.log(positive / negative))
        steps = (self._log_odds(self.counts) * FINENESS).round().clamp(-128, 127)
        self.polarity.copy_(steps.to(torch.int8))

    def forward(self, ids: Tensor, labels: Tensor | None = None) -> Tensor:
        """Polarity of the n-gram of each length that ends at each token [batch, time, longest]; 0 if there is none.

        ids [batch, time] int64. labels [batch] int64: of training reviews, whose own count is then subtracted.
        """
        buckets = ngram_buckets(ids, self.longest)
        place = buckets.clamp(min=0)
        if labels is None:
            found = self.polarity[place].float() / FINENESS
        else:
            assert self.counts is not None, "only after fill"
            own = nn.functional.one_hot(labels, 2)[:, None, None]
            found = self._log_odds((self.counts[place] - own).clamp(min=0))
        return found * ((buckets >= 0) & (ids != PAD_ID)[..., None])

    def _log_odds(self, reviews: Tensor) -> Tensor:
        """Smoothed log-odds [...] float32 from counts of negative and positive reviews [..., 2]; 0 for no reviews."""
        negative, positive = (reviews.float() + 1).log().unbind(-1)
        return (positive - negative - self._balance) * (reviews.sum(-1) > 0)
