"""The dots of a seed lottery on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.style import CLASSIFIERS, MARKS, Figure, Part, axis, lay_out, short_name, tinted
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import number

if TYPE_CHECKING:
    from sentiment_core.analysis.seeds import Spread

_NARROWEST = 0.02  # of the axis, so that a tiny difference does not look large
_LANES = 36  # places side by side on the axis; dots in one place are stacked
_STEP = 0.16  # between stacked dots, in rows
_TALLEST = 0.8  # of a stack, in rows


@dataclass(frozen=True)
class LotteryDot:
    """One seed."""

    run: str  # name of its run
    recipe: int  # place of its recipe
    seed: int
    accuracy: float  # share of reviews
    moving: bool  # whether it still trains
    own: bool  # whether the reader drew it
    chosen: bool  # whether the reader compares it with another


def draw_lottery(
    dots: Sequence[LotteryDot], recipes: Sequence[str], spreads: Sequence[Spread | None], measure: str, large: bool
) -> Figure:
    """Draw each dot at its accuracy, in a row for each recipe, with the mean and the standard deviation of the row.

    A dot that still trains is hollow, the reader's own is larger and labelled, and a ring is around the chosen ones.
    spreads: of the complete dots of each recipe. measure: what the axis shows. large: for a projector.
    """
    size = 20 if large else 13
    low, high = min(dot.accuracy for dot in dots), max(dot.accuracy for dot in dots)
    room = max(0.08 * (high - low), (_NARROWEST - (high - low)) / 2, 0.004)
    xaxis = axis(
        measure,
        range=[low - room, high + room],
        tickformat=".1%" if high - low < 0.1 else ".0%",
        nticks=6,
        tickangle=0,
        zeroline=False,
        fixedrange=True,
    )
    heights = _stack(dots, low - room, high + room)
    tops = [min([place - 0.1, *heights[[dot.recipe == place for dot in dots]]]) for place in range(len(recipes))]
    yaxis = axis(
        tickvals=list(range(len(recipes))),
        ticktext=[short_name(name, 14) for name in recipes],
        tickfont={"size": 20 if large else 16},
        range=[len(recipes) - 0.4, min(tops) - 0.4],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    shapes = [
        part for place, found in enumerate(spreads) if found for part in _spread_shapes(place, tops[place], found)
    ]
    traces = [
        _draw_dots(dots, heights, place, moving, size)
        for place in range(len(recipes))
        for moving in (False, True)
        if any(dot.recipe == place and dot.moving == moving for dot in dots)
    ]
    if any(dot.chosen for dot in dots):
        traces.append(_rings(dots, heights, size))
    height = (150 if large else 110) + (150 if large else 110) * len(recipes)
    return lay_out(traces, height, xaxis, yaxis, shapes=shapes, margin={"l": 8, "r": 16, "t": 8, "b": 8})


def _stack(dots: Sequence[LotteryDot], low: float, high: float) -> np.ndarray:
    """The heights [dots] float64, in rows: dots of one recipe with about the same accuracy stand on each other."""
    lanes = [(dot.recipe, int((dot.accuracy - low) / (high - low) * _LANES)) for dot in dots]
    counts = {lane: lanes.count(lane) for lane in lanes}
    met: dict[tuple[int, int], int] = {}
    heights = np.empty(len(dots))
    for place, lane in enumerate(lanes):
        met[lane] = met.get(lane, -1) + 1
        step = min(_STEP, _TALLEST / counts[lane])
        heights[place] = lane[0] - step * met[lane]
    return heights


def _spread_shapes(row: int, top: float, found: Spread) -> list[Part]:
    """A band of one standard deviation on each side of the mean, and a line at the mean. top: of the highest dot."""
    colour, mean = CLASSIFIERS[row % len(CLASSIFIERS)], found.mean.value
    band = {
        "type": "rect",
        "x0": mean - found.deviation,
        "x1": mean + found.deviation,
        "y0": row + 0.12,
        "y1": row + 0.24,
        "fillcolor": tinted(colour, 0.45),
        "line": {"width": 0},
        "layer": "below",
    }
    line = {"type": "line", "x0": mean, "x1": mean, "y0": row + 0.3, "y1": top - 0.2, "layer": "below"}
    return [band, line | {"line": {"color": colour, "width": 2, "dash": "4px,4px"}}]


def _draw_dots(dots: Sequence[LotteryDot], heights: np.ndarray, recipe: int, moving: bool, size: int) -> Part:
    shown = [place for place, dot in enumerate(dots) if dot.recipe == recipe and dot.moving == moving]
    symbol = MARKS[recipe % len(MARKS)]
    colour = CLASSIFIERS[recipe % len(CLASSIFIERS)]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": np.array([dots[place].accuracy for place in shown]),
        "y": heights[shown],
        "customdata": [dots[place].run for place in shown],
        "marker": {
            "color": colour,
            "symbol": f"{symbol}-open" if moving else symbol,
            "size": [1.5 * size if dots[place].own else size for place in shown],
            "line": {"width": 2, "color": colour},
        },
        "text": [tr("yours") if dots[place].own else "" for place in shown],
        "textposition": "top center",
        "textfont": {"size": size + 3},
        "hovertext": [_hover(dots[place]) for place in shown],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
        "cliponaxis": False,
    }


def _hover(dot: LotteryDot) -> str:
    said = tr("{name}: seed {seed}, {share}", name=dot.run, seed=str(dot.seed), share=number(dot.accuracy, ".2%"))
    return escape(tr("{dot}, still training", dot=said) if dot.moving else said)


def _rings(dots: Sequence[LotteryDot], heights: np.ndarray, size: int) -> Part:
    shown = [place for place, dot in enumerate(dots) if dot.chosen]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.array([dots[place].accuracy for place in shown]),
        "y": heights[shown],
        "marker": {"symbol": "circle-open", "size": 2 * size, "color": "#8a9099", "line": {"width": 3}},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }
