"""Where the words of an embedding lie on two axes before, during and after training.

In the shared basis the axes are fixed, so only words move. The other two bases show what goes wrong otherwise: axes
fitted to each frame rotate and flip between frames, and aligning them hides part of the movement.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sentiment_core.analysis.drift.movement import displacement
from sentiment_core.analysis.vocabulary import spelt_table
from sentiment_core.errors import RunError
from sentiment_core.runs.frames import Frames, load_frames
from sentiment_core.runs.reading import Run
from sentiment_core.text.corpus import TokenTable
from sentiment_core.text.tokenization import load_tokenizer

BASES = ("shared", "epoch", "aligned")
_ROWS = 4096  # words summed at a time, which keeps their float64 copy small


@dataclass(frozen=True)
class Drift:
    """All frames of an embedding in two dimensions."""

    coordinates: np.ndarray  # [frames, vocab, 2] float32
    # [frames, 2] float64, share of variance along each axis. In the shared basis it is the share of the stacked frames,
    # so all rows are equal; in the other bases it is the share of each frame.
    explained: np.ndarray
    steps: np.ndarray  # [frames] int64, optimizer steps taken
    displacement: np.ndarray  # [frames, vocab] float32, distance from frame 0 in the original space
    # [frames] float64, squared movement since frame 0 in the picture divided by that in the original space; 0 at frame
    # 0. On fixed axes it is the visible share. Other bases can exceed 1: the picture then shows movement that is not
    # there.
    visible: np.ndarray
    dimensions: int  # of the original space
    basis: str = "shared"  # one of BASES
    residual: np.ndarray | None = None  # [frames] float64, of the aligned basis; see project_frames


@dataclass(frozen=True)
class Cloud:
    """The statistics of a set of words that PCA needs."""

    centre: np.ndarray  # [dim] float64
    scatter: np.ndarray  # [dim, dim] float64, sum of the outer products of the centred vectors


def load_drift(run: Run, table: TokenTable, basis: str = "shared") -> Drift:
    """Load the frames of a run and project them. `table` gives the polarities.

    Raises as `load_words` and `load_word_frames` do.
    """
    words = load_words(run, table)
    return project_frames(load_word_frames(run, words), words.polarity, basis)


def load_words(run: Run, table: TokenTable) -> TokenTable:
    """The run's vocabulary with the counts and polarities of its corpus, which are in `table`.

    This is `table` itself if the run uses the corpus's tokenizer. Otherwise tokens are matched by spelling, see
    `spelt_table`. Raises TokenizerError if the run's tokenizer cannot be loaded.
    """
    return table_for(run.path / "tokenizer.json", table)


def table_for(tokenizer: Path, table: TokenTable) -> TokenTable:
    """As `load_words`, for a tokenizer file."""
    ids = load_tokenizer(tokenizer).get_vocab()
    tokens = sorted(ids, key=ids.__getitem__)
    return table if tokens == table.tokens.tolist() else spelt_table(tokens, table)


def load_word_frames(run: Run, words: TokenTable) -> Frames:
    """The frames of a run, with one row for each of its `words`.

    Raises RunError if frames are missing or damaged, if there are fewer than checkpoints, or if their vocabulary
    differs from `words`.
    """
    frames = load_frames(run.path)
    if frames.embeddings.shape[1] != len(words.tokens) or len(frames) < len(run.history):
        raise RunError(
            "The frames of the run {run} do not fit its vocabulary or its history. Train it again.", run=run.name
        )
    return frames


def project_frames(frames: Frames, polarity: np.ndarray, basis: str = "shared") -> Drift:
    """Project every frame onto two axes. polarity [vocab] float is NaN for words whose polarity is not known.

    shared   One PCA is fitted on all frames stacked and centred together. The first axis points towards positive words
             at the last frame. The second axis points up along the dimension with the largest share in it.
    epoch    A PCA is fitted on each frame and centred on it. The sign of each axis makes the dimension with the largest
             share positive, as in other libraries. Choosing the sign by polarity would already align the frames.
    aligned  As epoch. Then each frame is rotated or reflected onto the next frame in time by orthogonal Procrustes
             (Schönemann 1966). The last frame, with positive words to the right, is fixed. Frames are aligned in a
             chain because neighbours differ least. Aligned directly to the last frame, each frame would be drawn as
             similar to the end as possible. The residual of a frame is its distance in the picture from the frame
             before it (Frobenius norm over all words), as a share of the size of the frame before; 0 at frame 0.
             Nothing is rescaled, so growth counts.

    [PAD] does not influence the axes. If the embedding has one dimension, the second axis is 0. Axes and shares are
    computed in float64, coordinates in float32. Raises RunError if there is no frame or no word, or if a number is not
    finite.
    """
    embeddings = frames.embeddings
    if not len(embeddings) or embeddings.shape[1] < 2:
        raise RunError("The embedding has no frame or no word to show. Train the run again.")
    if not all(np.isfinite(frame).all() for frame in embeddings):
        raise RunError("The embedding holds NaN or infinite numbers. Train the run again.")
    own = [describe_cloud(frame[1:]) for frame in embeddings]
    clouds = [pool_clouds(own, embeddings.shape[1] - 1)] * len(own) if basis == "shared" else own
    axes = (
        [principal_axes(clouds[0].scatter)] * len(own)
        if basis == "shared"
        else [principal_axes(cloud.scatter) for cloud in own]
    )
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


def describe_cloud(words: np.ndarray) -> Cloud:
    """Centre and scatter of words [words, dim] float32."""
    centre = words.mean(axis=0, dtype=np.float64)
    scatter = np.zeros((len(centre), len(centre)))
    for start in range(0, len(words), _ROWS):
        part = words[start : start + _ROWS] - centre
        scatter += part.T @ part
    return Cloud(centre, scatter)


def pool_clouds(clouds: list[Cloud], words: int) -> Cloud:
    """Merge `clouds`, each of `words` words, into one."""
    centre = np.mean([cloud.centre for cloud in clouds], axis=0)
    apart = np.array([cloud.centre - centre for cloud in clouds])
    return Cloud(centre, np.sum([cloud.scatter for cloud in clouds], axis=0) + words * apart.T @ apart)


def principal_axes(scatter: np.ndarray) -> np.ndarray:
    """The two directions of largest scatter [dim, 2] float64, largest first; the second is 0 if dim is 1.

    scatter: [dim, dim] float64, a sum of outer products.
    """
    _, vectors = np.linalg.eigh(scatter)  # ascending
    axes = np.zeros((len(vectors), 2))
    axes[:, : len(vectors)] = vectors[:, ::-1][:, :2]
    return axes


def _turns(basis: str, coordinates: np.ndarray, axes: list[np.ndarray], polarity: np.ndarray) -> list[np.ndarray]:
    """For each frame, the orthogonal matrix [2, 2] float64 to apply to its coordinates [frames, vocab, 2].

    In all bases but aligned it only changes signs.
    """
    signs = [np.sign(pair[np.abs(pair).argmax(axis=0), [0, 1]]) for pair in axes]
    fixed = [np.diag(np.where(pair, pair, 1.0)) for pair in signs]
    if basis == "epoch":
        return fixed
    last = fixed[-1]
    rightward = np.sign(coordinates[-1, :, 0] @ centred_polarity(polarity))
    last[0, 0] = rightward or last[0, 0]
    if basis == "shared":
        return [last] * len(axes)
    turns = [last]
    for earlier, later in zip(coordinates[-2::-1], coordinates[:0:-1], strict=True):
        turns.append(_procrustes(earlier[1:].astype(np.float64), later[1:] @ turns[-1]))
    return turns[::-1]


def _procrustes(points: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The rotation or reflection [dim, dim] that moves points [words, dim] nearest to a target (Schönemann 1966)."""
    left, _, right = np.linalg.svd(points.T @ target)
    return left @ right


