"""What the drift player shows: embeddings through time, each with its words, its axes and its frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.messages import tr
from sentiment_core.messages.numbers import percent

if TYPE_CHECKING:
    from sentiment_core.analysis.drift.projection import Drift
    from sentiment_core.analysis.drift.separation import Separation

_FEW = 100  # words on a side: with fewer, the standard error of an AUC of one half is beyond 0.04


@dataclass(frozen=True)
class Vocabulary:
    """The words that a panel's points stand for, and what is known of them."""

    words: np.ndarray  # [words] str
    polarity: np.ndarray  # [words] float, log-odds; NaN where unknown
    counts: np.ndarray  # [words, 2] int, times in negative and in positive training reviews
    whole: (
        np.ndarray
    )  # [words] bool, where it may be labelled unasked: it stands alone as a word, and a class may read it

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same words, and the same is known of them."""
        if not isinstance(other, Vocabulary):
            return NotImplemented
        return self is other or (
            np.array_equal(self.words, other.words)
            and np.array_equal(self.polarity, other.polarity, equal_nan=True)
            and np.array_equal(self.counts, other.counts)
            and np.array_equal(self.whole, other.whole)
        )


@dataclass(frozen=True)
class Frame:
    """What stands above a panel at one of its frames."""

    epoch: float  # epochs trained, 0 before the first step
    step: int  # optimizer steps taken
    name: str  # of its checkpoint for the reader, as "before", or any other text
    valid_accuracy: float | None  # share of reviews; None where none were read


@dataclass(frozen=True)
class Panel:
    """One embedding through time on two axes."""

    title: str
    vocabulary: Vocabulary
    coordinates: np.ndarray  # [frames, words, 2] float
    displacement: np.ndarray  # [frames, words] float >= 0, distance from frame 0 in the original space
    axes: Sequence[tuple[str, ...]]  # names of both axes, for all frames or, in as many pairs as frames, for each
    frames: Sequence[Frame]
    note: str = ""  # a sentence under the panel
    separation: Separation | None = None  # at every frame


def drift_panel(
    title: str,
    drift: Drift,
    vocabulary: Vocabulary,
    frames: Sequence[Frame],
    separation: Separation | None = None,
) -> Panel:
    """A run's projected frames as a panel. Its axes and its note say how much of the variance two axes hold, and where
    what moves may be the axes. Frames beyond those named in `frames` are left out."""
    explained = drift.explained[: len(frames)]
    if (explained == explained[0]).all():
        explained = explained[:1]
    return Panel(
        title,
        vocabulary,
        drift.coordinates[: len(frames)],
        drift.displacement[: len(frames)],
        _axis_names(drift, explained),
        frames,
        " ".join([_describe_axes(drift, explained.sum(axis=1), len(frames)), *_doubt(separation)]),
        separation and replace(separation, axis=separation.axis[: len(frames)], space=separation.space[: len(frames)]),
    )


def _axis_names(drift: Drift, explained: np.ndarray) -> list[tuple[str, ...]]:
    """What stands along both axes, once or for each frame, from shares of variance [1 or frames, 2]."""
    names = [
        tuple(
            tr("axis {axis} ({share:.1%} of variance)", axis=axis + 1, share=float(share))
            for axis, share in enumerate(row)
        )
        for row in explained
    ]
    if drift.residual is not None:
        names = [
            (tr("{axis}, residual {residual:.1%}", axis=x, residual=float(residual)), y)
            for (x, y), residual in zip(names, drift.residual, strict=False)
        ]
    return names


def _doubt(separation: Separation | None) -> list[str]:
    """A warning where an AUC rests on few words."""
    if separation is None or min(separation.positive, separation.negative) >= _FEW:
        return []
    return [
        tr(
            "Only {positive} positive and {negative} negative words are not neutral: their AUC is rough.",
            positive=separation.positive,
            negative=separation.negative,
        )
    ]


def _describe_axes(drift: Drift, held: np.ndarray, frames: int) -> str:
    """What two axes show of an embedding, from the shares of variance that they hold, one for each pair of axes."""
    share = _share(held)
    dimensions = drift.dimensions
    if drift.basis == "shared":
        return _describe_shared(share, dimensions, float(drift.visible[frames - 1]) if frames > 1 else None)
    if drift.residual is None:
        return tr(
            "Each frame's own two axes hold {share} of the variance of {dimensions} dimensions. Where axes turn or "
            "flip, words that did not move appear to move too.",
            share=share,
            dimensions=dimensions,
        )
    own = tr(
        "Each frame's own two axes hold {share} of the variance of {dimensions} dimensions.",
        share=share,
        dimensions=dimensions,
    )
    if frames == 1:
        return own
    rotated = tr(
        "Each frame is rotated to fit the one before, from which it still differs by up to {residual:.1%} of its size.",
        residual=float(drift.residual[:frames].max()),
    )
    return f"{own} {rotated}"


def _describe_shared(share: str, dimensions: int, visible: float | None) -> str:
    """The same for axes that all frames share; visible is the share of the squared movement, None without movement."""
    if visible is None:
        return tr(
            "The two axes hold {share} of the variance of {dimensions} dimensions.", share=share, dimensions=dimensions
        )
    return tr(
        "The two axes hold {share} of the variance of {dimensions} dimensions, and {visible:.1%} of the squared "
        "movement up to the last frame.",
        share=share,
        dimensions=dimensions,
        visible=visible,
    )


def _share(held: np.ndarray) -> str:
    """A share, or the range of several."""
    if len(held) == 1:
        return percent(held[0])
    return tr("between {low:.1%} and {high:.1%}", low=float(held.min()), high=float(held.max()))
