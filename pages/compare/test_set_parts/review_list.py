"""Reviews of the test split with what each classifier says of them, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from pages.compare.test_set_parts.view import TestSetView
from pages.compare.verdicts import MARKS, VERDICTS, marked_verdict
from pages.shared import resources
from pages.shared.address import whole_number
from pages.shared.layout import plain, row_by_name
from pages.shared.text_box import link_with_text
from sentiment_core.analysis.evaluation.agreement import SIDES
from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.classifiers.loading import HUB
from sentiment_core.messages import tr, tr_plural
from sentiment_core.messages.numbers import number, probability_percent

WITH_TEXT, WITHOUT = 8, 25  # reviews on a page, with their texts and without
_SHOWN = 600  # most characters of a text in the list; One review shows all of it
_LINE_BREAK = "<br />"  # in IMDB's reviews
_ONE_REVIEW = "pages/compare/one_review.py"
_PAGE = "page"  # key in the address


def show_reviews(view: TestSetView, reviews: Compared, what: str) -> None:
    """Show reviews in their order. Where a text is not at hand, its row is shown, and what would show the text.

    what: the name of these reviews, in the reader's language.
    """
    texts = resources.review_texts(view.corpus) if view.whole.fingerprint == view.corpus.fingerprint else None
    if texts is not None and texts.rows is not None and _only_with_text(len(texts)):
        reviews = reviews.take(np.isin(reviews.rows, texts.rows))
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
    a_page = WITH_TEXT if texts else WITHOUT
    start = (_choose_page(-(-len(reviews) // a_page)) - 1) * a_page
    shown = reviews.take(np.arange(start, min(start + a_page, len(reviews))))
    words = texts.of(shown.rows) if texts else [None] * len(shown)
    rows = _rows(view, shown, words if any(words) else None)
    alt = tr("Rows of the test split with the label and each classifier's probability of positive")
    if not any(words):
        view.table(rows, alt)
    else:
        for place, text in enumerate(words):
            _show_review(view, shown, place, text)
        view.record_table(rows, alt)
    if texts is None:
        view.say(tr("These classifiers were tested on other reviews than those of this corpus: no text is shown."))
    elif texts.missing is not None and not all(words):
        view.say(str(texts.missing), caption=True)


def _only_with_text(count: int) -> bool:
    """Whether to show only those of the reviews whose texts are at hand, `count` in the whole split."""
    label = tr_plural("Only the {count} review with a text", "Only the {count} reviews with a text", count)
    return st.toggle(label, key="texts", bind="query-params", on_change=first_page)


def first_page() -> None:
    """Go back to the first page, from a callback of a widget that changes which reviews are shown."""
    st.session_state[_PAGE] = 1


def _choose_page(pages: int) -> int:
    if pages == 1:
        return 1
    if not 1 <= st.session_state.get(_PAGE, 1) <= pages:  # another cell or threshold has fewer
        first_page()
    label = tr("Page, 1 to {pages}", pages=pages)
    return whole_number(label, 1, pages, _PAGE, width=200)


def _rows(view: TestSetView, shown: Compared, words: Sequence[str | None] | None) -> list[dict[str, str]]:
    """Row, label and probabilities of each review, as text, and what it says if `words` are given."""
    said = {name: shown.probabilities(name).tolist() for name in view.names}
    return [
        row_by_name(
            {tr("row"): number(row), tr("label"): f"{MARKS[SIDES[label]]} {VERDICTS[SIDES[label]]}"},
            {name: probability_percent(shares[place]) for name, shares in said.items()},
            {tr("text"): flowing(words[place] or "")} if words else None,
        )
        for place, (row, label) in enumerate(zip(shown.rows.tolist(), shown.labels.tolist(), strict=True))
    ]


def _show_review(view: TestSetView, shown: Compared, place: int, text: str | None) -> None:
    """One review with its label, what each classifier says, and its text."""
    row, label = int(shown.rows[place]), int(shown.labels[place])
    parts = [marked_verdict(SIDES[label])]
    for name in view.names:
        if name in shown.neutral and shown.neutral[name][place]:
            said = marked_verdict("neutral")
        else:
            share = probability_percent(float(shown.probabilities(name)[place]))
            said = marked_verdict(SIDES[int(shown.positive(name, view.threshold)[place])], share)
        parts.append(f"{plain(name)} {said}")
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            parts.append(plain(tr("row {row}", row=row)))
            st.markdown(" · ".join(parts))
            if text is not None:
                _link(view, row, text)
        if text is not None:
            line = flowing(text)
            st.text(line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…")


def flowing(text: str) -> str:
    """A text without the line breaks of its HTML."""
    return text.replace(_LINE_BREAK, " ")


def _link(view: TestSetView, row: int, text: str) -> None:
    """A link to One review with this text and these classifiers."""
    label, icon = tr("Open in One review"), ":material/open_in_new:"
    from_hub = [name.removeprefix(HUB) for name in view.names if name.startswith(HUB)]
    asked: dict[str, str | list[str]] = {
        "corpus": view.corpus.name,
        "runs": [name for name in view.names if not name.startswith(HUB)],
        **({"hub": from_hub[0]} if from_hub else {}),
    }
    link_with_text(_ONE_REVIEW, label, icon, asked, text, key=f"open {row}")
