"""The reader's language: in the address (`lang=ko`), else chosen in the header, else the server's or the browser's."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from sentiment_core.environment import variables
from sentiment_core.environment.kinds import AUTO
from sentiment_core.messages import LANGUAGES, current_language, resolve_language_by
from sentiment_core.messages.language import DEFAULT, matching_language

KEY = "lang"  # key in the address
_LANGUAGE, _CHOSEN, _WIDGET = "session_language", "language_chosen", "language_choice"
_SWITCHED = "language_switched"  # whether the language changed since the page was loaded

# The server sets the document's language only once. Screen readers and fonts depend on it, so a script updates it.
_DOCUMENT = st.components.v2.component(
    "document_language", js="export default ({ data }) => { document.documentElement.lang = data; };"
)


def settle_language() -> None:
    """Find the reader's language. Call it first in each run of the app, before any message."""
    state = st.session_state
    asked = st.query_params.get(KEY)
    if asked in LANGUAGES and asked != state.get(_CHOSEN):
        state[_CHOSEN] = state[_LANGUAGE] = asked
    if _LANGUAGE not in state:
        state[_LANGUAGE] = preferred_language(st.context.locale or st.context.headers.get("Accept-Language", ""))
    if state.get(_CHOSEN) and asked != state[_CHOSEN]:  # the menu's links do not carry the language
        st.query_params[KEY] = state[_CHOSEN]


def preferred_language(accepted: str) -> str:
    """The language for a reader who has chosen none: $SENTIMENT_LANGUAGE, or where that is auto, the browser's.

    accepted: the languages of the browser. English if the program has none of them.
    """
    usual = variables.LANGUAGE.value()
    return usual if usual != AUTO else matching_language(accepted) or DEFAULT


def in_this_language(address: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    """The address of a page with the language that the reader has chosen, if any. The menu keeps it by itself."""
    language = st.query_params.get(KEY)
    return {**address, **({KEY: language} if language else {})}


def open_address(address: Mapping[str, str]) -> None:
    """Let the page show what an address says, in the language that the reader has chosen."""
    st.query_params.from_dict(in_this_language(address))


def language_choice() -> None:
    """Show the choice of language. Each language has its own name for itself."""
    st.session_state[_WIDGET] = current_language()
    with st.container(horizontal=True, gap=None, width="content"):
        if st.session_state.get(_SWITCHED):
            _DOCUMENT(data=current_language(), key="document_language", height=0, width=1)
        st.segmented_control(
            "Language · 언어",  # for screen readers, in both languages
            LANGUAGES,
            format_func=LANGUAGES.__getitem__,
            key=_WIDGET,
            required=True,
            label_visibility="collapsed",
            on_change=_choose,
        )


def _choose() -> None:
    language = st.session_state[_WIDGET]
    st.session_state[_LANGUAGE] = st.session_state[_CHOSEN] = language
    st.session_state[_SWITCHED] = True
    st.query_params[KEY] = language


def _of_session() -> str | None:
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    language: str | None = st.session_state.get(_LANGUAGE)
    return language


resolve_language_by(_of_session)


def time_zone() -> tzinfo:
    """The reader's time zone; UTC if the browser does not say it."""
    with suppress(Exception):  # an unknown name, or a system without a list of time zones
        if name := st.context.timezone:
            return ZoneInfo(name)
    behind = st.context.timezone_offset
    return timezone(timedelta(minutes=-behind)) if isinstance(behind, int) and abs(behind) < 24 * 60 else UTC
