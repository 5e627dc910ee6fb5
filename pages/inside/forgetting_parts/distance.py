"""A sentence whose cue is moved away from its end: what arrives of the cue, and the verdict."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.inside.forgetting_parts.view import TITLES, ForgettingView, pooling_text
from pages.shared.address import choice
from pages.shared.charts import show_figure
from pages.shared.forgetting_resources import by_gap
from pages.shared.layout import plain
from sentiment_core.analysis.explanation.forgetting import (
    GAPS,
    SENTENCES,
    ReachLine,
    logs_of,
    sentences_in,
    values_of,
)
from sentiment_core.figures.forgetting import draw_chances, draw_reach
from sentiment_core.messages import lazy, tr
from sentiment_core.messages.numbers import probability_percent

NAMES = {
    "film": lazy("praise"),
    "complaint": lazy("complaint"),
    "dog": lazy("the dog"),
    "korean": lazy("praise"),
    "korean-complaint": lazy("complaint"),
}


def show(view: ForgettingView) -> None:
    """Show the sentence, and what becomes of its cue at each distance."""
    names = {name: str(NAMES[name]) for name in sentences_in(view.corpus.language)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = choice(st.segmented_control, tr("Sentence"), names, "sentence", required=True)
        gap = int(
            choice(
                st.select_slider,
                tr("Words between the cue and the end"),
                {str(gap): str(gap) for gap in GAPS},
                "gap",
                "16",
                width=320,
            )
        )
    sentence = SENTENCES[chosen]
    before, cue, after = sentence.text(gap).partition(sentence.cue)
    st.markdown(f"> {plain(before)}**{plain(cue)}**{plain(after)}")
    lines, chances = [], {}
    with st.spinner(tr("Reading the sentence at each distance"), show_time=False):
        for name, classifier in view.networks.items():
            found, places, chances[name] = by_gap(classifier, view.folders[name], chosen, sentence, GAPS)
            for direction, part in enumerate(found[0]):
                values = np.array(
                    [
                        values_of(parts[direction], view.of)[place] if place is not None else np.nan
                        for parts, place in zip(found, places, strict=True)
                    ]
                )
                logs = logs_of(values)
                lines.append(
                    ReachLine(name, part.backward, len(found[0]) > 1, np.array(GAPS), logs, np.zeros(len(logs)))
                )
    left, right = st.columns(2, gap="medium")
    said = [f"{name} {probability_percent(float(values[GAPS.index(gap)]))}" for name, values in chances.items()]
    with left:
        st.header(tr("What arrives of the cue"), anchor=False)
        alt = tr("What arrives of the cue at each distance, for {names:and}.", names=list(view.networks))
        show_figure(draw_reach(lines, title=str(TITLES[view.of]), gap=gap), key="gap arrives", alt=alt)
    with right:
        st.header(tr("The verdict"), anchor=False)
        alt = tr("Probability of positive: {values}", values=said)
        show_figure(draw_chances(GAPS, chances, gap), key="gap verdicts", alt=alt)
    st.caption(plain(tr("With {gap} words in between, the probability of positive is {values}.", gap=gap, values=said)))
    if explained := pooling_text(view):
        st.caption(plain(explained))
    if chosen == "dog":
        st.caption(
            tr(
                "This sentence is about who was tired, not about a film: the networks were not trained for it, and "
                "only what arrives of the dog means something."
            )
        )
