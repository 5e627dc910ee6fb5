"""A data set of the Hub: named by its id, with the options of the command line, and looked at like a file."""

from __future__ import annotations

import streamlit as st

from pages.learn.own_data_parts.checking import show_looked
from pages.shared import own_data
from pages.shared.layout import errors_shown
from sentiment_core.messages import tr


def show_hub_data(name: str) -> None:
    """Show what the data set with this id is like; the server downloads it if it is not there yet."""
    st.header(tr("How it is read"), anchor=False)
    with st.container(horizontal=True, gap="medium"):
        text = _option(tr("Column of the texts"), "hub_text", "text")
        label = _option(tr("Column of the labels"), "hub_label", "label")
        labels = _option(tr("Labels, negative first"), "hub_labels", "1+2,4+5")
    with errors_shown():
        reading = own_data.hub_reading(name, text, label, labels)
        show_looked(own_data.check(reading))


def _option(label: str, key: str, example: str) -> str:
    return st.text_input(
        label,
        key=key,
        bind="query-params",
        max_chars=200,
        placeholder=example,
        width=250,
        help=tr("As on the command line. Empty: it is guessed."),
    ).strip()
