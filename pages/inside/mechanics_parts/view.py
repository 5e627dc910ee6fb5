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


def explain(words: str, code: str, draw: Callable[[], object]) -> None:
    """Show what a step does and the lines that did it, beside their picture."""
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.markdown(words)
        show_code(code)
    with right:
        draw()


def show_code(code: str) -> None:
    """Show lines that ran."""
    st.code(code, language="python", wrap_lines=True)
    st.caption(tr("These are the lines that ran for the picture."))
