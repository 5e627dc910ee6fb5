"""What a reader of the Test set page can save: the verdicts as CSV, and what is on screen as one HTML file."""

from __future__ import annotations

from datetime import date
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from pages.compare.test_set_parts.view import TestSetView
from pages.shared.language import KEY as LANGUAGE_KEY
from pages.shared.report import report_html
from sentiment_core.analysis.evaluation.table import verdicts_csv
from sentiment_core.environment import variables
from sentiment_core.messages import current_language, tr
from sentiment_core.messages.numbers import day, number
from sentiment_core.version import __version__


def show_exports(view: TestSetView, part: str, part_name: str) -> None:
    """Show the buttons. Each file is made when its button is clicked.

    part: the code of the chosen part; part_name: its name.
    """
    name = f"{view.corpus.name}-test-set"
    title = tr("Test set: {names:and}", names=view.names)
    link = _link(view, part)
    html = partial(report_html, view.report, title, _facts(view, part_name), link, current_language())
    st.divider()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            tr("Save what is shown (HTML)"),
            html,
            file_name=f"{name}.html",
            mime="text/html",
            key="report",
            icon=":material/description:",
            on_click="ignore",
            help=tr("One file with these sentences, tables and figures. It works offline and links back to this page."),
        )
        st.download_button(
            tr("Save the verdicts (CSV)"),
            partial(verdicts_csv, view.compared, view.threshold),
            file_name=f"{name}.csv",
            mime="text/csv",
            key="verdicts",
            icon=":material/table:",
            on_click="ignore",
            help=tr("One row a review: label, log-odds, probability, and right or wrong, for each classifier."),
        )
        st.caption(tr("A figure is saved with the camera at its top right corner."))


def _facts(view: TestSetView, part_name: str) -> list[tuple[str, str]]:
    """The settings of what is shown, its date and the version of the program."""
    facts = [
        (tr("Corpus"), f"{view.corpus.name} ({view.corpus.source}, {view.whole.fingerprint})"),
        (tr("Classifiers"), ", ".join(view.names)),
        (tr("Reviews"), number(len(view.compared))),
        (tr("Threshold"), number(view.threshold, ".2f")),
    ]
    if view.slice_name:
        facts.append((tr("Slice"), view.slice_name))
    facts.append((tr("Part of the comparison"), part_name))
    return [*facts, (tr("Date"), day(date.today())), (variables.TITLE.default, __version__)]


def _link(view: TestSetView, part: str) -> str:
    """The address of what is shown. It names every choice, so that it stays the same if a default changes."""
    if not st.context.url:
        return ""
    asked: dict[str, str | list[str]] = {key: st.query_params.get_all(key) for key in st.query_params}
    asked |= {"corpus": view.corpus.name, "runs": view.names, "threshold": f"{view.threshold:g}", "part": part}
    asked[LANGUAGE_KEY] = current_language()
    if view.pair and len(view.names) > 2:
        asked["pair"] = ",".join(view.pair)
    return f"{st.context.url.partition('?')[0]}?{urlencode(asked, doseq=True)}"
