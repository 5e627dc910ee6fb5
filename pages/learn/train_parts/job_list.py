"""The visitor's jobs, with a link to each."""

from __future__ import annotations

import streamlit as st

from pages.learn.train_parts.lesson import name_of
from pages.learn.train_parts.opening import JOB, SCRIPT
from pages.shared.debug_resources import fault_of
from pages.shared.layout import plain
from pages.shared.trained_runs import moment
from pages.shared.training_resources import visible_jobs
from pages.shared.visitors import visitor
from sentiment_core.jobs.records import State
from sentiment_core.messages import Message, lazy, tr

STATES: dict[State, tuple[Message, str]] = {  # words and colour of each
    State.WAITING: (lazy("waiting"), "gray"),
    State.RUNNING: (lazy("running"), "blue"),
    State.PAUSING: (lazy("pausing"), "gray"),
    State.PAUSED: (lazy("paused"), "orange"),
    State.STOPPING: (lazy("stopping"), "gray"),
    State.DONE: (lazy("done"), "blue"),
    State.STOPPED: (lazy("stopped and kept"), "gray"),
    State.FAILED: (lazy("failed"), "orange"),
    State.LOST: (lazy("being restarted"), "orange"),
    State.CANCELLED: (lazy("cancelled"), "gray"),
}
DEBUG = "pages/learn/debug.py"
MOST = 30  # jobs in the list


def job_list() -> None:
    """Show the jobs that the visitor controls, the newest first."""
    jobs = visible_jobs()
    if not jobs:
        return
    local = visitor().local
    st.header(tr("All jobs on this machine") if local else tr("My jobs"), anchor=False)
    for found in jobs[:MOST]:
        said, colour = STATES[found.state]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                SCRIPT if fault_of(found) is None else DEBUG,
                label=plain(name_of(found)),
                icon=":material/keep:" if found.pinned else ":material/model_training:",
                query_params={JOB: found.id},
                width=210,
            )
            st.caption(moment(found.queued), width="content")
            st.badge(str(said), color=colour)  # type: ignore[arg-type]
    if len(jobs) > MOST:
        st.caption(tr("Older jobs are not listed: {count}.", count=len(jobs) - MOST))
