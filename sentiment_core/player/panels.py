"""The panels of the drift player: embeddings over time, each with its words, axes and frames."""

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

_FEW = 100  # words of a polarity; with fewer, the standard error of an AUC of 0.5 exceeds 0.04


@dataclass(frozen=True)
class Vocabulary:
    """The words of a panel's points, with their counts and polarities."""

    words: np.ndarray  # [words] str
    polarity: np.ndarray  # [words] float, log-odds; NaN if unknown
    counts: np.ndarray  # [words, 2] int, number of times in negative and in positive training reviews
    whole: (
        np.ndarray
    )  # [words] bool, where it may be labelled unasked: it stands alone as a word, and a class may read it

    def __eq__(self, other: object) -> bool:
        """Whether both have the same words, counts and polarities."""
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
    """The facts shown above a panel at one of its frames."""

    epoch: float  # epochs trained, 0 before the first step
    step: int  # optimizer steps taken
    name: str  # name of its checkpoint for the reader, such as "before"
    valid_accuracy: float | None  # share of reviews; None if it was not measured


@dataclass(frozen=True)
class Panel:
    """One embedding over time on two axes."""

    title: str
    vocabulary: Vocabulary
    coordinates: np.ndarray  # [frames, words, 2] float
    displacement: np.ndarray  # [frames, words] float >= 0, distance from frame 0 in the original space
    axes: Sequence[tuple[str, ...]]  # names of both axes: one pair for all frames, or a pair per frame
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
    """A run's projected frames as a panel. Frames that `frames` does not name are left out.

    The axis names and the note give the share of variance, and warn if movement may come from the axes.
    """
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
    """Names of both axes, once or for each frame, from shares of variance [1 or frames, 2]."""
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
    """A warning if an AUC is based on few words."""
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
    """A sentence on how much of an embedding two axes show, from their shares of variance, one per pair of axes."""
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
    """A sentence on axes that all frames share. `visible` is the share of squared movement; None without movement."""
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
    """One share, or the range of several, as text."""
    if len(held) == 1:
        return percent(held[0])
    return tr("between {low:.1%} and {high:.1%}", low=float(held.min()), high=float(held.max()))
