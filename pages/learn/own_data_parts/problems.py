"""What goes wrong in a callback, which cannot show it: it is kept for the run of the page that follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.shared.layout import plain
from pages.shared.problems import told
from sentiment_core.errors import SentimentError

_KEY = "own_data.problem"


@contextmanager
def problems_kept() -> Iterator[None]:
    """A block whose SentimentError is kept, in place of an earlier one."""
    st.session_state.pop(_KEY, None)
    try:
        yield
    except SentimentError as error:
        st.session_state[_KEY] = error.words


def show_problem() -> None:
    """Show once what went wrong."""
    if (problem := st.session_state.pop(_KEY, None)) is not None:
        st.error(plain(told(problem)), icon=":material/error:")
