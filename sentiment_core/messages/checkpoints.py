"""Names of checkpoints for a reader, from the codes of `analysis.drift.checkpoints`."""

from __future__ import annotations

from fractions import Fraction

from sentiment_core.messages.message import Message, lazy, lazy_in


def checkpoint_label(code: str, last: str | None = None) -> Message:
    """A short name, for the player: "before", "1/16 of epoch 1", "epoch 2", and "after" for the last one."""
    whole, part = divmod(Fraction(code), 1)
    if not whole and not part:
        return lazy_in("a checkpoint", "before")
    if code == last:
        return lazy_in("a checkpoint", "after")
    if part:
        return lazy("{part} of epoch {epoch}", part=str(part), epoch=whole + 1)
    return lazy("epoch {epoch}", epoch=whole)


def checkpoint_phrase(code: str, last: str | None = None) -> Message:
    """A full name: "before training", "after 1/16 of epoch 1", "after epoch 2", "after training"."""
    whole, part = divmod(Fraction(code), 1)
    if not whole and not part:
        return lazy("before training")
    if code == last:
        return lazy("after training")
    if part:
        return lazy("after {part} of epoch {epoch}", part=str(part), epoch=whole + 1)
    return lazy("after epoch {epoch}", epoch=whole)
