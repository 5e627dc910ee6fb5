"""Train: one or two networks trained in the page, watched live."""

from __future__ import annotations

import streamlit as st

from pages.learn.train_parts.form import form
from pages.learn.train_parts.job_list import job_list
from pages.learn.train_parts.lesson import lesson_form
from pages.learn.train_parts.opening import JOB, LESSON
from pages.learn.train_parts.starting import starting
from pages.learn.train_parts.watch import watch
from pages.shared.layout import errors_shown, header
from sentiment_core.experiments.lessons import LESSONS
from sentiment_core.messages import tr

header(
    tr("Train"),
    tr("Choose reviews and one or two networks, and watch them learn. Both read the same batches in the same order."),
    tr(
        """
- **Reviews**: what the networks learn from. Toy takes seconds, the Korean reviews minutes, IMDB longer.
- **Start from** puts in the settings of a preset. Then change what you like: the address keeps every choice, so a link
  shows others the same form.
- **Tokens read**: a review is cut after so many. **Width**: numbers in the state of one direction. **Clip at**: longer
  gradients are shortened to this norm; 0 leaves them. **Dropout**: the share of the state that is hidden in training.
- **Pinned reviews** are not trained on. They show when a network begins to tell praise from complaint.
"""
    ),
)
job_id = st.query_params.get(JOB)
with errors_shown():
    if job_id is not None:
        watch(job_id)
    else:
        chosen = LESSONS.get(st.query_params.get(LESSON, ""))
        plan, button = form() if chosen is None else lesson_form(chosen)
        with button:
            starting(plan)
        job_list()
