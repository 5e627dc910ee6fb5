"""The process that talks to Ray for `scoring.on_ray`: `python -m sentiment_core.cluster.driver OUT ADDRESS WORKERS`.

Ray's native part ends a process without a word when the head of its cluster is lost, and it writes to the terminal. So
it gets a process of its own. The numbers of the blocks come in as one line of JSON; answers go out as those of
`bulk.worker`, and {"end": true} after the last one.

The data set holds the numbers of blocks, not texts. Each actor reads its block's rows from the files, judges them and
writes the part, so no text passes through this process or Ray's memory, and a block that is done again, because its
machine was lost, replaces its part by an equal one.
"""

from __future__ import annotations

import json
import logging
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from sentiment_core.bulk.job import Done
from sentiment_core.bulk.processes import killed
from sentiment_core.bulk.worker import open_scorer, take_output
from sentiment_core.cluster.connection import connected
from sentiment_core.errors import ClusterError, SentimentError
from sentiment_core.messages.packing import pack

_LOST = 8  # times that a block may be begun: Ray itself begins a lost one again without end


class Scorer:
    """Scores blocks in a process of the cluster. An error that a user can mend is an answer, not an exception."""

    def __init__(self, out: str) -> None:
        self._problem = ""
        self._out = Path(out)
        try:
            self._scorer = open_scorer(self._out)
        except SentimentError as error:
            self._problem = json.dumps(pack(error.words))

    def __call__(self, blocks: dict[str, np.ndarray]) -> dict[str, list[Any]]:
        """For each number of a block: the number, its rows, rows with figures, and the packed problem or ''."""
        answers: dict[str, list[Any]] = {"number": [], "rows": [], "scored": [], "problem": []}
        for number in blocks["number"].tolist():
            done, problem = Done(number, 0, 0), self._problem
            if not problem:
                try:
                    done = self._score(number)
                except SentimentError as error:
                    problem = json.dumps(pack(error.words))
            for name, value in zip(answers, (done.number, done.rows, done.scored, problem), strict=True):
                answers[name].append(value)
        return answers

    def _score(self, number: int) -> Done:
        """Score a block. A file beside its part counts how often that was begun: a byte each time.

        Raises BulkError if it was begun too often, as `BlockScorer.score` does otherwise.
        """
        begun = self._out / f".part-{number}.begun"
        with begun.open("ab") as file:
            if file.tell() >= _LOST:
                raise killed(self._scorer.job, number, _LOST)
            file.write(b".")
        done = self._scorer.score(number)
        begun.unlink(missing_ok=True)
        return done


def _answers(ray: Any, out: Path, numbers: list[int], workers: int) -> Iterator[dict[str, Any]]:
    """The answer for each block, in the order in which they are done.

    Raises ClusterError if Ray gives up: a block was lost too often, or the head does not answer.
    """
    from ray.data import ActorPoolStrategy, DataContext
    from ray.exceptions import RayError

    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    blocks = ray.data.from_items([{"number": number} for number in numbers], override_num_blocks=len(numbers))
    scored = blocks.map_batches(
        Scorer,
        fn_constructor_args=(str(out),),
        batch_size=1,
        compute=ActorPoolStrategy(min_size=1, max_size=workers or None),
        num_cpus=1,
    )
    try:
        yield from scored.iter_rows()
    except RayError as error:
        reason = " ".join(str(error).split())[:300]
        raise ClusterError(
            "Ray gave up: {reason}. The parts that are there are whole; the same command goes on after them.",
            reason=reason,
        ) from error


def main(out: str, address: str, workers: str) -> None:
    """Have the blocks of the standard input scored."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that Ray's actors end too
    answer = take_output()
    numbers = json.loads(sys.stdin.readline())
    try:
        with connected(address, int(workers) or None) as ray:
            for found in _answers(ray, Path(out), numbers, int(workers)):
                if found["problem"]:
                    answer(problem=json.loads(found["problem"]))
                    return
                answer(done=[found["number"], found["rows"], found["scored"]])
        answer(end=True)
    except SentimentError as error:
        answer(problem=pack(error.words))
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
