"""What each n-gram adds to the verdict of a classifier without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.compare.one_review_parts import explanations
from pages.shared.charts import show_figure
from pages.shared.layout import plain
from sentiment_core.classifiers.protocol import Ability
from sentiment_core.figures.one_review import draw_contributions
from sentiment_core.messages import tr

if TYPE_CHECKING:
    from pages.compare.one_review_parts.view import ReviewView

SHOWN_NGRAMS = 15  # n-grams with the largest contributions, positive or negative


def show(view: ReviewView) -> None:
    """Show what each n-gram of the text adds, for the classifiers that are linear."""
    linear = [reader for reader in view.readers.values() if reader.classifier.can(Ability.CONTRIBUTIONS)]
    if not linear:
        return
    st.header(tr("What each word adds"), anchor=False)
    st.caption(
        tr(
            "A classifier without a network adds up a weight for each word or n-gram that it knows. "
            "A sum above 0 is positive."
        )
    )
    for column, reader in zip(st.columns(len(linear)), linear, strict=True):
        name, found = reader.name, explanations.contributions(reader, view.text)
        with column:
            st.markdown(f"**{plain(name)}**")
            largest = found.largest(SHOWN_NGRAMS)
            if not largest.ngrams:
                st.caption(tr("Nothing in this text counts here."))
                continue
            alt = tr("Largest contributions in {name}: {ngrams}", name=name, ngrams=largest.ngrams)
            show_figure(draw_contributions(largest), key=f"contributions {name}", alt=alt)
            st.caption(
                tr(
                    "Start {start:+.2f}, these {shown} {sum:+.2f}, all others together {rest:+.2f}: {total:+.2f}.",
                    start=found.intercept,
                    shown=len(largest.ngrams),
                    sum=largest.sum,
                    rest=found.sum - largest.sum,
                    total=found.intercept + found.sum,
                )
            )
