"""What the teacher takes along, a link for a second device, and the end of the class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.learn.classroom_parts.opening import ENDED
from pages.shared import class_resources as resources
from sentiment_core.messages import tr

if TYPE_CHECKING:
    from sentiment_core.classroom.room import Classroom

_LINK = "class.link"  # in the session: whether the link is shown


def show_ending(room: Classroom) -> None:
    """Show the exports, the link for another device of the teacher, and the button that ends the class."""
    with st.container(horizontal=True, vertical_alignment="center"):
        closed = bool(room.judged())
        for label, name, icon in (
            (tr("Table (CSV)"), "export.csv", "table_view"),
            (tr("Results (CSV)"), "results.csv", "leaderboard"),
            (tr("Report (HTML)"), "export.html", "description"),
        ):
            address = f"class/{room.code}/{name}"
            st.link_button(label, address, icon=f":material/{icon}:", disabled=not closed)
        if st.button(tr("Lead from a second device"), icon=":material/devices:", key="class_second"):
            st.session_state[_LINK] = room.code
        with st.popover(tr("End the class"), icon=":material/logout:"):
            st.markdown(tr("All questions and votes are deleted, here and on all phones. Export first what you keep."))
            st.button(
                tr("Yes, end it"), type="primary", icon=":material/delete:", key="end_class", on_click=_end, args=[room]
            )
    if not closed:
        st.caption(tr("There is something to export once the votes of a question are closed."))
    if st.session_state.get(_LINK) == room.code:
        base = (st.context.url or "").partition("?")[0]
        st.code(f"{base}?{resources.teacher_link(room)}", language=None, wrap_lines=True)
        st.caption(tr("Who opens this link leads the class too. Do not project it: open this page on your own device."))


def _end(room: Classroom) -> None:
    resources.end_class(room)
    st.session_state.pop(_LINK, None)
    st.session_state[ENDED] = True
