"""Choices that stand in the address by a code, and are shown in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st


def choice(
    widget: Callable[..., Any],
    label: str,
    options: Mapping[str, object],
    key: str,
    default: str = "",
    old: Mapping[str, str] | None = None,
    **given: Any,
) -> str:
    """The code of the option that is chosen, from a widget such as `st.selectbox` or `column.segmented_control`.

    options: what is shown of each code; the code stands in the address, so that a link is the same in every language,
    where Streamlit's own `bind` would put what is shown. default: the code to begin with, else the first one; it is
    left out of the address. old: codes by the values that stand in old addresses. given: further arguments of the
    widget.
    """
    state, written = st.session_state, f"{key}.in_address"
    default = default or next(iter(options))
    asked = st.query_params.get(key)
    asked = (old or {}).get(asked or "", asked)
    if asked in options and asked != state.get(written):
        state[key] = asked
    if state.get(key) not in options:
        state[key] = default
    chosen: str = widget(
        label, list(options), key=key, format_func=lambda code: str(options[code]), persist_state="session", **given
    )
    if chosen == default:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != chosen:
        st.query_params[key] = chosen
    state[written] = chosen
    return chosen
