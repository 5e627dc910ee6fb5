"""The step about words that depend on each other from far apart."""

from __future__ import annotations

import streamlit as st

from pages.inside.mechanics_parts.view import MechanicsView, explain
from pages.shared import mechanics_resources as resources
from pages.shared.charts import show_figure
from pages.shared.site import PAGES
from sentiment_core.analysis.mechanics.far_apart import MOST, sentence_in
from sentiment_core.figures.mechanics.charts import draw_dependence
from sentiment_core.messages import tr


def far_apart(view: MechanicsView) -> None:
    """How much of the first words is left at the last."""
    usual = sentence_in(view.corpus.language)
    text = st.text_input(tr("Sentence"), usual, key=f"far-{view.corpus.language or 'en'}", bind="query-params")
    found = resources.dependence(view.corpus, text)
    first = {cell: float(values[0]) for cell, values in found.gradients.items()}
    words = [
        tr(
            "*The dog … was very tired*: what *was* says depends on a word far back. A recurrent network can only know "
            "it through its state, which it rewrites at every token."
        ),
        tr(
            "The chart shows how much the last state changes with each token's vector, in untrained networks. For an "
            "RNN the first token has {rnn:.1g} of the last one's influence, for a GRU {gru:.1g}, for an LSTM "
            "{lstm:.1g}. Training pushes along the same gradient: this is the **vanishing gradient**.",
            rnn=first["RNN"],
            gru=first["GRU"],
            lstm=first["LSTM"],
        ),
        tr("It is also slow: state 20 needs state 19, so the steps of time cannot be computed side by side."),
    ]
    if found.cut:
        words.append(tr("Only the first {count} tokens are read.", count=MOST))

    def draw() -> None:
        show_figure(
            draw_dependence(found.tokens, found.gradients),
            key="far_apart",
            alt=tr("Gradient of the last state at each token for an untrained RNN, GRU and LSTM"),
        )
        forgetting = next((page for page in PAGES if page.address == "forgetting"), None)
        if forgetting is not None:
            st.page_link(forgetting.script, label=tr("Forgetting shows this in trained networks"))

    explain("\n\n".join(words), found.code, draw)
