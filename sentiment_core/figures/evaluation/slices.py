"""Slices of a test split as rows of dots with their intervals: accuracies, and the difference of a pair beside them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.figures.style import (
    CLASSIFIERS,
    MARKS,
    NEUTRAL,
    Figure,
    Part,
    axis,
    lay_out,
    short_name,
    vertical_line,
)
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.numbers import number, p_value, percent

if TYPE_CHECKING:
    from sentiment_core.analysis.evaluation.slices import Slice, SliceResult

_GROUPS = {
    "length": lazy("Length in tokens"),
    "cut": lazy("Cut or read whole"),
    "negations": lazy("Negations"),
    "contrasts": lazy("Words of contrast"),
    "unknown": lazy("Unknown tokens"),
    "pieces": lazy("Share of rare words"),
    "confidence": lazy("Confidence of {baseline}", baseline="bag-of-words"),
}
_FEWEST, _HEADING = 0.5, 0.75  # rows: how far the first row is from the top, and the height of a group's heading
_ROW = 27  # height of a row in pixels
_COIN_TOSS = 0.5
_SEAM = 0.64  # of the width: where the accuracies end
_CHOSEN, _CLEAR = "rgba(138,144,153,0.28)", "rgba(138,144,153,0)"


def draw_slices(results: list[SliceResult], pair: tuple[str, str] | None, chosen: str) -> Figure:
    """Draw a row for each slice, in groups. A filled mark beside it is a difference that is not called chance.

    chosen: the code of the slice to mark, or "". A click on a row reports its code.
    """
    rows, headings, last = _places(results)
    shown = [found for result in results if result.enough for found in result.accuracies.values()]
    low, high = min((found.low for found in shown), default=0.0), max((found.high for found in shown), default=1.0)
    room = 0.06 * (high - low)
    ends = [max(low - room, 0.0), min(high + room, 1.0)]
    traces = [_bands(results, rows, ends, chosen)]
    shapes = [vertical_line(_COIN_TOSS, NEUTRAL, 2, "dash")] if ends[0] < _COIN_TOSS < ends[1] else []
    for place, name in enumerate(results[0].accuracies):
        traces.append(_accuracies(results, rows, name, place, len(results[0].accuracies)))
    names = [_axis_name(result) for result in results]
    yaxis = axis(
        tickvals=rows.tolist(),
        ticktext=names,
        range=[last + 0.6, -_FEWEST],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    end = 1.0 if pair is None else _SEAM
    xaxis = axis(
        tr("accuracy"), range=ends, domain=[0, end], tickformat=".0%", nticks=6, zeroline=False, fixedrange=True
    )
    layout: dict[str, Part] = {}
    if pair is not None:
        traces += _gains(results, rows)
        layout["xaxis2"] = _gain_axis(results)
        shapes.append(vertical_line(0, NEUTRAL, 2, "dash") | {"xref": "x2"})
    notes = _notes(results, rows, headings, ends[0])
    height = 110 + round(_ROW * (last + 1.1))
    return lay_out(traces, height, xaxis, yaxis, shapes=shapes, annotations=notes, barmode="overlay", **layout)


def _gain_axis(results: list[SliceResult]) -> Part:
    """The axis of the differences, in points. It always shows 0."""
    gains = [100 * end for result in results if result.gain for end in (result.gain.low, result.gain.high)]
    widest = 1.1 * max([1.0, *(abs(gain) for gain in gains)])
    return axis(
        tr("points"),
        range=[min(-widest / 6, 1.1 * min(gains, default=0)), max(widest / 6, 1.1 * max(gains, default=0))],
        domain=[_SEAM + 0.05, 1],
        anchor="y",
        nticks=5,
        zeroline=False,
        fixedrange=True,
    )


def _notes(results: list[SliceResult], rows: np.ndarray, headings: dict[str, float], left: float) -> list[Part]:
    """The headings of the groups, and in place of the dots which slices have too few reviews. left: of the axis."""
    notes: list[Part] = [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": place,
            "text": f"<b>{escape(str(_GROUPS[group]))}</b>",
            "showarrow": False,
            "font": {"size": 15},
        }
        for group, place in headings.items()
    ]
    notes += [
        {
            "x": left,
            "xanchor": "left",
            "y": row,
            "text": tr_plural("{count} review: too few", "{count} reviews: too few", result.count),
            "showarrow": False,
            "font": {"size": 14},
        }
        for row, result in zip(rows.tolist(), results, strict=True)
        if not result.enough
    ]
    return notes


def slice_label(one: Slice) -> str:
    """The range of a slice within its group, short enough for an axis."""
    part = one.code.rpartition("-")[2]
    match one.group:
        case "length":
            return _range(number(int(one.low)), number(int(one.high)))
        case "cut":
            return (
                tr("over {limit}", limit=int(part))
                if one.code.startswith("cut")
                else tr("up to {limit}", limit=int(part))
            )
        case "negations" | "contrasts":
            ends = {"negations-2": tr("{first} to {last}", first=2, last=4), "negations-5": "5+", "contrasts-2": "2+"}
            return ends.get(one.code, tr("none") if part == "0" else part)
        case "unknown":
            return tr("none") if part == "0" else tr("some")
        case "pieces":
            return _range(percent(one.low, 0), percent(one.high, 0))
        case _:
            return (tr("unsure"), tr("fairly sure"), tr("sure"))[int(part) - 1]


def group_name(group: str) -> str:
    """The name of a group of slices."""
    return str(_GROUPS[group])


def _range(low: str, high: str) -> str:
    return low if low == high else tr("{first} to {last}", first=low, last=high)


def _places(results: list[SliceResult]) -> tuple[np.ndarray, dict[str, float], float]:
    """The place of each slice and of each group's heading, in rows from the top, and that of the last."""
    rows, headings, place = [], {}, 0.0
    for result in results:
        if result.slice.group not in headings:
            headings[result.slice.group] = place
            place += _HEADING + 0.1
        rows.append(place)
        place += 1.0
        if result is results[-1] or results[len(rows)].slice.group != result.slice.group:
            place += 0.25
    return np.array(rows), headings, rows[-1]


