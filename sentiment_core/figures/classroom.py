"""How often a class and models are right when they are as sure as they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.style import CLASSIFIERS, DASHES, MARKS, NEUTRAL, Figure, Part, axis, lay_out, short_name
from sentiment_core.messages import tr

if TYPE_CHECKING:
    from sentiment_core.classroom.statistics import Calibration

_HEIGHT = 420  # pixels
_LOW, _HIGH = 0.46, 1.04  # of the axis of how sure: a guess is 50%
_SMALLEST, _LARGEST = 10, 34  # pixels of a point


def draw_calibrations(found: Sequence[Calibration]) -> Figure:
    """Draw the share that was right against the stated probability. A larger point stands for more judgements."""
    most = max((int(one.count.max()) for one in found), default=1)
    traces: list[Part] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": np.array([0.5, 1.0]),
            "y": np.array([0.5, 1.0]),
            "line": {"color": NEUTRAL, "width": 2, "dash": "dot"},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]
    traces += [_trace(one, place, most) for place, one in enumerate(found)]
    xaxis = axis(tr("how sure, on average"), range=[_LOW, _HIGH], tickformat=".0%", zeroline=False)
    yaxis = axis(tr("right"), range=[-0.04, 1.04], tickformat=".0%", zeroline=False)
    return lay_out(traces, _HEIGHT, xaxis, yaxis)


def _trace(one: Calibration, place: int, most: int) -> Part:
    filled = one.count > 0
    count = one.count[filled]
    colour = CLASSIFIERS[place % len(CLASSIFIERS)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": short_name(one.name) or tr("the class"),
        "x": one.stated[filled],
        "y": one.right[filled],
        "customdata": count,
        "cliponaxis": False,  # a point at 100 % is drawn whole
        "line": {"color": colour, "width": 2, "dash": DASHES[place % len(DASHES)]},
        "marker": {
            "symbol": MARKS[place % len(MARKS)],
            "size": _SMALLEST + (_LARGEST - _SMALLEST) * np.sqrt(count / most),
            "color": colour,
        },
        "hovertemplate": tr(
            "sure {stated}, right {share}, {count} judgements",
            stated="%{x:.0%}",
            share="%{y:.0%}",
            count="%{customdata}",
        )
        + "<extra>%{fullData.name}</extra>",
    }
