"""The table of variables for docs/hosting.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sentiment_core.environment.variable import Variable
from sentiment_core.environment.variables import VARIABLES

DOCUMENT = Path(__file__).parents[2] / "docs" / "hosting.md"
BEGIN, END = "<!-- settings: python -m sentiment_core.environment.update -->", "<!-- end of settings -->"


def markdown() -> str:
    """The table in Markdown: name, default, the default if every visitor trains, and what it sets."""
    rows = [
        "| variable | default | with `SENTIMENT_TRAINING=on` | what it sets |",
        "|---|---|---|---|",
    ]
    rows += [f"| `{row.name}` | {_default(row)} | {_open(row)} | {row.sets} |" for row in VARIABLES]
    return "\n".join(rows)


def placed(document: str) -> str:
    """A document with the table between its two marks. Raises ValueError if it does not have them."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{markdown()}\n\n{END}{after}"


def shown(value: Any) -> str:
    """A value as one sets it."""
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _default(row: Variable[Any]) -> str:
    return row.unset or _code(row.default)


def _open(row: Variable[Any]) -> str:
    return "" if row.visitors is None else _code(row.visitors)


def _code(value: Any) -> str:
    return shown(value) if isinstance(value, int | float) else f"`{shown(value)}`"