def _axis_name(result: SliceResult) -> str:
    name = escape(slice_label(result.slice))
    return f"{name} *" if result.small else name


def _bands(results: list[SliceResult], rows: np.ndarray, ends: list[float], chosen: str) -> Part:
    """A bar behind each row, which takes the clicks and tells the numbers. That of the chosen slice is visible."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": rows,
        "base": ends[0],
        "x": np.full(len(rows), ends[1] - ends[0]),
        "width": 0.96,
        "marker": {"color": [_CHOSEN if result.slice.code == chosen else _CLEAR for result in results]},
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [result.slice.code for result in results],
        "hovertext": [_told(result) for result in results],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
    }


def _told(result: SliceResult) -> str:
    lines = [
        f"<b>{group_name(result.slice.group)}: {slice_label(result.slice)}</b>",
        tr_plural("{count} review. Click to see it alone.", "{count} reviews. Click to see them alone.", result.count),
    ]
    lines += [
        escape(
            tr(
                "{name}: {share} (95% interval {low} to {high})",
                name=name,
                share=percent(found.value),
                low=percent(found.low),
                high=percent(found.high),
            )
        )
        for name, found in result.accuracies.items()
    ]
    return "<br>".join(lines)


def _accuracies(results: list[SliceResult], rows: np.ndarray, name: str, place: int, many: int) -> Part:
    """One classifier's accuracies. Those of several classifiers lie a little apart."""
    colour = CLASSIFIERS[place % len(CLASSIFIERS)]
    found = [result.accuracies[name] for result in results if result.enough]
    rows = rows[[result.enough for result in results]]
    apart = 0.36 * (place - (many - 1) / 2) / max(many - 1, 1)
    values = np.array([one.value for one in found])
    return {
        "type": "scatter",
        "name": short_name(name),
        "mode": "markers",
        "x": values,
        "y": rows + apart,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": np.array([one.high for one in found]) - values,
            "arrayminus": values - np.array([one.low for one in found]),
            "color": colour,
            "thickness": 2,
            "width": 0,
        },
        "marker": {
            "color": colour,
            "symbol": MARKS[place % len(MARKS)],
            "size": 10,
        },
        "hoverinfo": "skip",
    }


def _gains(results: list[SliceResult], rows: np.ndarray) -> list[Part]:
    """The differences of the pair: filled where chance does not explain them, open where it may."""
    traces = []
    for differs, colour, name in (
        (True, "#a2541c", lazy("difference, not chance")),
        (False, NEUTRAL, lazy("difference, may be chance")),
    ):
        shown = [
            (row, result.gain, result)
            for row, result in zip(rows.tolist(), results, strict=True)
            if result.gain is not None and result.differs == differs
        ]
        if not shown:
            continue
        values = np.array([100 * gain.value for _, gain, _ in shown])
        traces.append(
            {
                "type": "scatter",
                "name": str(name),
                "mode": "markers",
                "xaxis": "x2",
                "x": values,
                "y": np.array([row for row, _, _ in shown]),
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": np.array([100 * gain.high for _, gain, _ in shown]) - values,
                    "arrayminus": values - np.array([100 * gain.low for _, gain, _ in shown]),
                    "color": colour,
                    "thickness": 2,
                    "width": 0,
                },
                "marker": {"color": colour, "symbol": "diamond" if differs else "diamond-open", "size": 11},
                "customdata": [result.slice.code for _, _, result in shown],
                "hovertext": [
                    tr(
                        "{gain} points ({low} to {high}), corrected p {p}",
                        gain=number(100 * gain.value, "+.1f"),
                        low=number(100 * gain.low, "+.1f"),
                        high=number(100 * gain.high, "+.1f"),
                        p=p_value(result.corrected or 0.0),
                    )
                    for _, gain, result in shown
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    return traces
