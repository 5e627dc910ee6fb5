"""Reliability curves: how often reviews are positive where a classifier says that they are with some probability."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sentiment_core.figures.style import CLASSIFIERS, DASHES, MARKS, NEUTRAL, Figure, Part, axis, lay_out, short_name
from sentiment_core.messages import tr

if TYPE_CHECKING:
    from sentiment_core.analysis.evaluation.calibration import Calibration

_HEIGHT = 560  # pixels
_MARGIN = 0.03  # beyond both ends of an axis, so that a mark at an end is whole
_CURVES, _COUNTS = [0.3, 1.0], [0.0, 0.2]  # shares of the picture's height
_FAINT = 0.6  # opacity of a curve before its temperature, if the one after it is drawn too


def draw_reliability(before: dict[str, Calibration], after: dict[str, Calibration]) -> Figure:
    """Draw each classifier's share of positive reviews against its mean probability, and below, the bins' reviews.

    before: classifier -> its bins. after: the same at its temperature, for those to draw. The curve before is then
    drawn faint and hollow.
    """
    line = {"color": NEUTRAL, "dash": "dot", "width": 1.5}
    traces: list[Part] = [
        {
            "type": "scatter",
            "x": [0, 1],
            "y": [0, 1],
            "mode": "lines",
            "line": line,
            "hoverinfo": "skip",
            "name": tr("calibrated"),
        }
    ]
    if after:
        marker = {"color": NEUTRAL, "symbol": "circle-open", "size": 8}
        entry = {"type": "scatter", "x": [None], "y": [None], "mode": "lines+markers", "opacity": _FAINT}
        traces.append(entry | {"marker": marker, "line": {"color": NEUTRAL}, "name": tr("faint: without temperature")})
    for place, (name, found) in enumerate(before.items()):
        if name in after:
            traces.append(_curve(name, found, place, faint=True))
        shown = after.get(name, found)
        traces += [_curve(name, shown, place, faint=False), _counts(name, shown, place)]
    xaxis = axis(
        tr("probability of positive"),
        range=[-_MARGIN, 1 + _MARGIN],
        tickformat=".0%",
        zeroline=False,
        anchor="y2",
    )
    shares = axis(
        tr("share of positive reviews"),
        range=[-_MARGIN, 1 + _MARGIN],
        tickformat=".0%",
        zeroline=False,
        domain=_CURVES,
    )
    most = max((int(found.counts.max()) for found in [*before.values(), *after.values()]), default=1)
    counts = axis(tr("reviews"), range=[0, 1.1 * most], zeroline=True, nticks=4, domain=_COUNTS)
    return lay_out(traces, _HEIGHT, xaxis, shares, yaxis2=counts)


def _curve(name: str, found: Calibration, place: int, *, faint: bool) -> Part:
    colour = CLASSIFIERS[place]
    line = {"color": colour, "dash": DASHES[place], "width": 1.5 if faint else 2.5}
    lines = [
        f"<b>{escape(name)}</b>",
        tr("probability {share}", share="%{x:.1%}"),
        tr("positive {share}", share="%{y:.1%}"),
        tr("{count} reviews", count="%{customdata:,}"),
    ]
    return {
        "type": "scatter",
        "x": found.predicted,
        "y": found.positive,
        "customdata": found.counts.astype("int32"),
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": found.high - found.positive,
            "arrayminus": found.positive - found.low,
            "color": colour,
            "thickness": 1,
            "width": 3,
        },
        "mode": "lines+markers",
        "line": line,
        "marker": {
            "color": colour,
            "symbol": f"{MARKS[place]}-open" if faint else MARKS[place],
            "size": 8 if faint else 10,
            "line": {"color": colour, "width": 1.5},
        },
        "opacity": _FAINT if faint else 1,
        "name": short_name(name),
        "showlegend": not faint,
        "hovertemplate": "<br>".join(lines) + "<extra></extra>",
        "cliponaxis": False,
    }


def _counts(name: str, found: Calibration, place: int) -> Part:
    """The reviews of each bin, at its mean probability."""
    return {
        "type": "scatter",
        "x": found.predicted,
        "y": found.counts.astype("int32"),
        "yaxis": "y2",
        "mode": "lines+markers",
        "line": {"color": CLASSIFIERS[place], "dash": DASHES[place], "width": 1},
        "marker": {"color": CLASSIFIERS[place], "symbol": MARKS[place], "size": 7},
        "hovertemplate": f"<b>{escape(name)}</b><br>" + tr("{count} reviews", count="%{y:,}") + "<extra></extra>",
        "showlegend": False,
        "cliponaxis": False,
    }
