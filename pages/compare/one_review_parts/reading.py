"""How the verdict came about: the probability after each word, and what each word adds, linked to the text."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.compare.one_review_parts import explanations, methods
from pages.compare.one_review_parts.selection import select_token
from pages.shared.address import choice
from pages.shared.layout import plain
from pages.shared.problems import told
from pages.shared.security_rates import count_action
from sentiment_core.analysis.explanation.salience import METHODS
from sentiment_core.analysis.explanation.words import words_in
from sentiment_core.errors import RateError, SentimentError
from sentiment_core.messages import tr, tr_plural
from sentiment_core.player.bundle import reading_script, reading_stylesheet
from sentiment_core.player.reading import Read, reading_data

if TYPE_CHECKING:
    from pages.compare.one_review_parts.view import ReviewView
    from sentiment_core.analysis.explanation.words import Words

_KEY = "reading"
_EXPLAINED = "reading.explained"  # in the session: the text and the method that were explained last
_mount = st.components.v2.component("reading", css=reading_stylesheet(), js=reading_script())


def show(view: ReviewView) -> None:
    """Show the curves and the words. A word that is clicked becomes the selected one."""
    st.header(tr("How the verdict came about"), anchor=False)
    names = {method: str(methods.NAMES[method]) for method in METHODS}
    method = choice(st.segmented_control, tr("What a word adds, by"), names, "method", required=True)
    slow = any(map(explanations.takes_long, view.readers.values()))
    with st.spinner(tr("Explaining the verdicts")) if slow else nullcontext():
        read = _explain(view, method)
    if not read:
        return
    words = words_in([one.view for one in read])
    starts = words.starts

    def take() -> None:
        """Select what the browser sent, or nothing if no word starts there."""
        chosen = st.session_state[_KEY].chosen
        if type(chosen) is int:
            select_token(chosen if bool(np.isin(chosen, starts)) else None)

    _mount(key=_KEY, data=reading_data(words, read, view.token), on_chosen_change=take)
    lines = [*_about_curves(read, words), *methods.about(read, method)]
    st.caption("\n".join(f"- {plain(line)}" for line in lines))
    methods.show_agreement(view, words)


def _explain(view: ReviewView, method: str) -> list[Read]:
    """The curve and the salience of each classifier that can explain the text. Shows why the others cannot."""
    read = []
    try:
        _count(view.text, method)
    except RateError as error:
        st.warning(plain(told(error)), icon=":material/hourglass:")
        return []
    for name, reader in view.readers.items():
        try:
            curve = explanations.curve(reader, view.text)
            read.append(Read(name, reader.view, curve, explanations.salience(reader, view.text, method)))
        except SentimentError as error:
            st.warning(plain(told(error)), icon=":material/warning:")
    return read


def _count(text: str, method: str) -> None:
    """Count an explanation that this session has not just seen. Raises RateError if there were too many."""
    if st.session_state.get(_EXPLAINED) != (text, method):
        count_action()
        st.session_state[_EXPLAINED] = text, method


def _about_curves(read: list[Read], words: Words) -> list[str]:
    """How each classifier came to its curve, and what of a long text is left out."""
    lines = []
    once = [one.name for one in read if one.curve.one_pass]
    anew = [one.name for one in read if not one.curve.one_pass]
    if once:
        lines.append(
            tr_plural(
                "{names:and} takes one pass: each point is its verdict so far.",
                "{names:and} take one pass: each point is their verdict so far.",
                len(once),
                names=once,
            )
        )
    if anew:
        lines.append(
            tr_plural(
                "{names:and} needs the end of a text, so it reads the text again for each point, cut off there.",
                "{names:and} need the end of a text, so they read the text again for each point, cut off there.",
                len(anew),
                names=anew,
            )
        )
    lines += [
        tr(
            "{name}: {places} points for {tokens} tokens, because the text is long.",
            name=one.name,
            places=len(one.curve.ends),
            tokens=one.view.read,
        )
        for one in read
        if not one.curve.is_complete
    ]
    if any(one.view.cut for one in read):
        lines.append(tr("Only what is read is explained, not what is cut off."))
    if words.more:
        drawn = len(words.texts)
        lines.append(tr("The first {count} words are drawn; {more} more are read.", count=drawn, more=words.more))
    return lines
