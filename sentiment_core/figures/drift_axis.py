"""Charts of an axis that two lists of words define: the words' positions during training, and at one frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.analysis.polarity import lean
from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE, SYMBOLS, Figure, Part, axis, lay_out
from sentiment_core.messages import tr

if TYPE_CHECKING:
    from sentiment_core.text.corpus import TokenTable

_COLOURS = {"positive": POSITIVE, "negative": NEGATIVE, "neutral": NEUTRAL}
_DASHES = {"positive": "solid", "negative": "dash", "neutral": "dot"}
_MIDDLE = 5, 95  # percentiles that bound the band of all words
_TEXT_ROOM = 0.28  # share of the picture's width, to the right of the lines, for the words
_END, _ROW = 8, 24  # words at each end of the axis; pixels per row
_LINE_APART = 0.055  # share of the picture's height between two words


def draw_positions(
    epochs: Sequence[float],
    positions: np.ndarray,
    ids: np.ndarray,
    table: TokenTable,
    span: tuple[float, float],
) -> Figure:
    """Draw the words `ids` [words] int64 as lines over time, on a band that holds 90% of all words.

    epochs [frames]; positions [frames, vocab] are cosines with the axis; span is the range of the vertical axis, so
    that pictures beside each other can be compared.
    """
    words, leans = table.tokens[ids], lean(table.polarity[ids])
    low, high = np.percentile(positions[:, 1:], _MIDDLE, axis=1)
    band = {
        "type": "scatter",
        "x": np.array([*epochs, *reversed(epochs)]),
        "y": np.concatenate([high, low[::-1]]),
        "mode": "lines",
        "fill": "toself",
        "fillcolor": "rgba(138, 144, 153, 0.18)",
        "line": {"width": 0},
        "hoverinfo": "skip",
        "name": tr("{share:.0%} of all words", share=(_MIDDLE[1] - _MIDDLE[0]) / 100),
    }
    hover = "<br>".join([tr("epoch {epoch}", epoch="%{x:.2f}"), tr("cosine {cosine}", cosine="%{y:+.2f}")])
    lines = [
        {
            "type": "scatter",
            "x": np.array(epochs),
            "y": positions[:, index],
            "mode": "lines+markers",
            "line": {"color": _COLOURS[leaning], "dash": _DASHES[leaning], "width": 2},
            "marker": {"symbol": SYMBOLS[leaning], "size": 8},
            "name": escape(word),
            "hovertemplate": f"<b>{escape(word)}</b><br>{hover}<extra></extra>",
            "showlegend": False,
        }
        for index, word, leaning in zip(ids, words, leans, strict=True)
    ]
    last = epochs[-1] or 1.0
    xaxis = axis(
        tr("epochs trained"),
        range=[-0.02 * last, last * (1 + _TEXT_ROOM)],
        tickvals=sorted({int(epoch) for epoch in epochs}),
        zeroline=False,
    )
    yaxis = axis(tr("cosine with the axis"), range=list(span), zeroline=True)
    return lay_out([band, *lines], 420, xaxis, yaxis, annotations=_names(last, positions[-1, ids], words, span))


def _names(last: float, values: np.ndarray, words: np.ndarray, span: tuple[float, float]) -> list[Part]:
    """A word beside the end of each line, moved up or down if two would overlap.

    The words use the page's text colour, which is more legible than the colours of polarity.
    """
    apart = _LINE_APART * (span[1] - span[0])
    order = np.argsort(-values, kind="stable")
    places = values[order].astype(float)
    for row in range(1, len(places)):
        places[row] = min(places[row], places[row - 1] - apart)
    if len(places):  # words that were pushed out below move up together
        places += max(span[0] + apart / 2 - places[-1], 0.0)
    return [
        {
            "x": last * 1.02,
            "y": float(place),
            "text": escape(words[row]),
            "font": {"size": 14},
            "showarrow": False,
            "xanchor": "left",
        }
        for row, place in zip(order, places, strict=True)
    ]


def draw_ends(positions: np.ndarray, asked: np.ndarray, pins: np.ndarray, table: TokenTable) -> Figure:
    """Draw the axis at one frame: a row for each word at its two ends and for each pinned word, in order.

    positions [vocab] are cosines with the axis. The ends are taken from `asked` [words] int64; the words
    `pins` [pins] int64 are shown wherever they lie.
    """
    order = asked[np.argsort(positions[asked], kind="stable")]
    shown = np.unique(np.concatenate([order[:_END], order[-_END:], pins]))
    shown = shown[np.argsort(positions[shown], kind="stable")]
    leans = lean(table.polarity[shown])
    words = [f"<b>{escape(word)}</b>" if pinned else escape(word) for word, pinned in _marked(shown, pins, table)]
    rows = np.arange(len(shown))
    stems = {
        "type": "scatter",
        "x": np.column_stack([np.zeros(len(shown)), positions[shown], np.full(len(shown), np.nan)]).ravel(),
        "y": np.repeat(rows, 3),
        "mode": "lines",
        "line": {"color": "rgba(138, 144, 153, 0.5)", "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    dots = {
        "type": "scatter",
        "x": positions[shown],
        "y": rows,
        "mode": "markers",
        "marker": {
            "size": 11,
            "color": [_COLOURS[leaning] for leaning in leans],
            "symbol": [SYMBOLS[leaning] for leaning in leans],
        },
        "text": words,
        "hovertemplate": "%{text}<br>" + tr("cosine {cosine}", cosine="%{x:+.2f}") + "<extra></extra>",
        "showlegend": False,
    }
    xaxis = axis(tr("cosine with the axis"), range=[-1.05, 1.05], zeroline=True)
    ends = [-0.7, len(shown) - 0.3]
    yaxis = axis(tickvals=rows, ticktext=words, range=ends, showgrid=False, zeroline=False)
    return lay_out([stems, dots], _ROW * len(shown) + 90, xaxis, yaxis)


def _marked(ids: np.ndarray, pins: np.ndarray, table: TokenTable) -> Iterator[tuple[str, bool]]:
    """Each word and whether it is pinned."""
    return zip(table.tokens[ids], np.isin(ids, pins).tolist(), strict=True)


def common_span(*positions: np.ndarray) -> tuple[float, float]:
    """The range of a vertical axis that shows all `positions` [frames, words], with a margin."""
    values = np.concatenate([np.zeros(1), *(one.ravel() for one in positions)])
    margin = 0.08 * max(float(np.ptp(values)), 0.1)
    return float(values.min()) - margin, float(values.max()) + margin
