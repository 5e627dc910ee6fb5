"""Sweeps: many settings and seeds of one preset, which is best by the valid split, and each run to look at."""

from __future__ import annotations

import streamlit as st

from pages.learn.sweeps_parts.empty import show_empty
from pages.learn.sweeps_parts.settings import show_settings
from pages.learn.sweeps_parts.trials import show_trial
from pages.shared import sweep_resources as resources
from pages.shared.address import choice
from pages.shared.layout import errors_shown, header, title_row
from sentiment_core.experiments.sweeps.course import is_over
from sentiment_core.messages import tr

_OFTEN = 3.0  # seconds between two looks at a sweep that is at work

row = title_row()
header(
    tr("Sweeps"),
    tr("Many settings and seeds of one preset: which is best, and by more than luck?"),
    tr(
        """
A **sweep** trains one preset again and again. Between two **settings** some numbers differ, such as the learning rate.
Between two **seeds** of a setting nothing differs but luck.

- The first picture has an axis for each number that varies, and one for the accuracy on valid. Each **line** is a
  setting: follow it to see what it was and what it is worth.
- In the second picture each **dot** is one seed, and the bar is the mean of its setting. Where the dots of two settings
  overlap, the better mean may be luck.
- The **best** setting is the one with the highest mean on valid among those that were trained to the end. Only then is
  the test split read, once, for that setting: its accuracy there is not the one by which it was chosen.
- With the search **asha**, most settings end early, after a few epochs: they were behind others at that time.
"""
    ),
    row,
)

with errors_shown():
    found = resources.sweeps()
    if not found:
        show_empty()
    else:
        with row:
            if len(found) > 1:
                name = choice(st.selectbox, tr("Sweep"), {name: name for name in found}, "sweep", width=240)
            else:
                name = next(iter(found))
        sweep = found[name]
        every = None if is_over(sweep, resources.results(sweep)) else _OFTEN
        st.fragment(show_settings, run_every=every)(sweep)
        show_trial(sweep)
