"""What every page has: a header, the corpus it is about, and its errors shown where they arise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import resources
from sentiment_core.errors import SentimentError
from sentiment_core.text.corpus import Corpus
from sentiment_core.training.run import Run


def title_row() -> DeltaGenerator:
    """A row for a title and what a page is told beside it; it folds where a screen is narrow."""
    return st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom")


def header(title: str, sentence: str, how_to_read: str, row: DeltaGenerator | None = None) -> None:
    """Title, one sentence on what is seen, and how to read it folded away.

    row is the `title_row` that a page has more to put into.
    """
    with row if row is not None else title_row():
        st.title(title, anchor=False, width="content")
    _explain(sentence, how_to_read)


def corpus_header(title: str, sentence: str, how_to_read: str, row: DeltaGenerator | None = None) -> Corpus:
    """The same, and the corpus that the page is about: beside the title and in the address where there are several.

    Stops the page where there is none.
    """
    found: dict[str, Corpus] = {}
    for corpus in resources.corpora():
        name = corpus.path.name
        found[f"{name} ({corpus.path.parent.name})" if name in found else name] = corpus
    names = list(found)
    with row if row is not None else title_row():
        st.title(title, anchor=False, width="content")
        if len(names) > 1:
            name = st.selectbox("Corpus", names, key="corpus", bind="query-params", width=200)
        else:
            name = next(iter(names), "")
    _explain(sentence, how_to_read)
    if not found:
        st.info(
            "Nothing is published here yet. Run `make checkpoints` to train the networks, then reload this page.",
            icon=":material/inventory_2:",
        )
        st.stop()
    return found[name]


def _explain(sentence: str, how_to_read: str) -> None:
    st.markdown(sentence)
    with st.expander("How to read this", icon=":material/help:"):
        st.markdown(how_to_read)


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show an error that the reader can mend in place of what it prevented, and go on below."""
    try:
        yield
    except SentimentError as error:
        st.error(plain(str(error)), icon=":material/error:")


def published_runs(corpus: Corpus) -> dict[str, Run]:
    """The corpus's runs by name, with a line for each damaged one; stops the page where there is none."""
    runs, problems = resources.runs(corpus)
    for problem in problems:
        st.warning(plain(problem), icon=":material/warning:")
    if not runs:
        st.info(
            f"No runs in `{corpus.path.name}` yet. Train one into this folder with "
            f"`python -m sentiment_core train --data YOUR_DATA "
            f"--out {corpus.path.parent.name}/{corpus.path.name}/bilstm`.",
            icon=":material/inventory_2:",
        )
        st.stop()
    return {run.name: run for run in runs}


def plain(text: str) -> str:
    """Text that Markdown shows letter for letter."""
    return "".join(f"\\{character}" if character in r"\`*_{}[]()#+-.!|<>~$:" else character for character in text)
