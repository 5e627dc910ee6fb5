"""Details on the Drift page about directions: an axis that two lists of words define, and analogies."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from pages.embeddings.details import LISTED, Shown, number_column, side_by_side, word_columns
from pages.shared import drift_resources
from pages.shared.charts import show_figure
from pages.shared.layout import errors_shown, plain
from sentiment_core.analysis.drift.directions import find_analogy, name_axis, positions_on, solve_analogy
from sentiment_core.analysis.polarity import lean
from sentiment_core.analysis.usual_words import usual_words
from sentiment_core.analysis.vocabulary import find_words
from sentiment_core.figures.drift_axis import common_span, draw_ends, draw_positions
from sentiment_core.messages import tr
from sentiment_core.messages.polarity import name_leanings

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from sentiment_core.runs.reading import Run
    from sentiment_core.text.corpus import Corpus

MOST_LINES = 12


def named_axis(corpus: Corpus, shown: Shown, pins: list[str]) -> None:
    """Show the positions of words on an axis between two lists: during training, and at one checkpoint."""
    columns = st.columns(2)
    usual = usual_words(corpus.language)
    start = _word_box(columns[0], tr("From these words"), "from", " ".join(usual.bad))
    end = _word_box(columns[1], tr("To these words"), "to", " ".join(usual.good))
    st.markdown(
        tr(
            "Two lists of words define this axis, in all dimensions: it runs from the mean of the first list to the "
            "mean of the second. A word's position is the cosine of its vector with the axis. A listed word is left "
            "out of its own list when it is measured. The upper chart shows the pinned words during training; the "
            "grey band holds 90% of all words. The lower chart shows the words at both ends of the axis at this "
            "checkpoint."
        )
    )
    positions, chosen = [], []
    with errors_shown():
        for run, _ in shown:
            table = drift_resources.words(run, corpus)
            axis = name_axis(table, _typed_words(end), _typed_words(start))
            positions.append(positions_on(drift_resources.frames(run, corpus), axis))
            chosen.append(find_words(table, pins)[0][:MOST_LINES])
            if axis.missing:
                words = plain(", ".join(axis.missing[:LISTED]))
                st.caption(tr("Not in the vocabulary of {run} as one token: {words}", run=plain(run.name), words=words))
    if len(positions) < len(shown):
        return
    if len(pins) > MOST_LINES:
        st.caption(tr("Showing the first {shown} of {pinned} pinned words.", shown=MOST_LINES, pinned=len(pins)))
    span = common_span(*(found[:, ids] for found, ids in zip(positions, chosen, strict=True)))

    def show(place: int, run: Run, frame: int) -> None:
        table, found, ids = drift_resources.words(run, corpus), positions[place], chosen[place]
        if len(ids):
            epochs = [row.epoch for row in run.history][: len(found)]
            show_figure(
                draw_positions(epochs, found, ids, table, span),
                key=f"positions_{place}",
                alt=tr("Cosine of the pinned words of {run} with the axis during training", run=run.name),
            )
        else:
            st.info(tr("Pin words in the picture to see their lines."))
        show_figure(
            draw_ends(found[frame], drift_resources.measured_words(run, corpus), ids, table),
            key=f"ends_{place}",
            alt=tr("The words of {run} at both ends of the axis, and the pinned words", run=run.name),
        )

    side_by_side(shown, show)


def _word_box(place: DeltaGenerator, label: str, key: str, default: str) -> str:
    """A box for words that starts with `default`, and restarts with it for a corpus in another language."""
    before = st.session_state.get(f"{key} default")
    st.session_state[f"{key} default"] = default
    if before not in (None, default) and st.session_state.get(key) == before:
        st.session_state[key] = default  # Streamlit warns if the widget also has a default
        return place.text_input(label, key=key, bind="query-params")
    return place.text_input(label, default, key=key, bind="query-params")


def _typed_words(text: str) -> list[str]:
    """Split a text at spaces and commas."""
    return text.replace(",", " ").split()


def analogy(corpus: Corpus, shown: Shown) -> None:
    """Show the words nearest to a - b + c."""
    labels = {"a": tr("a"), "b": tr("minus b"), "c": tr("plus c")}
    a, b, c = (
        _word_box(column, label, key, default)
        for column, (key, label), default in zip(
            st.columns(3), labels.items(), usual_words(corpus.language).analogy, strict=True
        )
    )
    st.markdown(
        tr(
            "The frequent words nearest by cosine to *a* - *b* + *c*: the word sought is to *c* as *a* is to *b*. "
            "Embeddings trained to predict neighbouring words can answer this. These were trained only to classify: "
            "the line below each table shows whether the answers share at least a polarity."
        )
    )

    def show(_: int, run: Run, frame: int) -> None:
        table = drift_resources.words(run, corpus)
        ids = find_analogy(table, a, b, c)
        asked = drift_resources.measured_words(run, corpus)
        answers = solve_analogy(drift_resources.frames(run, corpus).embeddings[frame], ids, asked)
        leans = lean(table.polarity[answers.ids[0]])
        st.dataframe(
            {"word": table.tokens[answers.ids[0]], "cosine": answers.cosines[0], "polarity": name_leanings(leans)},
            column_config=word_columns() | {"cosine": number_column(tr("cosine"), "%+.2f")},
            hide_index=True,
            alt=tr("The words of {run} nearest to {a} - {b} + {c}", run=run.name, a=a, b=b, c=c),
        )
        counts = Counter(leans.tolist())
        sides = {name: counts[name] for name in ("positive", "negative", "neutral")}
        (own,) = name_leanings(lean(table.polarity[ids[2:]]))
        st.caption(
            tr(
                "Of these {count} words, {positive} are positive, {negative} negative and {neutral} neutral. The "
                "word {word} is {polarity}.",
                count=counts.total(),
                positive=sides["positive"],
                negative=sides["negative"],
                neutral=sides["neutral"],
                word=plain(c.strip()),
                polarity=own,
            )
        )

    side_by_side(shown, show)
