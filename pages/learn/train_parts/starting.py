"""What stands beside the button: how long it will take, what limits apply, who is before, and the start itself."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.learn.train_parts.expected import expected, expected_seconds
from pages.learn.train_parts.opening import open_job
from pages.shared.job_resources import keep_making_ready
from pages.shared.layout import errors_shown, plain
from pages.shared.problems import told
from pages.shared.training_resources import Plan, ahead, limits, start
from pages.shared.visitors import may_train, training_is_off, visitor
from sentiment_core.errors import SentimentError
from sentiment_core.messages import Message, lazy, tr
from sentiment_core.messages.numbers import duration


def starting(plan: Plan) -> None:
    """Show the button and what is known before it is pressed."""
    allowed = may_train(visitor())
    if allowed:
        keep_making_ready()
    else:
        st.info(plain(str(training_is_off())), icon=":material/lock:")
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            tr("Start"),
            type="primary",
            icon=":material/play_arrow:",
            key="start_training",
            width=180,
            disabled=not allowed or plan.data.reading is None or not plan.networks,
        )
        with errors_shown(), st.container(gap="xxsmall", width="stretch"):
            expected(plan)
            st.caption(plain(" ".join(map(str, (_turn(), *_limits_in_words())))))
    if pressed:
        try:
            job_id = start(replace(plan, expected=expected_seconds()))
        except SentimentError as error:
            st.error(plain(told(error)), icon=":material/error:")
        else:
            open_job(job_id)
            st.rerun()


def _turn() -> Message:
    """When a new job would start."""
    count, wait = ahead()
    if not count:
        return lazy("It starts at once.")
    if wait is None:
        return lazy("Jobs before it: {count}.", count=count)
    return lazy("Jobs before it: {count}. It starts in about {time}.", count=count, time=duration(wait))


def _limits_in_words() -> list[Message]:
    """The limits of this server that a training can meet."""
    found = limits()
    words = []
    if found.minutes:
        words.append(lazy("It may work for {minutes:g} minutes.", minutes=found.minutes))
    if found.reviews:
        words.append(lazy("At most {reviews} training reviews.", reviews=found.reviews))
    if found.tokens:
        words.append(lazy("At most {tokens} tokens.", tokens=found.tokens))
    if found.days:
        words.append(lazy("It is kept for {days:g} days after its end.", days=found.days))
    return words
