"""Details on the Drift page: measures of the words chosen in the player, at the player's checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.shared import drift_resources
from pages.shared.address import choice
from pages.shared.layout import errors_shown, plain
from pages.shared.run_words import title
from sentiment_core.analysis.drift.checkpoints import checkpoint_code
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
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.checkpoints import checkpoint_phrase
from sentiment_core.messages.numbers import hundredths
from sentiment_core.messages.polarity import name_leanings

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

    from sentiment_core.runs.reading import Run
    from sentiment_core.text.corpus import Corpus, TokenTable

LISTED = 10  # rows of a table
# Measures that rank words: name in Movement -> name for the reader.
MEASURES = {"displacement": lazy("distance"), "relative": lazy("relative to neighbours"), "norm": lazy("vector length")}
OLD_MEASURES = {"distance": "displacement", "beyond its neighbours": "relative", "length": "norm"}  # in old addresses

Shown = list[tuple["Run", int]]  # each run with its frame at the checkpoint


def side_by_side(shown: Shown, show: Callable[[int, Run, int], None]) -> None:
    """Show each run in its own column, under its name and checkpoint. `show` gets the run's index and frame."""
    for place, (column, (run, frame)) in enumerate(zip(st.columns(len(shown)), shown, strict=True)):
        with column, errors_shown():
            st.markdown(f"**{plain(title(run))}** · {checkpoint_phrase(checkpoint_code(run.history[frame].epoch))}")
            show(place, run, frame)


