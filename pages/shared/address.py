"""Widgets whose choice is in the address as a code, and on the page in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isinf
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from sentiment_core.messages import current_language

T = TypeVar("T")


def choice(
    widget: Callable[..., Any],
    label: str,
    options: Mapping[str, object],
    key: str,
    default: str = "",
    old: Mapping[str, str] | None = None,
    stated: bool = False,
    **given: Any,
) -> str:
    """The code of the chosen option, from a widget such as `st.selectbox` or `column.segmented_control`.

    options: code -> text to show. The address has the code, so that a link is the same in every language. Streamlit's
    own `bind` would put the text there.
    default: the initial code; the first one if not given. The address omits it, unless `stated`.
    old: name in old addresses -> code.
    given: further arguments of the widget.
    """
    state, written = st.session_state, f"{key}.in_address"
    default = default or next(iter(options))
    found = st.query_params.get(key)
    asked = (old or {}).get(found or "", found)
    known = state.get(written, (None, current_language()))
    if asked in options and asked != known[0]:
        state[key] = asked
    elif (_went_back() and asked != known[0]) or state.get(key) not in options:
        state[key] = default
    elif known[1] != current_language():
        state[key] = state[key]  # otherwise the browser keeps the option's text in the other language
    chosen: str = widget(
        label, list(options), key=key, format_func=lambda code: str(options[code]), persist_state="session", **given
    )
    if chosen == default and not stated:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != chosen:
        st.query_params[key] = chosen
    state[written] = (chosen, current_language())
    return chosen


def whole_number(label: str, least: int, most: int, key: str, value: int | None = None, **given: Any) -> int:
    """A whole number from a box, bound to the address. The usual one is the least, or `value`.

    Streamlit drops what is no number or out of range, but fails on an infinite one, such as 1e999. That one is dropped
    here, and the box is bound from the next run on, whose address no longer has it.
    """
    infinite = _is_infinite(st.query_params.get(key, ""))
    if infinite:
        st.query_params.pop(key)
    usual: Any = "min" if value is None else value
    bind: Any = None if infinite else "query-params"
    return int(st.number_input(label, least, most, usual, key=key, bind=bind, **given))


def _is_infinite(text: str) -> bool:
    try:
        return isinf(float(text))
    except ValueError:
        return False


def kept(
    widget: Callable[..., Any],
    label: str,
    key: str,
    default: T,
    read: Callable[[str], T | None],
    write: Callable[[T], str] = str,
    **given: Any,
) -> T:
    """The value of a widget whose default depends on other choices. The address has it where it differs from that.

    A value that the reader has not changed follows the default, such as that of another preset.
    read, write: from the text in the address, None for one that is no value, and to it.
    given: further arguments of the widget.
    """
    state, written = st.session_state, f"{key}.in_address"
    found = st.query_params.get(key)
    before, former, language = state.get(written, (None, default, current_language()))
    asked = read(found) if found is not None and found != before else None
    if asked is not None:
        state[key] = asked
    elif (_went_back() and found != before) or key not in state or (state[key] == former and former != default):
        state[key] = default
    elif language != current_language():
        state[key] = state[key]  # otherwise the browser keeps the option's text in the other language
    chosen: T = widget(label, key=key, persist_state="session", **given)
    text = None if chosen == default else write(chosen)
    if text is None:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != text:
        st.query_params[key] = text
    state[written] = (text, default, current_language())
    return chosen


def asks_for_more_than(*keys: str) -> bool:
    """Whether the address has parameters besides these."""
    return any(name not in keys for name in st.query_params)


def _went_back() -> bool:
    """Whether Back or Forward in the browser led here. The address then decides, even if it has no value."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation
