"""Trains one trial of a sweep as far as the course says, from wherever its run folder was left."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from sentiment_core.experiments.sweeps.plan import Work
from sentiment_core.text.reviews import Reviews
from sentiment_core.training.going_on import is_complete, start_or_resume, trained_epochs
from sentiment_core.training.loop import Progress


def advance(work: Work, out: Path, reviews: Reviews, cache: Path | None = None) -> Generator[Progress, None, None]:
    """Train the run folder `out` of a trial to the end of its work, yielding progress.

    A run that has come so far already is left alone. One that ends at a rung keeps its state and can go on; closing the
    generator saves it too. Raises what `train_run` raises.
    """
    if is_complete(out) or (work.until and trained_epochs(out) >= work.until):
        return
    with closing(start_or_resume(work.trial.recipe, reviews, out, cache=cache)) as steps:
        for progress in steps:
            yield progress
            if work.until and progress.checkpoint and progress.checkpoint.epoch >= work.until:
                return
