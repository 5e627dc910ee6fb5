"""The bar that a teacher with an open class sees on every page: it shows the page to the class (follow me)."""

from __future__ import annotations

import streamlit as st

from pages.shared.classes import classes
from pages.shared.problems import told
from sentiment_core.errors import SentimentError

_BAR, _PROBLEM = "class.bar", "class.bar.problem"


def class_bar(address: str) -> None:
    """Show the bar, if this visitor leads a class. address: of the page that runs. It costs others nothing."""
    if not classes().all():
        return
    from pages.shared import class_resources as resources
    from pages.shared.layout import plain
    from pages.shared.projector import mount_bar
    from sentiment_core.classroom.shown import teacher_numbers

    room = resources.own_class()
    if room is None or address == resources.ADDRESS:
        return

    def show() -> None:
        view = st.session_state[_BAR].get("show")
        try:
            resources.show_view(room, str(view))
        except SentimentError as error:
            st.session_state[_PROBLEM] = error.words

    shown = resources.page_of(room.view)
    data = {
        "code": room.code,
        "headers": resources.headers_of(room),
        "numbers": teacher_numbers(room),
        "shown": str(shown.title) if shown is not None else "",
    }
    sent = mount_bar(_BAR, data, show, lambda: room.follow(None))
    if (words := st.session_state.pop(_PROBLEM, None)) is not None:
        st.error(plain(told(words)), icon=":material/error:")
    if sent.get("home"):
        st.switch_page("pages/learn/classroom.py")
