"""The command `sweep`: trains one preset with many settings and seeds, and shows which setting is best."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from typer.core import TyperGroup

from sentiment_core.cli.jobs import RunsOption
from sentiment_core.cli.options import (
    AddressOption,
    DataOption,
    DropCopiesOption,
    EncodingOption,
    ExecutorOption,
    HeaderOption,
    JsonOption,
    LabelColumnOption,
    LabelsOption,
    SeparatorOption,
    SkipBadRowsOption,
    SplitSeedOption,
    TextColumnOption,
    error_console,
    is_on_ray,
    load,
)
from sentiment_core.cli.settings import with_settings
from sentiment_core.cli.signals import interrupted, stopped_by_signals
from sentiment_core.cli.train_job import published_card
from sentiment_core.errors import SweepError
from sentiment_core.experiments.sweeps.course import Course
from sentiment_core.experiments.sweeps.plan import (
    LOCK,
    Search,
    Sweep,
    is_same,
    is_sweep,
    make_sweep,
    read_sweep,
    write_sweep,
)
from sentiment_core.experiments.sweeps.results import (
    best_setting,
    count_ended,
    describe,
    forget_problems,
    read_results,
    read_trial,
)
from sentiment_core.experiments.sweeps.space import parse_axis
from sentiment_core.messages import lazy
from sentiment_core.model.presets import preset
from sentiment_core.storage.locks import hold
from sentiment_core.text.encoding import default_cache

if TYPE_CHECKING:
    from collections.abc import Generator

    from sentiment_core.experiments.sweeps.course import Look
    from sentiment_core.experiments.sweeps.plan import Trial
    from sentiment_core.text.reviews import Reviews


class _PresetOrCommand(TyperGroup):
    """`sweep PRESET ...` is `sweep run PRESET ...`."""

    def resolve_command(self, context: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands:
            args = ["run", *args]
        return super().resolve_command(context, args)


app = typer.Typer(
    cls=_PresetOrCommand,
    no_args_is_help=True,
    help="Train a preset with many settings and seeds: sweep PRESET --vary ..., which is short for sweep run PRESET.",
)


@app.command()
@with_settings
def run(
    context: typer.Context,
    preset_name: Annotated[str, typer.Argument(metavar="PRESET", help="A preset; `presets` lists them.")],
    out: Annotated[Path, typer.Option(help="Folder of the sweep. The page shows those in runs/sweeps/.")],
    vary: Annotated[
        list[str] | None,
        typer.Option(help="A setting and its values, as learning_rate=0.001,0.003, or a range, as 0.0005..0.01."),
    ] = None,
    seeds: Annotated[int, typer.Option(help="Seeds of each setting.")] = 3,
    search: Annotated[str, typer.Option(help="grid, random, or asha, which ends weak settings early.")] = "grid",
    trials: Annotated[int, typer.Option(help="Settings that random and asha draw. Default: all of the grid.")] = 0,
    search_seed: Annotated[int, typer.Option(help="Seed that draws the settings.")] = 0,
    first_rung: Annotated[int, typer.Option(help="asha: epochs before the first comparison.")] = 1,
    reduction: Annotated[int, typer.Option(help="asha: of so many settings at a rung, one goes on.")] = 3,
    test_all: Annotated[
        bool, typer.Option("--test-all", help="Read the test split for every setting, not only for the best.")
    ] = False,
    workers: Annotated[
        int,
        typer.Option(min=0, help="Trainings at a time. 0: as many jobs as work at a time; with Ray, one a core."),
    ] = 0,
    executor: ExecutorOption = "local",
    address: AddressOption = "local",
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
    runs: RunsOption = Path("runs"),
    **settings: Any,
) -> None:
    """Train a preset with many settings and seeds. The same command goes on with what is left, whatever was killed."""
    base = preset(preset_name).change(**settings)
    axes = [parse_axis(text) for text in vary or ()]
    on_ray = is_on_ray(executor)
    asked = Search(search, trials, search_seed, first_rung, reduction)  # type: ignore[arg-type]
    from sentiment_core.training.pipeline import check_recipe, reads_unlabelled

    check_recipe(base)
    with stopped_by_signals():
        try:
            reviews = load(context, reads_unlabelled(base))
            sweep = _planned(make_sweep(out, base, axes, seeds, asked, reviews, test_all))
            with hold(sweep.folder / LOCK, lazy("Another command runs the sweep in {path}.", path=out)):
                forget_problems(sweep)
                card = _prepare(sweep, reviews)
                del reviews
                if on_ray:
                    _run_on_ray(sweep, address, workers)
                else:
                    _run_here(sweep, runs.resolve(), workers, card)
        except KeyboardInterrupt as stop:
            rest = "The same command goes on with the rest."
            raise interrupted(stop, rest if on_ray else f"Trainings that have begun go on as jobs. {rest}") from None
    _print(sweep)


@app.command()
def show(
    folder: Annotated[Path, typer.Argument(help="Folder of a sweep, such as runs/sweeps/sizes.")],
    as_json: JsonOption = False,
) -> None:
    """Print the settings of a sweep, the best by valid accuracy first."""
    sweep = read_sweep(folder)
    if as_json:
        typer.echo(json.dumps(describe(sweep, read_results(sweep)), indent=2, ensure_ascii=False))
        return
    _print(sweep)


def _planned(sweep: Sweep) -> Sweep:
    """The sweep that is in the folder already, or this one, which is written. Raises SweepError if they differ."""
    if not is_sweep(sweep.folder):
        write_sweep(sweep)
        return sweep
    there = read_sweep(sweep.folder)
    if not is_same(there, sweep):
        raise SweepError(
            "{path} holds another sweep: its preset, settings, seeds, search or data differ. Name another folder.",
            path=sweep.folder,
        )
    if there.test_all or not sweep.test_all:
        return there
    write_sweep(sweep)  # the test split is wanted for all settings now
    return sweep


def _prepare(sweep: Sweep, reviews: Reviews) -> str:
    """Make the corpus folder of the sweep's runs. Returns the published one of the same reviews, or ''."""
    from sentiment_core.jobs.places import prepare_place

    card = published_card(reviews)
    prepare_place(sweep.runs, card, reviews, sweep.base.tokenizer, default_cache())
    return card


