"""The smallest edit that turns some verdicts and keeps the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.compare.one_review_parts import lexicons
from pages.compare.one_review_parts.edit_list import set_edits
from pages.compare.verdicts import marked_verdict
from pages.shared.layout import errors_shown, plain
from sentiment_core.messages import tr, tr_plural
from sentiment_core.messages.numbers import probability_percent

if TYPE_CHECKING:
    from pages.compare.one_review_parts.view import ReviewView
    from sentiment_core.analysis.explanation.edits import Edit
    from sentiment_core.analysis.explanation.smallest_edit import SmallestEdit

_KEY = "flip"


def show(view: ReviewView) -> None:
    """Let the reader choose whose verdict should turn, and show the smallest edits that do it."""
    st.header(tr("Smallest edit"), anchor=False)
    names = list(view.readers)
    if any(name not in names for name in st.session_state.get(_KEY) or []):  # a classifier is no longer chosen
        st.session_state[_KEY] = [name for name in st.session_state[_KEY] if name in names]
    flips = st.pills(
        tr("Turn the verdict of these, and of no other"),
        names,
        selection_mode="multi",
        key=_KEY,
        bind="query-params",
        help=tr(
            "Drops and replacements of one word are tried first, then of two and three. Gradients choose what is worth "
            "a try; what is shown was really read by all of them."
        ),
    )
    if not flips:
        st.caption(tr("Choose one classifier to see what turns it and no other, or several to turn all of them."))
        return
    with errors_shown():
        _show_found(lexicons.find_smallest(view.corpus, list(view.readers.values()), view.text, flips))


def _show_found(result: SmallestEdit) -> None:
    """Show the edits, each with a button that puts it into the text."""
    if not result.tried:
        st.info(tr("This text has no word that could be dropped or replaced."), icon=":material/search_off:")
        return
    if not result.found:
        said = tr_plural(
            "No edit of {count} word does this, among {tried} that were tried.",
            "No edit of up to {count} words does this, among {tried} that were tried.",
            result.most_words,
            tried=result.tried,
        )
        st.info(plain(said), icon=":material/search_off:")
        return
    size = len(result.found[0].edits)
    said = tr_plural(
        "{count} changed word is enough ({tried} edits tried).",
        "{count} changed words are enough ({tried} edits tried; no smaller one among them).",
        size,
        tried=result.tried,
    )
    st.markdown(plain(said))
    for number, one in enumerate(result.found):
        with st.container(horizontal=True, vertical_alignment="center"):
            changes = ", ".join(edit_words(edit) for edit in one.edits)
            st.button(
                changes,
                key=f"apply {number}",
                icon=":material/edit:",
                help=tr("Apply"),
                on_click=set_edits,
                args=(list(one.edits),),
            )
            after = [
                f"{plain(name)} {marked_verdict(found.told, probability_percent(found.probability))}"
                for name, found in one.after.items()
            ]
            st.markdown(" · ".join(after))


def edit_words(edit: Edit) -> str:
    """An edit in Markdown: the word struck, and what it becomes."""
    return f"~~{plain(edit.was)}~~ **{plain(edit.becomes)}**" if edit.becomes else f"~~{plain(edit.was)}~~"
