"""The Token lengths picture: the lengths of the reviews of each label, and where a max length cuts them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.style import NEGATIVE, POSITIVE, Figure, Part, axis, lay_out, vertical_line
from sentiment_core.messages import lazy, tr
from sentiment_core.messages.numbers import number

if TYPE_CHECKING:
    from sentiment_core.analysis.lengths import LengthSummary

# The dash repeats the colour. The dashed outline is drawn on top, so that both are visible where they coincide.
_LABELS = (
    {"name": lazy("negative"), "color": NEGATIVE, "dash": "solid", "fill": "rgba(217,115,13,0.22)"},
    {"name": lazy("positive"), "color": POSITIVE, "dash": "6px,3px", "fill": "rgba(47,127,196,0.22)"},
)
_GAP, _LAST = 1.0, 2.0  # in widths of a bin: the gap before the last bin, and the last bin
_HEADROOM = 1.3  # multiple of the tallest bin, so that the names of the two lines are above the outlines
_SHADE = "rgba(138,144,153,0.25)"
_CUT, _TEXT = "#6f5fc0", "#2a9d76"  # chart colours of the theme that no label uses


def draw_lengths(summary: LengthSummary, max_length: int, text_tokens: int | None = None) -> Figure:
    """Draw the share of each label's reviews in bins of equal width, and in a separate last bin for longer reviews.

    Lengths beyond `max_length` tokens are shaded. `text_tokens` marks the length of the reader's own text. If it is
    beyond the bins, the mark is in the last bin.
    """
    traces, right, ticks = outlines(summary)
    end, width = float(summary.edges[-1]), float(summary.edges[1])
    shares = summary.counts / np.maximum(summary.counts.sum(axis=1, keepdims=True), 1)  # [2, bins + 1]
    beyond = {"type": "rect", "x0": max_length, "x1": right + width, "y0": 0, "y1": 1, "yref": "y domain"}
    shapes = [
        beyond | {"fillcolor": _SHADE, "line": {"width": 0}, "layer": "above"},
        vertical_line(max_length, _CUT, 3, "solid"),
    ]
    notes = [_name(max_length, tr("max length {tokens}", tokens=max_length), 0.99, max_length > right / 2)]
    if text_tokens is not None:
        place = text_tokens if text_tokens < end else right - _LAST * width / 2
        # On the side away from the other line, if there is room.
        on_left = place > right * 3 / 4 or right / 4 < place < max_length
        shapes.append(vertical_line(place, _TEXT, 3, "5px,3px"))
        notes.append(_name(place, tr("your text {tokens}", tokens=text_tokens), 0.9, on_left))
    xaxis = axis(
        tr("tokens in a review"),
        range=[0, right + width],
        tickvals=[*ticks.tolist(), right - _LAST * width / 2],
        ticktext=[*map(number, ticks.tolist()), tr("{tokens}<br>or more", tokens=int(end))],
        showgrid=False,
        zeroline=False,
    )
    top = _HEADROOM * float(shares.max())
    yaxis = axis(tr("share of the label's reviews"), range=[0, top], tickformat=".0%", zeroline=False)
    margin = {"l": 8, "r": 30, "t": 32, "b": 8}
    return lay_out(traces, 400, xaxis, yaxis, hovermode="x", margin=margin, shapes=shapes, annotations=notes)


def outlines(summary: LengthSummary, words: bool = False) -> tuple[list[Part], float, np.ndarray]:
    """The outline of each label's histogram, the right end of the last bin, and the places of ticks [ticks].

    words: whether the lengths are in words and not in tokens.
    """
    end, width = float(summary.edges[-1]), float(summary.edges[1])
    right = end + (_GAP + _LAST) * width  # right end of the last bin
    shares = summary.counts / np.maximum(summary.counts.sum(axis=1, keepdims=True), 1)  # [2, bins + 1]
    traces: list[Part] = [
        {
            "type": "scatter",
            "name": str(look["name"]),
            **_outline(summary.edges, summary.counts[row], shares[row], right),
            "line": {"color": look["color"], "dash": look["dash"], "width": 2.5, "shape": "hvh"},
            "mode": "lines",
            "fill": "tozeroy",
            "fillcolor": look["fill"],
            "hovertemplate": _told(look["name"], words) + "<extra></extra>",
        }
        for row, look in enumerate(_LABELS)
    ]
    return traces, right, summary.edges[:-1:10]


def _told(label: object, words: bool) -> str:
    """What is shown at a bin, for plotly.js to fill."""
    values = {"label": label, "share": "%{y:.1%}", "count": "%{customdata[1]:,}"}
    if words:
        return tr("{label}: {share}<br>{count} reviews of {words} words", words="%{customdata[0]}", **values)
    return tr("{label}: {share}<br>{count} reviews of {tokens} tokens", tokens="%{customdata[0]}", **values)


def _outline(edges: np.ndarray, counts: np.ndarray, shares: np.ndarray, right: float) -> dict[str, np.ndarray]:
    """A histogram as one stepped line: a point at the centre of each bin, and the last bin after a gap.

    edges [bins + 1], counts and shares [bins + 1]. Steps half-way between two centres fall on the bins' edges.
    """
    end, width, last = float(edges[-1]), float(edges[1]), len(shares) - 1
    left = right - _LAST * width
    named = [
        tr("{first} to {last}", first=low, last=high - 1) if width > 1 else number(low)
        for low, high in pairwise(edges.tolist())
    ]
    named.append(tr("{tokens} or more", tokens=int(end)))
    told = np.array(list(zip(named, counts, strict=True)), dtype=object)
    middles = (edges[:-1] + edges[1:]) / 2
    # The outline starts and ends on the axis, so that the gap is not filled.
    places = np.concatenate([[0, 0], middles, [end, end, np.nan, left, left, (left + right) / 2, right, right]])
    bins = np.concatenate([[0, 0], np.arange(last), [last - 1] * 3, [last] * 5])
    heights = shares[bins]
    heights[[0, -7, -5, -1]] = 0
    heights[-6] = np.nan
    return {"x": places, "y": heights, "customdata": told[bins]}


def _name(place: float, text: str, height: float, on_left: bool) -> Part:
    """The name of a line, beside it at `height`: 0 is the bottom of the picture, 1 the top."""
    return {
        "x": place,
        "y": height,
        "yref": "paper",
        "text": f"<b>{text}</b>",
        "showarrow": False,
        "xanchor": "right" if on_left else "left",
        "yanchor": "top",
        "font": {"size": 16},
    }
