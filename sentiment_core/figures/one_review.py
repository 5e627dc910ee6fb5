"""The One review picture: where each run puts a text between surely negative and surely positive."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE, SYMBOLS, Figure, axis, lay_out, vertical_line
from sentiment_core.messages.numbers import probability_percent

if TYPE_CHECKING:
    from sentiment_core.classifiers.prediction import Prediction

COIN_TOSS = 0.5
_COLOURS = {"positive": POSITIVE, "negative": NEGATIVE, "neutral": NEUTRAL}
# The mark has the colour; the word has the text's, which reads.
_ENDS = [
    {"x": x, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": anchor, "text": words, "showarrow": False}
    | {"font": {"size": 16}}
    for x, words, anchor in (
        (0, f'<span style="color:{NEGATIVE}">◆</span> negative', "left"),
        (COIN_TOSS, "coin toss", "center"),
        (1, f'positive <span style="color:{POSITIVE}">●</span>', "right"),
    )
]


def draw_probabilities(predictions: dict[str, Prediction]) -> Figure:
    """One mark a run, by name, at its probability of positive, tied to the coin toss by its margin.

    A run to which every token is unknown is grey and hollow, for its place means nothing; so is one that is undecided.
    """
    names = [escape(name) for name in predictions]
    probability = [prediction.probability for prediction in predictions.values()]
    sides = [
        "neutral" if prediction.blind or prediction.undecided else prediction.verdict
        for prediction in predictions.values()
    ]
    colours = [_COLOURS[side] for side in sides]
    marks = {
        "type": "scatter",
        "x": np.array(probability),
        "y": names,
        "mode": "markers+text",
        "marker": {
            "color": colours,
            "symbol": [SYMBOLS[side] for side in sides],
            "size": 16,
            "line": {"color": colours, "width": 2},
        },
        "text": [escape(probability_percent(value)) for value in probability],
        "textposition": [_label_place(value) for value in probability],
        "textfont": {"size": 18},
        "cliponaxis": False,
        "hovertemplate": "%{y}: %{text}<extra></extra>",
        "showlegend": False,
    }
    ties = [
        {"type": "line", "x0": COIN_TOSS, "x1": value, "y0": name, "y1": name, "line": {"color": colour, "width": 4}}
        for name, value, colour in zip(names, probability, colours, strict=True)
    ]
    xaxis = axis(
        "probability of positive",
        range=[-0.06, 1.06],  # room beyond both ends for the marks
        tickvals=[0, 0.25, 0.5, 0.75, 1],
        ticktext=["0 %", "25 %", "50 %", "75 %", "100 %"],
        tickfont={"size": 15},
        showgrid=True,
        zeroline=False,
        fixedrange=True,
    )
    yaxis = axis(
        type="category",
        showgrid=False,
        tickfont={"size": 18},
        range=[len(names) - 0.6, -0.75],
        fixedrange=True,
    )
    return lay_out(
        [marks],
        110 + 48 * len(names),
        xaxis,
        yaxis,
        shapes=[*ties, vertical_line(COIN_TOSS, NEUTRAL, 2, "dash")],
        annotations=_ENDS,
    )


def _label_place(probability: float) -> str:
    """Above the mark, turned inward near both ends so that a narrow picture does not cut it."""
    if probability > 0.85:
        return "top left"
    return "top right" if probability < 0.15 else "top center"
