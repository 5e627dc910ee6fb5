"""Directions that words define: an axis from one list of words to another, and analogies. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.analysis.drift.movement import NEIGHBOURS, Neighbours, unit_vectors
from sentiment_core.analysis.vocabulary import find_words
from sentiment_core.errors import WordError
from sentiment_core.runs.frames import Frames
from sentiment_core.text.corpus import TokenTable

_NAMED = 5  # most words that a message lists


@dataclass(frozen=True)
class NamedAxis:
    """Two lists of words; the axis runs from the mean of one to the mean of the other."""

    toward: np.ndarray  # [>= 1] int64, ids of the words at the end of the axis
    away: np.ndarray  # [>= 1] int64, ids of the words at its start
    missing: list[str]  # words of either list that the vocabulary does not have as one token


def name_axis(table: TokenTable, toward: list[str], away: list[str]) -> NamedAxis:
    """Two typed lists as ids, without repeats. Raises WordError if a list has no known word or both share a word."""
    ends, starts = find_words(table, toward), find_words(table, away)
    for ids, missing in (ends, starts):
        if not len(ids) and missing:
            raise WordError(
                "Not in the vocabulary as one token: {words}. Type at least one word that is.", words=_listed(missing)
            )
        if not len(ids):
            raise WordError("One of the two lists of the axis is empty. Type at least one word for it.")
    both = table.tokens[np.intersect1d(ends[0], starts[0])].tolist()
    if both:
        raise WordError("In both lists of the axis: {words}. Remove each from one of them.", words=_listed(both))
    return NamedAxis(ends[0], starts[0], [*ends[1], *starts[1]])


def positions_on(frames: Frames, axis: NamedAxis) -> np.ndarray:
    """Cosine of every word with the axis at every frame [frames, vocab] float32; 0 if either has length 0.

    The cosine is used because vectors grow during training, and the question is where a word points. A listed word is
    measured on the axis that the other words of its list define. Otherwise it would lie towards its own end even before
    training. If a list has only one word, that word is measured on the whole axis.
    """
    return np.stack([_positions(embedding, axis) for embedding in frames.embeddings])


def _positions(embedding: np.ndarray, axis: NamedAxis) -> np.ndarray:
    """Cosine [vocab] float32 of every word of one embedding [vocab, dim] with the axis."""
    units = unit_vectors(embedding)
    toward, away = embedding[axis.toward].mean(axis=0), embedding[axis.away].mean(axis=0)
    positions = units @ _unit(toward - away)
    for sign, own, other in ((1, axis.toward, away), (-1, axis.away, toward)):
        for word in own if len(own) > 1 else own[:0]:
            rest = embedding[own[own != word]].mean(axis=0)
            positions[word] = sign * units[word] @ _unit(rest - other)
    return positions


def find_analogy(table: TokenTable, a: str, b: str, c: str) -> np.ndarray:
    """Ids [3] int64 of the words of a - b + c. Raises WordError if a word is blank, unknown or typed twice."""
    typed = [word.strip().lower() for word in (a, b, c)]
    if not all(typed):
        raise WordError("The analogy a - b + c needs three words. Type the missing one.")
    ids, missing = find_words(table, typed)
    if missing:
        raise WordError("Not in the vocabulary as one token: {words}. Choose another word.", words=_listed(missing))
    if len(ids) < len(typed):
        raise WordError("The analogy a - b + c needs three different words. Change the one typed twice.")
    return ids


def solve_analogy(embedding: np.ndarray, words: np.ndarray, among: np.ndarray, count: int = NEIGHBOURS) -> Neighbours:
    """The `count` words of an embedding [vocab, dim] float32 nearest to a - b + c, with cosines, as [1, <= count].

    `words` [3] int64 are a, b and c, which are never answers. `among` [asked] int64 are the possible answers. Vectors
    are normalised to length 1 first (3CosAdd: Mikolov, Yih and Zweig 2013, "Linguistic regularities in continuous space
    word representations").
    """
    units = unit_vectors(embedding)
    a, b, c = units[words]
    asked = np.setdiff1d(among, np.append(words, 0))  # ascending, so that equal cosines stay in the order of ids
    cosines = units[asked] @ _unit(a - b + c)
    best = np.argsort(-cosines, kind="stable")[:count]
    return Neighbours(asked[best][None], cosines[best][None])


def _unit(vector: np.ndarray) -> np.ndarray:
    """A vector [dim] scaled to length 1. A vector of zeros is unchanged."""
    return unit_vectors(vector[None])[0]


def _listed(words: list[str]) -> str:
    """The first few typed words, each shortened to fit a line."""
    return ", ".join(word[:40] for word in words[:_NAMED]) + (", ..." if len(words) > _NAMED else "")
