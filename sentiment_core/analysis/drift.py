"""Where the words of an embedding lie before, during and after training, in one basis that never moves."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from sentiment_core.errors import RunError
from sentiment_core.text.corpus import TokenTable
from sentiment_core.text.tokenization import is_word, load_tokenizer
from sentiment_core.training.frames import Frames, read_frames
from sentiment_core.training.run import Moment, Run

_FINEST = 64  # moments closer than this part of an epoch are one: batch sizes round the same share differently


@dataclass(frozen=True)
class Drift:
    """All frames of a run's embedding in two dimensions."""

    coordinates: np.ndarray  # [frames, vocab, 2] float32, one basis for all frames
    explained: np.ndarray  # [2] float64, share of the stacked frames' variance along each axis
    steps: np.ndarray  # [frames] int64, optimizer steps taken
    displacement: np.ndarray  # [frames, vocab] float32, distance from frame 0 in the original space
    visible: np.ndarray  # [frames] float64, share of the squared displacement that lies in the two axes; 0 at frame 0
    dimensions: int  # of the original space


@dataclass(frozen=True)
class Movers:
    """The words of a choice that lie farthest from where they began."""

    ids: np.ndarray  # [<= count] int64, farthest first
    median: float  # displacement of the middle word of the whole choice


def read_drift(run: Run, table: TokenTable) -> Drift:
    """The frames of a run, projected. Raises RunError or TokenizerError where they are missing, damaged, fewer than the
    run's moments, or of another vocabulary than `table`."""
    vocabulary = load_tokenizer(run.path / "tokenizer.json").get_vocab()
    if vocabulary != {token: index for index, token in enumerate(table.tokens)}:
        raise RunError(
            f"The run {run.name} has another vocabulary than its corpus, so its words have no polarity here. "
            "Choose another run, or train this one with the corpus's tokenizer."
        )
    frames = read_frames(run.path)
    if frames.embeddings.shape[1] != len(table.tokens) or len(frames) < len(run.history):
        raise RunError(f"The frames of the run {run.name} do not fit its vocabulary or its history. Train it again.")
    return project_frames(frames, table.polarity)


def project_frames(frames: Frames, polarity: np.ndarray) -> Drift:
    """One PCA fitted on all frames stacked, centred once, every frame projected into it.

    polarity [vocab] float fixes the first axis: the more positive words lie right. On the second, the dimension with
    the largest share points up. Row 0 ([PAD], never trained) is left out of the fit. An embedding one wide leaves the
    second axis flat.
    """
    embeddings = frames.embeddings
    dim = embeddings.shape[2]
    centre = embeddings[:, 1:].mean(axis=(0, 1), dtype=np.float64)
    covariance = np.zeros((dim, dim))
    for frame in embeddings:  # one at a time: float64 of all frames together would be twice the frames' memory
        rows = frame[1:] - centre
        covariance += rows.T @ rows
    values, vectors = np.linalg.eigh(covariance)  # ascending
    basis, explained = np.zeros((dim, 2)), np.zeros(2)
    basis[:, : min(dim, 2)] = vectors[:, ::-1][:, :2]
    explained[: min(dim, 2)] = values[::-1][:2] / (values.sum() or 1.0)
    coordinates = (embeddings - centre.astype(np.float32)) @ basis.astype(np.float32)
    along = np.sign(coordinates[-1, 1:, 0] @ (polarity[1:] - polarity[1:].mean())) or 1.0
    upward = np.sign(basis[np.abs(basis[:, 1]).argmax(), 1]) or 1.0
    coordinates *= np.array([along, upward], dtype=np.float32)
    displacement = np.linalg.norm(embeddings - embeddings[0], axis=2)
    seen = np.square(coordinates - coordinates[0]).sum(axis=(1, 2), dtype=np.float64)
    moved = np.square(displacement).sum(axis=1, dtype=np.float64)
    visible = np.divide(seen, moved, out=np.zeros(len(frames)), where=moved > 0)
    return Drift(coordinates, explained, frames.steps, displacement, visible, dim)


def common_moments(histories: list[list[Moment]]) -> dict[str, list[int]]:
    """Every moment that any of the runs recorded, by name and in order, each with the frame that each run had reached.

    The first is "before" and the last "after"; a run with fewer epochs stays at its last frame.
    """
    reached = [[_moment(row.epoch) for row in history] for history in histories]
    moments = sorted({moment for run in reached for moment in run})
    named = {}
    for moment in moments:
        name = "after" if moment == moments[-1] and moment > 0 else name_moment(float(moment))
        named[name] = [sum(earlier <= moment for earlier in run) - 1 for run in reached]
    return named


def name_moment(epoch: float) -> str:
    """A moment in words, from the epochs trained: "before", "1/16 of epoch 1", "epoch 3"."""
    whole, part = divmod(_moment(epoch), 1)
    if part:
        return f"{part} of epoch {whole + 1}"
    return f"epoch {whole}" if whole else "before"


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


def top_movers(drift: Drift, frame: int, words: np.ndarray, count: int) -> Movers:
    """Of `words` [words] int64, at least one, the `count` farthest from frame 0 at a frame, in the original space."""
    moved = drift.displacement[frame, words]
    return Movers(words[np.argsort(-moved, kind="stable")[:count]], float(np.median(moved)))


def _moment(epoch: float) -> Fraction:
    """Epochs trained, to the nearest 1/64; only the start is 0."""
    return Fraction(max(round(epoch * _FINEST), 1 if epoch > 0 else 0), _FINEST)
