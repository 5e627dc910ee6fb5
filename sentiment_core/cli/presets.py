"""The command `presets`: lists the named recipes."""

from __future__ import annotations

import inspect
import json
from textwrap import fill

import typer
from rich.console import Console

from sentiment_core.cli.options import JsonOption
from sentiment_core.model.presets import PRESETS

out_console = Console(highlight=False)


def presets(as_json: JsonOption = False) -> None:
    """List the presets with their recipes."""
    if as_json:
        typer.echo(json.dumps({name: make().settings() for name, make in PRESETS.items()}, indent=2))
        return
    for name, make in PRESETS.items():
        out_console.print(name, style="bold")
        for paragraph in (inspect.getdoc(make) or "").split("\n\n"):
            line = " ".join(paragraph.split())
            typer.echo(fill(line, out_console.width, initial_indent="  ", subsequent_indent="  ") + "\n")
