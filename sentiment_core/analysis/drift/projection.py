"""Where the words of an embedding lie on two axes before, during and after training.

In the shared basis the axes never move, so that whatever moves is a word. The other two are there to show what they do:
axes of each frame's own swing and flip between frames, and turning them back hides part of what words did.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import orthogonal_procrustes

from sentiment_core.analysis.drift.movement import displacement
from sentiment_core.analysis.vocabulary import spelt_table
from sentiment_core.errors import RunError
from sentiment_core.runs.frames import Frames, load_frames
from sentiment_core.runs.reading import Run
from sentiment_core.text.corpus import TokenTable
from sentiment_core.text.tokenization import load_tokenizer

BASES = ("shared", "epoch", "aligned")
_ROWS = 4096  # words summed at a time, so that their float64 copy stays small


@dataclass(frozen=True)
class Drift:
    """All frames of an embedding in two dimensions."""

    coordinates: np.ndarray  # [frames, vocab, 2] float32
    # [frames, 2] float64, share of variance along each axis: of the stacked frames in the shared basis, and so the same
    # in every row; of the frame alone in the others.
    explained: np.ndarray
    steps: np.ndarray  # [frames] int64, optimizer steps taken
    displacement: np.ndarray  # [frames, vocab] float32, distance from frame 0 in the original space
    # [frames] float64, squared movement since frame 0 in the picture over that in the original space; 0 at frame 0. On
    # axes that never move it is the share in sight; beyond 1, which the other bases reach, the picture makes it up.
    visible: np.ndarray
    dimensions: int  # of the original space
    basis: str = "shared"  # one of BASES
    residual: np.ndarray | None = None  # [frames] float64, of the aligned basis; see project_frames


@dataclass(frozen=True)
class _Cloud:
    """What PCA needs to know of a set of words."""

    centre: np.ndarray  # [dim] float64
    scatter: np.ndarray  # [dim, dim] float64, sum over words of the outer product of each with itself, centred


def load_drift(run: Run, table: TokenTable, basis: str = "shared") -> Drift:
    """The frames of a run, projected, its words signed by what `table` knows of them. Raises as `load_words` and
    `load_word_frames` do."""
    words = load_words(run, table)
    return project_frames(load_word_frames(run, words), words.polarity, basis)


def load_words(run: Run, table: TokenTable) -> TokenTable:
    """The run's vocabulary with what `table`, its corpus's, knows of each token: `table` itself where both are one.

    A run with a tokenizer of its own is linked to its corpus by the spelling of its tokens, see `spelt_table`.
    Raises TokenizerError where its tokenizer does not read.
    """
    ids = load_tokenizer(run.path / "tokenizer.json").get_vocab()
    tokens = sorted(ids, key=ids.__getitem__)
    return table if tokens == table.tokens.tolist() else spelt_table(tokens, table)


def load_word_frames(run: Run, words: TokenTable) -> Frames:
    """The frames of a run, a row for each of its `words`.

    Raises RunError where they are missing, damaged, fewer than the run's checkpoints, or of another vocabulary than
    `words`.
    """
    frames = load_frames(run.path)
    if frames.embeddings.shape[1] != len(words.tokens) or len(frames) < len(run.history):
        raise RunError(
            "The frames of the run {run} do not fit its vocabulary or its history. Train it again.", run=run.name
        )
    return frames


def project_frames(frames: Frames, polarity: np.ndarray, basis: str = "shared") -> Drift:
    """Every frame on two axes. polarity [vocab] float says what is positive; NaN where that is not known.

    shared   One PCA fitted on all frames stacked, centred once. The more positive words lie right at the last frame;
             on the second axis the dimension with the largest share points up.
    epoch    A PCA of each frame alone, about its own centre. On either axis the dimension with the largest share
             points up or right, as libraries fix it: polarity would already be an alignment.
    aligned  The same, then each frame turned or mirrored onto its neighbour in time by orthogonal Procrustes
             (Schönemann 1966); the last frame, the most positive words right, holds the chain. A chain, because
             neighbours differ least and so fix the turn best, and because turned onto the last frame alone every frame
             would be drawn as like the end as it can be. The residual of a frame is the distance in the picture from
             the frame before it (Frobenius norm over all words) as a share of that frame's size, 0 at frame 0: nothing
             is scaled, so growth counts.

    [PAD] has no say in the axes. An embedding one wide leaves the second axis flat. Axes and shares are computed in
    float64, coordinates in float32. Raises RunError where there is no frame, no word, or a number that is not finite.
    """
    embeddings = frames.embeddings
    if not len(embeddings) or embeddings.shape[1] < 2:
        raise RunError("The embedding has no frame or no word to show. Train the run again.")
    if not all(np.isfinite(frame).all() for frame in embeddings):
        raise RunError("The embedding holds NaN or infinite numbers. Train the run again.")
    own = [_describe(frame[1:]) for frame in embeddings]
    clouds = [_pool(own, embeddings.shape[1] - 1)] * len(own) if basis == "shared" else own
    axes = [_principal_axes(clouds[0])] * len(own) if basis == "shared" else [_principal_axes(cloud) for cloud in own]
    centres = [cloud.centre for cloud in clouds]
    coordinates = np.stack(
        [
            (frame - centre.astype(np.float32)) @ pair.astype(np.float32)
            for frame, centre, pair in zip(embeddings, centres, axes, strict=True)
        ]
    )
    turns = _turns(basis, coordinates, axes, polarity)
    coordinates = np.stack([frame @ turn.astype(np.float32) for frame, turn in zip(coordinates, turns, strict=True)])
    explained = [_explained(cloud, pair @ turn) for cloud, pair, turn in zip(clouds, axes, turns, strict=True)]
    distances = displacement(frames)
    return Drift(
        coordinates,
        np.array(explained),
        frames.steps,
        distances,
        _visible(coordinates, distances),
        embeddings.shape[2],
        basis,
        _residual(coordinates) if basis == "aligned" else None,
    )


def _describe(words: np.ndarray) -> _Cloud:
    """Centre and scatter of words [words, dim] float32."""
    centre = words.mean(axis=0, dtype=np.float64)
    scatter = np.zeros((len(centre), len(centre)))
    for start in range(0, len(words), _ROWS):
        part = words[start : start + _ROWS] - centre
        scatter += part.T @ part
    return _Cloud(centre, scatter)


def _pool(clouds: list[_Cloud], words: int) -> _Cloud:
    """All of `clouds`, of `words` words each, as one."""
    centre = np.mean([cloud.centre for cloud in clouds], axis=0)
    apart = np.array([cloud.centre - centre for cloud in clouds])
    return _Cloud(centre, np.sum([cloud.scatter for cloud in clouds], axis=0) + words * apart.T @ apart)


def _principal_axes(cloud: _Cloud) -> np.ndarray:
    """The two directions of largest scatter [dim, 2] float64, the larger first; 0 for the second where dim is 1."""
    _, vectors = np.linalg.eigh(cloud.scatter)  # ascending
    axes = np.zeros((len(vectors), 2))
    axes[:, : len(vectors)] = vectors[:, ::-1][:, :2]
    return axes


def _turns(basis: str, coordinates: np.ndarray, axes: list[np.ndarray], polarity: np.ndarray) -> list[np.ndarray]:
    """For each frame the orthogonal [2, 2] float64 that brings its coordinates [frames, vocab, 2] where they are drawn:
    only signs, but for the aligned basis."""
    signs = [np.sign(pair[np.abs(pair).argmax(axis=0), [0, 1]]) for pair in axes]
    fixed = [np.diag(np.where(pair, pair, 1.0)) for pair in signs]
    if basis == "epoch":
        return fixed
    last = fixed[-1]
    rightward = np.sign(coordinates[-1, :, 0] @ _centred(polarity))
    last[0, 0] = rightward or last[0, 0]
    if basis == "shared":
        return [last] * len(axes)
    turns = [last]
    for earlier, later in zip(coordinates[-2::-1], coordinates[:0:-1], strict=True):
        turn, _ = orthogonal_procrustes(earlier[1:].astype(np.float64), later[1:] @ turns[-1])
        turns.append(turn)
    return turns[::-1]


def _centred(polarity: np.ndarray) -> np.ndarray:
    """polarity [vocab] about its mean over words, float64; 0 for [PAD] and where it is not known."""
    known = np.isfinite(polarity)
    known[0] = False
    centred = np.zeros(len(polarity))
    if known.any():
        centred[known] = polarity[known] - polarity[known].mean(dtype=np.float64)
    return centred


def _explained(cloud: _Cloud, axes: np.ndarray) -> np.ndarray:
    """Share of a cloud's variance along each of axes [dim, 2], [2] float64; 0 where all words are in one place."""
    return np.einsum("ia,ij,ja->a", axes, cloud.scatter, axes) / (np.trace(cloud.scatter) or 1.0)


def _visible(coordinates: np.ndarray, distances: np.ndarray) -> np.ndarray:
    """Drift.visible from coordinates [frames, vocab, 2] and displacement [frames, vocab]."""
    seen = np.square(coordinates - coordinates[0]).sum(axis=(1, 2), dtype=np.float64)
    moved = np.square(distances).sum(axis=1, dtype=np.float64)
    return np.divide(seen, moved, out=np.zeros(len(seen)), where=moved > 0)


def _residual(coordinates: np.ndarray) -> np.ndarray:
    """Drift.residual from aligned coordinates [frames, vocab, 2]."""
    words = coordinates[:, 1:].astype(np.float64)
    sizes = np.linalg.norm(words, axis=(1, 2))
    left = np.linalg.norm(np.diff(words, axis=0), axis=(1, 2))
    return np.concatenate([[0.0], np.divide(left, sizes[:-1], out=np.zeros(len(left)), where=sizes[:-1] > 0)])
