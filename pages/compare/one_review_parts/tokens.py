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
    """Draw the tokens with their ids, once for all classifiers that read the same."""
    for sharing, tokens in alike_views({name: reader.view for name, reader in view.readers.items()}):
        # The words above show the same text. So the tokens are folded, unless they show what the words do not.
        worth_seeing = tokens.cut > 0 or bool(tokens.unknown.any())
        label = plain(tr("What {names:and} read", names=sharing))
        with st.expander(label, expanded=worth_seeing, icon=":material/data_array:"):
            if len(sharing) > 1:
                st.caption(tr("The same tokens: these classifiers share a tokenizer and a max length."))
            show_tokens(tokens, ids=True)
