"""Who is let in when only so many sessions fit into a machine: who is there, who has a place, and who waits in line."""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Callable

TABS = 4  # sessions of one visitor who is let past the line
RESERVED = 30.0  # seconds for which the place of a browser that was let in is kept until its session begins
GONE = 35.0  # seconds without a question after which a browser waits no longer
_MOST_WAITING = 5_000


class Door:
    """Counts sessions and keeps the line. A visitor is the cookie of a browser; "" is one without a cookie.

    A browser without a cookie is let in after all who wait. For the event loop alone.
    """

    def __init__(
        self, most: int, away: Callable[[], int], kept: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        """most: sessions at once, 0 for no limit. away: how many are kept for readers who lost their connection.

        kept: seconds for which they are kept.
        """
        self._most, self._away, self._kept, self._now = most, away, kept, now
        self._here: Counter[str] = Counter()  # a visitor -> open connections
        self._left: dict[str, float] = {}  # a visitor without a connection -> when the last one ended
        self._reserved: dict[str, float] = {}  # a visitor who was let in and has no session yet -> since when
        self._waiting: OrderedDict[str, float] = OrderedDict()  # a visitor in the line -> when it asked last

    def ahead(self, visitor: str) -> int | None:
        """How many browsers are let in before this one; None if it is let in now, and then it has a place.

        Whoever asks and is not let in stands in line from now on, unless it has no cookie.
        """
        if not self._most:
            return None
        self._tidy()
        if self._knows(visitor):
            return None
        before = list(self._waiting).index(visitor) if visitor in self._waiting else len(self._waiting)
        if before < self._most - self._here.total() - self._away() - len(self._reserved):
            self._waiting.pop(visitor, None)
            self.keep(visitor)
            return None
        if visitor and (visitor in self._waiting or before < _MOST_WAITING):
            self._waiting[visitor] = self._now()
        return before

    def keep(self, visitor: str) -> None:
        """Keep a place for a visitor until its session begins."""
        if self._most and visitor:
            self._reserved.setdefault(visitor, self._now())

    def enter(self, visitor: str) -> None:
        """Note that a connection of a visitor begins."""
        self._reserved.pop(visitor, None)
        self._left.pop(visitor, None)
        self._here[visitor] += 1

    def leave(self, visitor: str) -> None:
        """Note that a connection of a visitor ended."""
        self._here[visitor] -= 1
        if self._here[visitor] <= 0:
            del self._here[visitor]
            if visitor:
                self._left[visitor] = self._now()

    def _knows(self, visitor: str) -> bool:
        """Whether a visitor has a session, or a place for one."""
        return visitor in self._reserved or visitor in self._left or (visitor != "" and 0 < self._here[visitor] < TABS)

    def _tidy(self) -> None:
        """Forget who has not come back in time."""
        now = self._now()
        for since, most in ((self._left, self._kept), (self._reserved, RESERVED), (self._waiting, GONE)):
            for visitor in [visitor for visitor, then in since.items() if now - then > most]:
                del since[visitor]
