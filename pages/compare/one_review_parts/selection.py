"""The selected word of a text. `token=` in the address is the place of its first character in the text.

The classifiers of a page may split the text differently, so no number of a token or word would suit them all.
"""

from __future__ import annotations

import streamlit as st

KEY = "token"
_KNOWN = "token.known"


def selected_token(text: str) -> int | None:
    """The selected place in the text, or None. A new text ends the selection, unless the address came with it."""
    known_text, known = st.session_state.get(_KNOWN, (text, None))
    asked = st.query_params.get(KEY)
    st.session_state[_KNOWN] = text, asked
    if asked is None:
        return None
    place = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 7 else len(text)
    if (known_text != text and known == asked) or place >= len(text):
        select_token(None)
        return None
    return place


def select_token(place: int | None) -> None:
    """Select the word that starts at this place of the text. None selects nothing."""
    if place is None:
        st.query_params.pop(KEY, None)
    else:
        st.query_params[KEY] = str(place)
