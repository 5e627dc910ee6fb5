"""Caches of the Test set page: the scores of classifiers on a test split. They are read without torch."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.shared import resources
from pages.shared.resources import BY_PATH, stamp
from pages.shared.trained_runs import check_there
from sentiment_core.analysis.evaluation.compared import Compared, Scored, compare, scored_classifier, scored_run
from sentiment_core.classifiers.protocol import Origin
from sentiment_core.errors import ClassifierError
from sentiment_core.jobs.kept import is_kept, kept_scores, list_kept, load_kept
from sentiment_core.runs.layout import TEST
from sentiment_core.runs.reading import Run
from sentiment_core.text.corpus import Corpus


def testable(corpus: Corpus, runs: dict[str, Run]) -> dict[str, Path]:
    """The folders of all classifiers of a corpus that may have test scores, by name, with those that a job scored."""
    kept = list_kept(corpus, resources.live_runs())
    return {name: run.path for name, run in runs.items()} | resources.linear(corpus) | kept


def scored(name: str, folder: Path, run: Run | None) -> Scored:
    """A classifier's scores. run: None if the folder holds none.

    Raises ClassifierError or RunError if there are no scores, or they are damaged.
    """
    check_there(folder)
    if run is None and not folder.exists():
        raise ClassifierError("{name} is not there any more. Choose another classifier.", name=name)
    return _scored(name, folder, run, stamp(folder))


def compared(chosen: dict[str, Scored], folders: dict[str, Path]) -> Compared:
    """Several classifiers side by side. Raises ClassifierError if they were tested on different reviews."""
    changed = repr([(str(folders[name]), stamp(folders[name])) for name in chosen])
    return _compared(tuple(chosen), list(chosen.values()), changed)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_PATH)
def _scored(name: str, folder: Path, run: Run | None, changed: str) -> Scored:
    if is_kept(folder):
        kept = load_kept(folder)
        return Scored(name, Origin(kept.source, kept.fingerprint), kept_scores(folder, TEST))
    return scored_classifier(name, resources.classifier(folder)) if run is None else scored_run(run)


@st.cache_resource(max_entries=8, show_spinner=False)
def _compared(names: tuple[str, ...], _scores: list[Scored], changed: str) -> Compared:
    return compare(_scores)
