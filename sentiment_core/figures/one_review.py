"""The One review picture: where each run puts a text between surely negative and surely positive."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from sentiment_core.analysis.wording import probability_percent
from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE, SYMBOLS, lay_out

if TYPE_CHECKING:
    from sentiment_core.analysis.prediction import Prediction

COIN_TOSS = 0.5
_COLOURS = {"positive": POSITIVE, "negative": NEGATIVE, "neutral": NEUTRAL}


def draw_probabilities(predictions: dict[str, Prediction]) -> go.Figure:
    """One mark a run, by name, at its probability of positive, tied to the coin toss by its margin.

    A run to which every token is unknown is grey and hollow: its place means nothing.
    """
    names = np.array([escape(name) for name in predictions])
    probability = np.array([prediction.probability for prediction in predictions.values()])
    sides = ["neutral" if prediction.blind else prediction.verdict for prediction in predictions.values()]
    colours = [_COLOURS[side] for side in sides]
    figure = go.Figure()
    for name, value, colour in zip(names, probability, colours, strict=True):
        figure.add_shape(type="line", x0=COIN_TOSS, x1=value, y0=name, y1=name, line={"color": colour, "width": 4})
    figure.add_scatter(
        x=probability,
        y=names,
        mode="markers+text",
        marker={
            "color": colours,
            "symbol": [SYMBOLS[side] for side in sides],
            "size": 16,
            "line": {"color": colours, "width": 2},
        },
        text=[escape(probability_percent(value)) for value in probability],
        textposition=[_label_place(value) for value in probability],
        textfont={"size": 18},
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra></extra>",
        showlegend=False,
    )
    figure.add_vline(x=COIN_TOSS, line={"color": NEUTRAL, "width": 2, "dash": "dash"})
    for x, words, colour, anchor in (
        (0, "◆ negative", NEGATIVE, "left"),
        (COIN_TOSS, "coin toss", NEUTRAL, "center"),
        (1, "positive ●", POSITIVE, "right"),
    ):
        figure.add_annotation(
            x=x, y=1, yref="paper", yanchor="bottom", xanchor=anchor, text=words, showarrow=False,
            font={"size": 16, "color": colour},
        )  # fmt: skip
    lay_out(figure, height=110 + 48 * len(names))
    # Room beyond both ends for the marks.
    figure.update_xaxes(
        title="probability of positive",
        range=[-0.06, 1.06],
        tickvals=np.linspace(0, 1, 5),
        ticktext=[f"{100 * share:.0f} %" for share in np.linspace(0, 1, 5)],
        tickfont={"size": 15},
        showgrid=True,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        type="category", showgrid=False, tickfont={"size": 18}, range=[len(names) - 0.6, -0.75], fixedrange=True
    )
    return figure


def _label_place(probability: float) -> str:
    """Above the mark, turned inward near both ends so that a narrow picture does not cut it."""
    if probability > 0.85:
        return "top left"
    return "top right" if probability < 0.15 else "top center"
