"""Turns the signals that stop a command into one exception, so that each ends as with Ctrl-C."""

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
)  # Ctrl-C, kill, a closed terminal; on Windows Ctrl-Break and a closed window
_REPEAT_WINDOW = 10.0  # seconds in which a second signal repeats the first


class Stopped(KeyboardInterrupt):
    """A signal asked the process to stop. Raised in the main thread, at any point."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Within the block, raise Stopped when a signal asks the process to stop.

    Signals that follow within a few seconds do not interrupt the reaction to the first one: saving the state, and
    ending the run and the process. A signal that the parent process made this one ignore stays ignored, as nohup
    requires.
    """
    last = -math.inf

    def stop(number: int, _: FrameType | None) -> None:
        nonlocal last
        again, last = time.monotonic() - last < _REPEAT_WINDOW, time.monotonic()
        if not again:
            raise Stopped(number)

    if threading.current_thread() is not threading.main_thread():  # only the main thread receives signals
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
        # After a signal the process is about to end. By then Python has restored the system's handlers, and a second
        # signal would kill the process, unless it is ignored.
        for number, handler in before.items():
            signal.signal(number, handler if last < 0 else signal.SIG_IGN)


def stoppable(command: Callable[P, None]) -> Callable[P, None]:
    """A command that prints one line and exits with the signal's status when a signal stops it."""

    @functools.wraps(command)
    def stopping(*arguments: P.args, **options: P.kwargs) -> None:
        with stopped_by_signals():
            try:
                command(*arguments, **options)
            except KeyboardInterrupt as stop:
                raise interrupted(stop, "Run the same command again.") from None

    return stopping


def interrupted(stop: KeyboardInterrupt, advice: str) -> typer.Exit:
    """Print that the command was interrupted and what to do. Returns the exit to raise."""
    with suppress(OSError):  # the terminal may have been closed
        typer.echo(f"Interrupted. {advice}", err=True)
    return typer.Exit(stop.exit_code if isinstance(stop, Stopped) else 128 + signal.SIGINT)
