"""The caches of the Forgetting page, which hold norms of gradients, a few kilobytes a text, and of Memory's traces."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import streamlit as st

from pages.shared import resources
from pages.shared.trained_runs import check_there
from sentiment_core.analysis.explanation.forgetting import CueSentence, cue_place
from sentiment_core.classifiers.memory import DirectionGradients, Trace
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.experiments.distance_study import DistanceStudy, load_study
from sentiment_core.runs.forgetting import Forgetting, load_forgetting
from sentiment_core.runs.reading import Run

# Tokens whose gradients are computed. Each is a step of its own for every probe: 1,000 tokens of a large network took
# nine seconds on a busy machine.
MOST = 400


def state_gradients(
    classifier: Classifier, folder: Path, text: str, before: bool = False
) -> tuple[DirectionGradients, ...]:
    """How far back gradients reach in the first MOST tokens of a text, in each direction of a network.

    before: whether to use the network as it was before training.
    """
    changed = f"{folder} {resources.stamp(folder)}"
    return _state_gradients(_before(classifier, changed) if before else classifier, f"{changed} {before}", text)


def memory_trace(classifier: Classifier, folder: Path, text: str) -> Trace:
    """The states and gates of a network at each token of a text."""
    return _trace(classifier, f"{folder} {resources.stamp(folder)}", text)


def by_gap(
    classifier: Classifier, folder: Path, name: str, sentence: CueSentence, gaps: tuple[int, ...]
) -> tuple[list[tuple[DirectionGradients, ...]], list[int | None], np.ndarray]:
    """A sentence at each distance of its cue: the gradients, the token of the cue and P(positive) [gaps] float32.

    name: of the sentence.
    """
    return _by_gap(classifier, f"{folder} {resources.stamp(folder)}", name, sentence, gaps)


def forgetting(run: Run) -> Forgetting | None:
    """What a run recorded of its gradients; None if it was trained before they were. Raises RunError if damaged."""
    check_there(run.path)
    return _forgetting(run, resources.stamp(run.path))


def study() -> DistanceStudy | None:
    """The study of small networks in the folder of any corpus, or None. Raises RunError if it is damaged."""
    for corpus in resources.corpora()[0]:
        if found := _study(corpus.path, resources.stamp(corpus.path)):
            return found
    return None


@st.cache_resource(max_entries=6, show_spinner=False)
def _before(_classifier: Classifier, changed: str) -> Classifier:
    return _classifier.before_training()


@st.cache_resource(max_entries=6, show_spinner=False)  # up to 10 MB each: 1,000 tokens of a large network
def _trace(_classifier: Classifier, changed: str, text: str) -> Trace:
    return _classifier.trace(_classifier.view(text))


@st.cache_resource(max_entries=64, show_spinner=False)
def _state_gradients(_classifier: Classifier, changed: str, text: str) -> tuple[DirectionGradients, ...]:
    view = _classifier.view(text)
    return _classifier.state_gradients(replace(view, max_length=min(view.max_length, MOST)))


@st.cache_resource(max_entries=64, show_spinner=False)
def _by_gap(
    _classifier: Classifier, changed: str, name: str, _sentence: CueSentence, gaps: tuple[int, ...]
) -> tuple[list[tuple[DirectionGradients, ...]], list[int | None], np.ndarray]:
    views = [_classifier.view(_sentence.text(gap)) for gap in gaps]
    places = [cue_place(view, _sentence.cue) for view in views]
    gradients = [_classifier.state_gradients(view) for view in views]
    chances = [judged.prediction.probability for judged in _classifier.judge_views(views)]
    return gradients, places, np.array(chances, np.float32)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=resources.BY_PATH)
def _forgetting(run: Run, changed: str) -> Forgetting | None:
    return load_forgetting(run.path)


@st.cache_resource(max_entries=8, show_spinner=False)
def _study(folder: Path, changed: str) -> DistanceStudy | None:
    return load_study(folder)
