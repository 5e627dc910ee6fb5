"""The step of one word in two sentences, before training and after."""

from __future__ import annotations

import streamlit as st

from pages.inside.mechanics_parts.view import MechanicsView, explain
from pages.shared import mechanics_resources as resources
from pages.shared.address import choice
from pages.shared.layout import plain, published_runs
from pages.shared.run_words import title
from sentiment_core.analysis.mechanics.two_senses import SensePair, Senses, has_start, sense_boxes, sense_pair
from sentiment_core.figures.mechanics.boxes import boxes_html
from sentiment_core.messages import tr


def senses(view: MechanicsView) -> None:
    """One embedding and two hidden states."""
    usual = sense_pair(view.corpus.language, view.corpus.name == "toy")
    runs = {name: run for name, run in published_runs(view.corpus).items() if has_start(run)}
    if not runs:
        st.info(tr("This corpus has no run whose start is known. Choose another corpus."))
        return
    columns = st.columns([2, 2, 4, 4], gap="small")
    names = {name: title(run) for name, run in runs.items()}
    run = runs[choice(columns[0].selectbox, tr("Run"), names, "run", "bilstm" if "bilstm" in names else "")]
    # Another corpus has other words, so each pair has boxes of its own.
    key = f"{view.corpus.language}-{view.corpus.name}"
    word = columns[1].text_input(tr("Word"), usual.word, key=f"word-{key}", bind="query-params")
    first = columns[2].text_input(tr("First sentence"), usual.first, key=f"first-{key}", bind="query-params")
    second = columns[3].text_input(tr("Second sentence"), usual.second, key=f"second-{key}", bind="query-params")
    whens = tr("before"), tr("after")
    found = resources.senses(run, view.corpus, SensePair(word, first, second))
    explain(
        "\n\n".join(_words(found, word.strip())), found.code, lambda: st.html(boxes_html(sense_boxes(found, whens)))
    )


def _words(found: Senses, word: str) -> list[str]:
    kept, last = found.neighbours
    return [
        tr(
            "The lookup table has **one row** for *{word}*, whatever the sentence. The **hidden state** at *{word}* "
            "also knows the words around it, so the two sentences have two.",
            word=plain(word),
        ),
        tr(
            "Distance of the two states before training: **{before:.2f}** (cosine {before_cosine:.2f}); after: "
            "**{after:.2f}** (cosine {after_cosine:.2f}). Compare the cosines where states have grown.",
            before=found.distances[0],
            before_cosine=found.cosines[0],
            after=found.distances[1],
            after_cosine=found.cosines[1],
        ),
        tr(
            "Training moved the one row by {moved:.2f} (the median word: {usual:.2f}). Every sentence with *{word}* "
            "pulled at this same row, whichever sense it used.",
            moved=found.moved,
            usual=found.usual_move,
            word=plain(word),
        ),
        tr("Nearest words before: {words}", words=plain(", ".join(kept))),
        tr("Nearest words after: {words}", words=plain(", ".join(last))),
    ]
