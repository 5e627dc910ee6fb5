"""The process that talks to Ray for `scoring`: its arguments are OUT ADDRESS WORKERS RUN_FILE.

Its task is the numbers of the blocks; it answers {"done": [number, rows, scored]} for each.

The data set holds the numbers of blocks, not texts. Each actor reads its block's rows from the files, judges them and
writes the part, so no text passes through this process or Ray's memory, and a block that is done again, because its
machine was lost, replaces its part by an equal one.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from sentiment_core.bulk.job import Done
from sentiment_core.bulk.processes import killed
from sentiment_core.bulk.worker import open_scorer
from sentiment_core.cluster.connection import connected
from sentiment_core.cluster.drivers import be_driven
from sentiment_core.errors import BulkError, SentimentError
from sentiment_core.messages.packing import pack, unpack

_LOST = 8  # times that a block may be begun: Ray itself begins a lost one again without end


class Scorer:
    """Scores blocks in a process of the cluster. An error that a user can mend is an answer, not an exception.

    It may be cut off, and go on when its command has ended and another job has taken the folder. So a part counts only
    if the file of its command is still there after the part's last rows were written.
    """

    def __init__(self, out: str, run_file: str) -> None:
        self._problem = ""
        self._out, self._run_file = Path(out), Path(run_file)
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

        Raises BulkError if it was begun too often or the command has ended, as `BlockScorer.score` does otherwise.
        """
        self._check_under_way()
        begun = self._out / f".part-{number}.begun"
        with begun.open("ab") as file:
            if file.tell() >= _LOST:
                raise killed(self._scorer.job, number, _LOST)
            file.write(b".")
        try:
            return self._scorer.score(number, self._check_under_way)
        finally:
            begun.unlink(missing_ok=True)

    def _check_under_way(self, rows: int = 0) -> None:
        """Raise BulkError if the command has ended, or its folder is not seen here."""
        try:
            self._run_file.open("rb").close()  # NFS asks its server only when a file is opened
        except OSError as error:
            raise BulkError(
                "{path} is not there. Every machine that scores must see it at this path.", path=self._run_file
            ) from error


def _answers(ray: Any, out: str, run_file: str, numbers: list[int], workers: int) -> Iterator[dict[str, Any]]:
    """The answer for each block, in the order in which they are done. Raises what Ray raises when it gives up."""
    from ray.data import ActorPoolStrategy, DataContext

    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    blocks = ray.data.from_items([{"number": number} for number in numbers], override_num_blocks=len(numbers))
    scored = blocks.map_batches(
        Scorer,
        fn_constructor_args=(out, run_file),
        batch_size=1,
        compute=ActorPoolStrategy(min_size=1, max_size=workers or None),
        num_cpus=1,
    )
    yield from scored.iter_rows()


def main(out: str, address: str, workers: str, run_file: str) -> None:
    """Have the blocks of the standard input scored."""

    def score(numbers: list[int], answer: Callable[..., None]) -> None:
        with connected(address, int(workers) or None) as ray:
            for found in _answers(ray, out, run_file, numbers, int(workers)):
                if found["problem"]:
                    raise BulkError(unpack(json.loads(found["problem"])))
                answer(done=[found["number"], found["rows"], found["scored"]])

    be_driven(score)


if __name__ == "__main__":
    main(*sys.argv[1:])
