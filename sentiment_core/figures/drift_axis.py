"""The line chart of an axis with a name: where words point through training."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
import plotly.graph_objects as go

from sentiment_core.analysis.polarity import lean
from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE, SYMBOLS, lay_out

_COLOURS = {"positive": POSITIVE, "negative": NEGATIVE, "neutral": NEUTRAL}
_DASHES = {"positive": "solid", "negative": "dash", "neutral": "dot"}
_MIDDLE = 5, 95  # percentiles between which the band of all words lies
_TEXT_ROOM = 0.28  # of the picture's width, to the right of the lines, for the words
_LINE_APART = 0.055  # of the picture's height, between two words


def draw_positions(
    epochs: Sequence[float],
    positions: np.ndarray,
    ids: np.ndarray,
    words: Sequence[str],
    polarity: np.ndarray,
    span: tuple[float, float],
) -> go.Figure:
    """The words `ids` [words] int64 as lines through time, over a band that holds nine in ten of all words.

    epochs [frames]; positions [frames, vocab] are cosines with the axis; words [words] and polarity [words] those of
    `ids`; span is what the vertical axis holds, so that pictures beside each other compare.
    """
    low, high = np.percentile(positions[:, 1:], _MIDDLE, axis=1)
    band = go.Scatter(
        x=[*epochs, *reversed(epochs)],
        y=[*high, *low[::-1]],
        mode="lines",
        fill="toself",
        fillcolor="rgba(138, 144, 153, 0.18)",
        line={"width": 0},
        hoverinfo="skip",
        name="nine in ten of all words",
    )
    traces = [band]
    for index, word, leaning in zip(ids, words, lean(polarity), strict=True):
        traces.append(
            go.Scatter(
                x=epochs,
                y=positions[:, index],
                mode="lines+markers",
                line={"color": _COLOURS[leaning], "dash": _DASHES[leaning], "width": 2},
                marker={"symbol": SYMBOLS[leaning], "size": 8},
                name=escape(word),
                hovertemplate=f"<b>{escape(word)}</b><br>epoch %{{x:.2f}}<br>cosine %{{y:+.2f}}<extra></extra>",
                showlegend=False,
            )
        )
    last = epochs[-1] or 1.0
    figure = lay_out(go.Figure(traces), height=420, annotations=_names(last, positions[-1, ids], words, polarity, span))
    figure.update_xaxes(
        title="epochs trained",
        range=[-0.02 * last, last * (1 + _TEXT_ROOM)],
        tickvals=sorted({int(epoch) for epoch in epochs}),
        zeroline=False,
    )
    return figure.update_yaxes(title="cosine with the axis", range=list(span), zeroline=True)


def _names(
    last: float, values: np.ndarray, words: Sequence[str], polarity: np.ndarray, span: tuple[float, float]
) -> list[dict[str, object]]:
    """A word beside the end of each line, moved up or down where two would overlap."""
    apart = _LINE_APART * (span[1] - span[0])
    order = np.argsort(-values, kind="stable")
    places = values[order].astype(float)
    for row in range(1, len(places)):
        places[row] = min(places[row], places[row - 1] - apart)
    if len(places):  # what was pushed out below comes back up as one
        places += max(span[0] + apart / 2 - places[-1], 0.0)
    leans = lean(polarity)
    return [
        {
            "x": last * 1.02,
            "y": place,
            "text": escape(words[row]),
            "font": {"size": 14, "color": _COLOURS[leans[row]]},
            "showarrow": False,
            "xanchor": "left",
        }
        for row, place in zip(order, places, strict=True)
    ]


def common_span(*positions: np.ndarray) -> tuple[float, float]:
    """What a vertical axis must hold for all these positions [frames, words], with a margin."""
    values = np.concatenate([one.ravel() for one in positions])
    margin = 0.08 * max(float(np.ptp(values)), 0.1)
    return float(values.min()) - margin, float(values.max()) + margin
