"""What the page shows where there is no sweep: the command that makes one."""

from __future__ import annotations

import streamlit as st

from pages.shared.folders import ROOT, live_runs
from sentiment_core.experiments.sweeps.plan import EXAMPLE, SWEEPS
from sentiment_core.messages import tr


def show_empty() -> None:
    """Say how to make a first sweep."""
    st.info(
        tr("No sweep is here yet. This command, in the root of the repository, makes one in a few minutes:"),
        icon=":material/tune:",
    )
    runs = live_runs()
    place = runs.relative_to(ROOT) if runs.is_relative_to(ROOT) else runs
    st.code(
        f"{EXAMPLE} --out {(place / SWEEPS / 'first').as_posix()}",
        language="bash",
        wrap_lines=True,
    )
    st.caption(
        tr(
            "Its trainings are jobs: Train shows them. The same command goes on after anything. The options are those "
            "of `train`; `sweep run --help` lists them."
        )
    )
