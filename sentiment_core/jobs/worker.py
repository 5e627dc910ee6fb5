"""The process of a job: `python -m sentiment_core.jobs.worker FOLDER`. `queue.start` starts it.

It takes the lock of its folder, waits for its turn, works, and writes how it ended. A second process for the same
folder ends at once.
"""

from __future__ import annotations

import sys
import traceback
from contextlib import suppress
from pathlib import Path

from sentiment_core.errors import LockedError, SentimentError, UnknownLabelsError
from sentiment_core.jobs.scoring_folders import (
    LOCK,
    Job,
    Progress,
    Stage,
    State,
    read_job,
    write_outcome,
    write_progress,
)
from sentiment_core.jobs.scoring_queue import Cancelled, turn
from sentiment_core.messages import Message, lazy
from sentiment_core.storage.locks import hold
from sentiment_core.storage.processes import yield_to_others


def work(folder: Path) -> None:
    """Do the job in a folder, unless another process does. Writes the outcome."""
    try:
        with hold(folder / LOCK, lazy("{path} is at work.", path=folder), wait=0):
            job = read_job(folder)
            if job is not None:
                outcome = _do(job)
                with suppress(OSError):  # the disk may be full; the job then counts as stopped
                    write_outcome(folder, *outcome)
    except LockedError:
        return


def _do(job: Job) -> tuple[State, Message | None, tuple[str, ...]]:
    """Do a job. Returns how it ended, why it failed, and the labels whose side is not known."""
    try:
        write_progress(job.folder, Progress(Stage.WAITING))
        with turn(job, job.folder.parents[2]):
            from sentiment_core.jobs.scoring import score  # torch: two seconds

            score(job)
        return State.DONE, None, ()
    except Cancelled:
        return State.CANCELLED, None, ()
    except UnknownLabelsError as error:
        return State.FAILED, error.words, error.labels
    except SentimentError as error:
        return State.FAILED, error.words, ()
    except MemoryError:
        return State.FAILED, _no_memory(job), ()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return State.FAILED, lazy("Cannot write the scores: {reason}. Free some space, and go on.", reason=reason), ()
    except Exception as error:
        traceback.print_exc()  # into the job's log
        if isinstance(error, RuntimeError) and "memory" in str(error):  # torch has no class of its own for the CPU's
            return State.FAILED, _no_memory(job), ()
        reason = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
        return State.FAILED, lazy("The job ended with an error: {reason}. Its log.txt says where.", reason=reason), ()


def _no_memory(job: Job) -> Message:
    return lazy("{name} does not fit into the memory of this machine. Choose a smaller model.", name=job.request.name)


if __name__ == "__main__":
    yield_to_others()
    work(Path(sys.argv[1]))
