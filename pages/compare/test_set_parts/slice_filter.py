"""The slice of the test split that the whole page is limited to, chosen in the address as `slice=`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from pages.compare.test_set_parts.slice_words import slice_name
from pages.shared.layout import errors_shown, plain
from pages.shared.slice_resources import are_counted, slice_of
from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.messages import Message, tr, tr_plural
from sentiment_core.text.corpus import Corpus

KEY = "slice"


@dataclass(frozen=True)
class ChosenSlice:
    """A subset of the test reviews."""

    name: Message
    members: np.ndarray  # [reviews] bool, over the whole test split


def find_slice(corpus: Corpus, whole: Compared, code: str) -> ChosenSlice | None:
    """The slice with a code; None if there is no such slice. Raises DataError or RunError if a file is damaged."""
    found = slice_of(corpus, code) if are_counted(corpus, whole) else None
    return ChosenSlice(slice_name(found), found.members) if found else None


def choose_slice(code: str) -> None:
    """Limit the page to a slice, from a callback of a widget. "" removes the limit."""
    if code:
        st.query_params[KEY] = code
    else:
        st.query_params.pop(KEY, None)


def slice_chip(corpus: Corpus, whole: Compared) -> ChosenSlice | None:
    """The slice in the address, shown with a button that removes it. Warns of a slice that has no review here."""
    code = st.query_params.get(KEY, "")
    if not code:
        return None
    found = None
    with errors_shown():
        found = find_slice(corpus, whole, code)
    if found is None:
        problem = tr("There is no slice {code} here. All reviews are shown.", code=code[:80])
        st.warning(plain(problem), icon=":material/warning:")
        return None
    chosen = int(found.members.sum())
    label = tr_plural("{name}: {count} review", "{name}: {count} reviews", chosen, name=found.name)
    st.button(
        plain(label),
        icon=":material/close:",
        key="slice removed",
        help=tr("Only this slice is shown. Click to show all reviews."),
        on_click=choose_slice,
        args=("",),
    )
    return found
