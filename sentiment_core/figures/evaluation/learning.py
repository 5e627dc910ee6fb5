"""Learning curves of several runs, and the test accuracy of several seeds of one recipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.style import CLASSIFIERS, MARKS, NEUTRAL, Figure, Part, axis, lay_out, short_name
from sentiment_core.messages import tr, tr_plural
from sentiment_core.messages.numbers import percent

if TYPE_CHECKING:
    from sentiment_core.analysis.evaluation.learning import Learning

_HEIGHT = 380  # pixels


@dataclass(frozen=True)
class Seeds:
    """Runs that differ only in their seed."""

    names: list[str]
    seeds: list[int]
    accuracies: np.ndarray  # [runs] float64, on the test split


def draw_loss(curves: dict[str, Learning]) -> Figure:
    """Draw each run's loss on valid as a solid line and its loss in training as a dashed one. curves: by name."""
    traces = [_key(tr("valid"), "solid"), _key(tr("train"), "4px,4px")]
    for place, (name, found) in enumerate(curves.items()):
        hover = tr("loss {loss}", loss="%{y:.3f}")
        train = tr("in training, around epoch {epoch}", epoch="%{x:.2f}")
        traces += [
            _line(name, found.epochs, found.valid_loss, place, "solid", [_at_epoch(), hover], entry=True),
            _line(name, found.train_epochs, found.train_loss, place, "4px,4px", [train, hover], entry=False),
            _kept(name, found, found.valid_loss, place, hover),
        ]
    losses = np.concatenate([part for found in curves.values() for part in (found.valid_loss, found.train_loss)])
    # With ranges of their own, plotly.js keeps the titles of both axes clear of the ticks.
    yaxis = axis(tr("loss"), range=[0, 1.05 * float(np.nanmax(losses))], zeroline=False)
    return lay_out(traces, _HEIGHT, _epochs(curves), yaxis)


def draw_accuracy(curves: dict[str, Learning]) -> Figure:
    """Draw each run's accuracy on valid. curves: by name."""
    traces = []
    for place, (name, found) in enumerate(curves.items()):
        hover = tr("accuracy {share}", share="%{y:.1%}")
        traces += [
            _line(name, found.epochs, found.valid_accuracy, place, "solid", [_at_epoch(), hover], entry=True),
            _kept(name, found, found.valid_accuracy, place, hover),
        ]
    shares = np.concatenate([found.valid_accuracy for found in curves.values()])
    low, high = float(shares.min()), float(shares.max())
    margin = 0.05 * max(high - low, 0.02)
    yaxis = axis(tr("accuracy on valid"), range=[low - margin, high + margin], tickformat=".0%", zeroline=False)
    return lay_out(traces, _HEIGHT, _epochs(curves), yaxis)


def draw_seeds(groups: Sequence[Seeds]) -> Figure:
    """Draw a dot for each run's test accuracy, in a row for each recipe, with a line at the mean of several."""
    rows = np.arange(len(groups))
    labels, traces = [], []
    for row, group in enumerate(groups):
        count = len(group.names)
        labels.append(short_name(group.names[0]))
        if count > 1:
            labels[-1] = tr_plural("{name}, {count} seed", "{name}, {count} seeds", count, name=labels[-1])
            mean = float(group.accuracies.mean())
            traces.append(
                {
                    "type": "scatter",
                    "x": [mean, mean],
                    "y": [row - 0.3, row + 0.3],
                    "mode": "lines",
                    "line": {"color": NEUTRAL, "width": 3},
                    "hovertemplate": tr("mean {share}", share="%{x:.2%}") + "<extra></extra>",
                    "showlegend": False,
                }
            )
        seeds = [tr("seed {seed}", seed=str(seed)) for seed in group.seeds]
        traces.append(
            {
                "type": "scatter",
                "x": group.accuracies,
                "y": np.full(count, row, dtype=np.int32),
                "customdata": [[escape(name), seed] for name, seed in zip(group.names, seeds, strict=True)],
                "mode": "markers",
                "marker": {"color": CLASSIFIERS[0], "size": 12, "opacity": 0.75},
                "hovertemplate": "<b>%{customdata[0]}</b><br>%{customdata[1]}<br>%{x:.2%}<extra></extra>",
                "showlegend": False,
                "cliponaxis": False,
            }
        )
    xaxis = axis(tr("test accuracy"), tickformat=".1%", zeroline=False, nticks=6)
    yaxis = axis(
        tickvals=rows.astype(np.int32), ticktext=labels, range=[len(groups) - 0.4, -0.6], showgrid=False, zeroline=False
    )
    return lay_out(traces, 90 + 46 * len(groups), xaxis, yaxis)


def accuracies_text(group: Seeds) -> list[str]:
    """The accuracies of a group, for its description in words."""
    return [f"{name} {percent(share)}" for name, share in zip(group.names, group.accuracies.tolist(), strict=True)]


def _epochs(curves: dict[str, Learning]) -> Part:
    last = max(float(found.epochs[-1]) for found in curves.values()) or 1.0
    return axis(tr("epochs trained"), range=[-0.03 * last, 1.04 * last], zeroline=False)


def _at_epoch() -> str:
    return tr("epoch {epoch}", epoch="%{x:.2f}")


def _line(name: str, x: np.ndarray, y: np.ndarray, place: int, dash: str, hover: Sequence[str], *, entry: bool) -> Part:
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines+markers",
        "line": {"color": CLASSIFIERS[place], "dash": dash, "width": 2.5 if entry else 1.5},
        "marker": {"color": CLASSIFIERS[place], "symbol": MARKS[place], "size": 8 if entry else 5},
        "name": short_name(name),
        "hovertemplate": "<br>".join([f"<b>{escape(name)}</b>", *hover]) + "<extra></extra>",
        "showlegend": entry,
    }


def _kept(name: str, found: Learning, values: np.ndarray, place: int, hover: str) -> Part:
    """A ring around the checkpoint whose weights were kept."""
    lines = [f"<b>{escape(name)}</b>", tr("kept"), _at_epoch(), hover]
    return {
        "type": "scatter",
        "x": [float(found.epochs[found.kept])],
        "y": [float(values[found.kept])],
        "mode": "markers",
        "marker": {"color": CLASSIFIERS[place], "symbol": "circle-open", "size": 18, "line": {"width": 2.5}},
        "hovertemplate": "<br>".join(lines) + "<extra></extra>",
        "showlegend": False,
    }


def _key(name: str, dash: str) -> Part:
    """A trace that shows only its entry in the legend."""
    line = {"color": NEUTRAL, "dash": dash, "width": 2}
    return {"type": "scatter", "x": [None], "y": [None], "mode": "lines", "line": line, "name": name}
