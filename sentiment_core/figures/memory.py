"""The picture of a network's memory: states of the units as a heat strip, gates as lanes, and one unit followed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE, Figure, Part, axis, lay_out, shortened
from sentiment_core.messages import lazy, tr

if TYPE_CHECKING:
    from sentiment_core.analysis.explanation.memory import MemoryStrip

# A state is positive or negative as a number, which is not the polarity of a review, so these are no colours of
# polarity. The middle is nearly transparent, so that it fits both backgrounds.
_FAINT = "rgba(128, 128, 128, 0.10)"
STATES = [[0.0, "#7a4fb5"], [0.5, _FAINT], [1.0, "#1f9d74"]]
GATES = [[0.0, _FAINT], [1.0, "#9c7a26"]]
_FOLLOWED = {"state": ("#1f9d74", "solid", "circle"), "cell": ("#b8456f", "8px,3px", "square")}
NAMES = {
    "forget": lazy("forget"),
    "input": lazy("input"),
    "output": lazy("output"),
    "reset": lazy("reset"),
    "update": lazy("update"),
    "state": lazy("hidden state"),
    "cell": lazy("cell state"),
}
_ROW, _LINES = 20, 120  # heights in pixels: a row, the lines of the followed unit
_GAP, _LEGEND = 34, 58  # space above the gates, and above the lines, where the legend has two rows on a phone
_LONGEST = 12  # most characters of a token below the picture


def draw_memory(strip: MemoryStrip) -> Figure:
    """Draw one direction's memory at some tokens: a row for each unit, a lane for each gate, and the chosen unit.

    Beside each unit a bar shows what it adds to the log-odds of positive.
    """
    count, lanes = len(strip.units), 2 * len(strip.gates)
    heights = [_LINES, *([lanes * _ROW] if lanes else []), count * _ROW]  # from below
    gaps = [_LEGEND, _GAP][: len(heights) - 1]
    total = sum(heights) + sum(gaps)
    domains, low = [], 0
    for height, gap in zip(heights, [*gaps, 0], strict=True):
        domains.append([low / total, (low + height) / total])
        low += height + gap
    places = token_categories(strip.tokens)
    yaxis = _rows([str(unit + 1) for unit in strip.units], domains[-1])
    xaxis = axis(
        type="category",
        tickangle=-90,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        domain=[0, 0.84],
        range=[-0.5, len(places) - 0.5],
        anchor="y3",
    ) | {"tickfont": {"size": 12}}
    traces = [_states(strip, places), _shares(strip), *_followed(strip, places)]
    layout: dict[str, object] = {
        "xaxis2": axis(domain=[0.87, 1], showticklabels=False, showgrid=False, fixedrange=True, anchor="y")
        | {"zerolinecolor": NEUTRAL, "zerolinewidth": 2, "zeroline": True},
        "yaxis3": axis(domain=domains[0], zeroline=True, zerolinecolor=NEUTRAL, fixedrange=True, nticks=4),
        "annotations": _captions(strip, domains),
        "margin": {"l": 8, "r": 8, "t": 52, "b": 8},
    }
    if lanes:
        traces.append(_lanes(strip, places))
        layout["yaxis2"] = _rows(_lane_names(strip), domains[1])
    figure = lay_out(traces, total + 142, xaxis, yaxis, **layout)
    above = domains[0][1] + _LEGEND / total
    figure["layout"]["legend"] |= {"yanchor": "top", "y": above, "xanchor": "right", "x": 0.84}
    return figure


def _rows(names: list[str], domain: list[float]) -> Part:
    """An axis with a row for each name, from above."""
    return axis(
        domain=domain,
        tickvals=np.arange(len(names), dtype=np.int32),
        ticktext=[escape(name) for name in names],
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    ) | {"tickfont": {"size": 13}}


def _states(strip: MemoryStrip, places: list[str]) -> Part:
    most = float(np.abs(strip.states).max(initial=1e-6))
    return {
        "type": "heatmap",
        "x": places,
        "y": np.arange(len(strip.units), dtype=np.int32),
        "z": strip.states.astype(np.float32),
        "zmin": -most,
        "zmax": most,
        "colorscale": STATES,
        "showscale": False,
        "ygap": 1,
        "customdata": [[escape(token) for token in strip.tokens]] * len(strip.units),
        "hovertemplate": "%{customdata}<br>%{z:+.3f}<extra></extra>",
    }


def _shares(strip: MemoryStrip) -> Part:
    positive = strip.says > 0
    return {
        "type": "bar",
        "orientation": "h",
        "x": strip.says.astype(np.float32),
        "y": np.arange(len(strip.units), dtype=np.int32),
        "xaxis": "x2",
        "marker": {"color": np.where(positive, POSITIVE, NEGATIVE)},
        "hovertemplate": "%{x:+.3f}<extra></extra>",
        "showlegend": False,
    }


def _lane_names(strip: MemoryStrip) -> list[str]:
    unit = strip.chosen + 1
    return [
        name
        for gate in strip.gates
        for name in (tr("{gate}, mean", gate=NAMES[gate]), tr("{gate}, unit {unit}", gate=NAMES[gate], unit=unit))
    ]


def _lanes(strip: MemoryStrip, places: list[str]) -> Part:
    lanes = np.stack([lane for pair in strip.gates.values() for lane in pair])
    return {
        "type": "heatmap",
        "x": places,
        "y": np.arange(len(lanes), dtype=np.int32),
        "yaxis": "y2",
        "z": lanes.astype(np.float32),
        "zmin": 0,
        "zmax": 1,
        "colorscale": GATES,
        "showscale": False,
        "ygap": 1,
        "customdata": [[escape(token) for token in strip.tokens]] * len(lanes),
        "hovertemplate": "%{customdata}<br>%{z:.2f}<extra></extra>",
    }


def _followed(strip: MemoryStrip, places: list[str]) -> list[Part]:
    lines = []
    for name, values in strip.followed.items():
        colour, dash, symbol = _FOLLOWED[name]
        lines.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": places,
                "y": values.astype(np.float32),
                "yaxis": "y3",
                "name": tr("{what} of unit {unit}", what=NAMES[name], unit=strip.chosen + 1),
                "line": {"color": colour, "width": 2, "dash": dash},
                "marker": {"color": colour, "symbol": symbol, "size": 5},
                "customdata": [escape(token) for token in strip.tokens],
                "hovertemplate": "%{customdata}: %{y:+.3f}<extra></extra>",
            }
        )
    return lines


def _captions(strip: MemoryStrip, domains: list[list[float]]) -> list[Part]:
    """A caption above each part of the picture, in the colour of text."""
    reading = tr("States, read backward ←") if strip.backward else tr("States, read forward →")
    top = domains[-1][1]
    # Above the other caption, because both side by side are wider than a phone in some languages.
    captions = [(0.0, top, reading, "left", 0), (1.0, top, tr("says"), "right", 20)]
    if strip.gates:
        captions.append((0.0, domains[1][1], tr("Gates: dark is open"), "left", 0))
    return [
        {"x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": side, "yanchor": "bottom", "text": text}
        | {"showarrow": False, "font": {"size": 15}, "yshift": above}
        for x, y, text, side, above in captions
    ]


def token_categories(tokens: list[str]) -> list[str]:
    """A different category for each token, which looks like the token itself.

    plotly.js leaves out labels that have no room only if it knows them as categories, which must differ. So each ends
    in its place as characters without width.
    """
    signs = ("\u200b", "\u200c")
    bits = max(1, (len(tokens) - 1).bit_length())
    return [
        escape(shortened(token, _LONGEST)) + "".join(signs[place >> bit & 1] for bit in range(bits))
        for place, token in enumerate(tokens)
    ]
