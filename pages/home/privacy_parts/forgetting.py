"""Takes the cookies of the app out of the browser. A script in the page asks the server to, for it may not itself."""

from __future__ import annotations

import streamlit as st

from pages.shared.forget_route import ADDRESS, FORGET_SCRIPT
from sentiment_core.messages import tr

_ASKED = "privacy.forget"  # in the session: whether the browser is to forget the cookies in this run
_DONE = "privacy.forgotten"  # whether it was asked to since the page was loaded

_FORGET = st.components.v2.component("forget_me", js=FORGET_SCRIPT)


def forget_browser() -> None:
    """Show the button that takes the cookies away, and take them away if that was asked for."""
    st.markdown(
        tr(
            "Without it, this browser is unknown here. The next page that it loads gives it another one, because a "
            "training must know who may stop it. What is kept above can then no longer be seen or deleted by you."
        )
    )
    st.button(tr("Forget this browser"), icon=":material/cookie_off:", key="privacy_forget", on_click=ask_to_forget)
    if st.session_state.pop(_ASKED, False):
        st.session_state[_DONE] = True
        _FORGET(data=ADDRESS, key="forget_me", height=0, width=1)
    if st.session_state.get(_DONE):
        st.success(tr("The cookies of this app are deleted in this browser. Close the tab."), icon=":material/check:")


def ask_to_forget() -> None:
    """Let the browser forget the cookies in the next run of the page."""
    st.session_state[_ASKED] = True
