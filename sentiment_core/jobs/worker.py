"""The process of a job: `python -m sentiment_core.jobs.worker FOLDER`. The supervisor starts it.

It takes the lock of its folder, works, and writes how it ended. A second process for the same folder ends at once.
With --ready in place of a folder it loads torch and then waits for the folder of a job on its standard input.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from sentiment_core.errors import LockedError, SentimentError, UnknownLabelsError
from sentiment_core.jobs.desk import Cancelled, Desk, Left, Stopped
from sentiment_core.jobs.folders import Outcome, has_ended, read_folder, write_outcome
from sentiment_core.jobs.kinds import function_of
from sentiment_core.jobs.layout import LOCK, LOG, TURN
from sentiment_core.jobs.records import State
from sentiment_core.jobs.requests import TrainingRequest
from sentiment_core.messages import Message, lazy
from sentiment_core.storage.locks import hold
from sentiment_core.storage.processes import yield_to_others


def work(folder: Path) -> None:
    """Do the job in a folder, unless it has ended or another process does it. Writes the outcome, if there is one."""
    try:
        with hold(folder / LOCK, lazy("{path} is at work.", path=folder)):
            job = read_folder(folder)
            if job is None or has_ended(folder):
                return
            with Desk(job) as desk:
                outcome = _do(desk)
            if outcome is not None:
                with suppress(OSError):  # the disk may be full; the job then counts as lost
                    write_outcome(folder, outcome)
            with suppress(OSError):
                (folder / TURN).unlink(missing_ok=True)
    except LockedError:
        return
    except OSError:
        _print_error()  # the folder is gone, or cannot be written


def _do(desk: Desk) -> Outcome | None:
    """Do a job. Returns how it ended; None if the supervisor is to decide: it was cancelled, or goes on later."""
    try:
        function = function_of(desk.request.kind)
        yield_to_others()  # not before: somebody waits for the start
        function(desk)
        return Outcome(State.DONE)
    except (Cancelled, Left):
        return None
    except Stopped as stop:
        return Outcome(State.STOPPED, stop.reason)
    except UnknownLabelsError as error:
        return Outcome(State.FAILED, error.words, error.labels)
    except SentimentError as error:
        return Outcome(State.FAILED, error.words)
    except MemoryError:
        return Outcome(State.FAILED, _no_memory(desk))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Outcome(
            State.FAILED, lazy("Cannot write the results: {reason}. Free some space, and start again.", reason=reason)
        )
    except Exception as error:
        _print_error()
        if isinstance(error, RuntimeError) and "memory" in str(error):  # torch has no class of its own for the CPU's
            return Outcome(State.FAILED, _no_memory(desk))
        reason = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
        return Outcome(
            State.FAILED, lazy("The job ended with an error: {reason}. Its log.txt says where.", reason=reason)
        )


def _print_error() -> None:
    """Print where the error came from into the job's log, unless the disk is full."""
    with suppress(OSError):
        traceback.print_exc()


def _no_memory(desk: Desk) -> Message:
    name = desk.request.name
    return lazy("{name} does not fit into the memory of this machine. Choose a smaller model.", name=name)


def _wait_for_folder() -> Path | None:
    """Load what a training needs, then wait for a folder. None if whoever could name one has ended."""
    yield_to_others()
    with suppress(ImportError):
        function_of(TrainingRequest.kind)
    print("ready", flush=True)
    line = sys.stdin.readline().rstrip("\n")
    if not line:
        return None
    folder = Path(line)
    with (folder / LOG).open("ab") as log:  # from now on it prints there
        for stream in (1, 2):
            os.dup2(log.fileno(), stream)
    return folder


def main() -> None:
    """Do the job that the command line names, or that the supervisor will name."""
    if hasattr(signal, "SIGHUP"):  # comes to a process that is held when its supervisor ends
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    folder = _wait_for_folder() if sys.argv[1] == "--ready" else Path(sys.argv[1])
    if folder is not None:
        work(folder)


if __name__ == "__main__":
    main()
