"""Browsers that wait for news of a class. One change wakes them all at once, and none keeps the server from ending."""

from __future__ import annotations

import asyncio
import signal
import threading
from types import FrameType

from sentiment_core.classroom.room import Classroom

LONGEST = 25.0  # seconds that an answer waits
COALESCE = 0.25  # seconds in which counts of votes are gathered into one answer


class Bell:
    """Wakes who waits for one class. News is what phones show; a count changes with every vote, for the teacher."""

    def __init__(self, room: Classroom) -> None:
        self.room = room
        self._loop = asyncio.get_running_loop()
        self._news, self._count = asyncio.Event(), asyncio.Event()
        room.on_news = lambda: self._from_thread(self.ring)
        room.on_count = lambda: self._from_thread(self._ring_count)

    def ring(self) -> None:
        """Wake everybody. Each event is used once, so that nobody who comes later is woken by it."""
        self._news.set()
        self._news = asyncio.Event()
        self._ring_count()

    async def news(self, after: int) -> None:
        """Return when phones have news after a version, or after LONGEST."""
        if self.room.news_version <= after and not _ending.is_set():
            await _wait(self._news)

    async def count(self, after: int) -> None:
        """Return when anything has changed after a version, or after LONGEST.

        Who asks again waits at least COALESCE, also if votes came since the last answer: in a rush of votes every
        question would otherwise be answered at once. A first question (after below 0) is.
        """
        if self.room.version <= after and not _ending.is_set():
            await _wait(self._count)
        if after >= 0 and not _ending.is_set():
            await asyncio.sleep(COALESCE)

    def _ring_count(self) -> None:
        self._count.set()
        self._count = asyncio.Event()

    def _from_thread(self, do: object) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(do)  # type: ignore[arg-type]


_bells: dict[str, Bell] = {}  # by the class's id
_ending = threading.Event()


def bell_of(room: Classroom) -> Bell:
    """The bell of a class. Call it in the server's event loop."""
    bell = _bells.get(room.id)
    if bell is None or bell.room is not room or bell._loop is not asyncio.get_running_loop():
        bell = _bells[room.id] = Bell(room)
    return bell


def drop_bells(open_ids: set[str]) -> None:
    """Forget the bells of classes that are over, after waking who still waits for them."""
    for class_id in set(_bells) - open_ids:
        _bells.pop(class_id).ring()


def answer_at_the_end() -> None:
    """Let waiting browsers be answered at once when the server is told to end. It would wait for them otherwise.

    Call it in the server's event loop. Signals reach only the main thread, which runs the loop; elsewhere it does
    nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for kind in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(kind)

        def end(number: int, frame: FrameType | None, before: object = before) -> None:
            _ending.set()
            loop.call_soon_threadsafe(_ring_all)
            if callable(before):
                before(number, frame)

        signal.signal(kind, end)


def _ring_all() -> None:
    for bell in list(_bells.values()):
        bell.ring()


async def _wait(event: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(LONGEST):
            await event.wait()
    except TimeoutError:
        pass
