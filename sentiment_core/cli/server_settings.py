"""The command `settings`: the settings by environment, and what is wrong with them."""

from __future__ import annotations

import json
import os
from typing import Annotated, Any

import typer

from sentiment_core.cli.options import JsonOption, error_console
from sentiment_core.environment.check import check_environment
from sentiment_core.environment.table import markdown, shown
from sentiment_core.environment.variable import Variable
from sentiment_core.environment.variables import VARIABLES
from sentiment_core.errors import SettingError
from sentiment_core.experiments.lessons import LESSONS

_HIDDEN = "(hidden)"


def settings(
    as_json: JsonOption = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the table of docs/hosting.md: defaults, and what each sets.")
    ] = False,
) -> None:
    """List the settings by environment with their values, and check them. The exit status is 2 if one is wrong."""
    if as_markdown:
        typer.echo(markdown())
        return
    if as_json:
        entries = {row.name: {"value": _value(row), "set": row.given() is not None} for row in VARIABLES}
        typer.echo(json.dumps(entries, indent=2, ensure_ascii=False))
    else:
        width = max(len(row.name) for row in VARIABLES)
        for row in VARIABLES:
            typer.echo(f"{row.name.ljust(width)}  {'=' if row.given() is not None else ' '} {_value(row)}".rstrip())
        typer.echo("\n= was set; the others have their default.")
    checked = check_environment(os.environ, lessons=LESSONS)
    for warning in checked.warnings:
        error_console.print(f"warning: {warning}", style="yellow", markup=False, soft_wrap=True)
    for error in checked.errors:
        error_console.print(f"error: {error}", style="red", markup=False, soft_wrap=True)
    if checked.errors:
        raise typer.Exit(2)


def _value(row: Variable[Any]) -> str:
    """The value as one would set it; what the default means where it is no value; a secret is not shown."""
    given = row.given()
    if row.secret and given is not None:
        return _HIDDEN
    try:
        value = row.value()
    except SettingError:
        return given or ""
    return row.unset.replace("`", "") if given is None and row.unset else shown(value)
