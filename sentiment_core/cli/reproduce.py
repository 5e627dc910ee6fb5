"""The command `reproduce`: reproduces every published figure, and writes the page that shows them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sentiment_core.cli.options import DataOption, DeviceOption, pick_device
from sentiment_core.cli.signals import interrupted
from sentiment_core.text.encoding import default_cache

if TYPE_CHECKING:
    from sentiment_core.experiments.reproduction.systems import System


def reproduce(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Systems or groups of --list; none: all but korean."),
    ] = None,
    data: DataOption = "imdb",
    device: DeviceOption = "auto",
    out: Annotated[Path, typer.Option(help="Folder of the runs, which are kept.")] = Path("runs/reproduce"),
    seeds: Annotated[int, typer.Option(min=1, help="Runs of each recipe, with seeds from 0.")] = 3,
    docs: Annotated[Path | None, typer.Option(help="Also write a page of all results in --out.")] = None,
    train: Annotated[
        bool, typer.Option("--train/--no-train", help="Train what is missing, or only print the tables.")
    ] = True,
    list_systems: Annotated[bool, typer.Option("--list", help="Describe the systems and exit.")] = False,
) -> None:
    """Reproduce the published figures: train what is missing, then print a table. Run it again to continue."""
    from sentiment_core.experiments.reproduction.saved import saved_table
    from sentiment_core.experiments.reproduction.systems import GROUPS, choose
    from sentiment_core.experiments.reproduction.tables import markdown_table, read_rows, write_results

    if list_systems:
        _list_systems(choose(names or GROUPS))
        return
    chosen = choose(names or [])
    incomplete = None
    if train:
        from sentiment_core.experiments.reproduction.runs import IncompleteError
        from sentiment_core.experiments.reproduction.runs import reproduce as make

        place = pick_device(device)
        try:
            with closing(make(chosen, data, out, seeds, default_cache(), place)) as lines:
                for line in lines:
                    typer.echo(line, err=True)
        except IncompleteError as error:  # print the tables of what was made first
            incomplete = error
        except KeyboardInterrupt as stop:
            raise interrupted(stop, "Run the same command again to continue.") from None
    if docs:
        write_results(out, docs)
    typer.echo(markdown_table([row for row in read_rows(out) if row.system in chosen]), nl=False)
    if saved := saved_table(out, chosen):
        typer.echo(f"\n{saved}", nl=False)
    if incomplete:
        raise incomplete


def _list_systems(systems: list[System]) -> None:
    """A line for each: its group, its name, and what is notable of it."""
    width = max(len(system.name) for system in systems) + 2
    for system in systems:
        recorded = f"recorded {system.recorded:.2%}. " if system.recorded else ""
        typer.echo(f"{system.group:<12}{system.name:<{width}}{recorded}{system.remark}".rstrip())
