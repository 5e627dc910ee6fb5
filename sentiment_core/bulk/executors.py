"""Runs the blocks of a job: here in this process, or in several. Another executor is in the room cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from sentiment_core.bulk.job import BulkJob, Done
from sentiment_core.bulk.scoring import BlockScorer
from sentiment_core.classifiers.protocol import Classifier

Advance = Callable[[int], None]  # called with the rows done since the last call


class Executor(Protocol):
    """What scores blocks. It gives each block that is done, in any order, and raises what ends the job."""

    def __call__(self, out: Path, job: BulkJob, numbers: list[int], advance: Advance) -> Iterator[Done]: ...


def here(classifier: Classifier) -> Executor:
    """Scores in this process."""

    def run(out: Path, job: BulkJob, numbers: Iterable[int], advance: Advance) -> Iterator[Done]:
        scorer = BlockScorer(out, job, classifier)
        for number in numbers:
            yield scorer.score(number, advance)

    return run
