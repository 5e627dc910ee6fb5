"""Sweeps as pages see them. Many readers follow one, and one of them reads its folders for all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import streamlit as st

from pages.shared import resources
from pages.shared.folders import live_runs, published_corpora
from sentiment_core.errors import DataError
from sentiment_core.experiments.sweeps.plan import LOCK, Sweep, list_sweeps
from sentiment_core.experiments.sweeps.results import SettingResult, Stand, read_results
from sentiment_core.runs import layout
from sentiment_core.storage.locks import living_writer
from sentiment_core.text.corpus import load_corpus

LOOK_EVERY = 1.0  # seconds for which all readers share one look


def sweeps() -> dict[str, Sweep]:
    """The sweeps of this server by name, the newest first: those below the folder of live runs, and the published."""
    return _sweeps(live_runs(), published_corpora())


def results(sweep: Sweep) -> list[SettingResult]:
    """How far each setting of a sweep has come."""
    return _results(sweep)


def is_at_work(sweep: Sweep) -> bool:
    """Whether a command runs the sweep, or a process trains one of its runs."""
    if living_writer(sweep.folder / LOCK) is not None:
        return True
    begun = [one.trial for result in results(sweep) for one in result.trials if one.stand == Stand.STARTED]
    return any(living_writer(sweep.place(trial) / layout.LOCK) is not None for trial in begun)


def corpus_address(sweep: Sweep, run: str) -> dict[str, str]:
    """The corpus with which a run of the sweep stands, and the run, for the address of another page."""
    found = [corpus for corpus in resources.corpora()[0] if corpus.fingerprint == sweep.fingerprint]
    with suppress(DataError):  # the corpus appears on pages once the address names a run of it
        found = found or [load_corpus(sweep.runs)]
    return {"corpus": found[0].name, "runs": run} if found else {"runs": run}


@st.cache_resource(max_entries=2, ttl=LOOK_EVERY, show_spinner=False)
def _sweeps(*roots: Path) -> dict[str, Sweep]:
    return {sweep.name: sweep for sweep in reversed(list_sweeps(*roots))}


@st.cache_resource(max_entries=16, ttl=LOOK_EVERY, show_spinner=False, hash_funcs={Sweep: lambda one: str(one.folder)})
def _results(sweep: Sweep) -> list[SettingResult]:
    return read_results(sweep)
