"""The start of the debug lab: a mistake drawn at random, or chosen by a teacher, whose link does not say which."""

from __future__ import annotations

import streamlit as st

from pages.shared.debug_resources import start_puzzle
from pages.shared.language import open_address
from pages.shared.layout import plain
from pages.shared.problems import told
from pages.shared.training_resources import ahead
from pages.shared.visitors import may_train, training_is_off, visitor
from sentiment_core.errors import SentimentError
from sentiment_core.experiments.faults import FAULTS, draw_puzzle, is_puzzle
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import duration

PUZZLE, JOB = "puzzle", "job"  # keys in the address
_LINK = "debug_link"  # in the session: the code that was made for a teacher


def begin() -> None:
    """Offer to train, with the puzzle in the address or one drawn at random."""
    asked = st.query_params.get(PUZZLE, "")
    puzzle = asked if is_puzzle(asked) else ""
    allowed = may_train(visitor())
    if not allowed:
        st.info(plain(str(training_is_off())), icon=":material/lock:")
    if puzzle:
        st.markdown(tr("Your teacher has chosen the mistake: puzzle `{code}`.", code=puzzle))
    else:
        if asked:
            st.warning(tr("This link has no puzzle. A mistake is drawn at random."), icon=":material/warning:")
        st.markdown(tr("The mistake is drawn at random when you start."))
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            tr("Start the broken training"),
            type="primary",
            icon=":material/bug_report:",
            key="start_debug",
            disabled=not allowed,
            width=260,
        )
        st.caption(_how_long())
    if pressed:
        try:
            job_id = start_puzzle(puzzle or draw_puzzle())
        except SentimentError as error:
            st.error(plain(told(error)), icon=":material/error:")
        else:
            open_puzzle(**{JOB: job_id}, **({PUZZLE: puzzle} if puzzle else {}))
            st.rerun()
    _for_teachers()


def open_puzzle(**address: str) -> None:
    """Let the page show a job or a puzzle; without either, its start."""
    open_address(address)


def _how_long() -> str:
    count, wait = ahead()
    if not count:
        return tr("It takes one to two minutes.")
    if wait is None:
        return tr("It takes one to two minutes. Jobs before it: {count}.", count=count)
    return tr(
        "It takes one to two minutes. Jobs before it: {count}, about {time}.", count=count, time=str(duration(wait))
    )


def _for_teachers() -> None:
    """A box that makes a link to a chosen mistake."""
    with st.expander(tr("For teachers: choose the mistake"), icon=":material/school:"):
        st.markdown(
            tr(
                "Choose a mistake and give the class the link. The code in it is drawn anew each time and does not say "
                "which mistake it is. With the same code everybody gets the same mistake and the same seed."
            )
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            code = st.selectbox(
                tr("Mistake"),
                list(FAULTS),
                format_func=lambda code: str(FAULTS[code].title),
                key="debug_mistake",
                width=320,
            )
            if st.button(tr("Make a link"), icon=":material/link:", key="debug_make_link", width=160):
                st.session_state[_LINK] = draw_puzzle(code)
        if made := st.session_state.get(_LINK):
            st.code(f"/debug?{PUZZLE}={made}", language=None)
            st.caption(tr("Put the address of this server before it. Add `&lang=ko` for Korean."))
