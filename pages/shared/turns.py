"""Turns of the page scripts: a few run at once, the others wait in the order in which readers asked.

Python runs one thread at a time. If a class asks at once, hundreds of scripts share it: all of them end late, and the
thread that serves everybody waits behind each of them. In turn, most readers have their answer long before the last.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps

from streamlit.runtime.scriptrunner import RerunData, ScriptRunner

AT_ONCE = 2
LONG = 1.0  # seconds after which a script no longer keeps others from running, such as one that waits for a download


class Turns:
    """Places for threads, given in the order of asking."""

    def __init__(self, places: int = AT_ONCE, long: float = LONG) -> None:
        """long: seconds after which the place of a thread goes to another one, although it is still at work."""
        self._places, self._long = places, long
        self._guard = threading.Lock()
        self._at_work: dict[object, float] = {}  # a ticket -> when its turn began
        self._waiting: deque[tuple[object, threading.Event]] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a place and hold it."""
        ticket, called = object(), threading.Event()
        with self._guard:
            self._waiting.append((ticket, called))
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
        for ticket, began in list(self._at_work.items()):
            if now - began > self._long:
                del self._at_work[ticket]
        while self._waiting and len(self._at_work) < self._places:
            ticket, called = self._waiting.popleft()
            self._at_work[ticket] = now
            called.set()


def run_in_turn() -> None:
    """Let page scripts and fragments of all sessions run in turn. Call it once, before the first session."""
    run, turns = ScriptRunner._run_script, Turns()

    @wraps(run)
    def run_script(runner: ScriptRunner, rerun_data: RerunData) -> None:
        with turns.turn():
            run(runner, rerun_data)

    ScriptRunner._run_script = run_script  # type: ignore[assignment, method-assign]
