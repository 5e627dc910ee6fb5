"""Words that may replace others, and their vectors, kept for each corpus and classifier. All readers share them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.compare.one_review_parts.view import BY_STAMP, Reader
from pages.shared import resources
from pages.shared.resources import BY_PATH, stamp
from sentiment_core.analysis.explanation import smallest_edit, suggestions
from sentiment_core.analysis.explanation.smallest_edit import SmallestEdit
from sentiment_core.analysis.explanation.suggestions import Lexicon, Suggestion
from sentiment_core.classifiers.protocol import Ability
from sentiment_core.messages import lazy

if TYPE_CHECKING:
    from sentiment_core.runs.reading import Run

from sentiment_core.text.corpus import Corpus

_KEYS = BY_PATH | BY_STAMP


def opposite_words(corpus: Corpus, word: str) -> list[Suggestion]:
    """The words opposite to a word."""
    return suggestions.opposite_words(word, _lexicon(corpus, stamp(corpus.path)), _use(corpus))


def nearest_words(corpus: Corpus, reader: Reader, word: str) -> list[Suggestion]:
    """The words nearest to a word in the embedding of a classifier that has gradients."""
    changed = stamp(corpus.path)
    vectors = _embedded(reader, corpus, changed)
    return suggestions.nearest_words(word, reader.classifier, _lexicon(corpus, changed), vectors)


def language_model(corpus: Corpus) -> Run | None:
    """A run of the corpus that was pretrained as a language model, so that its embedding knows the use of words."""
    return next((run for run in resources.runs(corpus)[0] if run.recipe.pretraining_epochs), None)


def find_smallest(corpus: Corpus, readers: Sequence[Reader], text: str, flips: Sequence[str]) -> SmallestEdit:
    """The smallest edit that turns the verdicts of `flips`. Raises as `smallest_edit.smallest_edit` does."""
    return _smallest(corpus, tuple(readers), text, tuple(flips), stamp(corpus.path))


def _use(corpus: Corpus) -> np.ndarray | None:
    run = language_model(corpus)
    if run is None:
        return None
    return _use_of(corpus, str(run.path), f"{stamp(run.path)} {stamp(corpus.path)}")


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=_KEYS)
def _lexicon(corpus: Corpus, changed: str) -> Lexicon:
    return suggestions.build_lexicon(corpus, resources.tokens(corpus))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=_KEYS)
def _embedded(reader: Reader, corpus: Corpus, changed: str) -> np.ndarray:
    return suggestions.embedded(_lexicon(corpus, changed), reader.classifier)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=_KEYS)
def _use_of(corpus: Corpus, path: str, changed: str) -> np.ndarray | None:
    run = language_model(corpus)
    if run is None:
        return None
    return suggestions.embedded(_lexicon(corpus, stamp(corpus.path)), resources.classifier(run.path))


@st.cache_resource(
    max_entries=64, show_spinner=resources.SpinnerText(lazy("Trying edits of the text")), hash_funcs=_KEYS
)
def _smallest(
    corpus: Corpus, readers: tuple[Reader, ...], text: str, flips: tuple[str, ...], changed: str
) -> SmallestEdit:
    vectors = {
        reader.name: _embedded(reader, corpus, changed)
        for reader in readers
        if reader.classifier.can(Ability.GRADIENTS)
    }
    classifiers = {reader.name: reader.classifier for reader in readers}
    return smallest_edit.smallest_edit(text, classifiers, flips, _lexicon(corpus, changed), vectors)
