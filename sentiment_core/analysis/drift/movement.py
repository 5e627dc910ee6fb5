"""How far words move and how their neighbours change, in the original space. Needs no torch.

Neighbours are the words with the largest cosine. A vector of zeros has no direction, so its cosine counts as 0. Where
several words are equally near, the choice of the last neighbour is arbitrary but reproducible.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sentiment_core.analysis.polarity import LEANING
from sentiment_core.runs.frames import Frames

NEIGHBOURS = 10
_CELLS = 2**21  # cosines in memory at a time: 60 MiB with the arrays that sort them, for any vocabulary


@dataclass(frozen=True)
class Neighbours:
    """The nearest words of some words, nearest first."""

    ids: np.ndarray  # [rows, count] int64
    cosines: np.ndarray  # [rows, count] float32


@dataclass(frozen=True)
class Movement:
    """How some words changed between frame 0 and another frame."""

    displacement: np.ndarray  # [words] float32, distance from frame 0
    relative: np.ndarray  # [words] float32, see `relative_displacement`
    jaccard: np.ndarray  # [words] float64, Jaccard index of the neighbours before and now; 1 if none changed
    norm: np.ndarray  # [words] float32, length of the vector


@dataclass(frozen=True)
class Movers:
    """The selected words with the largest values of a measure."""

    ids: np.ndarray  # [<= count] int64, largest value first
    values: np.ndarray  # [<= count], values of the measure
    median: float  # of the measure, over all selected words


@dataclass(frozen=True)
class Related:
    """Neighbours of one word, with their cosine to it at two frames."""

    ids: np.ndarray  # [words] int64
    before: np.ndarray  # [words] float32, cosine at frame 0
    after: np.ndarray  # [words] float32, cosine at the other frame


@dataclass(frozen=True)
class NeighbourChanges:
    """How the neighbours of one word changed."""

    kept: Related  # nearest now first
    lost: Related  # nearest before first
    gained: Related  # nearest now first


def displacement(frames: Frames) -> np.ndarray:
    """Distance of every word from its position at frame 0 [frames, vocab] float32."""
    start = frames.embeddings[0]
    return np.stack([np.linalg.norm(frame - start, axis=1) for frame in frames.embeddings])


def relative_displacement(frames: Frames, frame: int, words: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Length of each word's move since frame 0 minus the mean move of its neighbours [words] float32.

    words [words] int64; before [words, count] int64 are their neighbours at frame 0. The result is near 0 if a whole
    region drifts together. For a word without neighbours it is the length of the word's own move.
    """
    start, now = frames.embeddings[0], frames.embeddings[frame]
    own = now[words] - start[words]
    for beside in before.T:  # one column at a time: the moves of all neighbours would need ten embeddings of memory
        own -= (now[beside] - start[beside]) / before.shape[1]
    return np.linalg.norm(own, axis=1)


def measure_movement(frames: Frames, frame: int, words: np.ndarray, before: Neighbours) -> Movement:
    """Every measure of `words` [words] int64 at a frame; `before` is nearest(frames.embeddings[0], words).

    The caller computes `before` once, because it is the same at every frame and takes seconds for a whole vocabulary.
    """
    embedding = frames.embeddings[frame]
    return Movement(
        np.linalg.norm(embedding[words] - frames.embeddings[0, words], axis=1),
        relative_displacement(frames, frame, words, before.ids),
        jaccard(before.ids, nearest(embedding, words, before.ids.shape[1]).ids),
        np.linalg.norm(embedding[words], axis=1),
    )


def top_movers(values: np.ndarray, words: np.ndarray, count: int) -> Movers:
    """The `count` of `words` [words] int64, at least one, with the largest of `values` [words]."""
    order = np.argsort(-values, kind="stable")[:count]
    return Movers(words[order], values[order], float(np.median(values)))


@dataclass(frozen=True)
class MovementByLean:
    """Median movement of words with a polarity and of neutral words; NaN if there are none."""

    leaning: float  # median distance
    neutral: float
    words: tuple[int, int]  # number of words of each kind


def movement_by_lean(moved: np.ndarray, polarity: np.ndarray) -> MovementByLean:
    """Medians of the distances moved [words]: of words that lean, by polarity [words], and of the other words."""
    leaning = np.abs(polarity) > LEANING
    some, others = (moved[part] for part in (leaning, ~leaning))
    medians = [float(np.median(part)) if len(part) else math.nan for part in (some, others)]
    return MovementByLean(medians[0], medians[1], (len(some), len(others)))


def unit_vectors(embedding: np.ndarray) -> np.ndarray:
    """An embedding [vocab, dim] float32 with every vector scaled to length 1. Vectors of zeros are unchanged."""
    lengths = np.linalg.norm(embedding, axis=1, keepdims=True)
    return embedding / np.where(lengths > 0, lengths, 1)


def nearest(embedding: np.ndarray, rows: np.ndarray, count: int = NEIGHBOURS) -> Neighbours:
    """The `count` nearest words by cosine of the words `rows` [rows] int64 of an embedding [vocab, dim] float32.

    The word itself and [PAD] are excluded. A small vocabulary may give fewer than `count`.
    """
    units = unit_vectors(embedding)
    return most_similar(units, units[rows], rows[:, None], count)


def most_similar(units: np.ndarray, queries: np.ndarray, excluded: np.ndarray, count: int) -> Neighbours:
    """The `count` rows of `units` [vocab, dim] with the largest cosine to each of `queries` [queries, dim].

    Vectors of both have length 1. Row 0 and each query's `excluded` [queries, ids] int64 are left out.
    """
    vocab = len(units)
    count = max(min(count, vocab - 1 - excluded.shape[1]), 0)
    ids, cosines = np.empty((len(queries), count), np.int64), np.empty((len(queries), count), np.float32)
    step = max(_CELLS // vocab, 1)
    for start in range(0, len(queries) if count else 0, step):
        part = slice(start, start + step)
        similar = queries[part] @ units.T
        similar[:, 0] = -np.inf
        np.put_along_axis(similar, excluded[part], -np.inf, axis=1)
        found = np.argpartition(similar, vocab - count, axis=1)[:, vocab - count :]
        values = np.take_along_axis(similar, found, axis=1)
        order = np.lexsort((found, -values), axis=1)  # ties are sorted by id
        ids[part], cosines[part] = (np.take_along_axis(one, order, axis=1) for one in (found, values))
    return Neighbours(ids, cosines)


def jaccard(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Jaccard index [words] float64 of two sets of ids [words, count] for each word.

    It is 1 for two empty sets. Ids must be unique within a set.
    """
    if not some.shape[1]:
        return np.ones(len(some))
    shared = (some[:, :, None] == others[:, None, :]).sum(axis=(1, 2))
    return shared / (some.shape[1] + others.shape[1] - shared)


def neighbour_changes(frames: Frames, word: int, frame: int, count: int = NEIGHBOURS) -> NeighbourChanges:
    """Compare a word's `count` nearest words at frame 0 and at a frame: those kept, lost and gained."""
    units = [unit_vectors(frames.embeddings[place]) for place in (0, frame)]
    row = np.array([[word]])
    before, after = (most_similar(one, one[[word]], row, count).ids[0] for one in units)

    def relate(ids: np.ndarray) -> Related:
        return Related(ids, *(one[ids] @ one[word] for one in units))

    return NeighbourChanges(
        relate(after[np.isin(after, before)]),
        relate(before[~np.isin(before, after)]),
        relate(after[~np.isin(after, before)]),
    )
