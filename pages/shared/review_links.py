"""Links between One review and Drift: from a word of a review to its trail, and from a word back to the review.

Drift keeps the review in `review=` of its address, so that the way back leads to the same text.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def links_to_review(corpus: Corpus, runs: Sequence[Run], words: Sequence[str]) -> None:
    """Links that lead from words to what they do in the review that the reader came from, or in an example."""
    text = st.query_params.get(_REVIEW) or st.session_state.get(_REVIEW, "")
    if text:
        st.session_state[_REVIEW] = text
    texts = [text, *(example.text for example in examples_in(corpus.language))]
    found = [
        next(((word, one, place) for one in texts if (place := find_word(one, word)) is not None), None)
        for word in words[:_MOST]
    ]
    links = [one for one in found if one is not None]
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
