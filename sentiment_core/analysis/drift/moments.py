"""One time axis for several runs: every moment that any of them recorded, by name. Needs no torch."""

from __future__ import annotations

from fractions import Fraction

from sentiment_core.runs.reading import Moment

_FINEST = 64  # moments closer than this part of an epoch are one: batch sizes round the same share differently


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


def _moment(epoch: float) -> Fraction:
    """Epochs trained, to the nearest 1/64; only the start is 0."""
    return Fraction(max(round(epoch * _FINEST), 1 if epoch > 0 else 0), _FINEST)
