"""The agreement matrix: on how many reviews both, one or neither of two classifiers is right, by label."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.style import (
    CLASSIFIERS,
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    Figure,
    axis,
    lay_out,
    shortened,
    tinted,
)
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.numbers import number, percent

if TYPE_CHECKING:
    from sentiment_core.analysis.evaluation.agreement import Agreement

_CHOSEN = CLASSIFIERS[0]  # outline of the chosen cell
_LONGEST_NAME = 18  # most characters of a classifier's name beside the matrix
_ONE_LINE = 10  # most characters of a name that is not broken at its hyphen
_FAINT, _STRONG = 0.14, 0.5  # opacity of a cell without reviews, and what is added for one with all of them
# Columns in the order of the counts: name, colour as #rrggbb, and the symbol that repeats it.
_COLUMNS = (
    (lazy("negative"), NEGATIVE, "◆"),
    (lazy("positive"), POSITIVE, "●"),
    (lazy("all"), NEUTRAL, "○"),
)


def outcome_names(pair: tuple[str, str]) -> tuple[str, str, str, str]:
    """Names of OUTCOMES for a pair of classifiers, in the current language."""
    first, second = pair
    return (
        tr("both right"),
        tr("only {name} right", name=first),
        tr("only {name} right", name=second),
        tr("both wrong"),
    )


def draw_agreement(found: Agreement, cells: tuple[str, ...], chosen: str) -> Figure:
    """Draw the four outcomes as rows and the labels as columns. A cell is darker the more reviews it has.

    cells: [12] the code of each cell, row by row, which a click reports. chosen: the code of the cell to outline.
    """
    total = max(int(found.counts[:, 2].sum()), 1)
    rows, columns = np.divmod(np.arange(len(cells), dtype=np.int32), len(_COLUMNS))
    names = outcome_names(found.pair)
    counts = found.counts.ravel().tolist()
    shares = [count / total for count in counts]
    bars = {
        "type": "bar",
        "x": columns,
        "base": rows.astype(np.float32) + 0.04,
        "y": np.full(len(cells), 0.92, np.float32),
        "width": 0.97,
        "customdata": list(cells),
        "marker": {
            "color": [
                tinted(_COLUMNS[column][1], _FAINT + _STRONG * share**0.5)
                for column, share in zip(columns.tolist(), shares, strict=True)
            ],
            "line": {"color": _CHOSEN, "width": [5 if cell == chosen else 0 for cell in cells]},
        },
        "text": [
            f'<b>{number(count)}</b><br><span style="font-size:15px">{_COLUMNS[column][2]} {percent(share)}</span>'
            for column, count, share in zip(columns.tolist(), counts, shares, strict=True)
        ],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 24},
        "hovertext": [
            escape(
                tr_plural(
                    "{outcome}, {label}: {count} review. Click to read it.",
                    "{outcome}, {label}: {count} reviews. Click to read them.",
                    count,
                    outcome=names[row],
                    label=_COLUMNS[column][0],
                )
            )
            for row, column, count in zip(rows.tolist(), columns.tolist(), counts, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "showlegend": False,
    }
    xaxis = axis(
        tickvals=[0, 1, 2],
        ticktext=[f'<span style="color:{colour}">{symbol}</span> {name}' for name, colour, symbol in _COLUMNS],
        side="top",
        tickangle=0,
        tickfont={"size": 17},
        range=[-0.5, 2.5],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    yaxis = axis(
        tickvals=[0.5, 1.5, 2.5, 3.5],
        ticktext=_row_labels(found.pair),
        tickfont={"size": 16},
        range=[4, 0],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    margin = {"l": 8, "r": 8, "t": 40, "b": 8}
    return lay_out([bars], 320, xaxis, yaxis, margin=margin, barmode="overlay", dragmode=False)


def _row_labels(pair: tuple[str, str]) -> list[str]:
    """The labels beside the rows. A name has lines of its own, so that the cells are wide on a phone too."""
    short = [shortened(name.rpartition("/")[2], _LONGEST_NAME) for name in pair]
    lines = [escape(name).replace("-", "-<br>", 1) if len(name) > _ONE_LINE else escape(name) for name in short]
    return [tr("both right"), *(tr("only<br>{name}<br>right", name=name) for name in lines), tr("both wrong")]
