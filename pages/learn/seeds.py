"""Seed lottery: a class trains one recipe with many seeds, and sees how far luck alone moves an accuracy."""

from __future__ import annotations

import streamlit as st

from pages.learn.seeds_parts.drawing import show_drawing, show_invitation
from pages.learn.seeds_parts.gathering import show_dots
from pages.learn.seeds_parts.opening import GROUP, show_opening
from pages.shared import lottery_resources as resources
from pages.shared.address import choice
from pages.shared.layout import errors_shown, header, plain
from sentiment_core.jobs.lottery import Lottery
from sentiment_core.messages import lazy, tr

VIEWS = {"class": lazy("for a class"), "projector": lazy("for a projector")}
_OFTEN, _SELDOM = 2.0, 5.0  # seconds between two looks of a projector, and of the many phones of a class

header(
    tr("Seed lottery"),
    tr("One recipe, many seeds: how far does luck alone move an accuracy?"),
    tr(
        """
A **seed** decides the random start of a network and the order of its batches. Nothing else differs here: everybody
trains the same recipe on the same reviews. So all that lies between two dots is luck.

- Each **dot** is one seed. It is hollow while its network still trains, and counts when it is complete.
- The **band** below the dots reaches one standard deviation to each side of the mean, which is the dashed line.
- **Two dots compared** shows what McNemar's test says of two seeds. It can call two networks different although only
  their luck differs: it knows these two networks, not the recipe.
- With **two recipes**, the question is whether one is better by more than the seeds explain. The answer shares the dots
  out between the recipes at random, again and again, and counts how often that gives as large a difference.
"""
    ),
)


def show_lottery(lottery: Lottery) -> None:
    """Show a lottery: the button that draws a seed, the invitation, and the dots."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.header(plain(_name(lottery)), anchor=False, width="content")
        names = {code: str(name) for code, name in VIEWS.items()}
        large = choice(st.segmented_control, tr("View"), names, "view", required=True) == "projector"
    drawn = resources.drawn(lottery)
    over = len(drawn) >= lottery.most and all(one.state.ended for one in drawn)
    every = None if over else (_OFTEN if large else _SELDOM)
    gather = st.fragment(show_dots, run_every=every)
    if large:
        left, right = st.columns([4, 1], gap="medium")
        with left:
            gather(lottery, True)
        with right:
            show_invitation(lottery)
        return
    st.fragment(show_drawing, run_every=every)(lottery)  # the state of the visitor's own seeds moves too
    with st.expander(tr("Invite a class"), icon=":material/qr_code:"):
        show_invitation(lottery)
    gather(lottery, False)


def _name(lottery: Lottery) -> str:
    recipes = tr("{names:and} on {reviews}", names=lottery.recipes, reviews=lottery.template.reading.source)
    return " · ".join(filter(None, (lottery.code, lottery.template.title, recipes)))


with errors_shown():
    code = st.query_params.get(GROUP, "")
    found = resources.find_lottery(code) if code else None
    if code and found is None:
        said = tr("There is no lottery {code} here. Check the code, or open a new lottery.", code=code[:20])
        st.warning(plain(said), icon=":material/warning:")
    if found is None:
        show_opening()
    else:
        show_lottery(found)
