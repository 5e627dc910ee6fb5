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
from sentiment_core.messages import lazy, tr

_FORM = lazy(
    """
- **Reviews**: what the networks learn from. Toy takes seconds, the Korean reviews minutes, IMDB longer.
- **Start from** puts in the settings of a preset. Then change what you like: the address keeps every choice, so a link
  shows others the same form.
- **Tokens read**: a review is cut after so many. **Width**: numbers in the state of one direction. **Clip at**: longer
  gradients are shortened to this norm; 0 leaves them. **Dropout**: the share of the state that is hidden in training.
- **Pinned reviews** are not trained on. They show when a network begins to tell praise from complaint.
- **The usual two on toy**: the BiLSTM is right about 80% of valid after three epochs. The plain RNN stays below 60% for
  six to eight, and then it learns too: so with seeds 0 to 2 (the BiLSTM: seed 0).
"""
)
_WATCH = lazy(
    """
- **Loss** and **Accuracy**: the thin line is train, a mean over the last steps. The line with dots is valid, reviews
  that no network is trained on. A loss of 0.69 and an accuracy of 50% are those of guessing.
- **Norm of the gradients**: the length of the gradient, before clipping. The scale is logarithmic.
- **Pinned reviews**: the probability of positive that each network gives. They are not trained on.
- **Where the words lie**: each dot is a word. The axes stay as they are until you press *Fit again*.
- **How far back the gradient reaches**: the darker, the more of it arrives at a token so far before the end.
- The slider shows an earlier moment in all pictures. *Follow* returns to the newest.
- You can close this page: the training goes on, and its address leads back to it.
"""
)
job_id = st.query_params.get(JOB)
chosen = LESSONS.get(st.query_params.get(LESSON, ""))
if job_id is not None:
    sentence, how_to_read = (
        lazy("Follow a training live, or look back at it step by step. Two networks read the same batches."),
        _WATCH,
    )
elif chosen is not None:
    sentence = lazy("A lesson has everything set. Bet on an answer, start, and do its tasks.")
    how_to_read = _WATCH
else:
    sentence = lazy(
        "Choose reviews and one or two networks, and watch them learn. Both read the same batches in the same order."
    )
    how_to_read = _FORM
header(tr("Train"), str(sentence), str(how_to_read))
with errors_shown():
    if job_id is not None:
        watch(job_id)
    else:
        plan, button = form() if chosen is None else lesson_form(chosen)
        with button:
            starting(plan)
        job_list()
