"""Test reviews on which the two chosen classifiers disagree most, as a row of examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.compare.verdicts import marked_verdict
from pages.shared import evaluation_resources, resources
from pages.shared.layout import plain
from pages.shared.resources import BY_PATH, stamp
from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.analysis.evaluation.disagreement import most_disagreeing
from sentiment_core.errors import SentimentError
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import number, probability_percent
from sentiment_core.text.corpus import Corpus

if TYPE_CHECKING:
    from sentiment_core.runs.reading import Run

_OFFERED = 6
_SHORT = 200  # most tokens of a review that is offered, where enough are as short: a class can read it


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
        scored = {name: evaluation_resources.scored(name, folders[name], runs.get(name)) for name in (first, second)}
        compared = evaluation_resources.compared(scored, dict(folders))
    except SentimentError:  # the Test set page says what is missing
        return None
    if compared.fingerprint != corpus.fingerprint:
        return None
    st.caption(plain(tr("Test reviews on which {first} and {second} disagree most", first=first, second=second)))
    texts = resources.review_texts(corpus)
    if not len(texts):
        if texts.missing is not None:
            st.caption(plain(str(texts.missing)))
        return None
    changed = f"{stamp(folders[first])} {stamp(folders[second])} {len(texts)} {stamp(corpus.path)}"
    shown = _most_disagreeing(corpus, first, second, compared, changed)
    if not len(shown):
        st.caption(tr("They agree on every test review that is at hand."))
        return None
    found = texts.of(shown.rows)
    filled = None
    with st.container(horizontal=True, gap="xsmall"):
        for place, (row, text) in enumerate(zip(shown.rows.tolist(), found, strict=True)):
            said = [
                f"{plain(name)} {probability_percent(float(shown.probabilities(name)[place]))}"
                for name in (first, second)
            ]
            pressed = st.button(plain(tr("row {row}", row=number(row))), key=f"{box} row {row}", help=", ".join(said))
            filled = text if pressed and text is not None else filled
    _tell_label(shown, found, filled if filled is not None else st.session_state.get(box, ""))
    return filled


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=BY_PATH)
def _most_disagreeing(corpus: Corpus, first: str, second: str, _compared: Compared, changed: str) -> Compared:
    """The reviews that are offered: those whose texts are at hand, short ones where there are enough."""
    rows = resources.review_texts(corpus).rows
    lengths = resources.lengths(corpus)
    tokens = lengths.tokens[lengths.split == "test"]
    at_hand = np.ones(len(_compared), dtype=bool) if rows is None else np.isin(_compared.rows, rows)
    usable = _compared.take(at_hand)
    short = usable.take(tokens[usable.rows] <= _SHORT) if len(tokens) == corpus.sizes["test"] else usable
    for among in (short, usable):
        found = most_disagreeing(among, first, second, _OFFERED)
        if len(found) == _OFFERED or among is usable:
            return among.take(found)
    return usable.take(np.array([], dtype=np.int64))


def _tell_label(shown: Compared, texts: list[str | None], text: str) -> None:
    """Once a review is in the box, tell its label."""
    place = next((place for place, one in enumerate(texts) if one is not None and one == text), None)
    if place is not None:
        label = marked_verdict("positive" if shown.labels[place] else "negative")
        st.markdown(tr("Row {row} is labelled {label}.", row=number(int(shown.rows[place])), label=label))
