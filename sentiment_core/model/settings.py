"""Metadata of settings: what a dataclass field states beside name, type and default (help, choices, bounds, effects).

The checks, the command line and the comparison of runs all use it. Knows no particular setting, and needs no torch.
"""

from __future__ import annotations

import math
from dataclasses import Field, dataclass, field, fields
from typing import Any

from sentiment_core.errors import PresetError
from sentiment_core.messages import Message, lazy

_KEY = "setting"
_MOST = 2**63  # whole numbers must be smaller, so that numpy and torch accept them


@dataclass(frozen=True)
class Setting:
    """The metadata of one setting."""

    help: Message  # a sentence for the command line and the page that trains
    choices: tuple[str | int, ...] = ()  # all allowed values; empty if any value within the bounds is allowed
    least: float = -math.inf  # smallest value
    above: float = -math.inf  # exclusive lower bound
    most: float = math.inf  # greatest value
    below: float = math.inf  # exclusive upper bound
    by_preset: bool = False  # fixed by the preset: no option changes it and no comparison lists it
    sets_apart: bool = True  # whether it can change a run's results
    shapes_pretraining: bool = False  # whether it changes the weights after pretraining


def setting(default: Any, help: Message, **about: Any) -> Any:
    """A dataclass field with the metadata of `Setting`; its default is dataclasses.MISSING if it has none."""
    return field(default=default, metadata={_KEY: Setting(help, **about)})


def about(entry: Field) -> Setting:
    """The metadata of a field made by `setting`."""
    return entry.metadata[_KEY]


def setting_fields(of: Any) -> list[Field]:
    """The fields made by `setting` of a dataclass or an instance of one."""
    return [entry for entry in fields(of) if _KEY in entry.metadata]


def check_settings(settings: Any) -> None:
    """Raise PresetError for the first setting of a dataclass whose value has a wrong type or is out of bounds."""
    for entry in setting_fields(settings):
        _check(entry.name, str(entry.type), getattr(settings, entry.name), about(entry))


def _check(name: str, kind: str, value: Any, known: Setting) -> None:
    if kind in ("int", "float"):
        whole = type(value) is int
        number = whole or (kind == "float" and type(value) is float and math.isfinite(value))
        within = number and known.least <= value <= known.most and known.above < value < known.below
        if not within or (known.choices and value not in known.choices):
            raise PresetError(
                "{name} must be {bounds}, not {value!r}.", name=name, bounds=_range(kind, known), value=value
            )
        if whole and value >= _MOST:
            raise PresetError("{name} must be below 2**63.", name=name)
    elif kind == "bool" and type(value) is not bool:
        raise PresetError("{name} must be True or False, not {value!r}.", name=name, value=value)
    elif kind == "str" and (type(value) is not str or (known.choices and value not in known.choices)):
        if not known.choices:
            raise PresetError("{name} cannot be {value!r}.", name=name, value=value)
        raise PresetError(
            "No {name} {value!r}. Choose one of {choices}.", name=name, value=value, choices=[*map(str, known.choices)]
        )


def _range(kind: str, known: Setting) -> Message:
    """The values that a number may have, in words."""
    if known.choices:
        return lazy("{choices:or}", choices=[*map(str, known.choices)])
    limits = (
        (known.least, lazy("of at least {bound}", bound=known.least)),
        (known.above, lazy("above {bound}", bound=known.above)),
        (known.most, lazy("at most {bound}", bound=known.most)),
        (known.below, lazy("below {bound}", bound=known.below)),
    )
    bounds = [words for bound, words in limits if math.isfinite(bound)]
    if not bounds:
        return lazy("a whole number") if kind == "int" else lazy("a number")
    if kind == "int":
        return lazy("a whole number {bounds:and}", bounds=bounds)
    return lazy("a number {bounds:and}", bounds=bounds)
