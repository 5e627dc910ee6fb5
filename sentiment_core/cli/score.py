"""The command `score`: scores a classifier on a corpus for the pages, or the texts of files of any size."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from sentiment_core.bulk.job import ROWS, Settings
from sentiment_core.classifiers.labels import SIDES
from sentiment_core.classifiers.loading import HUB
from sentiment_core.cli.jobs import watch_job
from sentiment_core.cli.options import (
    AddressOption,
    DeviceOption,
    EncodingOption,
    ExecutorOption,
    HeaderOption,
    RunArgument,
    SeparatorOption,
    TextColumnOption,
    majority_baseline,
)
from sentiment_core.cli.score_files import Workers, score_files
from sentiment_core.cli.signals import interrupted, stopped_by_signals
from sentiment_core.environment import variables
from sentiment_core.errors import BulkError, ClassifierError, JobError
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
    corpus: Annotated[
        Path | None, typer.Option(help="A corpus whose texts are at hand, such as checkpoints/imdb.")
    ] = None,
    files: Annotated[
        list[str] | None,
        typer.Option(
            help="Files of texts to score into --out: Parquet, CSV, TSV or JSON lines, a folder of them, or a pattern "
            "in quotes such as 'reviews/*.parquet'. Give it for each."
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The folder of the scored parts.")] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(help="Side of a label whose name does not say it, as LABEL_0=negative. Give it for each label."),
    ] = None,
    text_column: TextColumnOption = None,
    id_column: Annotated[
        str | None, typer.Option(help="Column of ids. Without one, and no column id, ids are made: FILE:ROW.")
    ] = None,
    separator: SeparatorOption = None,
    encoding: EncodingOption = None,
    header: HeaderOption = None,
    format: Annotated[str, typer.Option(help="Of the parts: parquet, csv or jsonl.")] = "parquet",
    block_rows: Annotated[int, typer.Option(help="Rows of a part, at most.")] = ROWS,
    workers: Annotated[
        int,
        typer.Option(min=0, help="Processes that score, each on one thread. 0: this one alone; with Ray, one a core."),
    ] = 0,
    executor: ExecutorOption = "local",
    address: AddressOption = "local",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what another job wrote to --out.")] = False,
    runs: Annotated[
        Path,
        typer.Option(envvar=variables.RUNS.name, help="Folder of live runs, which keeps the scores of --corpus."),
    ] = Path("runs"),
    device: DeviceOption = "auto",
    stop: Annotated[
        bool, typer.Option("--stop", help="End the job of --corpus. Without it, the same command goes on.")
    ] = False,
) -> None:
    """Score a classifier on a corpus for the Test set page, or score the texts of files with millions of rows.

    With --corpus: the test and valid split, and the scores are kept for the page. With --files and --out: the same rows
    in the same order as parts of a new table, with new columns. The same command goes on after a stop. For one table of
    any other kind, such as Excel, use predict --file.
    """
    if (corpus is None) == (files is None) or (files is None) != (out is None):
        raise BulkError("Give a corpus with --corpus, or files with --files and the folder to write with --out.")
    sides = _sides(label or [])
    if files is not None and out is not None:
        form = (text_column, id_column, separator, encoding, header)
        settings = Settings(_full_name(model), sides, device, *form, format, block_rows)
        score_files(settings, files, out, Workers(executor, address, workers), overwrite)
    elif corpus is not None:
        _score_corpus(model, corpus, sides, runs, device, stop)


def _full_name(model: Path) -> str:
    return model.as_posix() if model.as_posix().startswith(HUB) else str(model.resolve())


def _score_corpus(model: Path, corpus: Path, sides: dict[str, str], runs: Path, device: str, stop: bool) -> None:
    """Start the job of scoring a corpus, or show it if it runs, or end it."""
    name = _full_name(model)
    card = load_corpus(corpus)
    folder = scoring_folder(runs, card.fingerprint, name)
    if stop:
        if (job := read_job(folder)) is not None:
            cancel(folder)
        while job is not None and not job.state.ended:
            time.sleep(_LOOK_EVERY)
            job = read_job(folder)
        typer.echo(f"{folder}: {job.state if job else 'no job'}")
        return
    with stopped_by_signals():
        try:
            folder = start(scoring_request(card, name, sides, device), runs)
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
