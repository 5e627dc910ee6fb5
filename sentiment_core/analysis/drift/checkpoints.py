"""One time axis for several runs: every checkpoint that any of them recorded, by name. Needs no torch."""

from __future__ import annotations

from fractions import Fraction

from sentiment_core.runs.reading import Checkpoint

_FINEST = 64  # checkpoints closer than this part of an epoch are one: batch sizes round the same share differently


def common_checkpoints(histories: list[list[Checkpoint]]) -> dict[str, list[int]]:
    """The checkpoints of all runs on one time axis: name -> the frame that each run had reached, in order of time.

    The first is "before" and the last "after"; a run with fewer epochs stays at its last frame.
    """
    reached = [[_checkpoint(row.epoch) for row in history] for history in histories]
    checkpoints = sorted({checkpoint for run in reached for checkpoint in run})
    named = {}
    for checkpoint in checkpoints:
        name = "after" if checkpoint == checkpoints[-1] and checkpoint > 0 else name_checkpoint(float(checkpoint))
        named[name] = [sum(earlier <= checkpoint for earlier in run) - 1 for run in reached]
    return named


def name_checkpoint(epoch: float) -> str:
    """A checkpoint in words, from the epochs trained: "before", "1/16 of epoch 1", "epoch 3"."""
    whole, part = divmod(_checkpoint(epoch), 1)
    if part:
        return f"{part} of epoch {whole + 1}"
    return f"epoch {whole}" if whole else "before"


def _checkpoint(epoch: float) -> Fraction:
    """Epochs trained, to the nearest 1/64; only the start is 0."""
    return Fraction(max(round(epoch * _FINEST), 1 if epoch > 0 else 0), _FINEST)
