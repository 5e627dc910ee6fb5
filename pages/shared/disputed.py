"""Test reviews on which two classifiers disagree most, of those whose texts are at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.shared import evaluation_resources, resources
from pages.shared.resources import BY_PATH, stamp
from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.analysis.evaluation.disagreement import most_disagreeing
from sentiment_core.messages import Message
from sentiment_core.text.corpus import Corpus

if TYPE_CHECKING:
    from sentiment_core.runs.reading import Run

SHORT = 200  # most tokens of a review that is offered, where enough are as short: a class can read it


@dataclass(frozen=True, eq=False)
class Disputed:
    """Reviews that two classifiers judge differently."""

    shown: Compared  # the reviews, the largest difference first
    texts: list[str]  # of each
    missing: Message | None  # what would show the texts, if none is at hand


def disputed_reviews(
    corpus: Corpus, first: str, second: str, folders: Mapping[str, Path], runs: Mapping[str, Run], count: int
) -> Disputed | None:
    """At most `count` reviews on which two classifiers disagree most, short ones where there are enough.

    Returns None if they were tested on other reviews than the corpus's.
    Raises ClassifierError or RunError if one has no test scores.
    """
    scored = {name: evaluation_resources.scored(name, folders[name], runs.get(name)) for name in (first, second)}
    compared = evaluation_resources.compared(scored, dict(folders))
    if compared.fingerprint != corpus.fingerprint:
        return None
    texts = resources.review_texts(corpus)
    if not len(texts):
        return Disputed(compared.take(np.array([], dtype=np.int64)), [], texts.missing)
    changed = f"{stamp(folders[first])} {stamp(folders[second])} {len(texts)} {stamp(corpus.path)}"
    shown = _most_disagreeing(corpus, first, second, compared, changed, count)
    return Disputed(shown, [text or "" for text in texts.of(shown.rows)], None)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=BY_PATH)
def _most_disagreeing(
    corpus: Corpus, first: str, second: str, _compared: Compared, changed: str, count: int
) -> Compared:
    rows = resources.review_texts(corpus).rows
    at_hand = np.ones(len(_compared), dtype=bool) if rows is None else np.isin(_compared.rows, rows)
    usable = _compared.take(at_hand)
    short = usable.take(are_short(corpus, usable.rows))
    for among in (short, usable):
        found = most_disagreeing(among, first, second, count)
        if len(found) == count or among is usable:
            return among.take(found)
    return usable.take(np.array([], dtype=np.int64))


def are_short(corpus: Corpus, rows: np.ndarray) -> np.ndarray:
    """Whether each of these rows of the test split [rows] can be read by a class, [rows] bool.

    All are taken as short if the corpus does not have the length of each of its reviews.
    """
    lengths = resources.lengths(corpus)
    tokens = lengths.tokens[lengths.split == "test"]
    if len(tokens) != corpus.sizes["test"]:
        return np.ones(len(rows), dtype=bool)
    return np.asarray(tokens[rows] <= SHORT)
