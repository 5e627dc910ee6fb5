"""Lessons: each a question that a training of a minute answers, with everything set for it."""

from __future__ import annotations

import streamlit as st

from pages.shared.layout import header
from pages.shared.lesson_cards import lesson_card, lessons_in_order
from pages.shared.site import PAGES
from sentiment_core.experiments.lessons import LESSONS
from sentiment_core.messages import lazy, tr

IN_A_ROW = 3
_MORE = {  # address of a page -> what it is for in class
    "seeds": lazy("Each student trains the same recipe with another seed. How much of a difference is luck?"),
    "debug": lazy("One line of a training is wrong. Find it by the pictures."),
    "forgetting": lazy("Why does the RNN forget? A lesson of ten minutes with bets: `docs/lesson-forgetting.md`."),
    "drift": lazy("Watch the words of a finished training move, from before the first step to the last."),
}

header(
    tr("Lessons"),
    tr("Each lesson asks one question and answers it with a training that you start and watch."),
    tr(
        """
A lesson opens the Train page with everything set. Only the few settings that the lesson is about can be changed.

1. Read the question, and bet on an answer.
2. Start. The networks learn before your eyes, in a minute or two.
3. Do the steps, and look where they say.
4. Open *What one should see, and why*.
"""
    ),
)


lessons = lessons_in_order()
for start in range(0, len(lessons), IN_A_ROW):
    for column, lesson in zip(st.columns(IN_A_ROW), lessons[start : start + IN_A_ROW], strict=False):
        with column:
            lesson_card(lesson)

st.header(tr("More to do"), anchor=False)
for page in PAGES:
    if page.address in _MORE:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(page.script, label=page.title, icon=":material/arrow_forward:", width=180)
            st.caption(str(_MORE[page.address]), width="stretch")

with st.expander(tr("For teachers: prepare a lesson by its link"), icon=":material/co_present:"):
    st.markdown(
        tr(
            """
- **A lesson** is `/train?lesson=CODE` with one of these codes: {codes}. Nothing that the lesson does not offer can be
  changed.
- **Preset** what it offers by adding `&CODE_SETTING=VALUE`, for example `/train?lesson=learns&learns_seed=7` or
  `/train?lesson=rate&rate_learning_rate=0.02`. A value that the lesson does not offer is ignored.
- **Your own training**: set the form of *Train* as you like. Its address then has every choice. Give that address to
  the class.
- **A running training**: the address with `job=` shows it to everybody who has it. Only you can pause, stop or delete
  it.
- **A broken training**: *Debug lab* makes a link to the mistake that you choose.
- **Language**: add `&lang=en` or `&lang=ko`.
- Students on other machines can train only if the server was started with `SENTIMENT_TRAINING=on`. Otherwise train on
  this machine and project it, or give them the link to your job.

`docs/lessons.md` has the figures of each lesson over several seeds, and the commands that print them.
""",
            codes=", ".join(f"`{code}`" for code in LESSONS),
        )
    )
