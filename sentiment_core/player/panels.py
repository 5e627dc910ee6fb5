"""What the drift player shows: embeddings through time, each with its words, its axes and its frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.messages.numbers import percent

if TYPE_CHECKING:
    from sentiment_core.analysis.drift.projection import Drift
    from sentiment_core.analysis.drift.separation import Separation

_AXIS = "axis {} ({} of variance)"
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
    name: str  # as "before"
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
    names = [tuple(_AXIS.format(axis + 1, percent(share)) for axis, share in enumerate(row)) for row in explained]
    if drift.residual is not None:
        residuals = map(percent, drift.residual)
        names = [(f"{x}, residual {residual}", y) for (x, y), residual in zip(names, residuals, strict=False)]
    return names


def _doubt(separation: Separation | None) -> list[str]:
    """A warning where an AUC rests on few words."""
    if separation is None or min(separation.positive, separation.negative) >= _FEW:
        return []
    return [f"Only {separation.positive} positive and {separation.negative} negative words lean: their AUC is rough."]


def _describe_axes(drift: Drift, held: np.ndarray, frames: int) -> str:
    """What two axes show of an embedding, from the shares of variance that they hold, one for each pair of axes."""
    share = percent(held[0]) if len(held) == 1 else f"between {percent(held.min())} and {percent(held.max())}"
    whole = f"the variance of {drift.dimensions} dimensions"
    if drift.basis == "shared":
        moved = f" and {percent(drift.visible[frames - 1])} of the squared movement up to the last frame"
        return f"The two axes hold {share} of {whole}{moved if frames > 1 else ''}."
    if drift.residual is None:
        return (
            f"Each frame's own two axes hold {share} of {whole}; where they turn or flip, words that stayed move too."
        )
    apart = (
        f", and differ from it by up to {percent(drift.residual[:frames].max())} of their size" if frames > 1 else ""
    )
    return f"Each frame's own two axes hold {share} of {whole}. Frames are turned onto the one before{apart}."
