"""Caches of the Test set page's slices and words: the counts of a corpus and of its classifiers' errors."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import streamlit as st

from pages.shared import resources
from pages.shared.resources import BY_PATH, stamp
from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.analysis.evaluation.error_words import ErrorWords
from sentiment_core.analysis.evaluation.error_words import error_words as compare_words
from sentiment_core.analysis.evaluation.slices import ReviewFacts, Slice, find_slice, make_slices
from sentiment_core.analysis.vocabulary import named_unasked
from sentiment_core.runs.error_tokens import load_error_tokens
from sentiment_core.runs.scores import load_scores
from sentiment_core.text.corpus import Corpus
from sentiment_core.text.review_counts import TEST_TOKENS, TokenReviews, load_features, load_token_reviews

BASELINE = "bag-of-words"  # the classifier whose confidence makes slices


def facts(corpus: Corpus) -> ReviewFacts:
    """What is known of each test review. Raises DataError or RunError if a file is damaged."""
    return _facts(corpus, stamp(corpus.path) + stamp(corpus.path / BASELINE))


def slices(corpus: Corpus, limits: Iterable[int]) -> list[Slice]:
    """The slices of the test split, with a cut at each of these max lengths."""
    return _slices(corpus, stamp(corpus.path) + stamp(corpus.path / BASELINE), tuple(sorted(set(limits))))


def slice_of(corpus: Corpus, code: str) -> Slice | None:
    """The slice with a code; None if there is none."""
    return _slice_of(corpus, stamp(corpus.path) + stamp(corpus.path / BASELINE), code)


def are_counted(corpus: Corpus, whole: Compared) -> bool:
    """Whether the classifiers were tested on the reviews that the corpus counted."""
    return np.array_equal(facts(corpus).labels, whole.labels)


def test_tokens(corpus: Corpus) -> TokenReviews | None:
    """How many test reviews have each token; None if they were not counted."""
    return _test_tokens(corpus, stamp(corpus.path))


def error_words(corpus: Corpus, folder: Path, label: int) -> ErrorWords | None:
    """The words of a classifier's errors on the test reviews of a label; None if they were not counted."""
    return _error_words(corpus, folder, label, stamp(corpus.path) + stamp(folder))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_PATH)
def _facts(corpus: Corpus, changed: str) -> ReviewFacts:
    table = resources.lengths(corpus)
    tested = table.split == "test"
    labels = table.label[tested]
    features = load_features(corpus.path, corpus.counts_source())
    scores = load_scores(corpus.path / BASELINE)
    same = scores is not None and np.array_equal(scores.labels, labels)
    return ReviewFacts(labels, table.tokens[tested], features, np.abs(scores.logits) if scores and same else None)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_PATH)
def _slices(corpus: Corpus, changed: str, limits: tuple[int, ...]) -> list[Slice]:
    return make_slices(facts(corpus), limits)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=BY_PATH)
def _slice_of(corpus: Corpus, changed: str, code: str) -> Slice | None:
    return find_slice(facts(corpus), code)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_PATH)
def _test_tokens(corpus: Corpus, changed: str) -> TokenReviews | None:
    return load_token_reviews(corpus.path / TEST_TOKENS, corpus.counts_source(), corpus.vocab_size)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=BY_PATH)
def _error_words(corpus: Corpus, folder: Path, label: int, changed: str) -> ErrorWords | None:
    errors, everything = load_error_tokens(folder, corpus), test_tokens(corpus)
    if errors is None or everything is None:
        return None
    return compare_words(errors, everything, _named(corpus, changed), label)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_PATH)
def _named(corpus: Corpus, changed: str) -> np.ndarray:
    return named_unasked(resources.tokens(corpus))
