"""Frames of a running training for the live view, in the form of the player's payload: see `payload`.

Each frame is quantised by itself, because nobody knows yet how far the words will go. The axes are named by the
browser, so that readers of all languages share one answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.player.payload import assemble, quantise, vocabulary_arrays

if TYPE_CHECKING:
    from sentiment_core.analysis.drift.live import Axes
    from sentiment_core.player.panels import Vocabulary

VERSION = 1


def pack_moments(
    axes: Axes,
    steps: Sequence[int],
    coordinates: np.ndarray,
    displacement: np.ndarray,
    visible: np.ndarray,
    *,
    come: int,
    vocabulary: Vocabulary | None = None,
) -> bytes:
    """Pack frames of one network.

    steps: [frames], optimizer steps taken. coordinates: [frames, words, 2] float on `axes`.
    displacement: [frames, words] float >= 0, distance from the first frame in the original space.
    visible: [frames] float, share of the squared movement that the axes show.
    come: frames that the training has kept so far. vocabulary: of the words, for a reader who does not have it yet.
    """
    frames, codes, moves = [], [], []
    for step, places, moved, share in zip(steps, coordinates, displacement, visible, strict=True):
        code, scale, centre = quantise(places[None])
        unit = float(moved.max(initial=0.0)) / np.iinfo(np.uint16).max or 1.0
        frames.append(
            {
                "step": int(step),
                "scale": scale.tolist(),
                "centre": centre.tolist(),
                "displacement_scale": unit,
                "visible": round(float(share), 4),
            }
        )
        codes.append(code[0])
        moves.append(np.rint(moved / unit).astype(np.uint16))
    words = coordinates.shape[1]
    header: dict[str, object] = {
        "version": VERSION,
        "fit": axes.fit,
        "basis": axes.frames,
        "explained": axes.explained.round(4).tolist(),
        "dimensions": len(axes.centre),
        "come": come,
        "words": words,
        "frames": frames,
    }
    arrays = {
        "coordinates": np.array(codes, np.int16).reshape(-1, words, 2),
        "displacement": np.array(moves, np.uint16).reshape(-1, words),
    }
    if vocabulary is not None:
        header["vocabularies"] = [{"words": words}]
        arrays |= vocabulary_arrays("v0", vocabulary)
    return assemble(header, arrays)
