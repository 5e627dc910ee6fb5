"""Accuracies as dots with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.style import (
    CLASSIFIERS,
    MARKS,
    NEUTRAL,
    Figure,
    Part,
    axis,
    lay_out,
    short_name,
    vertical_line,
)
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import number, percent

if TYPE_CHECKING:
    from sentiment_core.analysis.evaluation.paired import Interval

_COIN_TOSS = 0.5
_NARROWEST = 0.01  # of the axis, so that a tiny difference does not look large
_LONGEST_NAME = 18  # most characters of a name beside its line
_APART = 0.3  # between the dots of one line, in lines


@dataclass(frozen=True)
class Dot:
    """A classifier's accuracy. Dots with the same line are drawn on it, such as runs that differ only in their seed."""

    name: str
    line: str
    place: int  # of the classifier among those chosen, which decides its colour and symbol
    accuracy: Interval


def draw_accuracies(dots: list[Dot]) -> Figure:
    """Draw each accuracy as a dot with its 95% interval, one line for each `Dot.line`, the first on top."""
    lines = list(dict.fromkeys(dot.line for dot in dots))
    shown = [short_name(line, _LONGEST_NAME) for line in lines]
    low = min(dot.accuracy.low for dot in dots)
    high = max(dot.accuracy.high for dot in dots)
    room = 0.25 * max(high - low, _NARROWEST)
    xaxis = axis(
        tr("accuracy"),
        range=[low - room, high + room],
        tickformat=".0%" if high - low > 0.06 else ".1%",
        nticks=6,  # side by side on a phone
        tickangle=0,
        zeroline=False,
        fixedrange=True,
    )
    yaxis = axis(
        tickvals=list(range(len(lines))),
        ticktext=shown,
        tickfont={"size": 16},
        range=[len(lines) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    shapes = [vertical_line(_COIN_TOSS, NEUTRAL, 2, "dash")] if low - room < _COIN_TOSS < high + room else []
    traces = []
    for row, line in enumerate(lines):
        together = [dot for dot in dots if dot.line == line]
        for place, dot in enumerate(together):
            offset = _APART * (place - (len(together) - 1) / 2) / max(len(together) - 1, 1)
            traces.append(_draw_dot(dot, row + offset))
    return lay_out(traces, 76 + 42 * len(lines), xaxis, yaxis, shapes=shapes, margin={"l": 8, "r": 16, "t": 8, "b": 8})


def _draw_dot(dot: Dot, y: float) -> Part:
    colour = CLASSIFIERS[dot.place % len(CLASSIFIERS)]
    found = dot.accuracy
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": np.array([found.value]),
        "y": np.array([y]),
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [found.high - found.value],
            "arrayminus": [found.value - found.low],
            "color": colour,
            "thickness": 3,
            "width": 8,
        },
        "marker": {"color": colour, "symbol": MARKS[dot.place % len(MARKS)], "size": 14},
        "text": [percent(found.value)],
        "textposition": "top center",
        "textfont": {"size": 16},
        "cliponaxis": False,
        "hovertemplate": escape(
            tr(
                "{name}: {share} (95% interval {low} to {high})",
                name=dot.name,
                share=number(found.value, ".2%"),
                low=number(found.low, ".2%"),
                high=number(found.high, ".2%"),
            )
        )
        + "<extra></extra>",
        "showlegend": False,
    }
