"""The embedding of a running training on two fixed axes, fitted on the frames that came first. Needs no torch.

A training starts from random vectors. Early on, and in a short training to its end, words differ far more by this start
than by what they learned: the axes of largest variance then show the start, and hardly any of the movement. So axes can
also be fitted to the movement itself. Either way each network has axes of its own, because after its first step its
space has nothing to do with another's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.analysis.drift.projection import centred_polarity, describe_cloud, pool_clouds, principal_axes

FITS = ("movement", "variance")  # what the axes are fitted to


@dataclass(frozen=True)
class Axes:
    """Two axes through an embedding space."""

    centre: np.ndarray  # [dim] float64
    pair: np.ndarray  # [dim, 2] float64, orthonormal; the second is 0 if dim is 1
    explained: np.ndarray  # [2] float64, share along each axis of what was fitted
    fit: str  # one of FITS
    frames: int  # on which they were fitted


def fit_axes(vectors: np.ndarray, polarity: np.ndarray, fit: str = "movement") -> Axes:
    """Fit two axes to frames of an embedding.

    vectors: [frames, words, dim] float of any width, at least one frame. polarity: [words] float, NaN where unknown.

    movement   The axes of largest squared movement since the first frame, summed over frames. Before anything has
               moved they are those of variance.
    variance   One PCA on all frames stacked and centred together, as in `project_frames`.

    The first axis points towards positive words at the last of these frames, the second along the dimension with the
    largest share in it. The centre is the mean of all words in all frames.
    """
    frames = [np.asarray(frame, np.float32) for frame in vectors]
    cloud = pool_clouds([describe_cloud(frame) for frame in frames], len(polarity))
    scatter = cloud.scatter
    moved = np.zeros_like(scatter)
    if fit == "movement":
        for frame in frames[1:]:
            move = (frame - frames[0]).astype(np.float64)
            moved += move.T @ move
        if moved.any():
            scatter = moved
    pair = principal_axes(scatter)
    pair = pair * np.where(np.take_along_axis(pair, np.abs(pair).argmax(axis=0)[None], axis=0) < 0, -1.0, 1.0)
    along = (frames[-1] - cloud.centre) @ pair[:, 0]
    # Row 0 counts for nothing there, because it is [PAD] elsewhere.
    if along @ centred_polarity(np.concatenate([[np.nan], polarity]))[1:] < 0:
        pair[:, 0] = -pair[:, 0]
    explained = np.einsum("ia,ij,ja->a", pair, scatter, pair) / (np.trace(scatter) or 1.0)
    return Axes(cloud.centre, pair, explained, fit if moved.any() else "variance", len(frames))


def project(vectors: np.ndarray, axes: Axes) -> np.ndarray:
    """Where the words lie on the axes, [frames, words, 2] float32. vectors: as in `fit_axes`."""
    centred = np.asarray(vectors, np.float32) - axes.centre.astype(np.float32)
    coordinates: np.ndarray = centred @ axes.pair.astype(np.float32)
    return coordinates


def visible_share(vectors: np.ndarray, first: np.ndarray, axes: Axes) -> np.ndarray:
    """For each of `vectors` [frames, words, dim], the share of its squared movement since `first` [words, dim] that the
    axes show, [frames] float64; 0 where nothing has moved."""
    moved = np.asarray(vectors, np.float32) - np.asarray(first, np.float32)
    seen = np.square(moved @ axes.pair.astype(np.float32)).sum(axis=(1, 2), dtype=np.float64)
    whole = np.square(moved).sum(axis=(1, 2), dtype=np.float64)
    return np.divide(seen, whole, out=np.zeros(len(seen)), where=whole > 0)
