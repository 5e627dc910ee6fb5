"""One run of a sweep, and the pages that show it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.learn.sweeps_parts.words import STANDS, setting_label
from pages.shared import sweep_resources as resources
from pages.shared.address import choice
from pages.shared.language import in_this_language
from pages.shared.run_links import show_run_links
from sentiment_core.experiments.sweeps.plan import Sweep
from sentiment_core.experiments.sweeps.results import Stand, best_setting
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import percent

_KEY = "trial"  # in the address


def choose_run(run: Any) -> None:
    """Choose the run of a dot that was clicked."""
    st.session_state[_KEY] = run


def show_trial(sweep: Sweep) -> None:
    """A picker of a run with weights, the best first, and a link to each page that shows it."""
    results = resources.results(sweep)
    best = best_setting(results)
    trials = [one for result in results for one in result.trials if one.valid is not None]
    if not trials:
        return
    trials.sort(key=lambda one: (best is None or one.trial.setting != best.number, one.trial.setting))
    names = {
        one.trial.name: tr(
            "{setting}: {label}, seed {seed}, valid {share} ({state})",
            setting=one.trial.setting + 1,
            label=setting_label(sweep, one.trial.setting),
            seed=str(one.trial.recipe.seed),
            share=percent(one.valid or 0.0, 2),
            state=STANDS[one.stand],
        )
        for one in trials
    }
    st.header(tr("One run on other pages"), anchor=False)
    run = choice(st.selectbox, tr("Run"), names, _KEY)
    chosen = next(one for one in trials if one.trial.name == run)
    with st.container(horizontal=True, vertical_alignment="center"):
        address = in_this_language(resources.corpus_address(sweep, run))
        show_run_links(address, has_scores=chosen.stand == Stand.COMPLETE)
