"""Sentiment Lab: page configuration and navigation, nothing else."""

import streamlit as st

from pages.shared.resources import settle_process

st.set_page_config(
    page_title="Sentiment Lab",
    page_icon="docs/icon.svg",
    layout="wide",
    menu_items={
        "About": "Token lengths, embedding drift, and recurrent networks side by side on the same review.",
    },
)
settle_process()

st.navigation(
    {
        "": [
            st.Page("pages/home/overview.py", title="Overview", icon=":material/home:", default=True),
        ],
        "Reviews": [
            st.Page("pages/reviews/token_lengths.py", title="Token lengths", url_path="lengths"),
            st.Page("pages/reviews/what_it_reads.py", title="What the model reads", url_path="reads"),
        ],
        "Embeddings": [
            st.Page("pages/embeddings/three_words.py", title="Three words", url_path="three_words"),
            st.Page("pages/embeddings/drift.py", title="Drift", url_path="drift"),
        ],
        "Compare": [
            st.Page("pages/compare/one_review.py", title="One review", url_path="review"),
        ],
    },
    position="top",
).run()
