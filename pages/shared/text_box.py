"""A box for the reader's own text, which is kept in the address if it is short enough."""

from __future__ import annotations

import streamlit as st

from sentiment_core.messages import tr

LINKED = 4_000  # most characters of a text in an address that every server accepts


def address_of(text: str, key: str) -> dict[str, str]:
    """Query parameters for a text in the box `key` of another page. A text that is too long goes into the session."""
    if len(text) <= LINKED:
        return {key: text} if text.strip() else {}
    st.session_state[key] = text
    st.session_state[f"{key} unlinked"] = True
    return {}


def link_with_text(
    page: str, label: str, icon: str, asked: dict[str, str | list[str]], text: str, key: str, held: str = "text"
) -> None:
    """A link to a page that shows a text, in the parameter `held` of its address. asked: its other parameters.

    A text that is too long for an address goes into the session when the link, then a button with this key, is used.
    """
    if len(text) <= LINKED:
        st.page_link(page, label=label, icon=icon, query_params={**asked, held: text}, width="content")
    elif st.button(label, icon=icon, key=key, type="tertiary"):
        st.switch_page(page, query_params={**asked, **address_of(text, held)})


def text_box(label: str, key: str, *, default: str = "", fill: str | None = None, height: int) -> str:
    """Show the box and return its text. `fill` replaces the text, as an example button does; height is in pixels."""
    held = st.session_state.get(key, "") if fill is None else fill
    # A value set here reaches the box and the address. Streamlit warns if the widget also has a default.
    setting = fill is not None or st.session_state.pop(f"{key} unlinked", False)
    if setting:
        st.session_state[key] = held
    text = st.text_area(
        label,
        value="" if setting else default,
        height=height,
        key=key,
        bind="query-params" if len(held) <= LINKED else None,
        placeholder=tr("Type or paste a review"),
        help=tr("Press Ctrl+Enter to read it."),
    )
    if len(text) > LINKED:
        st.session_state[f"{key} unlinked"] = True
        # Streamlit ignores an address of half a megabyte and would leave it unchanged. So replace it with a short one.
        st.query_params.update()
        st.caption(tr("A text of more than {most} characters is not kept in the address.", most=LINKED))
    return text


def read_button() -> None:
    """A button below a text box. It sends the text on devices without a Ctrl key, such as phones."""
    st.button(tr("Read"), icon=":material/visibility:", help=tr("Or press Ctrl+Enter in the box"))
