"""A lesson in place of the form: its question, what to do and to look at, and the few settings that it leaves free."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.learn.train_parts.opening import in_lesson, open_form
from pages.learn.train_parts.settings import setting
from pages.shared.debug_resources import fault_of
from pages.shared.layout import plain
from pages.shared.live import PARTS
from pages.shared.training_data import data_sets
from pages.shared.training_resources import Plan, Planned, request_of
from sentiment_core.experiments.lessons import LESSONS, Freedom, Lesson, LessonStep
from sentiment_core.jobs.records import Job
from sentiment_core.messages import tr


def lesson_form(lesson: Lesson) -> tuple[Plan, DeltaGenerator]:
    """Show a lesson. Returns its training, and the place for the button. What is free is in the address."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(plain(str(lesson.title)), anchor=False, width="content")
        st.button(
            tr("Leave the lesson"), icon=":material/close:", on_click=open_form, type="tertiary", key="leave_lesson"
        )
    st.markdown(str(lesson.question))
    left, right = st.columns([3, 2])
    with left:
        _steps(lesson)
    chosen: dict[str, Any] = {}
    with right.container(border=True):
        for place, network in enumerate(lesson.networks):
            st.markdown(f"**{plain(network.name)}**: {network.about}")
            chosen |= _free(lesson, [freedom for freedom in lesson.freedoms if freedom.networks == (place,)])
        chosen |= _free(lesson, [freedom for freedom in lesson.freedoms if len(freedom.networks) > 1])
        st.caption(tr("All other settings are fixed by the lesson."))
        button = st.container()
    changed = lesson.change({name: value for name, value in chosen.items() if value != lesson.value(name)})
    networks = tuple(Planned(network.recipe, network.name) for network in changed.networks)
    return Plan(data_sets()[lesson.source], networks, lesson.pins, lesson=lesson.code), button


def _free(lesson: Lesson, freedoms: list[Freedom]) -> dict[str, Any]:
    """Widgets for free settings, and their values by name."""
    with st.container(horizontal=True):
        return {
            freedom.setting: setting(
                freedom.setting,
                in_lesson(lesson.code, freedom.setting),
                lesson.value(freedom.setting),
                choices=freedom.choices,
                limits=None if freedom.choices else (freedom.least, freedom.most),
            )
            for freedom in freedoms
        }


def steps_of(found: Job) -> None:
    """The steps of the lesson that a job belongs to, if any. One is open at a time, so the pictures stay in sight."""
    lesson = LESSONS.get(request_of(found).lesson)
    if lesson is not None:
        st.markdown(str(lesson.question))
        tasks = [tr("Task {number}", number=number) for number in range(1, len(lesson.steps) + 1)]
        *places, last = st.tabs([*tasks, tr("What one should see, and why")])
        for place, step in zip(places, lesson.steps, strict=True):
            place.markdown(_in_words(step))
        last.markdown(str(lesson.answer))


def parts_of(found: Job) -> tuple[str, ...]:
    """The parts of the live view, in the order to show: those of the lesson, if it is one."""
    lesson = LESSONS.get(request_of(found).lesson)
    return PARTS if lesson is None else lesson.parts


def name_of(found: Job) -> str:
    """What a job is called: its title, its lesson, the debug lab, or its runs."""
    request = request_of(found)
    if fault_of(found) is not None:
        return tr("Debug lab")
    lesson = LESSONS.get(request.lesson)
    return request.name if request.title or lesson is None else str(lesson.title)


def _in_words(step: LessonStep) -> str:
    return f"**{step.do}** {step.look}"


def _steps(lesson: Lesson) -> None:
    st.markdown("\n".join(f"{place}. {_in_words(step)}" for place, step in enumerate(lesson.steps, start=1)))
    with st.expander(tr("What one should see, and why"), icon=":material/lightbulb:"):
        st.markdown(str(lesson.answer))
