"""The answer to a puzzle: six mistakes to choose from, a hint after a wrong one, and the line that was wrong."""

from __future__ import annotations

import streamlit as st

from pages.shared.layout import plain
from sentiment_core.experiments.faults import FAULTS, Fault
from sentiment_core.jobs.records import Job
from sentiment_core.messages import tr, tr_plural


def guess(found: Job, fault: Fault) -> None:
    """Let the reader answer, and say whether it is right."""
    tries: list[str] = st.session_state.setdefault(f"debug_tries_{found.id}", [])
    shown_key, guess_key = f"debug_shown_{found.id}", f"debug_guess_{found.id}"
    _ask(tries, shown_key, guess_key, over=fault.code in tries or st.session_state.get(shown_key, False))
    if fault.code in tries:
        st.success(
            tr_plural("Right, with {count} try.", "Right, with {count} tries.", len(tries)),
            icon=":material/check_circle:",
        )
        _explain(fault)
    elif st.session_state.get(shown_key):
        st.info(
            tr("It was: {title}. Tries before: {count}.", title=fault.title, count=len(tries)),
            icon=":material/visibility:",
        )
        _explain(fault)
    elif tries:
        with st.container(border=True):
            st.markdown(
                tr_plural(
                    "**Not this one.** So far {count} try.", "**Not this one.** So far {count} tries.", len(tries)
                )
            )
            st.markdown(plain(str(FAULTS[tries[-1]].signs)))


def _ask(tries: list[str], shown_key: str, guess_key: str, over: bool) -> None:
    """The mistakes to choose from, and the buttons. over: whether the answer is known."""
    st.header(tr("What is broken?"), anchor=False)
    chosen = st.radio(
        tr("The mistake in the training of the broken network"),
        list(FAULTS),
        index=None,
        format_func=lambda code: str(FAULTS[code].title),
        key=guess_key,
        disabled=over,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            tr("Check"),
            type="primary",
            icon=":material/check:",
            key="debug_check",
            disabled=over or chosen is None,
            on_click=lambda: tries.append(st.session_state[guess_key]),
        )
        st.button(
            tr("Reveal"),
            icon=":material/visibility:",
            key="debug_reveal",
            disabled=over,
            on_click=lambda: st.session_state.update({shown_key: True}),
        )


def _explain(fault: Fault) -> None:
    """The explanation, and the lines that were wrong beside those that mend them."""
    st.markdown(str(fault.explanation))
    wrong, mended = st.columns(2)
    with wrong:
        st.markdown(tr("**Wrong**"))
        st.code(fault.wrong, language="python", wrap_lines=True)
    with mended:
        st.markdown(tr("**Mended**"))
        st.code(fault.mended, language="python", wrap_lines=True)
