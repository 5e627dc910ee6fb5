"""What every page has: a header, the corpus it is about, and its errors shown where they arise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import resources
from pages.shared.language import language_choice
from sentiment_core.analysis.comparison import setting_table
from sentiment_core.errors import SentimentError
from sentiment_core.messages import current_language
from sentiment_core.runs.reading import Run
from sentiment_core.text.corpus import Corpus
from sentiment_core.text.hangul import KOREAN

_CORPUS_CHANGED = "the corpus was changed"


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
    corpora, problems = resources.corpora()
    for corpus in sorted(corpora, key=lambda corpus: (corpus.language == KOREAN) != (current_language() == KOREAN)):
        name = corpus.path.name
        found[f"{name} ({corpus.path.parent.name})" if name in found else name] = corpus
    names = list(found)
    asked = st.query_params.get("corpus", "")  # before the picker puts another in its place
    with row if row is not None else title_row():
        st.title(title, anchor=False, width="content")
        if len(names) > 1:
            name = st.selectbox(
                "Corpus", names, key="corpus", bind="query-params", width=200, on_change=_remember_the_change
            )
        else:
            name = next(iter(names), "")
    _explain(sentence, how_to_read)
    _show_problems(problems)
    if found and asked and asked not in found:
        _show_problems([f"{asked[:80]} is no corpus here. Another stands in its place."])
    if not found:
        if not problems:  # each says what to do
            st.info(
                "Nothing is published here yet. Run `make checkpoints` to train the networks, then reload this page.",
                icon=":material/inventory_2:",
            )
        st.stop()
    return found[name]


def _remember_the_change() -> None:
    st.session_state[_CORPUS_CHANGED] = True


def start_anew(**values: object) -> bool:
    """Set widgets, by key, to these values where the reader has just changed the corpus, and tell whether.

    What they were set to belonged to the other corpus: Streamlit would keep the part of it that happens to be there
    too. Called once, before the widgets, by each page of which some depend on the corpus; where it did set them, they
    must not be given a default beside it.
    """
    changed = bool(st.session_state.pop(_CORPUS_CHANGED, False))
    if changed:
        st.session_state.update(values)
    return changed


@dataclass(frozen=True)
class SettingDifferences:
    """What sets runs apart besides cell and direction, worded once for as many reruns as show it."""

    count: int  # of settings
    table: str  # Markdown


def setting_differences(runs: Sequence[Run]) -> SettingDifferences:
    """What sets these runs apart."""
    rows = setting_table(runs)
    if not rows:
        return SettingDifferences(0, "")
    lines = [" | ".join(map(plain, cells)) for cells in [list(rows[0]), *(list(row.values()) for row in rows)]]
    return SettingDifferences(len(rows), "\n".join([lines[0], " | ".join("---" for _ in rows[0]), *lines[1:]]))


def show_setting_differences(differences: SettingDifferences) -> None:
    """The table, folded."""
    if not differences.count:
        st.caption("These runs share every setting but cell and direction.")
        return
    many = f"{differences.count} setting{'s' * (differences.count > 1)}"
    with st.expander(f"Besides cell and direction, these runs differ in {many}", icon=":material/tune:"):
        st.markdown(f"What sets their results apart is not the architecture alone.\n\n{differences.table}")


def _explain(sentence: str, how_to_read: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(sentence, width="stretch")
        language_choice()
    with st.expander("How to read this", icon=":material/help:"):
        st.markdown(how_to_read)


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show an error that the reader can mend in place of what it prevented, and go on below."""
    try:
        yield
    except SentimentError as error:
        st.error(plain(error.message()), icon=":material/error:")


def published_runs(corpus: Corpus) -> dict[str, Run]:
    """The corpus's runs by name, with a line for each damaged one; stops the page where there is none."""
    runs, problems = resources.runs(corpus)
    _show_problems(problems)
    if not runs:
        st.info(
            f"No runs in `{corpus.path.name}` yet. Train one into this folder with "
            f"`python -m sentiment_core train --data YOUR_DATA "
            f"--out {corpus.path.parent.name}/{corpus.path.name}/bilstm`.",
            icon=":material/inventory_2:",
        )
        st.stop()
    return {run.name: run for run in runs}


def _show_problems(problems: list[str]) -> None:
    """A line for each thing that is not shown, above what is."""
    for problem in problems:
        st.warning(plain(problem), icon=":material/warning:")


def plain(text: str) -> str:
    """Text that Markdown shows letter for letter."""
    return "".join(f"\\{character}" if character in r"\`*_{}[]()#+-.!|<>~$:" else character for character in text)
