"""Charts of the Mechanics page: probabilities, accuracy under padding, and gradients over a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np

from sentiment_core.figures.style import CLASSIFIERS, DASHES, MARKS, NEUTRAL, Figure, Part, axis, lay_out
from sentiment_core.messages import tr

SHOWN = 8  # most probable tokens that are drawn


def draw_probabilities(names: Sequence[str], probabilities: np.ndarray) -> Figure:
    """The most probable tokens of a distribution [vocab] as bars, the chosen one first and solid."""
    best = np.argsort(-probabilities, kind="stable")[:SHOWN]
    shown = probabilities[best]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": shown.astype(np.float32),
        "y": np.arange(len(best)),
        "marker": {"color": NEUTRAL, "opacity": [0.5 if place else 1.0 for place in range(len(best))]},
        "text": [f"{value:.1%}" for value in shown],
        "textposition": "outside",
        "textfont": {"size": 15},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    ticks: dict[str, Any] = {"tickvals": list(range(len(best))), "ticktext": [_plain(names[place]) for place in best]}
    return lay_out(
        [bars],
        60 + 32 * len(best),
        axis(tr("probability"), range=[0, 1.12], tickformat=".0%", fixedrange=True),
        axis(autorange="reversed", fixedrange=True, **ticks),
    )


def draw_trap(amounts: np.ndarray, right: np.ndarray, wrong: np.ndarray) -> Figure:
    """Accuracy [amounts] read at the last real token, and read after each amount of padding."""
    lines = [
        _line(0, right, tr("last real token")),
        _line(1, wrong, tr("last column")),
    ]
    places = {"tickvals": list(range(len(amounts))), "ticktext": [str(amount) for amount in amounts.tolist()]}
    return lay_out(
        lines,
        360,
        axis(tr("columns of padding after each review"), fixedrange=True, **places),
        axis(tr("accuracy"), range=[0.4, 1.03], tickformat=".0%", fixedrange=True),
    )


def draw_dependence(tokens: Sequence[str], gradients: Mapping[str, np.ndarray]) -> Figure:
    """Length of the gradient at each token [time], on a log scale, a line a cell."""
    places = list(range(len(tokens)))
    lines = [_line(look, np.maximum(values, 1e-12), cell) for look, (cell, values) in enumerate(gradients.items())]
    ticks: dict[str, Any] = {"tickvals": places, "ticktext": [_plain(token) for token in tokens], "tickangle": -60}
    return lay_out(
        lines,
        420,
        axis(fixedrange=True, **ticks),
        axis(tr("gradient of the last state, last token = 1"), type="log", exponentformat="power", fixedrange=True),
    )


def _line(look: int, y: np.ndarray, name: str) -> Part:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": np.arange(len(y), dtype=np.int32),
        "y": y.astype(np.float32),
        "line": {"color": CLASSIFIERS[look], "dash": DASHES[look], "width": 3},
        "marker": {"color": CLASSIFIERS[look], "symbol": MARKS[look], "size": 9},
        "hovertemplate": "%{y:.3g}<extra>%{fullData.name}</extra>",
    }


def _plain(token: str) -> str:
    """A token that plotly.js draws as it is written."""
    return escape(token[:14])
