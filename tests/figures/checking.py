"""A figure as plotly's own classes read it, which refuse a property or a value that plotly.js does not know."""

import plotly.graph_objects as go

from sentiment_core.figures.style import Figure


def checked(figure: Figure) -> go.Figure:
    return go.Figure(figure)
