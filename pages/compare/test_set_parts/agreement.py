"""Agreement: on which reviews two classifiers are right together, alone or not at all."""

from __future__ import annotations

import streamlit as st

from pages.compare.paired_words import interval_text
from pages.compare.test_set_parts.review_list import first_page, show_reviews
from pages.compare.test_set_parts.view import TestSetView
from pages.compare.verdicts import VERDICTS
from pages.shared.address import choice
from sentiment_core.analysis.evaluation.agreement import CELLS, agreement, reviews_of
from sentiment_core.analysis.evaluation.paired import Difference, differences
from sentiment_core.figures.evaluation.agreement import draw_agreement, outcome_names
from sentiment_core.messages import lazy, tr
from sentiment_core.messages.numbers import number, p_value

_USUAL = "second-all"  # the cell that the page starts with
_LABELS = VERDICTS | {"all": lazy("all")}


def show(view: TestSetView) -> None:
    """Show the matrix of the pair, and the reviews of the chosen cell."""
    if view.pair is None:
        st.info(tr("Choose a second classifier to see where they agree."), icon=":material/compare_arrows:")
        return
    found = agreement(view.compared, view.pair, view.threshold)
    names = outcome_names(view.pair)
    cells = {
        cell: tr("{outcome} ({label})", outcome=names[place // 3], label=_LABELS[cell.partition("-")[2]])
        for place, cell in enumerate(CELLS)
    }
    # The control stands below the matrix, which shows what it says.
    asked = st.session_state.get("cell", st.query_params.get("cell"))
    view.show(
        draw_agreement(found, CELLS, asked if asked in cells else _USUAL),
        "agreement",
        tr(
            "Reviews by who is right. {parts}",
            parts=[f"{name}: {number(count)}" for name, count in zip(names, found.counts[:, 2].tolist(), strict=True)],
        ),
        on_click=_choose_cell,
    )
    if len(view.names) > 2:
        _show_pairs(view)
    cell = choice(
        st.selectbox,
        tr("Reviews to read"),
        cells,
        "cell",
        _USUAL,
        on_change=first_page,
        help=tr("A click on a cell of the matrix chooses it too."),
    )
    show_reviews(view, view.compared.take(reviews_of(view.compared, found, cell)), cells[cell])


def _choose_cell(cell: str) -> None:
    st.session_state["cell"] = cell
    first_page()


def _show_pairs(view: TestSetView) -> None:
    """Every pair of the classifiers as a row."""
    view.table(
        [_pair_row(found) for found in differences(view.compared, view.threshold).values()],
        alt=tr("Each pair of classifiers: who is right alone, and the difference of their accuracies"),
    )


def _pair_row(found: Difference) -> dict[str, str]:
    both, _, _, neither = found.counts.tolist()
    return {
        tr("first"): found.pair[0],
        tr("second"): found.pair[1],
        tr("both right"): number(both),
        tr("only first right"): number(found.test.first),
        tr("only second right"): number(found.test.second),
        tr("both wrong"): number(neither),
        tr("second minus first, points"): interval_text(found.gain, "+.2f", 100),
        tr("p, corrected"): p_value(found.corrected),
    }
