"""The Drift page's closer looks: at the words that were chosen in the player, at a checkpoint chosen beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.shared import drift_resources
from pages.shared.charts import show_figure
from pages.shared.layout import errors_shown, plain
from pages.shared.run_words import title
from sentiment_core.analysis.drift.checkpoints import name_checkpoint
from sentiment_core.analysis.drift.directions import find_analogy, name_axis, positions_on, solve_analogy
from sentiment_core.analysis.drift.movement import (
    NEIGHBOURS,
    Movement,
    Related,
    movement_by_lean,
    neighbour_changes,
    top_movers,
)
from sentiment_core.analysis.polarity import lean
from sentiment_core.analysis.usual_words import usual_words
from sentiment_core.analysis.vocabulary import find_words
from sentiment_core.errors import WordError
from sentiment_core.figures.drift_axis import common_span, draw_ends, draw_positions
from sentiment_core.messages.numbers import hundredths, percent

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from sentiment_core.runs.reading import Run
    from sentiment_core.text.corpus import Corpus, TokenTable

LISTED = 10  # rows of a table
MOST_LINES = 12
# What words can be ranked by, as the page and as Movement names it.
MEASURES = {"distance": "displacement", "beyond its neighbours": "relative", "length": "norm"}
COSINE = st.column_config.NumberColumn(format="%+.2f")
LENGTH = st.column_config.NumberColumn(format="%.2f")

Shown = list[tuple["Run", int]]  # each run with its frame at the checkpoint


def side_by_side(shown: Shown, show: Callable[[int, Run, int], None]) -> None:
    """Show each run, given its place and frame, in a column of its own under its name and checkpoint."""
    for place, (column, (run, frame)) in enumerate(zip(st.columns(len(shown)), shown, strict=True)):
        with column, errors_shown():
            st.markdown(f"**{plain(title(run))}** · {name_checkpoint(run.history[frame].epoch)}")
            show(place, run, frame)


def movers(corpus: Corpus, shown: Shown, lasso: list[str], encircled: int) -> None:
    """Which words moved farthest, and every measure of all words as a file."""
    st.markdown(
        f"Measured in all dimensions rather than on two axes. *Beyond its neighbours* leaves out what the {NEIGHBOURS} "
        "words nearest at the start moved on average: where a whole region drifts together, it is near 0. *Neighbours "
        "kept* is the share of nearest words, by cosine, that are the same as at the start: those in both lists, of "
        "all in either."
    )
    if encircled > len(lasso):
        st.caption(f"Of {encircled:,} words encircled the {len(lasso):,} that the picture would label first are asked.")
    ranked = (
        st.segmented_control(
            "Farthest by", list(MEASURES), default="distance", required=True, key="by", bind="query-params"
        )
        or "distance"  # for an empty address
    )
    side_by_side(shown, lambda _, run, frame: _show_movers(run, corpus, frame, lasso, ranked))
    st.download_button(
        "All words and measures at this checkpoint (CSV)",
        lambda: drift_resources.measures_csv(corpus, shown),
        "drift.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _show_movers(run: Run, corpus: Corpus, frame: int, lasso: list[str], ranked: str) -> None:
    if not frame:
        st.caption("Nothing has moved yet.")
        return
    table = drift_resources.words(run, corpus)
    if lasso:
        words, _ = find_words(table, lasso)
        if not len(words):
            raise WordError("None of the encircled words is in this vocabulary. Encircle others, or clear the lasso.")
        whose = f"{len(words):,} words encircled"
    else:
        words = drift_resources.measured_words(run, corpus)
        whose = f"{len(words):,} most frequent words"
    moved = drift_resources.movement(run, corpus, frame, words if lasso else None)
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
    st.caption(
        f"Of its {whose}; their median: {ranked} {hundredths(found.median)}."
        + ("" if lasso else _compare(table, words, moved, usual_words(corpus.language).neutral))
    )


def _compare(table: TokenTable, words: np.ndarray, moved: Movement, neutral: str) -> str:
    """How far the words that lean moved beside the others, and where a neutral word stands among all."""
    kinds = movement_by_lean(moved.displacement, table.polarity[words])
    told = "".join(
        f" The {count:,} {kind} ones moved {hundredths(median)} in the median."
        for kind, median, count in zip(("leaning", "neutral"), (kinds.leaning, kinds.neutral), kinds.words, strict=True)
        if count
    )
    place = np.flatnonzero(table.tokens[words] == neutral)
    if len(place):
        beyond = (moved.displacement < moved.displacement[place[0]]).mean()
        told += f" *{neutral}* moved farther than {percent(beyond)} of all."
    return told


def neighbours(corpus: Corpus, shown: Shown, pins: list[str]) -> None:
    """What became of the words nearest to one word."""
    if not pins:
        st.info("Pin a word in the picture, and see here which words were and are its nearest.")
        return
    word = st.selectbox("Pinned word", pins, key="word", bind="query-params", width=240)
    st.markdown(
        f"The {NEIGHBOURS} words nearest to **{plain(word)}** by cosine, before training and at this checkpoint, in "
        "all dimensions. Where vectors begin at random, as they do here unless a run was pretrained, nearness before "
        "training is chance."
    )

    def show(_: int, run: Run, frame: int) -> None:
        table = drift_resources.words(run, corpus)
        ids, missing = find_words(table, [word])
        if missing:
            raise WordError(
                "{word!r} is not one token of this network's vocabulary. Choose another word.", word=word[:40]
            )
        changes = neighbour_changes(drift_resources.frames(run, corpus), int(ids[0]), frame)
        for name, related in {"kept": changes.kept, "gained": changes.gained, "lost": changes.lost}.items():
            st.markdown(f"{name.capitalize()}: {len(related.ids)}")
            if len(related.ids):
                _show_related(table, related, f"{name} by {word} in {run.name}")

    side_by_side(shown, show)


def _show_related(table: TokenTable, related: Related, alt: str) -> None:
    st.dataframe(
        {
            "word": table.tokens[related.ids],
            "before": related.before,
            "now": related.after,
            "leans": lean(table.polarity[related.ids]),
        },
        column_config={"before": COSINE, "now": COSINE},
        hide_index=True,
        height="content",
        alt=f"Neighbours {alt}, with their cosine before and now",
    )


def named_axis(corpus: Corpus, shown: Shown, pins: list[str]) -> None:
    """Where words point between two lists of words: through time, and all along the axis at one checkpoint."""
    columns = st.columns(2)
    usual = usual_words(corpus.language)
    start = _word_box(columns[0], "From these words", "from", " ".join(usual.bad))
    end = _word_box(columns[1], "To these", "to", " ".join(usual.good))
    st.markdown(
        "An axis with a name, in all dimensions: from the mean of the first list to the mean of the second. A word's "
        "place on it is the cosine of its vector with the axis; a word of a list is measured without its own part in "
        "it. Above, the pinned words through time, over a grey band that holds nine in ten of all words. Below, who "
        "lies at the ends of the axis at this checkpoint."
    )
    positions, chosen = [], []
    with errors_shown():
        for run, _ in shown:
            table = drift_resources.words(run, corpus)
            axis = name_axis(table, _typed_words(end), _typed_words(start))
            positions.append(positions_on(drift_resources.frames(run, corpus), axis))
            chosen.append(find_words(table, pins)[0][:MOST_LINES])
            if axis.missing:
                listed = ", ".join(axis.missing[:LISTED])
                st.caption(plain(f"Not in the vocabulary of {run.name} as one token: {listed}"))
    if len(positions) < len(shown):
        return
    if len(pins) > MOST_LINES:
        st.caption(f"Of {len(pins)} pinned words the first {MOST_LINES} are drawn.")
    span = common_span(*(found[:, ids] for found, ids in zip(positions, chosen, strict=True)))

    def show(place: int, run: Run, frame: int) -> None:
        table, found, ids = drift_resources.words(run, corpus), positions[place], chosen[place]
        if len(ids):
            epochs = [row.epoch for row in run.history][: len(found)]
            show_figure(
                draw_positions(epochs, found, ids, table, span),
                key=f"positions_{place}",
                alt=f"Cosine of the pinned words of {run.name} with the axis through training",
            )
        else:
            st.info("Pin words in the picture to see their lines.")
        show_figure(
            draw_ends(found[frame], drift_resources.measured_words(run, corpus), ids, table),
            key=f"ends_{place}",
            alt=f"The words of {run.name} at the ends of the axis, and the pinned ones",
        )

    side_by_side(shown, show)


def _word_box(place: DeltaGenerator, label: str, key: str, default: str) -> str:
    """A box for words that begins with `default`, and again with that of a corpus in another language."""
    before = st.session_state.get(f"{key} default")
    st.session_state[f"{key} default"] = default
    if before not in (None, default) and st.session_state.get(key) == before:
        st.session_state[key] = default  # Streamlit objects to a default beside it
        return place.text_input(label, key=key, bind="query-params")
    return place.text_input(label, default, key=key, bind="query-params")


def _typed_words(text: str) -> list[str]:
    """Words between spaces or commas."""
    return text.replace(",", " ").split()


def analogy(corpus: Corpus, shown: Shown) -> None:
    """a - b + c, and what lies nearest."""
    labels = {"a": "a", "b": "minus b", "c": "plus c"}
    a, b, c = (
        _word_box(column, label, key, default)
        for column, (key, label), default in zip(
            st.columns(3), labels.items(), usual_words(corpus.language).analogy, strict=True
        )
    )
    st.markdown(
        "The frequent words nearest by cosine to *a* - *b* + *c*, which asks for the word that is to *c* as *a* is to "
        "*b*. Embeddings trained on what stands beside what can answer. These were trained for a verdict alone: the "
        "line below each table says whether its words have more than a side in common, or not even that."
    )

    def show(_: int, run: Run, frame: int) -> None:
        table = drift_resources.words(run, corpus)
        ids = find_analogy(table, a, b, c)
        asked = drift_resources.measured_words(run, corpus)
        answers = solve_analogy(drift_resources.frames(run, corpus).embeddings[frame], ids, asked)
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
        leans = Counter(lean(table.polarity[answers.ids[0]]).tolist())
        counted = ", ".join(f"{leans[side]} {side}" for side in ("positive", "negative", "neutral"))
        own = str(lean(table.polarity[ids[2:]])[0])
        st.caption(plain(f"Of these {leans.total()}: {counted}. {c.strip()} itself is {own}."))

    side_by_side(shown, show)
