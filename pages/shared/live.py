"""A running training on a page. The browser follows it by itself: the page reruns only when its state changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

import streamlit as st

from pages.shared.layout import plain
from sentiment_core.figures.style import CLASSIFIERS, DASHES
from sentiment_core.jobs.events import read_log
from sentiment_core.jobs.queue import read_job
from sentiment_core.jobs.records import Job
from sentiment_core.jobs.requests import TrainingRequest
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import number, percent
from sentiment_core.player.bundle import live_script, live_stylesheet
from sentiment_core.player.speech import speech

PARTS = ("curves", "drift", "pins", "forgetting")
_LOOK_EVERY = 2.0  # seconds between two looks of a browser that cannot draw

_told = count()
_mount = st.components.v2.component("live", css=live_stylesheet(), js=live_script())


def live_view(job: Job, key: str, parts: Sequence[str] = PARTS, titles: Sequence[str] = ()) -> None:
    """Show a training job as it runs, with these of PARTS in their order.

    The page runs again whenever the job's state is another than `job.state`, which may be a moment old.
    key: unique on the page. titles: what the networks are called; by default their names.
    """
    request = job.request
    if not isinstance(request, TrainingRequest):
        raise ValueError("only a training can be followed")
    names = list(titles) or [network.name for network in request.networks]
    networks = [
        {"title": name, "colour": CLASSIFIERS[at], "dash": None if DASHES[at] == "solid" else "8 3"}
        for at, name in enumerate(names)
    ]
    data = {
        "job": job.id,
        "state": str(job.state),
        "told": next(_told),  # a browser hears of a run of the page only if something differs
        "parts": list(parts),
        "networks": networks,
        "pins": list(request.pins),
        "speech": speech(),
    }
    sent = _mount(key=key, data=data, on_moved_change=lambda: None, on_canvas_change=lambda: None)
    if sent.get("canvas") is False:
        _follow_without_canvas(job, names)


def _follow_without_canvas(job: Job, names: Sequence[str]) -> None:
    """The last numbers of each network as a table, read again every few seconds."""

    @st.fragment(run_every=None if job.state.ended else _LOOK_EVERY)
    def show() -> None:
        st.caption(tr("This browser cannot draw moving words. The numbers stand here instead."))
        rows = last_figures(read_log(job.folder), names)
        st.table({plain(title): list(column) for title, column in rows.items()})
        now = read_job(job.folder)
        if now is None or now.state != job.state:
            st.rerun()

    show()


def last_figures(events: Sequence[Mapping[str, Any]], names: Sequence[str]) -> dict[str, list[str]]:
    """The last figures of each network in the log of a job, as columns of text."""
    steps: list[Mapping[str, Any]] = [{} for _ in names]
    checks: list[Mapping[str, Any]] = [{} for _ in names]
    for event in events:
        kind, run = event["kind"], event.get("run")
        if isinstance(run, int) and 0 <= run < len(names):
            if kind == "steps":
                steps[run] = event
            elif kind == "checkpoint":
                checks[run] = event

    def column(rows: list[Mapping[str, Any]], name: str, percents: bool = False) -> list[str]:
        values = [row.get(name) for row in rows]
        return ["-" if value is None else percent(value) if percents else number(value, ".3f") for value in values]

    return {
        tr("network"): list(names),
        tr("step"): ["-" if "step" not in row else str(row["step"]) for row in steps],
        tr("loss on train"): column(steps, "loss"),
        tr("loss on valid"): column(checks, "valid_loss"),
        tr("accuracy on train"): column(steps, "accuracy", percents=True),
        tr("accuracy on valid"): column(checks, "valid_accuracy", percents=True),
        tr("norm of the gradients"): column(steps, "gradient_norm"),
    }
