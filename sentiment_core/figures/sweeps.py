"""Pictures of a sweep: its settings as lines over parallel axes, and a dot for each seed of each setting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from sentiment_core.figures.style import CLASSIFIERS, NEUTRAL, Figure, Part, axis, lay_out, shortened, tinted
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import percent

_NARROWEST = 0.02  # of the axis of accuracy, so that a tiny difference does not look large
_LIKE_BEST, _OTHER = CLASSIFIERS[1], CLASSIFIERS[0]


@dataclass(frozen=True)
class SweepDot:
    """One seed of a setting."""

    run: str  # name of its run
    seed: int
    valid: float  # accuracy, share of reviews
    moving: bool  # whether it still trains


@dataclass(frozen=True)
class SweepLine:
    """One setting."""

    number: int  # from 1, as the table calls it
    label: str  # its values in words
    short: str  # its values alone
    places: tuple[float, ...]  # [axes] on each axis, from 0 at the bottom to 1
    dots: tuple[SweepDot, ...]
    valid: float | None  # mean of the dots; None if a seed has none yet
    is_best: bool


@dataclass(frozen=True)
class SweepAxis:
    """An axis of the settings."""

    name: str
    ticks: tuple[tuple[float, str], ...]  # place from 0 to 1, and its value in words


def draw_parallel(lines: Sequence[SweepLine], axes: Sequence[SweepAxis]) -> Figure:
    """Draw each setting as a line over an axis a setting that varies, and a last one for its mean valid accuracy.

    lines: those whose accuracy is known. The best is thick, in another colour, and labelled.
    """
    values = [line.valid for line in lines if line.valid is not None]
    low, high = _range(values)
    high = min(high, 1.0)
    last = len(axes)
    traces = [_lines([line for line in lines if line.is_best == best], low, high, best) for best in (False, True)]
    marks = [(place, text, k) for k, one in enumerate(axes) for place, text in one.ticks]
    digits = 1 if high - low < 0.1 else 0
    marks += [((value - low) / (high - low), percent(value, digits), last) for value in np.linspace(low, high, 5)]
    notes = [
        {
            "x": place,
            "y": height,
            "text": escape(shortened(text, 12)),
            "showarrow": False,
            "xanchor": "right" if place == last else "left",
            "xshift": -6 if place == last else 6,
            "yanchor": "bottom",  # above the lines that meet there
            "font": {"size": 14},
        }
        for height, text, place in marks
    ]
    titles = [*(one.name for one in axes), tr("valid accuracy")]
    notes += [
        {
            "x": k,
            "y": 1,
            "text": f"<b>{escape(shortened(text, 16))}</b>",
            "showarrow": False,
            "xanchor": "left" if k == 0 else "right" if k == last else "center",
            "yanchor": "bottom",
            "yshift": 26 + 22 * (k % 2 if last > 2 else 0),  # in two rows where they are many
            "font": {"size": 15},
        }
        for k, text in enumerate(titles)
    ]
    shapes = [
        {"type": "line", "x0": k, "x1": k, "y0": 0, "y1": 1, "line": {"color": NEUTRAL, "width": 1.5}}
        for k in range(last + 1)
    ]
    xaxis = axis(range=[-0.05, last + 0.05], visible=False, fixedrange=True)
    yaxis = axis(range=[-0.06, 1.06], visible=False, fixedrange=True)
    margin = {"l": 8, "r": 8, "t": 74, "b": 8}
    return lay_out(traces, 394, xaxis, yaxis, annotations=notes, shapes=shapes, margin=margin, showlegend=False)


def _lines(lines: Sequence[SweepLine], low: float, high: float, best: bool) -> Part:
    """Several lines as one trace, with a gap after each."""
    x: list[float] = []
    y: list[float] = []
    texts: list[str] = []
    numbers: list[int | None] = []
    for line in lines:
        if line.valid is None:
            continue
        x += [*range(len(line.places) + 1), np.nan]
        y += [*line.places, (line.valid - low) / (high - low), np.nan]
        said = escape(tr("setting {number}: {label}, valid {share}", **_said(line)))
        texts += [said] * (len(line.places) + 2)
        numbers += [line.number] * (len(line.places) + 2)
    colour = _LIKE_BEST if best else _OTHER
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": np.array(x),
        "y": np.array(y),
        "customdata": numbers,
        "line": {"color": colour if best else tinted(colour, 0.55), "width": 4 if best else 1.5},
        "marker": {"color": colour, "size": 9 if best else 6, "symbol": "square" if best else "circle"},
        "hovertext": texts,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _said(line: SweepLine) -> dict[str, object]:
    return {"number": line.number, "label": line.label, "share": percent(line.valid or 0.0, 2)}


def draw_seeds(lines: Sequence[SweepLine]) -> Figure:
    """Draw a dot for each seed in a row for each setting, and a bar at the mean. The first line is at the top.

    lines: at least one of them has a dot. A dot that still trains is hollow.
    """
    low, high = _range([dot.valid for line in lines for dot in line.dots])
    xaxis = axis(
        tr("accuracy on valid"),
        range=[low, high],
        tickformat=".1%" if high - low < 0.1 else ".0%",
        nticks=5,
        tickangle=0,
        zeroline=False,
        fixedrange=True,
    )
    yaxis = axis(
        tickvals=list(range(len(lines))),
        ticktext=[escape(shortened(f"{line.number}: {line.short}", 24)) for line in lines],
        range=[len(lines) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    means = [
        {
            "type": "line",
            "x0": line.valid,
            "x1": line.valid,
            "y0": row - 0.3,
            "y1": row + 0.3,
            "line": {"color": _LIKE_BEST if line.is_best else _OTHER, "width": 3},
        }
        for row, line in enumerate(lines)
        if line.valid is not None
    ]
    notes = [
        {
            "x": line.valid,
            "y": row - 0.34,
            "yanchor": "bottom",
            "xanchor": "right" if line.valid > (low + high) / 2 else "left",
            "text": escape(tr("best by valid")),
            "showarrow": False,
            "font": {"size": 14},
        }
        for row, line in enumerate(lines)
        if line.is_best and line.valid is not None
    ]
    traces = [_seed_dots(lines, moving) for moving in (False, True)]
    margin = {"l": 8, "r": 16, "t": 16, "b": 8}
    height = 110 + 44 * len(lines)
    return lay_out(traces, height, xaxis, yaxis, shapes=means, annotations=notes, margin=margin, showlegend=False)


def _seed_dots(lines: Sequence[SweepLine], moving: bool) -> Part:
    shown = [(row, line, dot) for row, line in enumerate(lines) for dot in line.dots if dot.moving == moving]
    colours = [_LIKE_BEST if line.is_best else _OTHER for _, line, _ in shown]
    symbols = ["square" if line.is_best else "circle" for _, line, _ in shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.array([dot.valid for _, _, dot in shown]),
        "y": np.array([float(row) for row, _, _ in shown]),
        "customdata": [dot.run for _, _, dot in shown],
        "marker": {
            "color": colours,
            "symbol": [f"{symbol}-open" if moving else symbol for symbol in symbols],
            "size": 12,
            "opacity": 0.85,
            "line": {"width": 2, "color": colours},
        },
        "hovertext": [_hover(line, dot) for _, line, dot in shown],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _hover(line: SweepLine, dot: SweepDot) -> str:
    said = tr("setting {number}, seed {seed}: {share}", number=line.number, seed=dot.seed, share=percent(dot.valid, 2))
    return escape(tr("{dot}, still training", dot=said) if dot.moving else said)


def _range(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis with room around the values."""
    low, high = min(values), max(values)
    room = max(0.08 * (high - low), (_NARROWEST - (high - low)) / 2, 0.004)
    return low - room, high + room
