"""How the class compares with the models, over all questions whose votes are closed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.charts import show_figure
from pages.shared.layout import plain
from sentiment_core.classroom.statistics import (
    CLASS,
    Calibration,
    Judged,
    Standing,
    calibration,
    cohen_kappa,
    fleiss_kappa,
    standings,
)
from sentiment_core.figures.classroom import draw_calibrations
from sentiment_core.messages import tr, tr_plural
from sentiment_core.messages.numbers import number, percent

if TYPE_CHECKING:
    from sentiment_core.classroom.room import Classroom

_DRAWN = 2  # models in the picture
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
    st.header(tr("Results"), anchor=False)
    st.table(_rows(judged, found))
    st.caption(f"{_compared(judged, found)} {_surer(found)}")
    calibrations = [calibration(judged, one.name) for one in found[: 1 + _DRAWN]]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_figure(
            draw_calibrations([one for one in calibrations if one.count.sum()]),
            "class_calibration",
            tr("How often the class and two models were right, by how sure they were."),
        )
    with right:
        st.markdown(_in_words(judged, calibrations[0]))


def _rows(judged: Judged, found: list[Standing]) -> dict[str, list[str]]:
    def text(value: float, spec: str = ".2f") -> str:
        return _NONE if math.isnan(value) else number(value, spec)

    rows = {
        tr("who"): [_name(one.name) for one in found],
        tr("right"): [tr("{right} of {of}", right=one.right, of=one.of) for one in found],
    }
    if any(one.of != found[0].of for one in found):  # a model was chosen later, or could not judge
        rows[tr("the class on the same questions")] = [
            tr("{right} of {of}", right=one.class_right, of=one.of) for one in found
        ]
    return rows | {
        tr("how sure"): [_NONE if math.isnan(one.confidence) else percent(one.confidence) for one in found],
        tr("Brier score, 0 is best"): [text(one.brier) for one in found],
        tr("calibration error, 0 is best"): [text(calibration(judged, one.name).error) for one in found],
        tr("agreement with the class (kappa)"): [
            _NONE if one.name == CLASS else text(cohen_kappa(judged, one.name)) for one in found
        ],
    }


def _compared(judged: Judged, found: list[Standing]) -> str:
    """How many questions count, and how many do not."""
    count, left = found[0].of, len(judged) - found[0].of
    said = tr_plural(
        "Compared on {count} question with votes and a known label.",
        "Compared on {count} questions with votes and a known label.",
        count,
    )
    if not left:
        return said
    without = tr_plural(
        "{count} question has no votes or no known label, and counts for nobody.",
        "{count} questions have no votes or no known label, and count for nobody.",
        left,
    )
    return f"{said} {without}"


def _surer(found: list[Standing]) -> str:
    known = [one for one in found if one.of == found[0].of]  # all on the same questions
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


def _in_words(judged: Judged, ours: Calibration) -> str:
    """How far sureness and truth, and the votes among themselves, agree."""
    kappa = fleiss_kappa(judged)
    shown = (
        tr("There are too few votes to say how far the class agrees.")
        if math.isnan(kappa)
        else tr("The class agrees with itself with a kappa of **{kappa:.2f}** (Fleiss).", kappa=kappa)
    )
    return "\n\n".join(
        [
            tr(
                "On the dotted line, who says 80% is right in 80% of the cases. Below it one is too sure, above it too "
                "modest. Few questions say little: with ten, one more right answer moves a point far."
            ),
            tr(
                "How sure votes are and how often such votes are right differ by **{points:.0f} percentage points** on "
                "average: the *calibration error* of the class.",
                points=100 * ours.error,
            ),
            shown,
            tr("Kappa is 1 where all vote alike, and about 0 where votes agree no more often than by chance."),
        ]
    )


def _name(name: str) -> str:
    return plain(name) if name != CLASS else tr("the class")
