"""Processes that talk to Ray, for `scoring` and `sweeping`.

Ray's native part ends a process without a word when the head of its cluster is lost, and it writes to the terminal. So
whoever talks to Ray is a process of its own. What it is to do comes in as one line of JSON. Its answers are lines of
JSON too; {"problem": ...} ends it with a packed message, and {"end": true} comes after the last answer.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Generator
from typing import Any

from sentiment_core.bulk.processes import end_process, start_apart
from sentiment_core.bulk.worker import take_output
from sentiment_core.cluster.connection import import_ray
from sentiment_core.errors import ClusterError, SentimentError
from sentiment_core.messages import lazy
from sentiment_core.messages.packing import pack, unpack

_MOST_REASON = 300  # characters


def drive(
    module: str, *arguments: object, task: object, error: type[SentimentError]
) -> Generator[dict[str, Any], None, None]:
    """The answers of the process `python -m module arguments...`, which ends with this generator.

    task: its line of JSON. error: what to raise for a problem that the process found.
    Raises ClusterError if Ray is not installed or is lost.
    """
    import_ray()
    with tempfile.TemporaryFile() as log:  # what Ray says; it is no help to a reader
        process = start_apart(module, *arguments, errors=log)
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(task) + "\n")
            process.stdin.flush()
            for line in process.stdout:
                answer = json.loads(line)
                if "problem" in answer:
                    raise error(unpack(answer["problem"]))
                if "end" in answer:
                    return
                yield answer
        finally:
            end_process(process)
    raise ClusterError(
        "The Ray cluster is lost: its head has ended, or does not answer. Start it again, and run the same command "
        "again."
    )


def be_driven(work: Callable[[Any, Callable[..., None]], None]) -> None:
    """Do the task of the standard input. `work` gets it, and what it answers by.

    Returns when it is done, has failed, or nobody listens.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that Ray's actors end too
    answer = take_output()
    try:
        work(json.loads(sys.stdin.readline()), answer)
        answer(end=True)
    except SentimentError as error:
        answer(problem=pack(error.words))
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(1)
    except Exception as error:  # above all Ray's own
        traceback.print_exc()
        reason = f"{type(error).__name__}: {' '.join(str(error).split())}"[:_MOST_REASON]
        answer(
            problem=pack(lazy("Ray gave up ({reason}). What is done is kept; the same command goes on.", reason=reason))
        )
