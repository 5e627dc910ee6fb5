"""What the teacher asks next: from the script, an own text, or a test review. The label is never shown here."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from pages.compare.test_set_parts.review_list import flowing
from pages.shared import resources
from pages.shared.address import choice
from pages.shared.disputed import are_short, disputed_reviews
from pages.shared.layout import plain
from pages.shared.problems import told
from sentiment_core.classroom.records import Source
from sentiment_core.classroom.script import script_in
from sentiment_core.errors import SentimentError
from sentiment_core.figures.style import shortened
from sentiment_core.messages import Message, lazy, tr

if TYPE_CHECKING:
    from sentiment_core.runs.reading import Run
    from sentiment_core.text.corpus import Corpus

SCRIPT: Final = "script"
OWN: Final = "own"
TEST: Final = "test"
DISAGREEMENT: Final = "disagreement"
_SOURCES = {
    SCRIPT: lazy("Lesson script"),
    OWN: lazy("Own text"),
    TEST: lazy("Random test review"),
    DISAGREEMENT: lazy("Where two models disagree"),
}
UNKNOWN = "unknown"
_TRUTHS = {UNKNOWN: lazy("not known"), "positive": lazy("positive"), "negative": lazy("negative")}
_LABELS = {UNKNOWN: None, "positive": 1, "negative": 0}
LONGEST = 2000  # characters of a text that a class can read
_DISPUTED = 20  # reviews that two models dispute, in the order in which they are asked
_FIRST_WORDS = 70  # characters of a review in the list of the script
# Keys in the session
NEXT, TEXT, TRUTH, _DRAWN = "class.next", "class.text", "class.truth", "class.drawn"


@dataclass(frozen=True)
class Offer:
    """A review that can be asked."""

    text: str
    source: Source
    truth: int | None  # 1 positive, 0 negative, None not known
    note: Message | None = None  # what it shows, for after the truth


def choose_next(
    corpus: Corpus,
    asked: Collection[str],
    names: Sequence[str],
    folders: Mapping[str, Path],
    runs: Mapping[str, Run],
) -> Offer | None:
    """Show the choice of what to ask next, and return it; None if there is nothing. asked: texts that were asked."""
    source = choice(st.segmented_control, tr("What to ask"), _SOURCES, "ask", required=True)
    if source == OWN:
        return _own(asked)
    if source == TEST:
        return _random(corpus, asked)
    if source == DISAGREEMENT:
        return _disputed(corpus, asked, names, folders, runs)
    return _of_script(corpus, asked)


def _of_script(corpus: Corpus, asked: Collection[str]) -> Offer | None:
    script = script_in(corpus.language)
    left = [place for place, review in enumerate(script) if review.text not in asked]
    if st.session_state.get(NEXT) not in left:
        st.session_state[NEXT] = left[0] if left else None
    place = st.selectbox(
        tr("Next review of the script"),
        left,
        key=NEXT,
        format_func=lambda place: f"{place + 1}. {shortened(script[place].text, _FIRST_WORDS)}",
        help=tr("What a review shows, and its label, stand here only after the class has seen the truth."),
        disabled=not left,
    )
    if place is None:
        st.caption(tr("The class has seen all {count} reviews of the script.", count=len(script)))
        return None
    review = script[place]
    return Offer(review.text, SCRIPT, review.truth, review.note)


def _own(asked: Collection[str]) -> Offer | None:
    text = st.text_area(
        tr("Review"),
        key=TEXT,
        height=110,
        max_chars=LONGEST,
        placeholder=tr("Type or paste a review"),
    ).strip()
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover(tr("Its label, hidden from the class"), icon=":material/visibility_off:"):
            names = {code: str(name) for code, name in _TRUTHS.items()}
            truth = st.radio(tr("Label"), list(names), format_func=names.__getitem__, key=TRUTH)
        st.caption(tr("The class sees what is typed here. To prepare it unseen, open the class on a second device."))
    if not text:
        return None
    if text in asked:
        st.caption(tr("The class has been asked this text. Type another one."))
        return None
    return Offer(text, OWN, _LABELS[truth])


def _random(corpus: Corpus, asked: Collection[str]) -> Offer | None:
    texts = resources.review_texts(corpus)
    if not len(texts):
        _say_missing(texts.missing)
        return None
    rows = np.arange(len(texts)) if texts.rows is None else texts.rows
    key, row = st.session_state.get(_DRAWN, ("", -1))
    place = int(np.flatnonzero(rows == row)[0]) if key == str(corpus.path) and row in rows else None
    text = flowing(texts.stretch(place, place + 1)[0]) if place is not None else ""
    if place is None or text in asked:
        among = np.flatnonzero(are_short(corpus, rows))
        place = int(secrets.choice(among if len(among) else np.arange(len(rows))))
        text = flowing(texts.stretch(place, place + 1)[0])
        st.session_state[_DRAWN] = (str(corpus.path), int(rows[place]))
    st.caption(
        plain(
            tr(
                "One of the test reviews of {corpus} at random, a short one. Who asks sees it with the class.",
                corpus=corpus.name,
            )
        )
    )
    return Offer(text[:LONGEST], TEST, int(texts.labels[place]))


def _disputed(
    corpus: Corpus,
    asked: Collection[str],
    names: Sequence[str],
    folders: Mapping[str, Path],
    runs: Mapping[str, Run],
) -> Offer | None:
    if len(names) < 2:
        st.caption(tr("Choose two classifiers: the reviews are those on which the first two disagree most."))
        return None
    first, second = names[:2]
    try:
        found = disputed_reviews(corpus, first, second, folders, runs, _DISPUTED)
    except SentimentError as error:
        st.caption(plain(told(error)))
        return None
    if found is None:
        st.caption(tr("These classifiers were tested on other reviews than those of this corpus: no text is shown."))
        return None
    if found.missing is not None:
        _say_missing(found.missing)
        return None
    left = [place for place, text in enumerate(found.texts) if flowing(text)[:LONGEST] not in asked]
    if not left:
        st.caption(
            plain(tr("No test review is left on which {first} and {second} disagree.", first=first, second=second))
        )
        return None
    place = left[0]
    st.caption(
        plain(
            tr(
                "Test reviews on which {first} and {second} disagree most: {left} are left. Who asks sees them with "
                "the class.",
                first=first,
                second=second,
                left=len(left),
            )
        )
    )
    return Offer(flowing(found.texts[place])[:LONGEST], DISAGREEMENT, int(found.shown.labels[place]))


def _say_missing(missing: Message | None) -> None:
    st.caption(tr("The texts of the test reviews are not at hand here."))
    if missing is not None:
        st.caption(plain(str(missing)))
