"""The form of a training: the reviews, one or two networks, their settings and the reviews to follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.learn.train_parts import settings
from pages.learn.train_parts.opening import NONE, PLACES
from pages.shared import uploads
from pages.shared.address import choice, kept
from pages.shared.layout import plain
from pages.shared.problems import told
from pages.shared.training_data import DataSet, Recipe, data_sets
from pages.shared.training_resources import Plan, Planned
from sentiment_core.experiments.starting_points import OFFERED, PAIR, PINS, pinned_reviews, starting_point
from sentiment_core.messages import current_language, lazy, tr

LONGEST_PIN = 500  # characters
_HEADINGS = dict(zip(PLACES, (lazy("First network"), lazy("Second network")), strict=True))


def form() -> tuple[Plan, DeltaGenerator]:
    """Show the form. Returns the training that it asks for, and the place for the button, which stays on the first
    screen. Every choice is in the address.

    Raises PresetError if two settings do not go together.
    """
    found = data_sets()
    in_korean = current_language() == "ko"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {code: str(data.name) for code, data in found.items()}
        usual = "korean" if in_korean else "toy"
        code = choice(st.selectbox, tr("Reviews"), names, "data", usual, stated=usual != "toy", width=260)
        data = found[code]
        first = starting_point(PAIR[0], data.source).settings()
        common = {name: settings.setting(name, name, first[name]) for name in settings.SHARED}
    if data.missing is not None:
        st.info(plain(told(data.missing, uploads.find(data.code))), icon=":material/inventory_2:")
    button = st.container()
    columns = st.columns(2)
    recipes = []
    for place, column in zip(PLACES, columns, strict=True):
        with column.container(border=True):
            recipe = _network(place, data, common)
        if recipe is not None:
            recipes.append(recipe)
    return Plan(data, tuple(map(Planned, recipes)), _pins(data)), button


def _network(place: str, data: DataSet, common: Mapping[str, Any]) -> Recipe | None:
    """The widgets of one network; None if it is left out."""
    options = {name: name for name in OFFERED} | ({NONE: tr("no second network")} if place == PLACES[1] else {})
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(str(_HEADINGS[place]), anchor=False, width="content")
        preset = choice(
            st.selectbox,
            tr("Start from"),
            options,
            place,
            PAIR[PLACES.index(place)],
            width=190,
            label_visibility="collapsed",
            on_change=_start_anew,
            args=[place],
        )
    if preset == NONE:
        return None
    start = starting_point(preset, data.source)
    usual = start.settings()
    chosen = dict(common)
    with st.container(horizontal=True):
        for name in settings.MAIN:
            chosen[name] = settings.setting(name, f"{place}_{name}", usual[name])
    with st.expander(tr("More settings"), icon=":material/tune:"), st.container(horizontal=True):
        for name in settings.FOLDED:
            chosen[name] = settings.setting(name, f"{place}_{name}", usual[name])
    return start.change(**chosen)


def _start_anew(place: str) -> None:
    """Forget the settings of a network, because another preset was chosen."""
    for name in (*settings.MAIN, *settings.FOLDED):
        st.session_state.pop(f"{place}_{name}", None)
        st.query_params.pop(f"{place}_{name}", None)


def _pins(data: DataSet) -> tuple[str, ...]:
    """The boxes of the pinned reviews. An empty one is left out."""
    st.markdown(tr("**Pinned reviews**: the probability that each is positive is drawn while the networks learn."))
    usual = pinned_reviews(data.source, data.language)
    texts = []
    for number, column in enumerate(st.columns(PINS), start=1):
        with column:
            text = kept(
                st.text_input,
                tr("Review {number}", number=number),
                f"pin{number}",
                usual[number - 1],
                lambda text: text[:LONGEST_PIN],
                max_chars=LONGEST_PIN,
            )
            texts.append(text)
    return tuple(text for text in texts if text.strip())
