"""The space of a sweep: which settings vary over which values, and what is drawn from it. Needs no torch."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sentiment_core.errors import SweepError
from sentiment_core.model.config import OPTIONS, Recipe
from sentiment_core.model.settings import about

Value = int | float | str | bool
Setting = dict[str, Value]  # name of a setting of the recipe -> its value
_MOST = 1000  # settings of one sweep
_SWITCHES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True)
class Axis:
    """A setting of the recipe that varies: over `values`, or over the numbers from `low` to `high`."""

    name: str  # as the option of `train`, with underscores
    values: tuple[Value, ...] = ()  # empty for a range
    low: float = 0.0
    high: float = 0.0

    @property
    def is_range(self) -> bool:
        """Whether it has no list of values."""
        return not self.values

    def draw(self, rng: np.random.Generator) -> Value:
        """A random value: of a list each alike; of a range above 0 each order of magnitude alike."""
        if not self.is_range:
            return self.values[int(rng.integers(len(self.values)))]
        whole = OPTIONS[self.name].type == "int"
        low, high = self.low, self.high + (1 if whole else 0)  # each whole number has its part of the range
        at = float(rng.random())
        value = low * (high / low) ** at if low > 0 else low + (high - low) * at
        return min(math.floor(value), int(self.high)) if whole else float(f"{value:.4g}")


def parse_axis(text: str) -> Axis:
    """The axis that `--vary` describes: learning_rate=0.001,0.003 or, for a random search, learning_rate=0.0005..0.01.

    Raises SweepError for an unknown setting, a value of the wrong type, or one that occurs twice.
    """
    name, equals, given = text.partition("=")
    name = name.strip().replace("-", "_")
    if not equals or not given.strip():
        raise SweepError("{text!r} names no values. Write it as learning_rate=0.001,0.003.", text=text)
    if name == "seed":
        raise SweepError("Say how many seeds with --seeds, not with --vary.")
    if name not in OPTIONS or not about(OPTIONS[name]).sets_apart:
        known = [option for option, entry in OPTIONS.items() if about(entry).sets_apart and option != "seed"]
        raise SweepError("No setting {name!r} can vary. Choose one of {known}.", name=name, known=known)
    low, dots, high = given.partition("..")
    if dots:
        if OPTIONS[name].type not in ("int", "float"):
            raise SweepError("{name} has no range. List its values.", name=name)
        ends = float(_value(name, low)), float(_value(name, high))
        if not ends[0] < ends[1]:
            raise SweepError("The range of {name} must begin below its end.", name=name)
        return Axis(name, (), *ends)
    values = tuple(_value(name, part) for part in given.split(","))
    if len(set(values)) < len(values):
        raise SweepError("{name} has a value twice. List each once.", name=name)
    return Axis(name, values)


def _value(name: str, text: str) -> Value:
    kind, text = str(OPTIONS[name].type), text.strip()
    try:
        if kind == "bool":
            return _SWITCHES[text.lower()]
        return {"int": int, "float": float, "str": str}[kind](text)
    except (ValueError, KeyError) as error:
        raise SweepError("{name} cannot be {value!r}.", name=name, value=text) from error


def all_settings(axes: Sequence[Axis]) -> list[Setting]:
    """Every combination of the values, the last axis changing fastest. Raises SweepError for a range or too many."""
    if ranges := [axis.name for axis in axes if axis.is_range]:
        raise SweepError(
            "A grid needs the values of {names}. List them, or draw from the range with --search random --trials 20.",
            names=ranges,
        )
    count = math.prod(len(axis.values) for axis in axes)
    if count > _MOST:
        raise SweepError(
            "The grid has {count} settings, more than {most}. Draw some with --search random --trials 50.",
            count=count,
            most=_MOST,
        )
    names = [axis.name for axis in axes]
    return [dict(zip(names, values, strict=True)) for values in itertools.product(*(axis.values for axis in axes))]


def draw_settings(axes: Sequence[Axis], count: int, seed: int) -> list[Setting]:
    """Different settings drawn at random; all, in random order, if there are no more.

    Raises SweepError for a count out of range.
    """
    if not 1 <= count <= _MOST:
        raise SweepError("--trials must be from 1 to {most}.", most=_MOST)
    rng = np.random.default_rng(seed)
    if not any(axis.is_range for axis in axes):
        possible = math.prod(len(axis.values) for axis in axes)
        if possible <= _MOST:
            found = all_settings(axes)
            return [found[place] for place in rng.permutation(len(found))[:count]]
    drawn: list[Setting] = []
    for _ in range(100 * count):  # a narrow range of whole numbers may not have so many
        setting = {axis.name: axis.draw(rng) for axis in axes}
        if setting not in drawn:
            drawn.append(setting)
        if len(drawn) == count:
            break
    return drawn


def change(recipe: Recipe, setting: Setting) -> Recipe:
    """The recipe with a setting. Raises PresetError for a value that cannot be trained with."""
    changes: dict[str, Any] = dict(setting)
    return recipe.change(**changes)
