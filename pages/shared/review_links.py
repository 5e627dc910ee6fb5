"""Links between One review and Drift: from a word of a review to its trail, and from a word back to the review.

Drift keeps the review in `review=` of its address, so that the way back leads to the same text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.layout import plain
from pages.shared.player import pins_text
from pages.shared.text_box import link_with_text
from sentiment_core.analysis.examples import examples_in
from sentiment_core.analysis.explanation.edits import find_word
from sentiment_core.analysis.usual_words import usual_words
from sentiment_core.messages import tr

if TYPE_CHECKING:
    from sentiment_core.runs.reading import Run
    from sentiment_core.text.corpus import Corpus

_DRIFT, _ONE_REVIEW = "pages/embeddings/drift.py", "pages/compare/one_review.py"
_REVIEW = "review"  # key in Drift's address, and in the session for a text that is too long for one
_MOST = 8  # words that lead back


def link_to_drift(corpus: Corpus, runs: Sequence[Run], tokens: Sequence[str], text: str) -> None:
    """A link to the trail of a word in the first two of these runs that kept frames. Shows nothing if there is none.

    tokens: those that the word is made of, in the first run.
    """
    kept = [run.name for run in runs if run.recipe.frames][:2]
    if not kept or not tokens:
        return
    pins = list(dict.fromkeys([*tokens, *usual_words(corpus.language).pinned]))
    asked: dict[str, str | list[str]] = {
        "corpus": corpus.name,
        "left": kept[0],
        "right": kept[1] if len(kept) > 1 else "nothing",
        "pins": pins_text(pins),
    }
    label = tr("Follow {words:and} in Drift", words=list(tokens))
    link_with_text(_DRIFT, plain(label), ":material/timeline:", asked, text, "review.drift", _REVIEW)


def _in_text(text: str, word: str) -> tuple[str, int] | None:
    """A text and the place of a word in it; None if it has no such word."""
    place = find_word(text, word)
    return None if place is None else (text, place)


@lru_cache(512)
def _in_example(language: str, word: str) -> tuple[str, int] | None:
    """The first example with a word, and its place there; None if no example has it."""
    return next(filter(None, (_in_text(example.text, word) for example in examples_in(language))), None)


def links_to_review(corpus: Corpus, runs: Sequence[Run], words: Sequence[str]) -> None:
    """Links that lead from words to what they do in the review that the reader came from, or in an example."""
    text = st.query_params.get(_REVIEW) or st.session_state.get(_REVIEW, "")
    if text:
        st.session_state[_REVIEW] = text
    links = [
        (word, *found)
        for word in words[:_MOST]
        if (found := _in_text(text, word) or _in_example(corpus.language, word)) is not None
    ]
    if not links:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(tr("What it does in a review"), width="content")
        for word, one, place in links:
            asked: dict[str, str | list[str]] = {
                "corpus": corpus.name,
                "runs": [run.name for run in runs],
                "token": str(place),
            }
            link_with_text(_ONE_REVIEW, plain(word), ":material/arrow_forward:", asked, one, f"review.{word}")
