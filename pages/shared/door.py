"""Who is let in when only so many sessions fit into a machine: who is there, who has a place, and who waits in line."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

TABS = 4  # sessions of one visitor who is let past the line
RESERVED = 60.0  # seconds for which the place of a browser that was let in is kept until its session begins
ABSENT = 35.0  # seconds without a question after which others are let in before a browser
GONE = 300.0  # seconds after which it has lost its place in line. Phones and hidden tabs may not ask for minutes.
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
        self.most = most
        self._away, self._kept, self._now = away, kept, now
        self._here: Counter[str] = Counter()  # a visitor -> open connections
        self._left: dict[str, float] = {}  # a visitor without a connection -> when the last one ended
        self._reserved: dict[str, float] = {}  # a visitor who was let in and has no session yet -> since when
        self._promised: dict[str, float] = {}  # the same for a cookie that the browser has just got, and may not keep
        self._waiting: dict[str, float] = {}  # a visitor in the line, in order -> when it asked last

    def ahead(self, visitor: str) -> int | None:
        """How many browsers are let in before this one; None if it is let in now, and then it has a place.

        Whoever asks and is not let in stands in line from now on, unless it has no cookie.
        """
        if not self.most:
            return None
        self._tidy()
        if self._knows(visitor):
            return None
        before = self._before(visitor)
        if before < self._free():
            self._waiting.pop(visitor, None)
            if visitor:
                self._reserved[visitor] = self._now()
            return None
        if visitor and (visitor in self._waiting or len(self._waiting) < _MOST_WAITING):
            self._waiting[visitor] = self._now()
        return before

    def promise(self, visitor: str) -> None:
        """Keep a place for a browser that was let in without a cookie and has just got this one."""
        if self.most and visitor:
            self._promised[visitor] = self._now()

    def admits(self, visitor: str) -> bool:
        """Whether a session of a visitor begins now. One without a cookie takes the place of a page let in before."""
        if not visitor:
            self._tidy()
            if self._promised:
                del self._promised[next(iter(self._promised))]  # the oldest
                return True
        return self.ahead(visitor) is None

    def enter(self, visitor: str) -> None:
        """Note that a connection of a visitor begins."""
        for places in (self._reserved, self._promised, self._left, self._waiting):
            places.pop(visitor, None)
        self._here[visitor] += 1

    def leave(self, visitor: str) -> None:
        """Note that a connection of a visitor ended."""
        self._here[visitor] -= 1
        if self._here[visitor] <= 0:
            del self._here[visitor]
            if visitor:
                self._left[visitor] = self._now()

    def waiting(self) -> int:
        """How many browsers wait now."""
        self._tidy()
        return self._before("")

    def full(self) -> bool:
        """Whether a browser that comes now must wait."""
        self._tidy()
        return bool(self.most) and self._free() <= self._before("")

    def _free(self) -> int:
        """Places that nobody has."""
        return self.most - self._here.total() - self._away() - len(self._reserved) - len(self._promised)

    def _before(self, visitor: str) -> int:
        """How many stand in line before a visitor, who may stand at its end, and have asked of late."""
        since, count = self._now() - ABSENT, 0
        for other, asked in self._waiting.items():
            if other == visitor:
                break
            count += asked >= since
        return count

    def _knows(self, visitor: str) -> bool:
        """Whether a visitor has a session, or a place for one."""
        return (
            visitor in self._reserved
            or visitor in self._promised
            or visitor in self._left
            or (visitor != "" and 0 < self._here[visitor] < TABS)
        )

    def _tidy(self) -> None:
        """Forget who has not come back in time."""
        now = self._now()
        spans = (self._left, self._kept), (self._reserved, RESERVED), (self._promised, RESERVED), (self._waiting, GONE)
        for since, most in spans:
            for visitor in [visitor for visitor, then in since.items() if now - then > most]:
                del since[visitor]
