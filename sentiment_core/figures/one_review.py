"""The One review picture: each classifier's probability that a text is positive."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.style import (
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    SYMBOLS,
    Figure,
    Part,
    axis,
    lay_out,
    short_name,
    shortened,
    vertical_line,
)
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import number, percent, probability_percent

if TYPE_CHECKING:
    from sentiment_core.classifiers.parts import Contributions
    from sentiment_core.classifiers.prediction import Prediction

COIN_TOSS = 0.5
_LONGEST = 24  # most characters of an n-gram beside its bar
_LONGEST_NAME = 16  # most characters of a classifier's name beside its line
_SHORT_NAME = 8  # names up to this length leave room for a large font
_LINE = 20  # height in pixels of a line of text above the picture
_COLOURS = {"positive": POSITIVE, "negative": NEGATIVE, "neutral": NEUTRAL}


def draw_probabilities(predictions: dict[str, Prediction]) -> Figure:
    """Draw a mark for each classifier, by name, at its probability of positive, joined to 50% by a line.

    The probability of neutral is a grey band, half on each side of the mark. The mark is grey and hollow if every token
    is unknown, because its position then means nothing, and if the verdict is undecided or neutral.
    """
    names = [escape(name) for name in predictions]
    shown = [short_name(name, _LONGEST_NAME) for name in predictions]
    has_room = max(map(len, shown), default=0) <= _SHORT_NAME
    places = [prediction.place for prediction in predictions.values()]
    sides = [
        "neutral" if prediction.blind or prediction.undecided else prediction.verdict
        for prediction in predictions.values()
    ]
    colours = [_COLOURS[side] for side in sides]
    marks = {
        "type": "scatter",
        "x": np.array(places),
        "y": names,
        "mode": "markers+text",
        "marker": {
            "color": colours,
            "symbol": [SYMBOLS[side] for side in sides],
            "size": 16,
            "line": {"color": colours, "width": 2},
        },
        "text": [escape(probability_percent(prediction.probability)) for prediction in predictions.values()],
        "textposition": [_label_place(value) for value in places],
        "textfont": {"size": 18},
        "cliponaxis": False,
        "hovertemplate": "%{y}: %{text}<extra></extra>",
        "showlegend": False,
    }
    ties = [
        {"type": "line", "x0": COIN_TOSS, "x1": value, "y0": name, "y1": name, "line": {"color": colour, "width": 4}}
        for name, value, colour in zip(names, places, colours, strict=True)
    ]
    bands = [
        _band(name, prediction)
        for name, prediction in zip(names, predictions.values(), strict=True)
        if prediction.neutral
    ]
    xaxis = axis(
        tr("probability of positive"),
        range=[-0.06, 1.06],  # room beyond both ends for the marks
        tickvals=[0, 0.25, 0.5, 0.75, 1],
        ticktext=[percent(share, 0) for share in (0, 0.25, 0.5, 0.75, 1)],
        tickfont={"size": 15},
        showgrid=True,
        zeroline=False,
        fixedrange=True,
    )
    yaxis = axis(
        type="category",
        tickvals=names,
        ticktext=shown,
        showgrid=False,
        tickfont={"size": 18 if has_room else 14},
        range=[len(names) - 0.6, -0.75],
        fixedrange=True,
    )
    return lay_out(
        [marks],
        (110 if has_room else 110 + _LINE) + 48 * len(names),
        xaxis,
        yaxis,
        shapes=[*bands, *ties, vertical_line(COIN_TOSS, NEUTRAL, 2, "dash")],
        annotations=_ends(has_room),
        margin={"l": 8, "r": 8, "t": 32 if has_room else 32 + _LINE, "b": 8},
    )


def _ends(has_room: bool) -> list[Part]:
    """Captions for the two ends and the middle of the axis, in the colour of text.

    has_room: whether all three fit on one line. If not, as on a phone, the middle one is placed above.
    """
    return [
        {"x": x, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": anchor, "text": words, "showarrow": False}
        | {"font": {"size": 16}, "yshift": 0 if has_room or x != COIN_TOSS else _LINE}
        for x, words, anchor in (
            (0, f'<span style="color:{NEGATIVE}">◆</span> ' + tr("negative"), "left"),
            (COIN_TOSS, tr("undecided"), "center"),
            (1, tr("positive") + f' <span style="color:{POSITIVE}">●</span>', "right"),
        )
    ]


def _band(name: str, prediction: Prediction) -> Part:
    """The band of neutral: from the probability of positive to 1 minus the probability of negative."""
    ends = {"x0": prediction.probability, "x1": prediction.probability + prediction.neutral}
    line = {"color": NEUTRAL, "width": 14}
    return {"type": "line", "y0": name, "y1": name, "layer": "below", "opacity": 0.35, "line": line} | ends


def draw_contributions(contributions: Contributions) -> Figure:
    """Draw a bar for each n-gram, as long as its contribution to the log-odds of positive, the first on top."""
    count = len(contributions.ngrams)
    positive = contributions.values > 0
    rows = np.arange(count, dtype=np.int32)
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": contributions.values.astype(np.float32),
        "y": rows,
        "customdata": [escape(ngram) for ngram in contributions.ngrams],
        "marker": {"color": np.where(positive, POSITIVE, NEGATIVE)},
        "text": [number(float(value), "+.2f") for value in contributions.values],
        "textposition": "outside",
        "textfont": {"size": 14},
        "cliponaxis": False,
        "hovertemplate": "%{customdata}: %{text}<extra></extra>",
        "showlegend": False,
    }
    reach = 1.35 * float(np.abs(contributions.values).max(initial=0.1))  # room for the number beside a bar
    xaxis = axis(range=[-reach, reach], zeroline=True, zerolinecolor=NEUTRAL, zerolinewidth=2, fixedrange=True)
    names = [escape(shortened(ngram, _LONGEST)) for ngram in contributions.ngrams]
    yaxis = axis(tickvals=rows, ticktext=names, range=[count - 0.4, -0.6], showgrid=False, fixedrange=True)
    return lay_out([bars], 60 + 26 * count, xaxis, yaxis, bargap=0.3)


def _label_place(probability: float) -> str:
    """Position of the label above the mark. Near an end it points inward, so that a narrow picture does not cut it."""
    if probability > 0.85:
        return "top left"
    return "top right" if probability < 0.15 else "top center"
