"""Words that are over-represented in a classifier's errors: how many times as frequent, with intervals."""

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
    vertical_line,
)
from sentiment_core.messages import lazy, tr
from sentiment_core.messages.numbers import number

if TYPE_CHECKING:
    from sentiment_core.analysis.evaluation.error_words import ErrorWords

_ROW = 30  # height of a row in pixels
_LOOKS = (("positive", POSITIVE, lazy("positive")), ("negative", NEGATIVE, lazy("negative")))
_TICKS = (0.5, 1, 1.5, 2, 3, 5, 10, 20, 50, 100)


def draw_error_words(found: ErrorWords, words: list[str], polarity: np.ndarray) -> Figure:
    """Draw a row for each word, the most clearly over-represented on top.

    words: [words] as spelt; polarity: [words] of the training reviews, which decides colour and symbol. A word that may
    be there by chance is pale.
    """
    low, high = found.interval
    rows = np.arange(len(words))
    traces = []
    for name, colour, label in _LOOKS:
        chosen = (polarity > 0) == (name == "positive")
        if chosen.any():
            traces.append(_marks(found, words, rows, chosen, str(label), colour, SYMBOLS[name]))
    ends = [min(float(low.min()), -0.1), max(float(high.max()), 0.7)]
    ticks = [tick for tick in _TICKS if ends[0] <= np.log(tick) <= ends[1]]
    if len(ticks) > 6:
        ticks = [tick for tick in ticks if tick != 1.5]
    xaxis = axis(
        tr("times as frequent in wrong reviews"),
        range=[ends[0] - 0.05, ends[1] + 0.05],
        tickvals=np.log(ticks),
        ticktext=[tr("{times}x", times=tick) for tick in ticks],
        zeroline=False,
        fixedrange=True,
    )
    yaxis = axis(
        tickvals=rows,
        ticktext=[escape(word) for word in words],
        tickfont={"size": 17},
        range=[len(words) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    return lay_out(
        traces, 110 + _ROW * len(words), xaxis, yaxis, shapes=[vertical_line(0, NEUTRAL, 2, "dash")], showlegend=True
    )


def _marks(
    found: ErrorWords, words: list[str], rows: np.ndarray, chosen: np.ndarray, name: str, colour: str, symbol: str
) -> Part:
    low, high = found.interval
    values = found.log_odds[chosen]
    places = np.flatnonzero(chosen).tolist()
    return {
        "type": "scatter",
        "name": tr("{polarity} in training", polarity=name),
        "mode": "markers",
        "x": values,
        "y": rows[chosen],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": high[chosen] - values,
            "arrayminus": values - low[chosen],
            "color": colour,
            "thickness": 2,
            "width": 0,
        },
        "marker": {
            "color": colour,
            "symbol": [symbol if found.holding[place] else f"{symbol}-open" for place in places],
            "size": 12,
        },
        "customdata": [words[place] for place in places],
        "hovertext": [
            tr(
                "<b>{word}</b><br>in {wrong} wrong and {right} right reviews<br>{times} times as frequent ({low} to "
                "{high}), z = {z}",
                word=escape(words[place]),
                wrong=int(found.wrong[place]),
                right=int(found.right[place]),
                times=_times(found.log_odds[place]),
                low=_times(low[place]),
                high=_times(high[place]),
                z=number(float(found.z[place]), ".1f"),
            )
            for place in places
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _times(log_odds: float) -> str:
    return number(float(np.exp(log_odds)), ".1f")
