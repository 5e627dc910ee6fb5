"""The pictures of forgetting: how a gradient fades over a text, by distance, and what decides it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.memory import token_categories
from sentiment_core.figures.style import (
    CLASSIFIERS,
    DASHES,
    MARKS,
    NEUTRAL,
    Figure,
    Part,
    axis,
    lay_out,
    tinted,
    vertical_line,
)
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import percent
from sentiment_core.runs.forgetting import FLOOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sentiment_core.analysis.explanation.forgetting import Fade, ReachLine
    from sentiment_core.experiments.distance_study import Outcome

# Dark where the whole of a change arrives, empty where a millionth does. No colour of polarity.
ARRIVES = [[0.0, "rgba(128, 128, 128, 0.06)"], [1.0, "#6f5fc0"]]
LEAST = -6  # log10 of the share that is drawn as nothing
_ROW = 44  # height in pixels
_BAND = 0.16  # opacity of a spread


def row_name(name: str, backward: bool, both: bool) -> str:
    """A network's name, with an arrow in the direction of reading if it reads in both."""
    if not both:
        return name
    return f"{name} ←" if backward else f"{name} →"


def draw_fading(tokens: list[str], fades: Sequence[Fade]) -> Figure:
    """Draw a row for each direction of each network: how much of a change at each token arrives, on a log scale.

    Each row is relative to its own largest value. A tenth more or less is a step of colour, so a row that is pale after
    a few tokens has forgotten them.
    """
    width = max((len(fade.values) for fade in fades), default=1)
    z = np.full((len(fades), width), np.nan, np.float32)
    for row, fade in enumerate(fades):
        z[row, : len(fade.values)] = np.maximum(fade.logs - fade.logs.max(), LEAST)
    names = [escape(row_name(fade.name, fade.backward, fade.both)) for fade in fades]
    heat = {
        "type": "heatmap",
        "x": token_categories(tokens[:width]),
        "y": np.arange(len(fades), dtype=np.int32),
        "z": z,
        "zmin": LEAST,
        "zmax": 0,
        "colorscale": ARRIVES,
        "ygap": 4,
        "customdata": [[escape(token) for token in tokens[:width]]] * len(fades),
        "hovertemplate": "%{customdata}: 10<sup>%{z:.1f}</sup><extra></extra>",
        "colorbar": {
            "orientation": "h",
            "thickness": 12,
            "len": 0.9,
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "tickvals": [LEAST, LEAST / 2, 0],
            "ticktext": [tr("a millionth"), tr("a thousandth"), tr("all")],
            "tickangle": 0,
            "tickfont": {"size": 14},
            "outlinewidth": 0,
        },
    }
    xaxis = axis(type="category", tickangle=-90, showgrid=False, zeroline=False, fixedrange=True) | {
        "tickfont": {"size": 12}
    }
    yaxis = axis(
        tickvals=np.arange(len(fades), dtype=np.int32),
        ticktext=names,
        range=[len(fades) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    ) | {"tickfont": {"size": 17}}
    return lay_out([heat], 180 + _ROW * len(fades), xaxis, yaxis, margin={"l": 8, "r": 16, "t": 70, "b": 8})


def draw_reach(
    lines: Sequence[ReachLine], before: Sequence[ReachLine] = (), title: str = "", gap: int | None = None
) -> Figure:
    """Draw log10 of gradients by distance, a line for each direction of each network, with its spread over reviews.

    before: the same lines before training, drawn thin and grey.
    title: of the vertical axis.
    gap: a distance to mark; the distances are then in words and not in tokens.
    """
    order = list(dict.fromkeys(line.name for line in lines))
    faint = {"opacity": 0.8, "showlegend": False, "mode": "lines", "hoverinfo": "skip"}
    traces = [_line(line, NEUTRAL, "2px,3px", "circle-open") | faint for line in before]
    for number, line in enumerate(lines, start=1):
        place = order.index(line.name) % len(CLASSIFIERS)
        colour, symbol = CLASSIFIERS[place], MARKS[place]
        if line.spreads.any():
            traces.append(_band(line, colour))
        traces.append(
            _line(line, colour, DASHES[1] if line.backward else DASHES[0], symbol, _hidden(line, lines[number:]))
        )
    distance = tr("words between the cue and the end") if gap is not None else tr("tokens read after the state")
    xaxis = axis(distance, zeroline=False, fixedrange=True, rangemode="tozero")
    yaxis = axis(title, zeroline=False, fixedrange=True, tickprefix="10<sup>", ticksuffix="</sup>", nticks=8)
    marked = {} if gap is None else {"shapes": [_mark(gap)]}
    return lay_out(traces, 420, xaxis, yaxis, margin={"l": 8, "r": 16, "t": 48, "b": 8}, **marked)


def _mark(gap: int) -> Part:
    """The chosen distance of the cue."""
    return vertical_line(gap, NEUTRAL, 2, "dash")


def _hidden(line: ReachLine, later: Sequence[ReachLine]) -> bool:
    """Whether a later line has the same values, as those of two networks that start from one seed."""
    return any(np.array_equal(other.means, line.means, equal_nan=True) for other in later)


def _line(line: ReachLine, colour: str, dash: str, symbol: str, wide: bool = False) -> Part:
    """A line by distance. wide: whether it must be seen on both sides of another."""
    name = escape(row_name(line.name, line.backward, line.both))
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(line.distances) < 40 else "lines",
        "x": line.distances.astype(np.int32),
        "y": line.means.astype(np.float32),
        "name": name,
        "line": {"color": colour, "width": 9 if wide else 3, "dash": dash},
        "marker": {"color": colour, "symbol": symbol, "size": 12 if wide else 8},
        "hovertemplate": f"{name}, %{{x}}: 10<sup>%{{y:.1f}}</sup><extra></extra>",
    }


