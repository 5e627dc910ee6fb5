"""Privacy: what this server keeps of its visitor, for how long, and how it is deleted."""

from __future__ import annotations

import streamlit as st

from pages.home.privacy_parts.forgetting import forget_browser
from pages.home.privacy_parts.kept import show_kept
from pages.home.privacy_parts.stored import show_not_stored, show_stored
from pages.shared.layout import errors_shown, header
from sentiment_core.messages import tr

header(
    tr("Privacy"),
    tr("What this server keeps about you, for how long, and buttons that delete it."),
    tr(
        """
- **You are a browser, not a person.** There are no accounts. The server tells browsers apart by a random cookie. In
  another browser, or once the cookie is gone, you are somebody else. What you made stays until its time is over, but
  this page no longer shows it. So delete first, and forget the cookie last.
- **Deleted means gone at once**, from the disk too. A training that runs is ended first, which takes a second or two.
- **Who sits at the machine** that serves the app controls all trainings, on *Train*. This page shows those of this
  browser alone.
- **What the server cannot delete**: copies that the owner of the machine makes of its disk, addresses that you have
  shared, and the history of your browser. A page's address holds the text that you typed.
"""
    ),
)
with errors_shown():
    show_kept()
show_stored()
show_not_stored()
st.header(tr("The cookie"), anchor=False)
forget_browser()
