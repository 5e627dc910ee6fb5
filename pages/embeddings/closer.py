"""The Drift page's closer looks, each at the words and at the moment that the player shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.shared import drift_resources, resources
from pages.shared.layout import errors_shown, plain
from sentiment_core.analysis.drift.directions import BAD, GOOD, find_analogy, name_axis, positions_on, solve_analogy
from sentiment_core.analysis.drift.moments import name_moment
from sentiment_core.analysis.drift.movement import NEIGHBOURS, Related, neighbour_changes, top_movers
from sentiment_core.analysis.polarity import lean
from sentiment_core.analysis.results import title
from sentiment_core.figures.drift_axis import common_span, draw_positions

if TYPE_CHECKING:
    from sentiment_core.text.corpus import Corpus
    from sentiment_core.training.run import Run

LISTED = 10  # rows of a table
MOST_LINES = 12
# What words can be ranked by, as the page and as Movement names it.
MEASURES = {"distance": "displacement", "beyond its neighbours": "relative", "length": "norm"}
COSINE = st.column_config.NumberColumn(format="%+.2f")
LENGTH = st.column_config.NumberColumn(format="%.2f")

Shown = list[tuple["Run", int]]  # each run with the frame that the player shows of it


def side_by_side(shown: Shown) -> Iterator[tuple[Run, int]]:
    """Each run in a column of its own, under its name and moment, with its errors shown there."""
    for column, (run, frame) in zip(st.columns(len(shown)), shown, strict=True):
        with column, errors_shown():
            st.markdown(f"**{plain(title(run))}** · {name_moment(run.history[frame].epoch)}")
            yield run, frame


def movers(corpus: Corpus, shown: Shown, lasso: np.ndarray) -> None:
    """Which words moved farthest, and the same as a file for all words."""
    table = resources.tokens(corpus)
    words = lasso if len(lasso) else drift_resources.measured_words(corpus)
    whose = f"the {len(words):,} words encircled" if len(lasso) else f"the {len(words):,} most frequent words"
    st.markdown(
        f"Of {whose}, measured in all dimensions rather than on the two axes. *Beyond its neighbours* leaves out what "
        f"the {NEIGHBOURS} words nearest at the start moved on average: where a whole region drifts together, it is "
        "near 0. *Neighbours kept* is the share of nearest words, by cosine, that are the same as at the start."
    )
    ranked = st.segmented_control(
        "Farthest by", list(MEASURES), default="distance", required=True, key="by", bind="query-params"
    )
    for run, frame in side_by_side(shown):
        if not frame:
            st.caption("Nothing has moved yet.")
            continue
        moved = drift_resources.movement(run, corpus, frame, words if len(lasso) else None)
        found = top_movers(getattr(moved, MEASURES[ranked]), np.arange(len(words)), LISTED)
        ids = words[found.ids]
        st.dataframe(
            {
                "word": table.tokens[ids],
                "distance": moved.displacement[found.ids],
                "beyond its neighbours": moved.relative[found.ids],
                "neighbours kept": moved.jaccard[found.ids],
                "length": moved.norm[found.ids],
                "leans": lean(table.polarity[ids]),
            },
            column_config=dict.fromkeys(MEASURES, LENGTH)
            | {"neighbours kept": st.column_config.NumberColumn(format="percent")},
            hide_index=True,
            alt=f"The words of {run.name} that moved farthest",
        )
        st.caption(f"In the middle: {ranked} {found.median:.2f}.")
    st.download_button(
        "All words and measures at this moment (CSV)",
        lambda: drift_resources.measures_csv(corpus, shown),
        "drift.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def neighbours(corpus: Corpus, shown: Shown, pins: np.ndarray) -> None:
    """What became of the words nearest to one word."""
    table = resources.tokens(corpus)
    if not len(pins):
        st.info("Pin a word in the picture, and see here which words were and are its nearest.")
        return
    words = table.tokens[pins].tolist()
    word = st.selectbox("Pinned word", words, key="word", bind="query-params", width=240)
    chosen = int(pins[words.index(word)])
    st.markdown(
        f"The {NEIGHBOURS} words nearest to **{plain(word)}** by cosine, before training and at this moment, in all "
        "dimensions. Before training nearness is chance."
    )
    for run, frame in side_by_side(shown):
        changes = neighbour_changes(drift_resources.frames(run, corpus), chosen, frame)
        for name, related in {"kept": changes.kept, "gained": changes.gained, "lost": changes.lost}.items():
            st.markdown(f"{name.capitalize()}: {len(related.ids)}")
            if len(related.ids):
                _related(table.tokens, table.polarity, related, f"{name} by {word} in {run.name}")


def _related(tokens: np.ndarray, polarity: np.ndarray, related: Related, alt: str) -> None:
    st.dataframe(
        {
            "word": tokens[related.ids],
            "before": related.before,
            "now": related.after,
            "leans": lean(polarity[related.ids]),
        },
        column_config={"before": COSINE, "now": COSINE},
        hide_index=True,
        height="content",
        alt=f"Neighbours {alt}, with their cosine before and now",
    )


def typed_words(text: str) -> list[str]:
    """Words between spaces or commas."""
    return text.replace(",", " ").split()


def named_axis(corpus: Corpus, shown: Shown, pins: np.ndarray) -> None:
    """Where words point between two lists of words, through time."""
    table = resources.tokens(corpus)
    columns = st.columns(2)
    start = columns[0].text_input("From these words", " ".join(BAD), key="from", bind="query-params")
    end = columns[1].text_input("To these", " ".join(GOOD), key="to", bind="query-params")
    st.markdown(
        "An axis with a name, in all dimensions: from the mean of the first list to the mean of the second. A word's "
        "height is the cosine of its vector with it. The grey band holds nine in ten of all words."
    )
    with errors_shown():
        axis = name_axis(table, typed_words(end), typed_words(start))
        if axis.missing:
            st.caption(plain(f"Not in the vocabulary as one token: {', '.join(axis.missing[:LISTED])}"))
        drawn = pins[:MOST_LINES]
        if not len(drawn):
            st.info("Pin words in the picture to see their lines.")
            return
        if len(pins) > len(drawn):
            st.caption(f"Of {len(pins)} pinned words the first {len(drawn)} are drawn.")
        found = [positions_on(drift_resources.frames(run, corpus), axis) for run, _ in shown]
        span = common_span(*(positions[:, drawn] for positions in found))
        words, polarity = table.tokens[drawn].tolist(), table.polarity[drawn]
        for (run, _), positions in zip(side_by_side(shown), found, strict=True):
            epochs = [row.epoch for row in run.history][: len(positions)]
            st.plotly_chart(
                draw_positions(epochs, positions, drawn, words, polarity, span),
                key=f"axis_{run.name}_{len(epochs)}",
                config={"displayModeBar": False},
                alt=f"Cosine of the pinned words of {run.name} with the axis through training",
            )


def analogy(corpus: Corpus, shown: Shown) -> None:
    """a - b + c, and what lies nearest."""
    table = resources.tokens(corpus)
    a, b, c = (
        column.text_input(label, default, key=key, bind="query-params", width="stretch")
        for column, (key, label, default) in zip(
            st.columns(3),
            (("a", "a", "best"), ("b", "minus b", "good"), ("c", "plus c", "bad")),
            strict=True,
        )
    )
    st.markdown(
        "The words nearest by cosine to *a* - *b* + *c*, which asks for the word that is to *c* as *a* is to *b*. "
        "Embeddings trained on what stands beside what can answer. These were trained for a verdict and keep little "
        "else: expect words of one side, not of one relation."
    )
    with errors_shown():
        ids = find_analogy(table, a, b, c)
        for run, frame in side_by_side(shown):
            answers = solve_analogy(drift_resources.frames(run, corpus).embeddings[frame], ids)
            st.dataframe(
                {
                    "word": table.tokens[answers.ids[0]],
                    "cosine": answers.cosines[0],
                    "leans": lean(table.polarity[answers.ids[0]]),
                },
                column_config={"cosine": COSINE},
                hide_index=True,
                alt=f"The words of {run.name} nearest to {a} - {b} + {c}",
            )
