"""How the verdict came about: the probability after each word, and what each word adds, linked to the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.compare.one_review_parts import explanations
from pages.compare.one_review_parts.selection import select_token
from pages.shared.address import choice
from pages.shared.layout import plain
from sentiment_core.analysis.explanation.salience import GRADIENT, INTEGRATED, OCCLUSION
from sentiment_core.analysis.explanation.words import words_in
from sentiment_core.messages import tr
from sentiment_core.player.bundle import reading_script, reading_stylesheet
from sentiment_core.player.reading import Read, reading_data

if TYPE_CHECKING:
    from pages.compare.one_review_parts.view import ReviewView

_KEY = "reading"
_mount = st.components.v2.component("reading", css=reading_stylesheet(), js=reading_script())


def show(view: ReviewView) -> None:
    """Show the curves and the words. A word that is clicked becomes the selected one."""
    st.subheader(tr("How the verdict came about"), anchor=False)
    names = {INTEGRATED: tr("integrated gradients"), GRADIENT: tr("gradient times input"), OCCLUSION: tr("occlusion")}
    method = choice(st.segmented_control, tr("What a word adds"), names, "method", required=True)
    words = words_in([reader.view for reader in view.readers.values()])
    read = [
        Read(
            name,
            reader.view,
            explanations.curve(reader, view.text),
            explanations.salience(reader, view.text, method),
        )
        for name, reader in view.readers.items()
    ]
    starts = words.starts

    def take() -> None:
        """Select what the browser sent, unless it sent no place at which a word starts."""
        chosen = st.session_state[_KEY].chosen
        if isinstance(chosen, int) and not isinstance(chosen, bool):
            select_token(chosen if bool(np.isin(chosen, starts)) else None)

    _mount(key=_KEY, data=reading_data(words, read, view.token), on_chosen_change=take)
    for one in read:
        if one.salience is None:
            st.caption(plain(tr("{name} gives no gradients. Choose occlusion.", name=one.name)))
