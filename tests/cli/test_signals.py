"""Signals that stop a command: each is handled once, except those that the parent made this process ignore."""

import os
import signal
import threading

import pytest
import typer

from sentiment_core.cli import signals as cli_signals
from sentiment_core.cli.signals import Stopped, stoppable, stopped_by_signals

NAMES = [name for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]


pytestmark = pytest.mark.usefixtures("heard_signals")


@pytest.mark.parametrize("name", NAMES)
def test_each_signal_ends_a_command_as_ctrl_c_does(name: str, capsys: pytest.CaptureFixture):
    number = getattr(signal, name)

    @stoppable
    def command() -> None:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
        signal.raise_signal(number)  # repeated: the reaction to the first one continues
        raise Stopped(number)

    with pytest.raises(typer.Exit) as caught:
        command()
    assert caught.value.exit_code == 128 + number
    assert capsys.readouterr().err == "Interrupted. Run the same command again.\n"
    signal.raise_signal(number)  # the end of the process is not interrupted either


def test_a_command_that_ends_by_itself_leaves_the_signals_as_they_were():
    before = [signal.getsignal(getattr(signal, name)) for name in NAMES]
    with stopped_by_signals():
        assert signal.getsignal(signal.SIGTERM) not in before
    assert [signal.getsignal(getattr(signal, name)) for name in NAMES] == before


def test_a_later_signal_is_heard_again(monkeypatch: pytest.MonkeyPatch):
    """A library's callback can swallow the exception of the first signal."""
    monkeypatch.setattr(cli_signals, "_REPEAT_WINDOW", 0.0)
    with stopped_by_signals():
        for _ in range(2):
            with pytest.raises(Stopped):
                signal.raise_signal(signal.SIGTERM)


@pytest.mark.skipif(os.name != "posix", reason="nohup is another system's")
def test_what_the_parent_wants_ignored_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stopped_by_signals():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_other_threads_set_no_signal_handlers():
    entered = []

    def within() -> None:
        with stopped_by_signals():
            entered.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=within)
    thread.start()
    thread.join()
    assert entered == [signal.getsignal(signal.SIGTERM)]