def _band(line: ReachLine, colour: str) -> Part:
    """One standard deviation on each side of the mean, but nothing below the least value that is drawn."""
    low, high = np.maximum(line.means - line.spreads, FLOOR), line.means + line.spreads
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.concatenate([line.distances, line.distances[::-1]]).astype(np.int32),
        "y": np.concatenate([high, low[::-1]]).astype(np.float32),
        "fill": "toself",
        "fillcolor": tinted(colour, _BAND),
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def draw_chances(gaps: Sequence[int], probabilities: dict[str, np.ndarray], gap: int) -> Figure:
    """Draw the probability of positive by the distance of the cue, a line for each network.

    probabilities: for each network [gaps]. gap: the distance to mark.
    """
    traces: list[Part] = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": np.array(gaps, np.int32),
            "y": values.astype(np.float32),
            "name": escape(name),
            "line": {"color": CLASSIFIERS[place % 4], "width": 3},
            "marker": {"color": CLASSIFIERS[place % 4], "symbol": MARKS[place % 4], "size": 8},
            "hovertemplate": f"{escape(name)}, %{{x}}: %{{y:.1%}}<extra></extra>",
        }
        for place, (name, values) in enumerate(probabilities.items())
    ]
    xaxis = axis(tr("words between the cue and the end"), zeroline=False, fixedrange=True, rangemode="tozero")
    yaxis = axis(tr("probability of positive"), range=[-0.03, 1.03], zeroline=False, fixedrange=True) | {
        "tickvals": [0, 0.25, 0.5, 0.75, 1],
        "ticktext": [percent(share, 0) for share in (0, 0.25, 0.5, 0.75, 1)],
    }
    margin = {"l": 8, "r": 16, "t": 48, "b": 8}
    return lay_out(traces, 420, xaxis, yaxis, margin=margin, shapes=[_mark(gap)])


def draw_outcomes(outcomes: dict[str, list[Outcome]]) -> Figure:
    """Draw the valid accuracy of each training: a row for each kind of network, by its name, a dot for each seed."""
    names = list(outcomes)
    rows = [row for row, name in enumerate(names) for _ in outcomes[name]]
    values = [outcome.accuracies[-1] for name in names for outcome in outcomes[name]]
    seeds = [outcome.seed for name in names for outcome in outcomes[name]]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": np.array(values, np.float32),
        "y": np.array(rows, np.float32) + 0.09 * (np.array(seeds) - np.mean(seeds)).astype(np.float32),
        "customdata": seeds,
        "marker": {"color": CLASSIFIERS[0], "size": 13, "opacity": 0.75, "symbol": "circle"},
        "hovertemplate": tr("seed") + " %{customdata}: %{x:.1%}<extra></extra>",
        "showlegend": False,
    }
    xaxis = axis(tr("valid accuracy"), range=[0.4, 1.06], zeroline=False, fixedrange=True) | {
        "tickvals": [0.5, 0.75, 1],
        "ticktext": [percent(share, 0) for share in (0.5, 0.75, 1)],
    }
    yaxis = axis(
        tickvals=np.arange(len(names), dtype=np.int32),
        ticktext=[escape(name).replace(", ", ",<br>") for name in names],  # two lines, which leave room on a phone
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        fixedrange=True,
        zeroline=False,
    ) | {"tickfont": {"size": 15}}
    return lay_out([dots], 110 + 56 * len(names), xaxis, yaxis, shapes=[vertical_line(0.5, NEUTRAL, 2, "dash")])
