"""The step of the padding trap."""

from __future__ import annotations

import streamlit as st

from pages.inside.mechanics_parts.view import MechanicsView, explain
from pages.shared import mechanics_resources as resources
from pages.shared.address import choice
from pages.shared.charts import show_figure
from sentiment_core.analysis.mechanics.trap import Trap
from sentiment_core.figures.mechanics.charts import draw_trap
from sentiment_core.messages import current_language, lazy, tr

REVIEWS = {
    "toy": lazy("toy reviews, a GRU trained here"),
    "korean": lazy("Korean reviews, the published RNN"),
}


def trap(view: MechanicsView) -> None:
    """Read the last column instead of the last real token."""
    run = resources.trap_run()
    known = REVIEWS if run is not None else {"toy": REVIEWS["toy"]}
    usual = "korean" if run is not None and current_language() == "ko" else "toy"
    chosen = choice(st.segmented_control, tr("Reviews"), known, "reviews", usual, required=True)
    found = resources.trap(run if chosen == "korean" else None)

    def draw() -> None:
        show_figure(
            draw_trap(found.amounts, found.right, found.wrong),
            key="trap",
            alt=tr("Accuracy from the last real token and from the last column, by the amount of padding"),
        )

    explain("\n\n".join([*_words(found), _which(chosen)]), found.code, draw)


def _words(found: Trap) -> list[str]:
    return [
        tr(
            "`states[:, -1]` looks right and is wrong: in a padded batch the last column is padding for every review "
            "but the longest. The network reads the padding too, and its state forgets the review."
        ),
        tr(
            "**In one batch** of {reviews} reviews, padded to the longest ({padding:.0f} columns of padding on "
            "average), accuracy is **{right:.1%}** from the last real token and **{wrong:.1%}** from the last column.",
            reviews=found.reviews,
            padding=found.mean_padding,
            right=found.batch_right,
            wrong=found.batch_wrong,
        ),
        tr(
            "**The chart** puts the same number of columns of padding behind every review. The correct reading does "
            "not change; the other falls towards chance as padding grows. Nothing crashes and no shape is wrong, which "
            "is what makes it a trap."
        ),
    ]


def _which(chosen: str) -> str:
    if chosen == "toy":
        return tr(
            "The GRU was trained for a second on 600 toy reviews, read correctly. These reviews end with the clause "
            "that decides."
        )
    return tr(
        "The RNN is the one published for the Korean corpus. The reviews are from its test split. Its state survives "
        "some padding, so a batch of short reviews can hide the fault."
    )
