"""One time axis for several runs, with every checkpoint that any of them recorded. Needs no torch.

A checkpoint's code is the number of epochs trained, as a fraction: "0", "1/16", "2". It is the same in every language.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sentiment_core.runs.reading import Checkpoint

_FINEST = 64  # checkpoints are rounded to 1/64 of an epoch, because batch sizes round the same share differently


def common_checkpoints(histories: list[list[Checkpoint]]) -> dict[str, list[int]]:
    """The checkpoints of all runs on one time axis: code -> the frame that each run had reached, in order of time.

    A run with fewer epochs stays at its last frame.
    """
    reached = [[_checkpoint(row.epoch) for row in history] for history in histories]
    checkpoints = sorted({checkpoint for run in reached for checkpoint in run})
    return {
        str(checkpoint): [sum(earlier <= checkpoint for earlier in run) - 1 for run in reached]
        for checkpoint in checkpoints
    }


def checkpoint_code(epoch: float) -> str:
    """The code of a checkpoint, from the epochs trained."""
    return str(_checkpoint(epoch))


def former_names(codes: Sequence[str]) -> dict[str, str]:
    """The codes of a time axis, by the names that addresses used up to version 0.2."""
    former = {_former_name(Fraction(code)): code for code in codes}
    return former | {"after": codes[-1]} if len(codes) > 1 else former


def _former_name(checkpoint: Fraction) -> str:
    whole, part = divmod(checkpoint, 1)
    if part:
        return f"{part} of epoch {whole + 1}"
    return f"epoch {whole}" if whole else "before"


def _checkpoint(epoch: float) -> Fraction:
    """Epochs trained, rounded to 1/64. Only the start is 0."""
    return Fraction(max(round(epoch * _FINEST), 1 if epoch > 0 else 0), _FINEST)
