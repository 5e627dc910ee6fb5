"""The reader's edits of a text. `edits=` in the address has one entry for each: place, word and replacement."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from sentiment_core.analysis.explanation.edits import Edit, is_replacement, read_edits

KEY = "edits"
_KNOWN = "edits.known"


def current_edits(text: str, spans: np.ndarray) -> tuple[list[Edit], int]:
    """The edits of the address that fit the text, and how many do not. spans: the words that may be edited.

    When the reader has typed another text, edits that no longer fit it end without a word.
    """
    codes = st.query_params.get_all(KEY)
    edits, unfit = read_edits(codes, text, spans)
    known_text, known_codes = st.session_state.get(_KNOWN, (text, None))
    if unfit and known_text != text and known_codes == codes:
        set_edits(edits)
        codes, unfit = [edit.code for edit in edits], 0
    st.session_state[_KNOWN] = text, codes
    return edits, unfit


def set_edits(edits: Sequence[Edit]) -> None:
    """Put these edits into the address."""
    if edits:
        st.query_params[KEY] = [edit.code for edit in edits]
    else:
        st.query_params.pop(KEY, None)


def add_edit(edits: Sequence[Edit], place: int, was: str, becomes: str) -> None:
    """Add an edit, or none if the word would not change or the replacement is too long."""
    becomes = " ".join(becomes.split())
    if is_replacement(becomes, was):
        set_edits([*edits, Edit(place, was, becomes)])
