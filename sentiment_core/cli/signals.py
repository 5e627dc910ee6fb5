"""What asks a command to stop, turned into one exception, so that each ends as with Ctrl-C."""

from __future__ import annotations

import functools
import math
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import ParamSpec

import typer

P = ParamSpec("P")

_NAMES = (
    "SIGINT",
    "SIGTERM",
    "SIGHUP",
    "SIGBREAK",
)  # Ctrl-C, kill, a closed terminal there; Ctrl-Break, a closed window
_SAME_WISH = 10.0  # seconds in which a second signal asks for nothing new


class Stopped(KeyboardInterrupt):
    """A signal asked the process to stop. Raised in the main thread, wherever that is."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Have signals that ask to stop raise Stopped within the block.

    What the first one began, saving the state and ending the run and the process, is not broken off by others that
    follow in a few seconds. A signal that the parent process had this one ignore stays ignored, as nohup wants it.
    """
    last = -math.inf

    def stop(number: int, _: FrameType | None) -> None:
        nonlocal last
        again, last = time.monotonic() - last < _SAME_WISH, time.monotonic()
        if not again:
            raise Stopped(number)

    if threading.current_thread() is not threading.main_thread():  # which alone is sent signals
        yield
        return
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    before = {number: handler for number, handler in before.items() if handler not in (signal.SIG_IGN, None)}
    try:
        for number in before:
            signal.signal(number, stop)
        yield
    finally:
        # Where one came, the process is about to end. Python gives a handler of its own back to the system by then, and
        # a second signal would kill; one that is ignored stays ignored.
        for number, handler in before.items():
            signal.signal(number, handler if last < 0 else signal.SIG_IGN)


def stoppable(command: Callable[P, None]) -> Callable[P, None]:
    """A command that ends in one line and the signal's exit status when a signal asks it to stop."""

    @functools.wraps(command)
    def stopping(*arguments: P.args, **options: P.kwargs) -> None:
        with stopped_by_signals():
            try:
                command(*arguments, **options)
            except KeyboardInterrupt as stop:
                raise interrupted(stop, "Run the same command again.") from None

    return stopping


def interrupted(stop: KeyboardInterrupt, advice: str) -> typer.Exit:
    """Say that the command was interrupted and what to do; the exit status to raise."""
    with suppress(OSError):  # the terminal may be what was closed
        typer.echo(f"Interrupted. {advice}", err=True)
    return typer.Exit(stop.exit_code if isinstance(stop, Stopped) else 128 + signal.SIGINT)
