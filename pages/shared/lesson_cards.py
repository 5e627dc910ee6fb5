"""A lesson as a card with its link, and the lesson that this server shows first."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from pages.shared.layout import plain
from pages.shared.site import PAGES
from pages.shared.training_data import data_sets
from sentiment_core.environment import variables
from sentiment_core.experiments.lessons import LESSONS, Lesson
from sentiment_core.messages import tr, tr_plural

_TRAIN = next(page.script for page in PAGES if page.address == "train")


def first_lesson() -> Lesson | None:
    """The lesson that $SENTIMENT_LESSON names; None if it names none."""
    return LESSONS.get(variables.LESSON.value())


def lessons_in_order() -> list[Lesson]:
    """All lessons, the one that this server shows first before the others."""
    return sorted(LESSONS.values(), key=lambda lesson: lesson is not first_lesson())


def lesson_card(lesson: Lesson, height: Literal["stretch", "content"] = "stretch") -> None:
    """A lesson with its question, its time and its link."""
    with st.container(border=True, height=height):
        st.page_link(
            _TRAIN,
            label=f"**{plain(str(lesson.title))}**",
            icon=":material/school:",
            query_params={"lesson": lesson.code},
        )
        st.markdown(str(lesson.question))
        networks = tr_plural("{count} network", "{count} networks", len(lesson.networks))
        source = data_sets()[lesson.source].name
        st.caption(
            plain(
                tr(
                    "{minutes} minutes · {networks} · {source}",
                    minutes=lesson.minutes,
                    networks=networks,
                    source=source,
                )
            )
        )
