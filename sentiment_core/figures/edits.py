"""The probability after each token of a text, before and after its edits, for one classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE, SYMBOLS, Figure, Part, axis, lay_out
from sentiment_core.messages import tr, tr_in

if TYPE_CHECKING:
    from sentiment_core.analysis.explanation.prefixes import PrefixCurve

_HEIGHT = 190


def draw_before_after(before: PrefixCurve, after: PrefixCurve) -> Figure:
    """Draw both curves over the number of tokens read. A mark at each end has the shape and colour of the verdict."""
    hover = "%{x}: %{y:.1%}<extra>%{fullData.name}</extra>"
    lines: list[Part] = [
        {
            "type": "scatter",
            "x": curve.ends,
            "y": curve.probability,
            "name": name,
            "mode": "lines",
            "line": {"color": NEUTRAL, "width": width, "dash": dash},
            "hovertemplate": hover,
        }
        for curve, name, width, dash in (
            (before, tr_in("an edit", "before"), 2, "dot"),
            (after, tr_in("an edit", "after"), 3, "solid"),
        )
    ]
    ends: list[Part] = [_end(curve, hollow) for curve, hollow in ((before, True), (after, False))]
    ticks = np.array([0.0, 0.5, 1.0])
    return lay_out(
        [*lines, *ends],
        _HEIGHT,
        axis(tr("tokens read"), rangemode="tozero", zeroline=False),
        axis(range=[-0.06, 1.06], tickvals=ticks, tickformat=".0%", zeroline=False),
        hovermode="closest",
    )


def _end(curve: PrefixCurve, hollow: bool) -> Part:
    """The mark where a curve ends."""
    positive = bool(curve.log_odds[-1] > 0)
    colour, symbol = (POSITIVE, SYMBOLS["positive"]) if positive else (NEGATIVE, SYMBOLS["negative"])
    return {
        "type": "scatter",
        "x": curve.ends[-1:],
        "y": curve.probability[-1:],
        "mode": "markers",
        "marker": {"color": colour, "size": 13, "symbol": f"{symbol}-open" if hollow else symbol, "line": {"width": 2}},
        "showlegend": False,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
