"""What all figures share: the colours and symbols of polarity, and the layout of a projected picture."""

from __future__ import annotations

import plotly.graph_objects as go

# Polarity. Each keeps 3:1 contrast on the light and on the dark background; a shape always repeats it.
POSITIVE, NEGATIVE, NEUTRAL = "#2f7fc4", "#d9730d", "#8a9099"
SYMBOLS = {"positive": "circle", "negative": "diamond", "neutral": "circle-open"}


def lay_out(figure: go.Figure, height: int, **layout: object) -> go.Figure:
    """Margins, text sizes and hover that read on a projector; the page's theme gives the rest."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 32, "b": 8},
        font={"size": 15},
        hoverlabel={"font": {"size": 15}},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0.0, "title": None, "font": {"size": 15}},
        **layout,
    )
    # Named on the axes too, because the page's theme overrides the figure's own size there.
    axis = {"automargin": True, "title_standoff": 8, "title_font": {"size": 15}, "tickfont": {"size": 14}}
    figure.update_xaxes(axis)
    figure.update_yaxes(axis)
    return figure
