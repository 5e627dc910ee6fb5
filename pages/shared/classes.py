"""The classes of this server, and who may open one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pages.shared.folders import live_runs
from pages.shared.visitors import Visitor
from sentiment_core.classroom.store import Classes
from sentiment_core.environment import variables
from sentiment_core.messages import Message, lazy


def classes() -> Classes:
    """The classes of this server. They are read from disk once, when they are first asked for."""
    return _classes(str(live_runs()))


@cache
def _classes(root: str) -> Classes:
    return Classes(
        Path(root), variables.CLASS_HOURS.value(), variables.CLASSES_MOST.value(), variables.CLASS_SEATS.value()
    )


def may_open(who: Visitor) -> bool:
    """Whether a visitor may open a class: $SENTIMENT_CLASSES is auto (only who sits at the machine), on or off."""
    return who.may(variables.CLASSES)


def classes_are_off() -> Message:
    """What to tell a visitor who may not open a class."""
    return lazy(
        "Opening a class is off for visitors of this server. Its owner turns it on with SENTIMENT_CLASSES=on when the "
        "server starts. To join a class, open join below this address."
    )
