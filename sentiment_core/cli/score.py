"""The command `score`: scores a classifier on a corpus as a job, and keeps the scores for the pages."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from sentiment_core.classifiers.labels import SIDES
from sentiment_core.classifiers.loading import HUB
from sentiment_core.cli.jobs import watch_job
from sentiment_core.cli.options import DeviceOption, RunArgument, majority_baseline
from sentiment_core.cli.signals import interrupted, stopped_by_signals
from sentiment_core.environment import variables
from sentiment_core.errors import ClassifierError, JobError
from sentiment_core.jobs.control import cancel
from sentiment_core.jobs.kept import kept_scores
from sentiment_core.jobs.layout import scoring_folder
from sentiment_core.jobs.queue import read_job, start
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import scoring_request
from sentiment_core.runs import layout
from sentiment_core.text.corpus import load_corpus

_LOOK_EVERY = 0.2  # seconds


def score(
    model: RunArgument,
    corpus: Annotated[Path, typer.Option(help="A corpus whose texts are at hand, such as checkpoints/imdb.")],
    label: Annotated[
        list[str] | None,
        typer.Option(help="Side of a label whose name does not say it, as LABEL_0=negative. Give it for each label."),
    ] = None,
    runs: Annotated[
        Path, typer.Option(envvar=variables.RUNS.name, help="The folder of live runs, which keeps the scores.")
    ] = Path("runs"),
    device: DeviceOption = "auto",
    stop: Annotated[bool, typer.Option("--stop", help="End the job. Without it, the same command goes on.")] = False,
) -> None:
    """Score a classifier on the test and valid split of a corpus, and keep the scores for the Test set page."""
    name = model.as_posix() if model.as_posix().startswith(HUB) else str(model.resolve())
    card = load_corpus(corpus)
    folder = scoring_folder(runs, card.fingerprint, name)
    if stop:
        if read_job(folder) is not None:
            cancel(folder)
            while (job := read_job(folder)) is not None and not job.state.ended:
                time.sleep(_LOOK_EVERY)
        typer.echo(f"{folder}: {job.state if (job := read_job(folder)) else 'no job'}")
        return
    with stopped_by_signals():
        try:
            folder = start(scoring_request(card, name, _sides(label or []), device), runs)
            job = watch_job(folder)
        except KeyboardInterrupt as signal:
            advice = "The job goes on. The same command shows it again, and ends it with --stop."
            raise interrupted(signal, advice) from None
    _tell(job)


def _sides(given: list[str]) -> dict[str, str]:
    """The side of each label. Raises ClassifierError for anything but LABEL=SIDE."""
    sides = {}
    for entry in given:
        label, _, side = entry.rpartition("=")
        if not label or side not in SIDES:
            raise ClassifierError(
                "{entry!r} says no side of a label. Write it as LABEL_0=negative, with {sides:or}.",
                entry=entry,
                sides=list(SIDES),
            )
        sides[label] = side
    return sides


def _tell(job: Job) -> None:
    """Print the result of a job. Raises JobError if it has none."""
    if job.problem is not None:
        raise JobError(job.problem)
    if job.state != State.DONE:
        raise JobError(
            "The job was {state} at {done} of {total} reviews. Run the same command again to go on.",
            state=str(job.state),
            done=job.done,
            total=job.total,
        )
    scores = kept_scores(job.folder, layout.TEST)
    neither = "" if scores.neutral is None else f", {scores.neutral.mean():.2%} judged neutral"
    typer.echo(
        f"{job.request.name} on {len(scores.labels):,} test reviews: accuracy {scores.accuracy:.2%} "
        f"({majority_baseline(scores.labels)}){neither}; kept in {job.folder}"
    )
