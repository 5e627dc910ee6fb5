"""Measures how far back a network's gradients reach, on a few fixed valid reviews, at each checkpoint.

It draws no random numbers of a training and changes no weight, so a run is the same to the bit with and without it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from sentiment_core.model.precision import full_float32
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.trace import state_gradients
from sentiment_core.runs.forgetting import DISTANCES, FLOOR, Reach
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.feeding import feed

REVIEWS = 20  # measured at each checkpoint
_LONGEST = 0.02  # share of the valid reviews to draw them from: the longest, so that far distances are reached
_AT_ONCE = 4096  # tokens with padding; a graph of every step is kept, which takes a few hundred bytes a token and unit


class ForgettingProbe:
    """The reviews to measure: a few of the longest of the valid split, the same for every run of a corpus."""

    def __init__(self, valid: EncodedReviews, max_length: int) -> None:
        """max_length: tokens that the network reads of each review."""
        lengths = np.minimum(valid.lengths, max_length)
        count = min(len(valid), max(REVIEWS, round(_LONGEST * len(valid))))
        longest = np.argsort(-lengths, kind="stable")[:count]
        rng = np.random.default_rng(0)
        self.rows = np.sort(rng.choice(longest, min(REVIEWS, count), replace=False))
        self._reviews, self._max_length, self._lengths = valid, max_length, lengths[self.rows]

    def measure(self, model: RecurrentClassifier, step: int, accuracy: float) -> Reach:
        """The reach of the gradients of `model`, which must be in inference mode. step, accuracy: as in `Reach`."""
        distances = np.array([distance for distance in DISTANCES if distance < self._lengths.max()])
        norms = np.concatenate(list(self._norms(model, distances)), axis=2)  # [kinds, directions, reviews, distances]
        exists = distances < np.concatenate([self._lengths[rows] for rows in self._parts()])[:, None]
        logs = np.log10(np.maximum(norms, 10.0**FLOOR), where=exists, out=np.zeros_like(norms))
        reviews = exists.sum(axis=0)
        means = logs.sum(axis=2) / reviews
        spreads = np.sqrt((np.where(exists, logs - means[:, :, None], 0.0) ** 2).sum(axis=2) / reviews)
        return Reach(step, accuracy, distances, reviews, means[0], spreads[0], means[1], spreads[1])

    def _parts(self) -> list[np.ndarray]:
        """Places in `rows` that are measured at once."""
        at_once = max(1, _AT_ONCE // max(1, int(self._lengths.max())))
        return [np.arange(start, min(start + at_once, len(self.rows))) for start in range(0, len(self.rows), at_once)]

    def _norms(self, model: RecurrentClassifier, distances: np.ndarray) -> Iterator[np.ndarray]:
        """For each part the norms of the gradients of the logit and of the last state [2, directions, part, distances].

        0 where a review is too short.
        """
        hidden, directions = model.config.hidden_size, model.directions
        rng = np.random.default_rng(0)
        random = rng.standard_normal((len(self.rows), directions, hidden))
        random /= np.linalg.norm(random, axis=2, keepdims=True)
        along = torch.from_numpy(random.reshape(len(self.rows), -1).astype(np.float32)).to(model.device)
        parts = self._parts()
        batches = feed(self._reviews, [self.rows[part] for part in parts], self._max_length, model.device)
        for part, batch in zip(parts, batches, strict=True):
            count = len(batch)
            of_logit = torch.zeros(2 * count, device=model.device)
            of_logit[:count] = 1
            of_last = torch.cat([torch.zeros_like(along[part]), along[part]])
            with full_float32(model.device):
                found = state_gradients(model, batch.ids.repeat(2, 1), batch.lengths.repeat(2), of_logit, of_last)
            top = [
                _at(gradients.states, gradients.backward, batch.lengths, distances) for gradients in found[-directions:]
            ]
            yield np.stack(top, axis=1)


def _at(states: Tensor, backward: bool, lengths: Tensor, distances: np.ndarray) -> np.ndarray:
    """Norms of gradients [2 * reviews, time, hidden] at each distance from the end of the reading.

    Returns [2, reviews, distances] float64, 0 where a review is too short.
    """
    norms = states.double().norm(dim=-1).cpu().numpy().reshape(2, len(lengths), -1)
    reached = np.broadcast_to(distances, (len(lengths), len(distances)))
    ends = lengths.cpu().numpy()[:, None] - 1
    places = reached if backward else ends - reached
    taken = np.take_along_axis(norms, np.clip(places, 0, norms.shape[2] - 1)[None], axis=2)
    return taken * (reached <= ends)
