"""Where the words of an embedding lie before, during and after training, in one basis that never moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.text.corpus import TokenTable
from sentiment_core.text.tokenization import is_word
from sentiment_core.training.frames import Frames

_ROWS_AT_ONCE = 50_000


@dataclass(frozen=True)
class Drift:
    """All frames of a run's embedding in two dimensions."""

    coordinates: np.ndarray  # [frames, vocab, 2] float32, one basis for all frames
    explained: np.ndarray  # [2] float64, share of the stacked frames' variance along each axis
    steps: np.ndarray  # [frames] int64, optimizer steps taken
    displacement: np.ndarray  # [frames, vocab] float32, distance from frame 0 in the original space


def project_frames(frames: Frames, polarity: np.ndarray) -> Drift:
    """One PCA fitted on all frames stacked, centred once, every frame projected into it.

    polarity [vocab] float fixes the first axis: the more positive words lie right. On the second, the dimension with the
    largest share points up. Row 0 ([PAD], never trained) is left out of the fit.
    """
    count, vocab, dim = frames.embeddings.shape
    stacked = frames.embeddings[:, 1:].reshape(-1, dim)
    centre = stacked.mean(axis=0, dtype=np.float64)
    covariance = np.zeros((dim, dim))
    for start in range(0, len(stacked), _ROWS_AT_ONCE):
        rows = stacked[start : start + _ROWS_AT_ONCE] - centre
        covariance += rows.T @ rows
    values, vectors = np.linalg.eigh(covariance)  # ascending
    basis = vectors[:, ::-1][:, :2]  # [dim, 2]
    coordinates = (frames.embeddings - centre.astype(np.float32)) @ basis.astype(np.float32)
    along = np.sign(coordinates[-1, 1:, 0] @ (polarity[1:] - polarity[1:].mean())) or 1.0
    upward = np.sign(basis[np.abs(basis[:, 1]).argmax(), 1])
    coordinates *= np.array([along, upward], dtype=np.float32)
    displacement = np.linalg.norm(frames.embeddings - frames.embeddings[0], axis=2)
    return Drift(coordinates, values[::-1][:2] / values.sum(), frames.steps, displacement)


def frequent_words(table: TokenTable, count: int) -> np.ndarray:
    """Ids [<= count] int64 of the most frequent tokens that stand alone as words, most frequent first."""
    order = np.argsort(-table.counts.sum(axis=1), kind="stable")
    words = [index for index in order if is_word(table.tokens[index])]
    return np.array(words[:count], dtype=np.int64)


def find_words(table: TokenTable, words: list[str]) -> tuple[np.ndarray, list[str]]:
    """Ids [found] int64 of `words` in the vocabulary, each once, lower-cased; and those that it lacks."""
    ids = {token: index for index, token in enumerate(table.tokens)}
    wanted = list(dict.fromkeys(word.strip().lower() for word in words if word.strip()))
    found = [ids[word] for word in wanted if word in ids]
    return np.array(found, dtype=np.int64), [word for word in wanted if word not in ids]
