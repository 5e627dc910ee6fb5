"""Reviews of the test split with what each classifier says of them, a page at a time."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.compare.test_set_parts.view import TestSetView
from pages.shared import resources
from pages.shared.layout import plain
from pages.shared.text_box import LINKED, address_of
from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.messages import Message, lazy, tr, tr_plural
from sentiment_core.messages.numbers import number, probability_percent

WITH_TEXT, WITHOUT = 8, 25  # reviews on a page, with their texts and without
_SHOWN = 600  # most characters of a text in the list; One review shows all of it
_ONE_REVIEW = "pages/compare/one_review.py"
_LABELS = (lazy("negative"), lazy("positive"))
_LOOKS = (("orange", "◆"), ("blue", "●"))  # of a verdict or label: colour, and the mark that repeats it


def show_reviews(view: TestSetView, reviews: Compared, what: str) -> None:
    """Show reviews in their order. Where a text is not at hand, its row is shown, and what would show the text.

    what: the name of these reviews, in the reader's language.
    """
    heading = tr_plural(
        "{what}: {count} review, most surely wrong first",
        "{what}: {count} reviews, most surely wrong first",
        len(reviews),
        what=what,
    )
    view.heading(heading)
    if not len(reviews):
        view.say(tr("There is no such review. Choose another cell."))
        return
    at_hand, missing = _texts_at_hand(view)
    a_page = WITH_TEXT if at_hand else WITHOUT
    start = (_choose_page(-(-len(reviews) // a_page)) - 1) * a_page
    shown = reviews.take(np.arange(start, min(start + a_page, len(reviews))))
    texts = resources.review_texts(view.corpus).of(shown.rows) if at_hand else [None] * len(shown)
    rows = _rows(view, shown)
    alt = tr("Rows of the test split with the label and each classifier's probability of positive")
    if not any(texts):
        view.table(rows, alt)
    else:
        for place, (row, text) in enumerate(zip(rows, texts, strict=True)):
            _show_review(view, shown, place, text)
            row[tr("text")] = text or ""
        view.record_table(rows, alt)
    if missing is not None and not all(texts):
        view.say(str(missing), caption=True)


def _texts_at_hand(view: TestSetView) -> tuple[bool, Message | None]:
    """Whether there are texts of these reviews, and what would show those that are missing."""
    if view.whole.fingerprint != view.corpus.fingerprint:
        return False, lazy(
            "These classifiers were tested on other reviews than those of this corpus: no text is shown."
        )
    texts = resources.review_texts(view.corpus)
    return len(texts) > 0, texts.missing


def _choose_page(pages: int) -> int:
    if pages == 1:
        return 1
    if not 1 <= st.session_state.get("page", 1) <= pages:  # another cell or threshold has fewer
        st.session_state["page"] = 1
    label = tr("Page, 1 to {pages}", pages=pages)
    return int(st.number_input(label, 1, pages, key="page", bind="query-params", width=200))


def _rows(view: TestSetView, shown: Compared) -> list[dict[str, str]]:
    """Row, label and probabilities of each review, as text."""
    said = {name: shown.probabilities(name).tolist() for name in view.names}
    return [
        {tr("row"): number(row), tr("label"): f"{_LOOKS[label][1]} {_LABELS[label]}"}
        | {name: probability_percent(shares[place]) for name, shares in said.items()}
        for place, (row, label) in enumerate(zip(shown.rows.tolist(), shown.labels.tolist(), strict=True))
    ]


def _show_review(view: TestSetView, shown: Compared, place: int, text: str | None) -> None:
    """One review with its label, what each classifier says, and its text."""
    row, label = int(shown.rows[place]), int(shown.labels[place])
    parts = [_marked(label, str(_LABELS[label]))]
    for name in view.names:
        share = probability_percent(float(shown.probabilities(name)[place]))
        positive = bool(shown.positive(name, view.threshold)[place])
        parts.append(f"{plain(name)} {_marked(int(positive), share)}")
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(" · ".join(parts) + f" · {plain(tr('row {row}', row=row))}")
            if text is not None:
                _link(view, row, text)
        if text is None:
            st.caption(tr("The text of this review is not at hand."))
        else:
            st.text(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _marked(side: int, words: str) -> str:
    """Words after the coloured mark of a side, 0 negative or 1 positive."""
    colour, mark = _LOOKS[side]
    return f":{colour}[{mark}] {plain(words)}"


def _link(view: TestSetView, row: int, text: str) -> None:
    """A link to One review with this text and these classifiers."""
    label, icon = tr("Open in One review"), ":material/open_in_new:"
    asked: dict[str, str | list[str]] = {"corpus": view.corpus.path.name, "runs": view.names}
    if len(text) <= LINKED:
        st.page_link(_ONE_REVIEW, label=label, icon=icon, query_params={**asked, "text": text}, width="content")
    elif st.button(label, icon=icon, key=f"open {row}", type="tertiary"):  # too long for an address
        st.switch_page(_ONE_REVIEW, query_params={**asked, **address_of(text, "text")})
