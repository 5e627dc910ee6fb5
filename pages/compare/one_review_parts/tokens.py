"""What each classifier read: the tokens, their ids, unknown tokens and the cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.layout import plain
from pages.shared.token_view import show_tokens
from sentiment_core.analysis.comparison import alike_views
from sentiment_core.messages import tr

if TYPE_CHECKING:
    from pages.compare.one_review_parts.view import ReviewView


def show(view: ReviewView) -> None:
    """Draw the tokens once for all classifiers that read the same."""
    for sharing, tokens in alike_views({name: reader.view for name, reader in view.readers.items()}):
        st.subheader(plain(tr("What {names:and} read", names=sharing)), anchor=False)
        if len(sharing) > 1:
            st.caption(tr("The same tokens: these classifiers share a tokenizer and a max length."))
        show_tokens(tokens)
