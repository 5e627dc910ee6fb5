"""Parts of every page: the header, the corpus, and errors shown where they occur."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import resources
from pages.shared.address import asks_for_more_than, choice
from pages.shared.language import KEY as LANGUAGE_KEY
from pages.shared.language import language_choice
from pages.shared.problems import told
from pages.shared.run_words import setting_name, setting_value
from sentiment_core.analysis.comparison import differs
from sentiment_core.errors import SentimentError
from sentiment_core.messages import Message, current_language, lazy, tr, tr_plural
from sentiment_core.runs.reading import Run
from sentiment_core.text.corpus import Corpus
from sentiment_core.text.hangul import KOREAN

_CORPUS_CHANGED = "corpus_changed"


def title_row() -> DeltaGenerator:
    """A row for a title and the controls beside it. It wraps on a narrow screen."""
    return st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom")


def header(title: str, sentence: str, how_to_read: str, row: DeltaGenerator | None = None) -> None:
    """Show the title, a sentence about the page, and a folded explanation of how to read it.

    row: the page's `title_row`, if the page adds controls to it.
    """
    with row if row is not None else title_row():
        st.title(title, anchor=False, width="content")
    _explain(sentence, how_to_read)


def corpus_header(title: str, sentence: str, how_to_read: str, row: DeltaGenerator | None = None) -> Corpus:
    """Show the header and return the page's corpus. If there are several, a picker and the address choose one.

    Stops the page if there is no corpus.
    """
    corpora, problems = resources.corpora()
    found: dict[str, Corpus] = {}
    for corpus in sorted(corpora, key=lambda corpus: (corpus.of_jobs, corpus.language == KOREAN)):
        name = corpus.name
        found[f"{name} ({corpus.path.parent.name})" if name in found else name] = corpus
    # An address with other parameters and no corpus means the first corpus, in every language. An address without
    # parameters shows the first corpus in the reader's language.
    first = next(iter(found), "")
    in_korean = current_language() == KOREAN
    names = sorted(found, key=lambda name: (found[name].of_jobs, (found[name].language == KOREAN) != in_korean))
    usual = first if asks_for_more_than("corpus", LANGUAGE_KEY) else next(iter(names), "")
    asked = st.query_params.get("corpus", "")  # the picker replaces an unknown corpus
    with row if row is not None else title_row():
        st.title(title, anchor=False, width="content")
        if len(names) > 1:
            name = choice(
                st.selectbox,
                tr("Corpus"),
                {name: name for name in names},
                "corpus",
                usual,
                stated=usual != first,
                width=200,
                on_change=_remember_the_change,
            )
        else:
            name = usual
    _explain(sentence, how_to_read)
    _show_problems(problems)
    if found and asked and asked not in found:
        problem = lazy("There is no corpus {asked} here. {shown} is shown instead.", asked=asked[:80], shown=name)
        _show_problems([problem])
    if not found:
        if not problems:  # each problem already says what to do
            st.info(
                tr("Nothing is published yet. Run `make checkpoints` to train the networks, then reload this page."),
                icon=":material/inventory_2:",
            )
        st.stop()
    return found[name]


def _remember_the_change() -> None:
    st.session_state[_CORPUS_CHANGED] = True


def start_anew(**values: object) -> bool:
    """If the reader has just changed the corpus, set widgets to these values, by key. Returns whether it did.

    Old values belong to the previous corpus, and Streamlit would keep those that exist in both. A page whose widgets
    depend on the corpus must call this once, before it makes them. If it returns true, do not give them a default.
    """
    changed = bool(st.session_state.pop(_CORPUS_CHANGED, False))
    if changed:
        st.session_state.update(values)
    return changed


def show_setting_differences(differences: Mapping[str, Mapping[str, object]]) -> None:
    """Show the result of `comparison.setting_differences` as a folded table."""
    if not differences:
        st.caption(tr("These runs share every setting except cell and direction."))
        return
    label = tr_plural(
        "Besides cell and direction, these runs differ in {count} setting",
        "Besides cell and direction, these runs differ in {count} settings",
        len(differences),
    )
    rows = setting_rows(differences)
    lines = [" | ".join(map(plain, cells)) for cells in (rows[0], *(row.values() for row in rows))]
    lines.insert(1, " | ".join("---" for _ in rows[0]))
    with st.expander(label, icon=":material/tune:"):
        st.markdown(tr("Their results differ for these reasons too, not only because of the architecture."))
        st.markdown("\n".join(lines))


def setting_rows(table: Mapping[str, Mapping[str, object]], marked: bool = False) -> list[dict[str, str]]:
    """The rows of `comparison.settings_of` in the reader's words, by heading.

    marked: whether those that differ begin with ≠.
    """
    return [
        row_by_name(
            {tr("setting"): f"≠ {setting_name(name)}" if marked and differs(values) else setting_name(name)},
            {run: setting_value(value) for run, value in values.items()},
        )
        for name, values in table.items()
    ]


def row_by_name(
    before: Mapping[str, str], named: Mapping[str, str], after: Mapping[str, str] | None = None
) -> dict[str, str]:
    """A row of a table, by heading, with a cell for each classifier between those that have a heading of the page.

    A classifier may be called as such a heading is. Its name is then in quotation marks.
    """
    after = after or {}
    taken = before.keys() | after.keys()
    headings = {name: tr("“{name}”", name=name) if name in taken else name for name in named}
    return {**before, **{headings[name]: cell for name, cell in named.items()}, **after}


def _explain(sentence: str, how_to_read: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(sentence, width="stretch")
        language_choice()
    with st.expander(tr("How to read this"), icon=":material/help:"):
        st.markdown(how_to_read)


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show a SentimentError in place of the block that raised it, and continue below."""
    try:
        yield
    except SentimentError as error:
        st.error(plain(told(error)), icon=":material/error:")


def published_runs(corpus: Corpus) -> dict[str, Run]:
    """The corpus's runs by name. Shows a line for each damaged run, and stops the page if there is no run."""
    runs, problems = resources.runs(corpus)
    _show_problems(problems)
    if not runs:
        st.info(
            tr(
                "`{corpus}` has no runs yet. Train one into this folder with "
                "`python -m sentiment_core train --data YOUR_DATA --out {folder}/{corpus}/bilstm`.",
                corpus=corpus.name,
                folder=corpus.path.parent.name,
            ),
            icon=":material/inventory_2:",
        )
        st.stop()
    return {run.name: run for run in runs}


def _show_problems(problems: Iterable[Message]) -> None:
    """Show a line for each item that cannot be loaded."""
    for problem in problems:
        st.warning(plain(told(problem)), icon=":material/warning:")


def plain(text: str) -> str:
    """Text escaped so that Markdown shows it literally."""
    return "".join(f"\\{character}" if character in r"\`*_{}[]()#+-.!|<>~$:" else character for character in text)
