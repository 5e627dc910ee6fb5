"""What a dataclass says of each of its settings beside name, type and default: help, choices, bounds, what it decides.

The checks, the command line and the comparison of runs all read it here. Knows no particular setting, and no torch.
"""

from __future__ import annotations

import math
from dataclasses import Field, dataclass, field, fields
from typing import Any

from sentiment_core.errors import PresetError

_KEY = "setting"
_MOST = 2**63  # what a whole number must stay below, so that numpy and torch take it


@dataclass(frozen=True)
class Setting:
    """What is known of one setting."""

    help: str  # a sentence for the command line
    choices: tuple[str | int, ...] = ()  # all values there are; none for any within the bounds
    least: float = -math.inf  # smallest value
    above: float = -math.inf  # what a value must be greater than
    most: float = math.inf  # greatest value
    below: float = math.inf  # what a value must be smaller than
    by_preset: bool = False  # set by a preset and told by its name: no option changes it, no comparison lists it
    sets_apart: bool = True  # whether runs that differ in it may differ in their results
    shapes_pretraining: bool = False  # whether the weights that pretraining leaves depend on it


def setting(default: Any, help: str, **about: Any) -> Any:
    """A field of a dataclass with what `Setting` knows of it; its default is dataclasses.MISSING where it has none."""
    return field(default=default, metadata={_KEY: Setting(help, **about)})


def about(entry: Field) -> Setting:
    """What is known of a field that `setting` made."""
    return entry.metadata[_KEY]


def setting_fields(of: Any) -> list[Field]:
    """The fields of a dataclass, or of an instance of one, that `setting` made."""
    return [entry for entry in fields(of) if _KEY in entry.metadata]


def check_settings(settings: Any) -> None:
    """Raise PresetError for the first setting of a dataclass whose value is of another type or out of its bounds."""
    for entry in setting_fields(settings):
        _check(entry.name, str(entry.type), getattr(settings, entry.name), about(entry))


def _check(name: str, kind: str, value: Any, known: Setting) -> None:
    if kind in ("int", "float"):
        whole = type(value) is int
        number = whole or (kind == "float" and type(value) is float and math.isfinite(value))
        within = number and known.least <= value <= known.most and known.above < value < known.below
        if not within or (known.choices and value not in known.choices):
            raise PresetError(f"{name} must be {_range(kind, known)}, not {value!r}.")
        if whole and value >= _MOST:
            raise PresetError(f"{name} must be below 2**63.")
    elif kind == "bool" and type(value) is not bool:
        raise PresetError(f"{name} must be True or False, not {value!r}.")
    elif kind == "str" and (type(value) is not str or (known.choices and value not in known.choices)):
        choose = f" Choose one of {', '.join(map(str, known.choices))}." if known.choices else ""
        raise PresetError(f"No {name} {value!r}.{choose}")


def _range(kind: str, known: Setting) -> str:
    """The values that a number may have, in words."""
    if known.choices:
        return " or ".join(map(str, known.choices))
    number = "a whole number" if kind == "int" else "a number"
    bounds = [
        f"{word} {bound:g}"
        for word, bound in (
            ("of at least", known.least),
            ("above", known.above),
            ("at most", known.most),
            ("below", known.below),
        )
        if math.isfinite(bound)
    ]
    return " ".join([number, " and ".join(bounds)]) if bounds else number
