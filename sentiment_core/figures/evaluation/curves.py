"""Curves of several classifiers: ROC, precision-recall, and the cost of their errors at every threshold."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.analysis.evaluation.compared import probability
from sentiment_core.analysis.evaluation.costs import THRESHOLDS
from sentiment_core.analysis.evaluation.ranking import precision_recall_curve, roc_curve
from sentiment_core.figures.style import (
    CLASSIFIERS,
    DASHES,
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
from sentiment_core.messages.numbers import number

if TYPE_CHECKING:
    from sentiment_core.analysis.evaluation.ranking import Curve, Ranking

_HEIGHT = 430  # pixels
_MARGIN = 0.03  # beyond both ends of an axis, so that a mark at an end is whole


def draw_roc(rankings: dict[str, Ranking], threshold: float) -> Figure:
    """Draw recall against the share of negative reviews called positive, with a mark at the threshold.

    rankings: classifier -> ranking of reviews of both labels.
    """
    traces = [_line_of_chance([0, 1], [0, 1], tr("coin toss"))]
    for place, (name, ranking) in enumerate(rankings.items()):
        outcome = ranking.at(threshold)
        hover = _hover(name, tr("recall {share}", share="%{y:.1%}"), tr("false alarms {share}", share="%{x:.1%}"))
        shown = tr("{name}: AUC {area}", name=short_name(name), area=number(ranking.auc, ".3f"))
        traces += [
            _curve(roc_curve(ranking), place, shown, hover, "linear"),
            _mark(outcome.fall_out, outcome.recall, threshold, place, hover),
        ]
    xaxis = _share_axis(tr("negative reviews called positive"))
    yaxis = _share_axis(tr("positive reviews found (recall)"))
    return lay_out(traces, _HEIGHT, xaxis, yaxis)


def draw_precision_recall(rankings: dict[str, Ranking], threshold: float) -> Figure:
    """Draw precision against recall, with a mark at the threshold. rankings: as in `draw_roc`."""
    first = next(iter(rankings.values()))
    base = first.positives / (first.positives + first.negatives)
    traces = [_line_of_chance([0, 1], [base, base], tr("coin toss"))]
    lowest = base
    for place, (name, ranking) in enumerate(rankings.items()):
        outcome, curve = ranking.at(threshold), precision_recall_curve(ranking)
        lowest = min(lowest, float(curve.y.min()))
        hover = _hover(name, tr("precision {share}", share="%{y:.1%}"), tr("recall {share}", share="%{x:.1%}"))
        shown = tr("{name}: AP {area}", name=short_name(name), area=number(ranking.average_precision, ".3f"))
        traces += [
            _curve(curve, place, shown, hover, "vh"),
            _mark(outcome.recall, outcome.precision, threshold, place, hover),
        ]
    xaxis = _share_axis(tr("positive reviews found (recall)"))
    yaxis = _share_axis(tr("right if it says positive (precision)"), min(lowest, 0.5))
    return lay_out(traces, _HEIGHT, xaxis, yaxis)


def draw_costs(curves: dict[str, np.ndarray], threshold: float, cheapest: dict[str, float]) -> Figure:
    """Draw each classifier's cost of 1,000 reviews at each of THRESHOLDS, with a mark where it cost least on valid.

    curves: classifier -> [thresholds] float64. cheapest: classifier -> threshold, for those that have valid scores.
    """
    traces: list[Part] = []
    for place, (name, costs) in enumerate(curves.items()):
        lines = [tr("threshold {threshold}", threshold="%{x:.2f}"), tr("cost {cost}", cost="%{y:,.1f}")]
        hover = "<br>".join([f"<b>{escape(name)}</b>", *lines]) + "<extra></extra>"
        traces.append(
            {
                "type": "scatter",
                "x": THRESHOLDS,
                "y": costs,
                "mode": "lines",
                "line": {"color": CLASSIFIERS[place], "dash": DASHES[place], "width": 2.5},
                "name": short_name(name),
                "hovertemplate": hover,
            }
        )
        if name in cheapest:
            chosen = int(np.argmin(np.abs(THRESHOLDS - cheapest[name])))
            traces.append(
                {
                    "type": "scatter",
                    "x": [cheapest[name]],
                    "y": [float(costs[chosen])],
                    "mode": "markers",
                    "marker": _open_mark(place, 13),
                    "hovertemplate": tr("costs least on valid") + "<br>" + hover,
                    "showlegend": False,
                    "cliponaxis": False,
                }
            )
    top = max((float(costs.max()) for costs in curves.values()), default=0.0)
    xaxis = axis(tr("threshold"), range=[-_MARGIN, 1 + _MARGIN], zeroline=False)
    yaxis = axis(tr("cost of 1,000 reviews"), range=[0, 1.05 * (top or 1)], zeroline=False)
    return lay_out(traces, 380, xaxis, yaxis, shapes=[vertical_line(threshold, NEUTRAL, 2, "dash")])


def _curve(curve: Curve, place: int, shown: str, hover: str, shape: str) -> Part:
    return {
        "type": "scatter",
        "x": curve.x,
        "y": curve.y,
        "customdata": probability(curve.log_odds).astype(np.float32),
        "mode": "lines",
        "line": {"color": CLASSIFIERS[place], "dash": DASHES[place], "width": 2.5, "shape": shape},
        "name": shown,
        "hovertemplate": hover,
    }


def _mark(x: float, y: float, threshold: float, place: int, hover: str) -> Part:
    """The mark at the threshold. It is left out where the curve has no such point: no review is called positive."""
    return {
        "type": "scatter",
        "x": [x if np.isfinite(y) else None],
        "y": [y if np.isfinite(y) else None],
        "customdata": [threshold],
        "mode": "markers",
        "marker": {"color": CLASSIFIERS[place], "symbol": MARKS[place], "size": 14, "line": {"width": 2}},
        "hovertemplate": hover,
        "showlegend": False,
        "cliponaxis": False,
    }


def _open_mark(place: int, size: int) -> Part:
    line = {"color": CLASSIFIERS[place], "width": 2.5}
    return {"color": CLASSIFIERS[place], "symbol": f"{MARKS[place]}-open", "size": size, "line": line}


def _hover(name: str, *lines: str) -> str:
    threshold = tr("threshold {threshold}", threshold="%{customdata:.3f}")
    return "<br>".join([f"<b>{escape(name)}</b>", *lines, threshold]) + "<extra></extra>"


def _line_of_chance(x: list[float], y: list[float], name: str) -> Part:
    line = {"color": NEUTRAL, "dash": "dot", "width": 1.5}
    return {"type": "scatter", "x": x, "y": y, "mode": "lines", "line": line, "hoverinfo": "skip", "name": name}


def _share_axis(title: str, least: float = 0.0) -> Part:
    margin = _MARGIN * (1 - least)
    return axis(title, range=[least - margin, 1 + margin], tickformat=".0%", zeroline=False)
