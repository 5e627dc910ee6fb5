"""Checks a figure with plotly's own classes, which refuse a property or value that plotly.js does not know."""

import plotly.graph_objects as go

from sentiment_core.figures.style import Figure


def checked(figure: Figure) -> go.Figure:
    return go.Figure(figure)
