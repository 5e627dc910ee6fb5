"""The latest numbers of a running job."""

from __future__ import annotations

import streamlit as st

from pages.shared.layout import plain
from pages.shared.training_resources import job, request_of
from sentiment_core.jobs.events import follow
from sentiment_core.jobs.records import Job
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import number, percent


def latest(found: Job) -> None:
    """Show the latest numbers, again each second while the job lives. The page runs again when its state changes."""

    @st.fragment(run_every=None if found.state.ended else 1.0)
    def show() -> None:
        now = job(found.id)
        if now is None or now.state != found.state:
            st.rerun()
        names = [network.name for network in request_of(found).networks]
        last: list[dict[str, float]] = [{} for _ in names]
        for event in follow(found.folder)[0]:
            if event["kind"] in ("steps", "checkpoint"):
                last[event["run"]] |= event
        rows = [
            {
                tr("network"): plain(name),
                tr("step"): number(int(values["step"])) if "step" in values else "-",
                tr("loss"): number(values["loss"], ".3f") if "loss" in values else "-",
                tr("valid accuracy"): percent(values["valid_accuracy"]) if "valid_accuracy" in values else "-",
            }
            for name, values in zip(names, last, strict=True)
        ]
        st.table(rows)

    show()
