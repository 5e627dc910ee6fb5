"""The recipes that a link from Train describes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pages.learn.train_parts.opening import JOB, LESSON, NONE, PLACES
from pages.learn.train_parts.settings import FOLDED, MAIN, SHARED
from pages.shared.training_data import DataSet, Recipe
from sentiment_core.errors import PresetError
from sentiment_core.experiments.starting_points import OFFERED, PAIR, starting_point

_LONGEST = 4000  # characters of a link


def read_link(link: str, known: Mapping[str, DataSet]) -> tuple[DataSet, tuple[Recipe, ...]]:
    """The reviews and the one or two recipes of the form that a link opens. known: data sets by code.

    Raises PresetError if it is no such link, or its settings cannot be trained with.
    """
    asked = dict(parse_qsl(urlsplit(link.strip()[:_LONGEST]).query))
    data = known.get(asked.get("data", "toy"))
    if data is None or JOB in asked or LESSON in asked or not asked:
        raise PresetError("That is no link to settings. Open Train, choose the settings, and copy the page's address.")
    first = starting_point(PAIR[0], data.source).settings()
    common = {name: _value(asked.get(name), first[name]) for name in SHARED if name != "seed"}
    recipes = []
    for place, usual in zip(PLACES, PAIR, strict=True):
        preset = asked.get(place, usual)
        if preset != NONE:
            recipes.append(_recipe(preset if preset in OFFERED else usual, place, data, asked, common))
    return data, tuple(recipes)


def _recipe(preset: str, place: str, data: DataSet, asked: Mapping[str, str], common: Mapping[str, Any]) -> Recipe:
    start = starting_point(preset, data.source)
    usual = start.settings()
    own = {name: _value(asked.get(f"{place}_{name}"), usual[name]) for name in (*MAIN, *FOLDED)}
    return start.change(**common, **own)


def _value(text: str | None, usual: Any) -> Any:
    """A setting as the address writes it. Raises PresetError for what cannot be one."""
    if text is None:
        return usual
    if type(usual) is bool:
        return text == "true"
    try:
        return type(usual)(text)
    except ValueError as error:
        raise PresetError("The link has {text!r} where a number belongs. Copy the address again.", text=text) from error
