"""The page without a class: what a class is, and the button that opens one."""

from __future__ import annotations

import streamlit as st

from pages.shared import class_resources as resources
from pages.shared.layout import plain
from pages.shared.problems import told
from sentiment_core.errors import SentimentError
from sentiment_core.messages import tr

ENDED = "class.ended"  # in the session: whether this browser has just ended its class
_PROBLEM = "class.problem"


def show_opening() -> None:
    """Show what a class is and the button that opens one, or why this visitor may not."""
    if st.session_state.pop(ENDED, False):
        st.success(
            tr("The class is over. Its questions and votes are deleted from this server."), icon=":material/delete:"
        )
    st.markdown(
        tr(
            """
1. You open a class here and project this page. It shows a code and a QR code.
2. Everybody opens the address on a phone. No account, no name, nothing to install.
3. You show a review, everybody votes, and the class is compared with the models and with the truth.
"""
        )
    )
    if not resources.may_open():
        st.info(plain(str(resources.classes_are_off())), icon=":material/lock:")
    else:
        st.button(
            tr("Open a class"), type="primary", icon=":material/groups:", key="open_class", on_click=_open, width=240
        )
        if (problem := st.session_state.pop(_PROBLEM, None)) is not None:
            st.error(plain(told(problem)), icon=":material/error:")
    st.caption(
        tr("Students do not need this page. They open [join](join) below this app's address, and type the code.")
    )


def _open() -> None:
    try:
        resources.open_class()
    except SentimentError as error:
        st.session_state[_PROBLEM] = error.words
