"""How far the two polarities have separated at each frame. Needs no torch.

AUC is the probability that a random positive word lies further along a direction than a random negative word (Mann and
Whitney 1947; Hanley and McNeil 1982). It is 0.5 if they are mixed and 1 if they are separate. Neutral words do not
count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.analysis.polarity import LEANING
from sentiment_core.runs.frames import Frames


@dataclass(frozen=True)
class Separation:
    """AUC of positive against negative words at every frame."""

    axis: np.ndarray  # [frames] float64, along the first axis of the picture
    space: np.ndarray  # [frames] float64, in the original space, on words that did not define the direction
    positive: int  # number of positive words
    negative: int


def measure_separation(frames: Frames, coordinates: np.ndarray, polarity: np.ndarray) -> Separation | None:
    """Separation of the words on the first axis of coordinates [frames, vocab, 2], and in the original space.

    In the original space, words are measured along the direction from the mean of the negative words to the mean of
    the positive words. If the same words defined the direction and were measured, even random vectors would separate,
    and more so in more dimensions. Therefore one half of the words defines the direction and the other half is measured
    on it. Then the halves are swapped, and the two AUCs are averaged. A half is every second word by id, of each
    polarity.

    polarity [vocab] float is NaN if it is not known. Returns None if fewer than two words are positive, or negative.
    """
    positive, negative = _leaning(polarity), _leaning(-polarity)
    if min(len(positive), len(negative)) < 2:
        return None
    axis = [auc(place[positive, 0], place[negative, 0]) for place in coordinates]
    halves = [(positive[half::2], negative[half::2]) for half in (0, 1)]
    space = [(_held_out(words, *halves) + _held_out(words, *halves[::-1])) / 2 for words in frames.embeddings]
    return Separation(np.array(axis), np.array(space), len(positive), len(negative))


def auc(positive: np.ndarray, negative: np.ndarray) -> float:
    """Share of pairs from `positive` [some] and `negative` [others] in which the positive is larger; ties count half.

    NaN if either is empty. scikit-learn's roc_auc_score gives the same, but takes ten times as long and a second to
    import (benchmarks/drift.py). A page needs three AUCs per frame.
    """
    if not len(positive) or not len(negative):
        return float("nan")
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, "left") + np.searchsorted(ordered, positive, "right")
    return float(below.mean() / (2 * len(negative)))


def _leaning(polarity: np.ndarray) -> np.ndarray:
    """Ids [leaning] int64 of the positive tokens, [PAD] left out."""
    ids = np.flatnonzero(polarity > LEANING)
    return ids[ids > 0]


def _held_out(embedding: np.ndarray, teaching: tuple[np.ndarray, ...], asked: tuple[np.ndarray, ...]) -> float:
    """AUC of the ids `asked`, positive and negative, along the direction that the ids `teaching` define."""
    positive, negative = (embedding[ids].mean(axis=0) for ids in teaching)
    direction = positive - negative
    return auc(embedding[asked[0]] @ direction, embedding[asked[1]] @ direction)
