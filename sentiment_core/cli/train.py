"""The command `train`: trains a preset, with any setting changed, or resumes a stopped run."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from sentiment_core.cli.jobs import RunsOption
from sentiment_core.cli.options import (
    DataOption,
    DeviceOption,
    DropCopiesOption,
    EncodingOption,
    HeaderOption,
    LabelColumnOption,
    LabelsOption,
    SeparatorOption,
    SkipBadRowsOption,
    SplitSeedOption,
    TextColumnOption,
    error_console,
    load,
    majority_baseline,
    pick_device,
)
from sentiment_core.cli.settings import with_settings
from sentiment_core.cli.signals import interrupted
from sentiment_core.cli.train_job import queue_training
from sentiment_core.errors import RunError
from sentiment_core.jobs.layout import id_of
from sentiment_core.model.presets import preset
from sentiment_core.text.encoding import default_cache

if TYPE_CHECKING:
    from sentiment_core.text.reviews import Reviews
    from sentiment_core.training.loop import Progress

_READING = {
    "data",
    "text_column",
    "label_column",
    "labels",
    "separator",
    "encoding",
    "header",
    "split_seed",
    "skip_bad_rows",
    "drop_copies",
}
_BESIDE_RESUME = {"resume", "device", *_READING}


@with_settings
def train(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="Run folder to write, such as runs/mine/bilstm.")] = None,
    resume: Annotated[
        Path | None, typer.Option(help="Continue a stopped run, in place of --out. Give --data again.")
    ] = None,
    preset_name: Annotated[str, typer.Option("--preset", help="A preset; `presets` lists them.")] = "bilstm",
    data: DataOption = "imdb",
    text_column: TextColumnOption = None,
    label_column: LabelColumnOption = None,
    labels: LabelsOption = None,
    separator: SeparatorOption = None,
    encoding: EncodingOption = None,
    header: HeaderOption = None,
    skip_bad_rows: SkipBadRowsOption = False,
    drop_copies: DropCopiesOption = False,
    split_seed: SplitSeedOption = 0,
    device: DeviceOption = "auto",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an existing run.")] = False,
    job: Annotated[
        bool, typer.Option("--job", help="Queue it as a job, in place of --out: it goes on without this command.")
    ] = False,
    runs: RunsOption = Path("runs"),
    **settings: Any,
) -> None:
    """Train a preset, with any setting changed. Ctrl-C leaves a valid run, which --resume continues."""
    recipe, procedure = preset(preset_name).change(**settings), None
    from sentiment_core.experiments.reproduction.procedure import make_procedure
    from sentiment_core.model.precision import precision_note
    from sentiment_core.runs.reading import load_run
    from sentiment_core.runs.writing import check_free
    from sentiment_core.training.pipeline import check_recipe, check_resumable, reads_unlabelled, resume_run, train_run

    def read() -> Reviews:
        """Load the reviews.

        They are passed on without a variable here, so that their memory is freed once they are encoded.
        """
        return load(context, reads_unlabelled(recipe, procedure))

    if job:
        if out is not None or resume is not None:
            raise RunError("--job gives the run a folder of its own. Leave out --out and --resume.")
        check_recipe(recipe)
        folder = queue_training(recipe, load(context), runs)
        typer.echo(f"Queued as job {id_of(folder)}. Follow it with: jobs watch {id_of(folder)}")
        return
    place = pick_device(device)
    before = None  # precision of the stopped run
    # Refuse before minutes of reading, not after.
    if resume is not None:
        _check_beside_resume(context)
        stopped = check_resumable(resume)
        out, recipe, before = resume, stopped.recipe, stopped.precision
        procedure = make_procedure(stopped.variation)
        steps = resume_run(resume, read(), cache=default_cache(), device=place, procedure=procedure)
    elif out is not None:
        check_recipe(recipe)
        check_free(out, overwrite)
        steps = train_run(recipe, read(), out, overwrite=overwrite, cache=default_cache(), device=place)
    else:
        raise RunError("Name the run's folder with --out, such as --out runs/mine/bilstm.")
    if note := precision_note(recipe.network.precision, recipe.network.cell, before, place.type):
        typer.echo(note, err=True)
    written = _last_written(out)
    try:
        _show(steps, recipe.epochs)
    except KeyboardInterrupt as stop:
        raise interrupted(stop, _left_in(out, written)) from None
    scores = load_run(out).scores()
    assert scores is not None
    baseline = majority_baseline(scores.labels)
    typer.echo(f"{out}: test accuracy {scores.accuracy:.2%} on {len(scores.labels):,} reviews ({baseline})")


def _check_beside_resume(context: typer.Context) -> None:
    """Raise RunError for options that conflict with the resumed run's own recipe, or if --data is missing."""
    given = [option for option in context.command.params if _is_given(context, option.name)]
    if others := [option.opts[0] for option in given if option.name not in _BESIDE_RESUME]:
        raise RunError("--resume uses the run's own recipe. Leave out {names}.", names=list(others))
    if not _is_given(context, "data"):
        raise RunError("--resume reads the reviews again. Give the --data that the run was trained on.")


def _is_given(context: typer.Context, name: str | None) -> bool:
    source = context.get_parameter_source(name) if name else None
    return source is not None and source.name == "COMMANDLINE"


def _show(steps: Generator[Progress, None, None], epochs: int) -> None:
    """Train to the end, showing a progress bar and printing every checkpoint."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[loss]}  {task.fields[speed]}"),
        TimeRemainingColumn(),
    )
    with ProgressBar(*columns, console=error_console) as bar, closing(steps):
        task = bar.add_task("reading", total=None, loss="", speed="")
        for progress in steps:
            bar.update(
                task,
                description=f"epoch {progress.epoch}/{epochs}" if progress.epoch else "pretraining",
                total=progress.steps,
                completed=progress.step,
                loss=f"loss {progress.train_loss:.3f}",
                speed=f"{progress.tokens / progress.seconds / 1000:,.0f}k tokens/s",
            )
            if progress.checkpoint:
                bar.console.print(
                    f"epoch {progress.checkpoint.epoch:6.3f}  valid loss {progress.checkpoint.valid_loss:.4f}  "
                    f"valid accuracy {progress.checkpoint.valid_accuracy:.2%}"
                )


def _last_written(out: Path) -> int | None:
    """When the status of the run in `out` was last written; None if there is none."""
    recipe = out / "recipe.json"
    return recipe.stat().st_mtime_ns if recipe.exists() else None


def _left_in(out: Path, before: int | None) -> str:
    """What an interrupted training has left, in words. before: the result of `_last_written` at the start."""
    from sentiment_core.runs.reading import load_run

    if _last_written(out) is None:
        return "No weights had been written yet."
    if _last_written(out) == before:
        return f"{out} holds the run that was there before."
    try:
        load_run(out)
    except RunError as error:  # it says how to resume
        return str(error)
    return f"{out} holds the best weights so far. Continue with train --resume {out}."
