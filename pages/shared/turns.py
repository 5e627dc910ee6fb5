"""Turns of the page scripts: a few run at once, the others wait until it is their turn.

Python runs one thread at a time. If a class asks at once, hundreds of scripts share it: all of them end late, and the
thread that serves everybody waits behind each of them. In turn, most readers have their answer long before the last.
The next one is whose answer is due first. An answer to something that a reader typed is due earlier than a page.
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps

from streamlit.runtime.scriptrunner import RerunData, ScriptRunner

AT_ONCE = 2
LONG = 1.0  # seconds after which a script no longer keeps others from running, such as one that waits for a download
PART_DUE, PAGE_DUE = 1.0, 5.0  # seconds after which an answer is due: a part of a page that runs again, a whole page


class Turns:
    """Places for threads, given in the order in which their work is due."""

    def __init__(self, places: int = AT_ONCE, long: float = LONG) -> None:
        """long: seconds after which the place of a thread goes to another one, although it is still at work."""
        self._places, self._long = places, long
        self._guard = threading.Lock()
        self._tickets = itertools.count()
        self._at_work: dict[int, float] = {}  # a ticket -> when its turn began
        self._waiting: list[tuple[float, int, threading.Event]] = []  # a heap: when it is due, its ticket, its call

    @contextmanager
    def turn(self, due: float = 0.0) -> Iterator[None]:
        """Wait for a place and hold it. due: seconds from now until the work should be done."""
        called = threading.Event()
        with self._guard:
            ticket = next(self._tickets)
            heapq.heappush(self._waiting, (time.monotonic() + due, ticket, called))
            self._call()
        while not called.wait(self._long):
            with self._guard:
                self._call()
        try:
            yield
        finally:
            with self._guard:
                self._at_work.pop(ticket, None)
                self._call()

    def _call(self) -> None:
        """Give the free places to those who wait. Call it with the guard."""
        now = time.monotonic()
        for ticket in [ticket for ticket, began in self._at_work.items() if now - began > self._long]:
            del self._at_work[ticket]
        while self._waiting and len(self._at_work) < self._places:
            _, ticket, called = heapq.heappop(self._waiting)
            self._at_work[ticket] = now
            called.set()


def run_in_turn() -> None:
    """Let page scripts and fragments of all sessions run in turn. Call it once, before the first session."""
    run, turns = ScriptRunner._run_script, Turns()

    @wraps(run)
    def run_script(runner: ScriptRunner, rerun_data: RerunData) -> None:
        is_part = bool(rerun_data.fragment_id or rerun_data.fragment_id_queue)
        with turns.turn(PART_DUE if is_part else PAGE_DUE):
            run(runner, rerun_data)

    ScriptRunner._run_script = run_script  # type: ignore[assignment, method-assign]
