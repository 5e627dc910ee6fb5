"""What every part of the Mechanics page gets, and how a part shows its explanation, its lines and its picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from sentiment_core.messages import tr
from sentiment_core.text.corpus import Corpus


@dataclass(frozen=True)
class MechanicsView:
    """The reader's choices."""

    corpus: Corpus
    text: str | None  # the reader's lines; None for the toy sequences


def explain(words: str, code: str | tuple[str, ...], draw: Callable[[], object]) -> None:
    """Show the lines of a step, and below them what they do, beside their picture. code: one block or several."""
    show_code(code)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.markdown(words)
    with right:
        draw()


def show_code(code: str | tuple[str, ...]) -> None:
    """Show lines that ran, in the full width of the page: a line that is broken in two is hard to read."""
    st.caption(tr("These are the lines that ran for the picture."))
    for block in (code,) if isinstance(code, str) else code:
        st.code(block, language="python")
