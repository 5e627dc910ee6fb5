"""Debug lab: one thing in a training is broken. Which is it?"""

from __future__ import annotations

import streamlit as st

from pages.learn.debug_parts.evidence import evidence
from pages.learn.debug_parts.guess import guess
from pages.learn.debug_parts.puzzle import JOB, begin, open_puzzle
from pages.shared import training_resources as training
from pages.shared.debug_resources import fault_of
from pages.shared.layout import errors_shown, header, plain
from sentiment_core.messages import tr

header(
    tr("Debug lab"),
    tr("Two equal networks are trained side by side, but the training of one has a mistake in it. Which mistake?"),
    tr(
        """
Both networks start from the same weights and get the same reviews. In the training of the **broken** one a single
line is wrong. Nothing fails with an error: as in real life, only the pictures show it.

- Compare the two lines in each chart. When do they part: in the first steps, once in each epoch, or at the end?
- Look at **how fast** the loss moves, **where it stops**, and whether train and valid tell the same story.
- Look at the tokens read a second, and at the figures at the end, when test has been read.
- Then answer. After a wrong answer you read what one would see if it were right. Look again.
"""
    ),
)
with errors_shown():
    job_id = st.query_params.get(JOB)
    found = training.job(job_id) if job_id else None
    fault = fault_of(found) if found is not None else None
    if found is not None and fault is not None:
        evidence(found)
        guess(found, fault)
        st.button(
            tr("Another broken training"),
            icon=":material/casino:",
            on_click=open_puzzle,
            key="another_puzzle",
            width=260,
        )
    else:
        if job_id:
            st.info(
                plain(
                    tr(
                        "There is no broken training {job} here. It was deleted, or the link is not complete.",
                        job=job_id[:40],
                    )
                ),
                icon=":material/search_off:",
            )
        begin()
