"""Command-line options for the settings of a recipe, derived from the dataclasses that define them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import Field
from typing import Annotated, Any

import typer

from sentiment_core.model.config import OPTIONS
from sentiment_core.model.settings import about

_PANEL = "Settings, the preset's where they are not given"
_TYPES: dict[str, type] = {"int": int, "float": float, "str": str, "bool": bool}


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """`command(..., **settings)` with an option for each setting in place of `settings`.

    A setting that is not given is None and keeps the preset's value. The recipe refuses an invalid value.
    """
    signature = inspect.signature(command, eval_str=True)
    named = [entry for entry in signature.parameters.values() if entry.kind is not inspect.Parameter.VAR_KEYWORD]
    added = [_option(entry) for entry in OPTIONS.values()]
    changed: Any = command
    changed.__signature__ = signature.replace(parameters=[*named, *added])
    return command


def _option(entry: Field) -> inspect.Parameter:
    known = about(entry)
    choices = f" One of {', '.join(known.choices)}." if known.choices and entry.type == "str" else ""  # type: ignore[arg-type]
    option = typer.Option(help=f"{known.help}{choices}", rich_help_panel=_PANEL)
    annotation: Any = Annotated[_TYPES[str(entry.type)], option]
    return inspect.Parameter(entry.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
