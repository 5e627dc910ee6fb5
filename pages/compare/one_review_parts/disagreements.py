"""Test reviews on which the two chosen classifiers disagree most, as a row of examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pages.compare.verdicts import marked_verdict
from pages.shared.disputed import disputed_reviews
from pages.shared.layout import plain
from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.errors import SentimentError
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import number, probability_percent
from sentiment_core.text.corpus import Corpus

if TYPE_CHECKING:
    from sentiment_core.runs.reading import Run

_OFFERED = 6


def disagreement_buttons(
    corpus: Corpus, chosen: Sequence[str], folders: Mapping[str, Path], runs: Mapping[str, Run], box: str
) -> str | None:
    """Show a button for each review. Returns the text to put into the text box with the key `box`, if any.

    The label of the review is told once its text is in the box. Shows nothing unless two classifiers have test scores.
    """
    if len(chosen) < 2:
        return None
    first, second = chosen[:2]
    try:
        found = disputed_reviews(corpus, first, second, folders, runs, _OFFERED)
    except SentimentError:  # the Test set page says what is missing
        return None
    if found is None:
        return None
    st.caption(plain(tr("Test reviews on which {first} and {second} disagree most", first=first, second=second)))
    if found.missing is not None:
        st.caption(plain(str(found.missing)))
        return None
    shown = found.shown
    if not len(shown):
        st.caption(tr("They agree on every test review that is at hand."))
        return None
    filled = None
    with st.container(horizontal=True, gap="xsmall"):
        for place, (row, text) in enumerate(zip(shown.rows.tolist(), found.texts, strict=True)):
            said = [
                f"{plain(name)} {probability_percent(float(shown.probabilities(name)[place]))}"
                for name in (first, second)
            ]
            pressed = st.button(plain(tr("row {row}", row=number(row))), key=f"{box} row {row}", help=", ".join(said))
            filled = text if pressed else filled
    _tell_label(shown, found.texts, filled if filled is not None else st.session_state.get(box, ""))
    return filled


def _tell_label(shown: Compared, texts: list[str], text: str) -> None:
    """Once a review is in the box, tell its label."""
    place = next((place for place, one in enumerate(texts) if one == text), None)
    if place is not None:
        label = marked_verdict("positive" if shown.labels[place] else "negative")
        st.markdown(tr("Row {row} is labelled {label}.", row=number(int(shown.rows[place])), label=label))
