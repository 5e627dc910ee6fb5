"""What the address of the Train page says: a job, or the settings of a form."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.learn.train_parts.settings import FOLDED, MAIN, SHARED, in_address
from pages.shared.language import open_address
from pages.shared.training_data import data_set_of
from sentiment_core.experiments.lessons import LESSONS
from sentiment_core.experiments.starting_points import OFFERED, PAIR, PINS, pinned_reviews, starting_point
from sentiment_core.jobs.requests import Network, TrainingRequest

SCRIPT = "pages/learn/train.py"
JOB, LESSON = "job", "lesson"  # keys in the address
PLACES = ("a", "b")  # of the two networks: their preset's key, and the prefix of their settings
NONE = "none"  # in place of the second network's preset


def open_job(job_id: str) -> None:
    """Let the page show a job. Its address is then a link to it."""
    open_address({JOB: job_id})


def open_form(address: Mapping[str, str] | None = None) -> None:
    """Let the page show the form, as an address describes it."""
    forget_form()
    open_address(address or {})


def form_keys() -> list[str]:
    """The keys of the form's widgets, in the session and in the address."""
    pins = [f"pin{number}" for number in range(1, PINS + 1)]
    of_networks = [f"{place}_{name}" for place in PLACES for name in (*MAIN, *FOLDED)]
    of_lessons = [in_lesson(code, free.setting) for code, lesson in LESSONS.items() for free in lesson.freedoms]
    return ["data", *SHARED, *pins, *PLACES, *of_networks, *of_lessons]


def in_lesson(code: str, setting: str) -> str:
    """The key of a setting that a lesson leaves free."""
    return f"{code}_{setting}"


def forget_form() -> None:
    """Forget what was chosen in the form, so that the address alone decides."""
    for key in form_keys():
        st.session_state.pop(key, None)
        st.session_state.pop(f"{key}.in_address", None)


def form_of(request: TrainingRequest) -> dict[str, str]:
    """The address of the form that asks for the same training."""
    if request.lesson in LESSONS:
        return {LESSON: request.lesson, **_free_settings(request)}
    code = data_set_of(request.reading, request.card)
    source = request.reading.source
    found = {"data": code} if code else {}
    recipe = request.networks[0].recipe
    common = starting_point(PAIR[0], source).settings()
    settings = recipe.settings()
    found |= {name: in_address(settings[name]) for name in SHARED if settings[name] != common[name]}
    for place, network in zip(PLACES, (*request.networks, None)[: len(PLACES)], strict=True):
        found |= {place: NONE} if network is None else _network(place, network, source)
    usual = pinned_reviews(source, "")
    pins = (*request.pins, *[""] * PINS)[:PINS]
    return found | {f"pin{number}": text for number, text in enumerate(pins, start=1) if text != usual[number - 1]}


def _free_settings(request: TrainingRequest) -> dict[str, str]:
    """What was changed of a lesson, by key in the address."""
    lesson = LESSONS[request.lesson]
    asked = {}
    for free in lesson.freedoms:
        value = request.networks[free.networks[0]].recipe.settings()[free.setting]
        if value != lesson.value(free.setting):
            asked[in_lesson(lesson.code, free.setting)] = in_address(value)
    return asked


def _network(place: str, network: Network, source: str) -> dict[str, str]:
    preset = network.recipe.preset if network.recipe.preset in OFFERED else PAIR[PLACES.index(place)]
    usual, settings = starting_point(preset, source).settings(), network.recipe.settings()
    changed = {name: settings[name] for name in (*MAIN, *FOLDED) if settings[name] != usual[name]}
    return {place: preset, **{f"{place}_{name}": in_address(value) for name, value in changed.items()}}