def movers(corpus: Corpus, shown: Shown, lasso: list[str], encircled: int) -> None:
    """Show the words that moved farthest, and offer every measure of all words as a file."""
    st.markdown(
        tr(
            "All measures use all dimensions, not the two axes. *Relative to neighbours* is what is left of a word's "
            "movement without the mean movement of the {count} words that were nearest at the start: it is near 0 "
            "where a whole region moves together. *Neighbours kept* compares the nearest words by cosine at the "
            "start and now: it is the number of words in both lists as a share of the words in either.",
            count=NEIGHBOURS,
        )
    )
    if encircled > len(lasso):
        st.caption(tr("Showing the first {shown} of {selected} selected words.", shown=len(lasso), selected=encircled))
    ranked = choice(st.segmented_control, tr("Rank by"), MEASURES, "by", old=OLD_MEASURES, required=True)
    side_by_side(shown, lambda _, run, frame: _show_movers(run, corpus, frame, lasso, ranked))
    st.download_button(
        tr("All words and measures at this checkpoint (CSV)"),
        lambda: drift_resources.measures_csv(corpus, shown),
        file_name="drift.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _show_movers(run: Run, corpus: Corpus, frame: int, lasso: list[str], ranked: str) -> None:
    if not frame:
        st.caption(tr("Nothing has moved yet."))
        return
    table = drift_resources.words(run, corpus)
    if lasso:
        words, _ = find_words(table, lasso)
        if not len(words):
            raise WordError("None of the selected words is in this vocabulary. Select others, or clear the lasso.")
    else:
        words = drift_resources.measured_words(run, corpus)
    moved = drift_resources.movement(run, corpus, frame, words if lasso else None)
    found = top_movers(getattr(moved, ranked), np.arange(len(words)), LISTED)
    ids = words[found.ids]
    measures = {name: number_column(str(label)) for name, label in MEASURES.items()}
    st.dataframe(
        {
            "word": table.tokens[ids],
            "displacement": moved.displacement[found.ids],
            "relative": moved.relative[found.ids],
            "jaccard": moved.jaccard[found.ids],
            "norm": moved.norm[found.ids],
            "polarity": name_leanings(lean(table.polarity[ids])),
        },
        column_config=word_columns()
        | measures
        | {"jaccard": st.column_config.NumberColumn(tr("neighbours kept"), format="percent")},
        hide_index=True,
        alt=tr("The words of {run} that moved farthest", run=run.name),
    )
    middle = hundredths(found.median)
    if lasso:
        said = tr_plural(
            "{count} selected word. Median ({measure}): {median}.",
            "{count} selected words. Median ({measure}): {median}.",
            len(words),
            measure=MEASURES[ranked],
            median=middle,
        )
    else:
        said = tr(
            "The {count} most frequent words. Median ({measure}): {median}.",
            count=len(words),
            measure=MEASURES[ranked],
            median=middle,
        )
        said = " ".join([said, *_compare(table, words, moved, usual_words(corpus.language).neutral)])
    st.caption(said)


def _compare(table: TokenTable, words: np.ndarray, moved: Movement, neutral: str) -> Iterator[str]:
    """Sentences on how far words of each polarity moved, and on the rank of a neutral word."""
    kinds = movement_by_lean(moved.displacement, table.polarity[words])
    if kinds.words[0]:
        yield tr(
            "Median distance of the {count} positive and negative words: {median}.",
            count=kinds.words[0],
            median=hundredths(kinds.leaning),
        )
    if kinds.words[1]:
        yield tr(
            "Median distance of the {count} neutral words: {median}.",
            count=kinds.words[1],
            median=hundredths(kinds.neutral),
        )
    place = np.flatnonzero(table.tokens[words] == neutral)
    if len(place):
        beyond = float((moved.displacement < moved.displacement[place[0]]).mean())
        yield tr("*{word}* moved farther than {share:.1%} of all these words.", word=neutral, share=beyond)


def number_column(label: str, format: str = "%.2f") -> ColumnConfig:
    return st.column_config.NumberColumn(label, format=format)


def word_columns() -> dict[str, ColumnConfig]:
    """Headings of the columns that all tables of words share."""
    return {"word": st.column_config.Column(tr("word")), "polarity": st.column_config.Column(tr("polarity"))}


def neighbours(corpus: Corpus, shown: Shown, pins: list[str]) -> None:
    """Show how the neighbours of one word changed."""
    if not pins:
        st.info(tr("Pin a word in the picture to see its nearest words here."))
        return
    word = st.selectbox(tr("Pinned word"), pins, key="word", bind="query-params", width=240)
    st.markdown(
        tr(
            "The {count} words nearest to **{word}** by cosine, in all dimensions, before training and at this "
            "checkpoint. Vectors start at random unless a run was pretrained, so the nearest words before training "
            "are a matter of chance.",
            count=NEIGHBOURS,
            word=plain(word),
        )
    )

    def show(_: int, run: Run, frame: int) -> None:
        table = drift_resources.words(run, corpus)
        ids, missing = find_words(table, [word])
        if missing:
            raise WordError(
                "{word!r} is not one token of this network's vocabulary. Choose another word.", word=word[:40]
            )
        changes = neighbour_changes(drift_resources.frames(run, corpus), int(ids[0]), frame)
        named = (
            (lazy("Kept: {count}", count=len(changes.kept.ids)), changes.kept),
            (lazy("Gained: {count}", count=len(changes.gained.ids)), changes.gained),
            (lazy("Lost: {count}", count=len(changes.lost.ids)), changes.lost),
        )
        for heading, related in named:
            st.markdown(str(heading))
            if len(related.ids):
                alt = tr("Neighbours of {word} in {run}. {heading}", word=word, run=run.name, heading=heading)
                _show_related(table, related, alt)

    side_by_side(shown, show)


def _show_related(table: TokenTable, related: Related, alt: str) -> None:
    st.dataframe(
        {
            "word": table.tokens[related.ids],
            "before": related.before,
            "now": related.after,
            "polarity": name_leanings(lean(table.polarity[related.ids])),
        },
        column_config=word_columns()
        | {"before": number_column(tr("cosine before"), "%+.2f"), "now": number_column(tr("cosine now"), "%+.2f")},
        hide_index=True,
        height="content",
        alt=alt,
    )
