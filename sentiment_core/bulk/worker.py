"""A process that scores blocks for `processes`: a number a line comes in, answers go out as JSON lines.

    {"rows": 2048}              rows done since the last answer
    {"done": [3, 20000, 19998]} block, its rows, rows with figures
    {"problem": {...}}          a packed message that ends the job

It ends when its input ends, so also when the process that started it was killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sentiment_core.bulk.job import read_job
from sentiment_core.bulk.plan import hash_files
from sentiment_core.bulk.scoring import BlockScorer
from sentiment_core.classifiers.linear_files import is_linear
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.errors import BulkError, SentimentError
from sentiment_core.messages.packing import pack


def open_scorer(out: Path) -> BlockScorer:
    """What scores the blocks of the job in a folder, on one thread, so that its figures are the same on every machine.

    Raises BulkError if there is no such job or the classifier is another one here, and what `load_classifier` raises.
    """
    job = read_job(out)
    if job is None:
        raise BulkError("{path} is not there. Every machine that scores must see it at this path.", path=out)
    settings = job.settings
    if hash_files(settings.model) != job.model_files:
        raise BulkError("The files of {path} differ on this machine. Copy them again.", path=settings.model)
    if not is_linear(Path(settings.model)):
        from sentiment_core.model.process import settle_torch

        settle_torch()
    classifier = load_classifier(settings.model, settings.device, threads=1, sides=settings.sides)
    return BlockScorer(out, job, classifier)


def main(out: str) -> None:
    """Answer the lines of the standard input."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # nothing half-written is left
    answer = take_output()
    try:
        scorer = open_scorer(Path(out))
        for line in sys.stdin:
            done = scorer.score(int(line), lambda rows: answer(rows=rows))
            answer(done=[done.number, done.rows, done.scored])
    except SentimentError as error:
        answer(problem=pack(error.words))
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(1)


def take_output() -> Callable[..., None]:
    """A function that writes one line of JSON to the standard output, to which nothing else is written from now on.

    Libraries print there too, also their native parts.
    """
    lines = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def answer(**entries: Any) -> None:
        print(json.dumps(entries), file=lines, flush=True)

    return answer


if __name__ == "__main__":
    main(*sys.argv[1:])