def _run_here(sweep: Sweep, runs: Path, workers: int, card: str) -> None:
    """Run a sweep as jobs of this machine."""
    from sentiment_core.jobs.limits import read_limits
    from sentiment_core.jobs.sweeping import run_jobs

    _follow(sweep, run_jobs(Course(sweep), runs, workers or read_limits().places, card))


def _run_on_ray(sweep: Sweep, address: str, workers: int) -> None:
    """Run a sweep on the machines of a Ray cluster."""
    from sentiment_core.cluster.sweeping import run_on_ray
    from sentiment_core.jobs.places import complete_place

    _follow(sweep, run_on_ray(sweep, address, workers))
    if sweep.reading is not None:
        complete_place(sweep.runs, sweep.reading)


def _follow(sweep: Sweep, looks: Generator[Look, None, None]) -> None:
    """Run a sweep behind a progress bar, and print each trial that was trained."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=error_console, transient=True) as bar, closing(looks):
        task = bar.add_task("Starting", total=len(sweep.trials))
        for look in looks:
            for trial in look.ended:
                bar.console.print(_line(sweep, trial), markup=False, highlight=False)
            bar.update(task, completed=count_ended(read_results(sweep)), description=f"{look.at_work} at work")


def _line(sweep: Sweep, trial: Trial) -> str:
    """What to print of a trial that has just been trained."""
    found = read_trial(sweep, trial)
    if found.problem is not None:
        return f"{trial.name}  failed: {found.problem}"
    accuracy = "" if found.valid is None else f"  valid accuracy {found.valid:.2%}"
    return f"{trial.name}  epoch {found.epoch:g}{accuracy}" + ("" if found.test is None else f"  test {found.test:.2%}")


def _print(sweep: Sweep) -> None:
    """Print a table of the settings, the best first, then how many trials are left."""
    results = read_results(sweep)
    best = best_setting(results)
    ranked = sorted(results, key=lambda one: (not one.is_trained, -(one.valid or 0.0), one.number))
    names = [axis.name for axis in sweep.axes]
    rows = [("", "setting", *names, "epochs", "valid", "±", "test", "state")]
    for one in ranked:
        values = sweep.settings[one.number]
        figures = [_percent(one.valid), _percent(one.spread), _percent(one.test)]
        mark = "*" if best is not None and one.number == best.number else ""
        rows.append(
            (
                mark,
                str(one.number + 1),
                *(str(values[name]) for name in names),
                f"{one.epoch:g}",
                *figures,
                str(one.stand),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        typer.echo(
            "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        )
    for one in results:
        for trial in one.trials:
            if trial.problem is not None:
                typer.echo(f"{trial.trial.name} failed: {trial.problem}")
    seeds = "mean of 1 seed" if len(sweep.seeds) == 1 else f"mean of {len(sweep.seeds)} seeds"
    typer.echo(f"valid: {seeds}, in percent; ±: standard deviation over the seeds; *: the best by valid")


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.2f}"
