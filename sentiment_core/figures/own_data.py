"""The pictures of a visitor's own reviews: the classes of each split, and the lengths of the reviews in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.style import NEGATIVE, POSITIVE, Figure, Part, axis, lay_out, vertical_line
from sentiment_core.figures.token_lengths import outlines
from sentiment_core.messages import Message, lazy, tr
from sentiment_core.messages.numbers import number

if TYPE_CHECKING:
    from sentiment_core.analysis.lengths import LengthSummary

_SPLITS = {"train": lazy("train"), "valid": lazy("valid"), "test": lazy("test"), "all": lazy("all")}
# The hatch repeats the colour. The last colour is that of the numbers, which must be read on the bar.
_LOOKS: tuple[tuple[Message, str, str, str], ...] = (
    (lazy("negative"), NEGATIVE, "/", "#1c232b"),
    (lazy("positive"), POSITIVE, "", "#ffffff"),
)
_HALF = "#6f5fc0"
_NAMED = 0.12  # of the picture's width, below which a bar has no room for its number


def draw_classes(splits: tuple[str, ...], counts: np.ndarray) -> Figure:
    """Draw the share of each class in each split as bars of one length. counts: [splits, 2], negative and positive."""
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    names = [str(_SPLITS.get(split, split)) for split in splits]
    traces: list[Part] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": str(name),
            "y": names,
            "x": shares[:, side],
            "customdata": counts[:, side],
            "text": [
                f"<b>{number(int(count))}</b>" if share >= _NAMED else ""
                for count, share in zip(counts[:, side], shares[:, side], strict=True)
            ],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"size": 16, "color": ink},
            "marker": {
                "color": colour,
                "pattern": {"shape": hatch, "size": 8, "solidity": 0.12, "fillmode": "overlay", "fgcolor": "#ffffff"},
            },
            "hovertemplate": tr(
                "{label}: {share}, {count} reviews", label=name, share="%{x:.1%}", count="%{customdata:,}"
            )
            + "<extra>%{y}</extra>",
        }
        for side, (name, colour, hatch, ink) in enumerate(_LOOKS)
    ]
    xaxis = axis(tr("share of the split's reviews"), range=[0, 1], tickformat=".0%", zeroline=False, showgrid=False)
    yaxis = axis("", autorange="reversed", zeroline=False)
    shapes = [vertical_line(0.5, _HALF, 2, "5px,3px")]
    margin = {"l": 8, "r": 24, "t": 32, "b": 8}
    legend = {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0.0, "font": {"size": 15}, "traceorder": "normal"}
    height = 120 + 50 * len(splits)
    return lay_out(traces, height, xaxis, yaxis, barmode="stack", margin=margin, shapes=shapes, legend=legend)


def draw_word_lengths(summary: LengthSummary) -> Figure:
    """Draw the share of each label's reviews in bins of their length in words; the last bin is open."""
    traces, right, ticks = outlines(summary, words=True)
    end = int(summary.edges[-1])
    shares = summary.counts / np.maximum(summary.counts.sum(axis=1, keepdims=True), 1)
    xaxis = axis(
        tr("words in a review"),
        range=[0, right + float(summary.edges[1])],
        tickvals=[*ticks.tolist(), right - float(summary.edges[1])],
        ticktext=[*map(number, ticks.tolist()), tr("{tokens}<br>or more", tokens=end)],
        showgrid=False,
        zeroline=False,
    )
    top = 1.1 * float(shares.max())
    yaxis = axis(tr("share of the label's reviews"), range=[0, top], tickformat=".0%", zeroline=False)
    return lay_out(traces, 300, xaxis, yaxis, hovermode="x", margin={"l": 64, "r": 30, "t": 32, "b": 8})
