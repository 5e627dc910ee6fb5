"""Links from a run to the pages that show it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from sentiment_core.messages import lazy

TEST_SET = "pages/compare/test_set.py"
_PAGES = {
    "pages/embeddings/drift.py": (lazy("Drift"), "scatter_plot"),
    "pages/compare/one_review.py": (lazy("One review"), "rate_review"),
    TEST_SET: (lazy("Test set"), "checklist"),
    "pages/inside/memory.py": (lazy("Memory"), "memory"),
    "pages/inside/forgetting.py": (lazy("Forgetting"), "blur_on"),
}


def show_run_links(address: Mapping[str, str | list[str]], has_scores: bool = True) -> None:
    """Draw a link to each page. address: the parameters with which it opens; has_scores: whether Test set shows it."""
    for script, (title, icon) in _PAGES.items():
        if has_scores or script != TEST_SET:
            st.page_link(
                script, label=str(title), icon=f":material/{icon}:", query_params=dict(address), width="content"
            )
