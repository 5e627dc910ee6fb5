"""What all figures share: the colours of polarity and of runs, and the layout of a projected picture."""

from __future__ import annotations

import plotly.graph_objects as go

# Polarity. Each keeps 3:1 contrast on the light and on the dark background; a shape always repeats it.
POSITIVE, NEGATIVE, NEUTRAL = "#2f7fc4", "#d9730d", "#8a9099"
SYMBOLS = {"positive": "circle", "negative": "diamond", "neutral": "circle-open"}
# Beyond this log-odds a token counts as leaning: e^0.5, about 1.6 times as frequent in reviews of one label.
LEANING = 0.5


def lay_out(figure: go.Figure, height: int, **layout: object) -> go.Figure:
    """Margins, text sizes and hover that read on a projector; the page's theme gives the rest."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 32, "b": 8},
        font={"size": 15},
        hoverlabel={"font": {"size": 15}},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0.0, "title": None},
        **layout,
    )
    figure.update_xaxes(automargin=True, title_standoff=8)
    figure.update_yaxes(automargin=True, title_standoff=8)
    return figure
