"""Names of checkpoints for a reader. A checkpoint's own name is a code, the same in every language and in addresses."""

from __future__ import annotations

import re

from sentiment_core.messages.message import Message, lazy, lazy_in

_NAMES = {
    "before": lazy_in("a checkpoint", "before"),
    "after": lazy_in("a checkpoint", "after"),
    "as it is": lazy_in("a checkpoint", "as it is"),
}
_EPOCH = re.compile(r"epoch (\d+)")
_PART = re.compile(r"(\d+/\d+) of epoch (\d+)")
_STEP = re.compile(r"step (\d+)")


def checkpoint_label(name: str) -> Message | str:
    """What a reader calls the checkpoint of this name; any other name is shown as it is."""
    if name in _NAMES:
        return _NAMES[name]
    if found := _EPOCH.fullmatch(name):
        return lazy("epoch {epoch}", epoch=int(found[1]))
    if found := _PART.fullmatch(name):
        return lazy("{part} of epoch {epoch}", part=found[1], epoch=int(found[2]))
    if found := _STEP.fullmatch(name):
        return lazy("step {step}", step=int(found[1]))
    return name
