"""How the class compares with the models, over all questions whose votes are closed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.charts import show_figure
from pages.shared.layout import plain
from sentiment_core.classroom.statistics import (
    CLASS,
    Judged,
    Standing,
    class_calibration,
    cohen_kappa,
    fleiss_kappa,
    model_calibration,
    model_names,
    standings,
)
from sentiment_core.figures.classroom import draw_calibrations
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import number, percent

if TYPE_CHECKING:
    from sentiment_core.classroom.room import Classroom

_NONE = "\N{EN DASH}"  # a hyphen alone would begin a list


def show_results(room: Classroom) -> None:
    """Show who was right how often, who was surer, how well everybody's sureness fits, and how far they agree."""
    judged = room.judged()
    found = standings(judged)
    if not any(one.of for one in found):
        st.info(
            tr("No question with a known label has votes yet. Ask one, and close its votes."), icon=":material/info:"
        )
        return
    st.subheader(tr("Results"), anchor=False)
    st.table(_rows(judged, found))
    st.caption(_surer(found))
    calibrations = [class_calibration(judged), *(model_calibration(judged, name) for name in model_names(judged)[:2])]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_figure(
            draw_calibrations([one for one in calibrations if one.count.sum()]),
            "class_calibration",
            tr("How often the class and two models were right, by how sure they were."),
        )
    with right:
        st.markdown(_agreement(judged))


def _rows(judged: Judged, found: list[Standing]) -> dict[str, list[str]]:
    def text(value: float, spec: str = ".2f") -> str:
        return _NONE if math.isnan(value) else number(value, spec)

    return {
        tr("who"): [_name(one.name) for one in found],
        tr("right"): [tr("{right} of {of}", right=one.right, of=one.of) for one in found],
        tr("how sure"): [_NONE if math.isnan(one.confidence) else percent(one.confidence) for one in found],
        tr("Brier score, 0 is best"): [text(one.brier) for one in found],
        tr("agreement with the class (kappa)"): [
            _NONE if one.name == CLASS else text(cohen_kappa(judged, one.name)) for one in found
        ],
    }


def _surer(found: list[Standing]) -> str:
    known = [one for one in found if one.of]
    surest, best = max(known, key=lambda one: one.confidence), max(known, key=lambda one: one.share)
    if surest.share >= best.share:
        return plain(tr("The surest, {name}, is also right most often.", name=_name(surest.name)))
    return plain(
        tr(
            "The surest is {surest} ({confidence:.0%} on average), but {best} is right more often ({share:.0%}).",
            surest=_name(surest.name),
            confidence=surest.confidence,
            best=_name(best.name),
            share=best.share,
        )
    )


def _agreement(judged: Judged) -> str:
    kappa = fleiss_kappa(judged)
    shown = (
        tr("There are too few votes to say how far the class agrees.")
        if math.isnan(kappa)
        else tr("The class agrees with itself with a kappa of **{kappa:.2f}** (Fleiss).", kappa=kappa)
    )
    return "\n\n".join(
        [
            shown,
            tr("Kappa is 1 where all vote alike, and about 0 where votes agree no more often than by chance."),
            tr(
                "On the dotted line, who says 80% is right in 80% of the cases. Below it one is too sure, above it too "
                "modest. Few questions say little: with ten, one more right answer moves a point far."
            ),
        ]
    )


def _name(name: str) -> str:
    return plain(name) if name != CLASS else tr("the class")
