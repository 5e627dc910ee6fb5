"""The Overview's picture: how often each run is right on reviews it never saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from sentiment_core.figures.style import NEUTRAL, POSITIVE, lay_out

if TYPE_CHECKING:
    from sentiment_core.analysis.results import RunSummary

COIN_TOSS = 0.5


def draw_accuracy(summaries: list[RunSummary]) -> go.Figure:
    """One dot a run at its test accuracy, from the coin toss to 100 %; two standard errors on hover.

    Runs that have not read the test split are left out.
    """
    scored = [summary for summary in summaries if summary.accuracy is not None]
    accuracy = np.array([summary.accuracy for summary in scored])
    spread = np.array([2 * (summary.standard_error or 0.0) for summary in scored])
    names = [summary.name for summary in scored]
    figure = go.Figure()
    for name, value in zip(names, accuracy, strict=True):
        figure.add_shape(type="line", x0=COIN_TOSS, x1=value, y0=name, y1=name, line={"color": NEUTRAL, "width": 2})
    figure.add_scatter(
        x=accuracy,
        y=names,
        mode="markers+text",
        marker={"color": POSITIVE, "size": 14},
        text=[f"   {value:.1%}" for value in accuracy],
        textposition="middle right",
        textfont={"size": 16},
        customdata=spread,
        hovertemplate="%{y}: %{x:.2%} ± %{customdata:.2%}<extra></extra>",
        showlegend=False,
    )
    lay_out(figure, height=110 + 48 * len(names))
    figure.update_xaxes(title="test accuracy", range=[COIN_TOSS, 1.0], tickformat=".0%", dtick=0.1)
    figure.update_yaxes(showgrid=False, tickfont={"size": 16}, range=[len(names) - 0.5, -0.5])
    return figure
