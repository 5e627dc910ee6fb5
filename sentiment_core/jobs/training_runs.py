"""The runs of a training job: how each begins or goes on, and what the job's log tells of earlier processes."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from sentiment_core.experiments.reproduction.procedure import make_procedure
from sentiment_core.jobs import events
from sentiment_core.jobs.requests import Network
from sentiment_core.jobs.watching import Watch
from sentiment_core.text.reviews import Reviews
from sentiment_core.training.going_on import start_or_resume
from sentiment_core.training.loop import Progress


@dataclass
class RunOfJob:
    """One network of a job."""

    network: Network
    variation: dict[str, Any]
    watch: Watch
    total: int = 0  # steps
    step: int = 0
    seconds: float = 0.0  # that this process has spent on it
    taken: int = 0  # steps of this process
    done: bool = False  # whether it is complete or has failed
    ready: bool = False  # whether only its evaluation is left


@dataclass
class EarlierLog:
    """What the log of a job tells of its earlier processes."""

    started: bool = False
    tested: set[int] = field(default_factory=set)  # runs
    runs: set[int] = field(default_factory=set)  # of which it tells


def read_earlier(folder: Path) -> EarlierLog:
    """What the log of a job tells of earlier processes."""
    log = EarlierLog()
    for event in events.read_log(folder):
        if event["kind"] == "start":
            log.started = True
        elif event["kind"] == "test":
            log.tested.add(int(event["run"]))
        elif "run" in event:
            log.runs.add(int(event["run"]))
    return log


def begin_run(
    run: RunOfJob, out: Path, reviews: Reviews, cache: Path, device: torch.device
) -> Generator[Progress, None, None]:
    """The training of a run, from its beginning or from its saved state."""
    return start_or_resume(
        *(run.network.recipe, reviews, out),
        cache=cache,
        device=device,
        procedure=make_procedure(run.variation),
        observer=run.watch,
        stretch=1,
    )