def centred_polarity(polarity: np.ndarray) -> np.ndarray:
    """polarity [vocab] minus its mean over words, float64; 0 for [PAD] and for words whose polarity is not known."""
    known = np.isfinite(polarity)
    known[0] = False
    centred = np.zeros(len(polarity))
    if known.any():
        centred[known] = polarity[known] - polarity[known].mean(dtype=np.float64)
    return centred


def _explained(cloud: Cloud, axes: np.ndarray) -> np.ndarray:
    """Share of a cloud's variance along each of axes [dim, 2], as [2] float64; 0 if all words are at one point."""
    return np.einsum("ia,ij,ja->a", axes, cloud.scatter, axes) / (np.trace(cloud.scatter) or 1.0)


def _visible(coordinates: np.ndarray, distances: np.ndarray) -> np.ndarray:
    """Compute Drift.visible from coordinates [frames, vocab, 2] and displacement [frames, vocab]."""
    seen = np.square(coordinates - coordinates[0]).sum(axis=(1, 2), dtype=np.float64)
    moved = np.square(distances).sum(axis=1, dtype=np.float64)
    return np.divide(seen, moved, out=np.zeros(len(seen)), where=moved > 0)


def _residual(coordinates: np.ndarray) -> np.ndarray:
    """Compute Drift.residual from aligned coordinates [frames, vocab, 2]."""
    words = coordinates[:, 1:].astype(np.float64)
    sizes = np.linalg.norm(words, axis=(1, 2))
    left = np.linalg.norm(np.diff(words, axis=0), axis=(1, 2))
    return np.concatenate([[0.0], np.divide(left, sizes[:-1], out=np.zeros(len(left)), where=sizes[:-1] > 0)])
