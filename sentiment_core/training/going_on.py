"""Trains a run wherever it was left: from its beginning, or from its saved state."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import torch

from sentiment_core.errors import LockedError, RunError
from sentiment_core.model.config import Recipe
from sentiment_core.model.device import CPU
from sentiment_core.runs.reading import load_run, load_start
from sentiment_core.text.reviews import Reviews
from sentiment_core.training.loop import STRETCH, Progress
from sentiment_core.training.observation import Observer
from sentiment_core.training.pipeline import check_resumable, resume_run, train_run
from sentiment_core.training.procedure import Procedure


def start_or_resume(
    recipe: Recipe,
    reviews: Reviews,
    out: Path,
    *,
    cache: Path | None = None,
    device: torch.device = CPU,
    procedure: Procedure | None = None,
    observer: Observer | None = None,
    stretch: int = STRETCH,
) -> Generator[Progress, None, None]:
    """The training of the run in `out`, from its beginning or from its saved state: the result is the same.

    A run whose saved state is damaged starts again. Raises what `train_run` and `resume_run` raise.
    """
    if _goes_on(out):
        return resume_run(
            *(out, reviews), cache=cache, device=device, procedure=procedure, observer=observer, stretch=stretch
        )
    return train_run(
        *(recipe, reviews, out),
        overwrite=True,
        cache=cache,
        device=device,
        procedure=procedure,
        observer=observer,
        stretch=stretch,
    )


def is_complete(out: Path) -> bool:
    """Whether there is a finished run in a folder."""
    try:
        return load_start(out).status == "complete"
    except RunError:
        return False


def trained_epochs(out: Path) -> float:
    """The epochs after which the run in a folder recorded its last checkpoint; 0 if there is none."""
    try:
        return load_run(out).history[-1].epoch
    except RunError:
        return 0.0


def _goes_on(out: Path) -> bool:
    """Whether a stopped run can go on. One whose saved state is damaged starts again, with the same result."""
    try:
        check_resumable(out)
    except LockedError:
        raise
    except RunError:
        return False
    return True
