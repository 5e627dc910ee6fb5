"""A job on the page: what it does, its controls, its pictures, and where its runs can be seen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.learn.train_parts import finished, lesson
from pages.learn.train_parts.job_list import DEBUG
from pages.learn.train_parts.opening import JOB, form_of, open_form
from pages.learn.train_parts.settings import label, words
from pages.shared import training_resources as training
from pages.shared import uploads
from pages.shared.debug_resources import fault_of
from pages.shared.layout import plain
from pages.shared.live import live_view
from pages.shared.problems import told
from pages.shared.visitors import visitor
from sentiment_core.analysis.comparison import differs
from sentiment_core.errors import SentimentError
from sentiment_core.jobs.records import Job, State
from sentiment_core.messages import lazy, tr

_BUTTON = 170  # pixels
_PROBLEM = "training_problem"  # in the session: why a control could not be used
_RESTS = (State.PAUSED, State.PAUSING)


def watch(job_id: str) -> None:
    """Show the job with this id, or say that there is none."""
    found = training.job(job_id)
    if found is None or found.state == State.CANCELLED:
        _no_job(job_id)
        return
    _title(found)
    if training.may_control(found, visitor()):
        _controls(found)
    elif not found.state.ended:
        st.caption(tr("You are watching. Who started this job can pause, stop or delete it."))
    if problem := st.session_state.pop(_PROBLEM, None):
        st.error(plain(told(problem)), icon=":material/error:")
    _say_what_happens(found)
    if fault_of(found) is not None:
        st.page_link(DEBUG, label=tr("Find the mistake"), icon=":material/bug_report:", query_params={JOB: found.id})
    if found.state in (State.DONE, State.STOPPED):
        finished.show(found)
    lesson.steps_of(found)
    live_view(found, f"live {found.id}", lesson.parts_of(found))
    _settings(found)


def _no_job(job_id: str) -> None:
    st.info(
        plain(tr("There is no job {job} here. It was deleted, or the link is not complete.", job=job_id[:40])),
        icon=":material/search_off:",
    )
    st.button(tr("Train a network"), on_click=open_form, icon=":material/add:", type="primary", key="train_anew")


def _title(found: Job) -> None:
    """What the job is called. Its state is told by the live view, as soon as it changes."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(plain(lesson.name_of(found)), anchor=False, width="content")
        if found.pinned:
            st.badge(tr("pinned"), icon=":material/keep:", color="gray")


def _controls(found: Job) -> None:
    """The buttons of a job. They keep their places, and those that would change nothing are off."""
    state = found.state
    with st.container(horizontal=True, vertical_alignment="center"):
        if state.ended:
            if fault_of(found) is None:  # the form knows no mistakes
                _button(tr("Train again with a change"), "replay", "again", lambda: _again(found), width=240)
            _button(tr("Train something else"), "add", "another", open_form, width=200)
            _delete(found, tr("Delete"), tr("Its runs and all that was drawn are deleted. Links to it will not work."))
            if visitor().local and state in (State.DONE, State.STOPPED):
                st.toggle(
                    tr("Pin as published"),
                    value=found.pinned,
                    key=f"pin {found.id}",
                    on_change=_try,
                    args=[lambda: training.pin(found, not found.pinned)],
                    help=tr("Everybody sees its runs on all pages, and it is not removed by age."),
                )
            return
        ending = state == State.STOPPING
        if state in _RESTS:
            _button(tr("Go on"), "play_arrow", "go_on", lambda: training.go_on(found), ending, primary=True)
        else:
            _button(tr("Pause"), "pause", "pause", lambda: training.pause(found), ending, primary=True)
        _button(tr("One step"), "skip_next", "step", lambda: training.step(found), ending)
        _button(tr("Stop and keep"), "stop", "stop", lambda: training.stop(found), ending)
        _delete(found, tr("Cancel and delete"), tr("The training ends at once, and what it has made is deleted."))


def _button(
    text: str,
    icon: str,
    key: str,
    do: Callable[[], None],
    disabled: bool = False,
    primary: bool = False,
    width: int = _BUTTON,
) -> None:
    st.button(
        text,
        icon=f":material/{icon}:",
        key=f"job_{key}",
        type="primary" if primary else "secondary",
        on_click=_try,
        args=[do],
        disabled=disabled,
        width=width,
    )


def _delete(found: Job, text: str, consequence: str) -> None:
    """A button that asks once more."""
    with st.popover(text, icon=":material/delete:", width=_BUTTON + 20):
        st.markdown(consequence)
        _button(tr("Yes, delete it"), "delete", "cancel", lambda: _cancel(found), primary=True)


def _cancel(found: Job) -> None:
    training.delete(found)
    open_form()


def _again(found: Job) -> None:
    open_form(form_of(training.request_of(found)))


def _try(do: Callable[[], None]) -> None:
    """Do what a button says. What prevents it is shown in the next run of the page."""
    try:
        do()
    except SentimentError as error:
        st.session_state[_PROBLEM] = error.words


def _say_what_happens(found: Job) -> None:
    """What a state means, where it is not obvious."""
    match found.state:
        case State.FAILED:
            problem = found.problem or lazy("The job ended with an error.")
            st.error(
                plain(told(problem, uploads.of_source(training.request_of(found).reading.source))),
                icon=":material/error:",
            )
        case State.LOST:
            st.warning(
                tr("Its process ended unexpectedly. It is started again by itself and goes on from its last save."),
                icon=":material/restart_alt:",
            )
        case State.PAUSED:
            st.caption(tr("It rests between two steps, and other jobs have its place. Nothing is lost."))
        case State.STOPPED:
            st.caption(tr("It was stopped before its end. Its runs keep the best weights so far."))


def _settings(found: Job) -> None:
    """The settings of the networks, folded away. Those that differ come first."""
    networks = training.request_of(found).networks
    table = {network.name: network.recipe.settings() for network in networks}
    names = list(next(iter(table.values())))
    rows = {name: {run: values[name] for run, values in table.items()} for name in names}
    order = sorted(names, key=lambda name: not differs(rows[name]))
    with st.expander(tr("Settings"), icon=":material/tune:"):
        st.table(
            [
                {tr("setting"): plain(label(name))} | {plain(run): plain(words(name, rows[name][run])) for run in table}
                for name in order
            ]
        )
