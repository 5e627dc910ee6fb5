"""The Drift page's snapshot: the words of a run at one frame, on fixed axes."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.analysis.polarity import lean
from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE, SYMBOLS, Figure, Part, axis, lay_out
from sentiment_core.messages import tr
from sentiment_core.messages.polarity import LEANINGS

if TYPE_CHECKING:
    from sentiment_core.analysis.drift.projection import Drift
    from sentiment_core.text.corpus import TokenTable

_WIDTH = 480  # pixels inside the axes on a projector; height and labels are laid out for this width
_HEIGHTS = 300, 420  # pixels inside the axes, minimum and maximum
_FRAME = 118  # pixels above and below the axes
_SVG_WORDS = 2000  # up to this number SVG redraws faster; beyond it WebGL does, and keeps hover fast
_LEANS = ("neutral", "positive", "negative")  # dots refer to their lean by index, because names are slow
_NUMBERS = {"circle": 0, "diamond": 2, "circle-open": 100}  # plotly's numbers for its symbols
_COLOURS = dict(zip(_LEANS, (NEUTRAL, POSITIVE, NEGATIVE), strict=True))
# Labels are light chips with dark text on both themes, to stay legible over two thousand dots.
_TINTS = dict(zip(_LEANS, ("#eceef0", "#dbe9f6", "#fbe6d2"), strict=True))
_INK = "#1c232b"
_SCREENS = 1.0, 0.6  # multiples of _WIDTH at which labels must not overlap: a projector and a phone
# Candidate positions of a label around its word: near before far, beside and above before below.
_ANGLES = np.radians([30, 150, 90, -30, -150, -90, 0, 180, 60, 120, -60, -120, 15, 165, 45, 135, -45, -135, 75, -75])
_REACHES = np.array([26.0, 40.0, 56.0, 74.0, 94.0, 116.0, 140.0])  # pixels from the word to the label
_AROUND = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
_PLACES = (_REACHES[:, None, None] * _AROUND).reshape(-1, 2)  # [candidates, 2]


def draw_drift(
    drift: Drift, frame: int, table: TokenTable, words: np.ndarray, pinned: np.ndarray, *, legend: bool
) -> Figure:
    """Draw `words` [words] int64 as dots at a frame, and `pinned` [pinned] int64 larger, with label and path so far.

    A unit has the same length on both axes, and the axes hold these words at every frame.
    """
    many = len(words) > _SVG_WORDS
    kind = "scattergl" if many else "scatter"  # the same for all traces, because WebGL is drawn above SVG
    leans = lean(table.polarity)
    cloud = np.setdiff1d(words, pinned)
    neutral, leaning = cloud[leans[cloud] == "neutral"], cloud[leans[cloud] != "neutral"]
    # An open symbol consists of its line, and WebGL draws no line by default. Words that lean are drawn on top.
    faint = {"size": 5, "opacity": 0.4, "line": {"width": 1}}
    traces = [
        _dots(kind, drift, frame, table, neutral, faint),
        _dots(kind, drift, frame, table, leaning, {"size": 5, "opacity": 0.5 if many else 0.75}),
    ]
    for name, colour in _COLOURS.items():
        traces.append(_trails(kind, drift.coordinates[: frame + 1, pinned[leans[pinned] == name]], colour))
        if legend:
            traces.append(_legend_entry(kind, name))
    traces.append(_dots(kind, drift, frame, table, pinned, {"size": 12, "line": {"width": 2}}))
    centre, half = _extent(drift.coordinates[:, np.union1d(words, pinned)])
    size = np.array([_WIDTH, np.clip(_WIDTH * half[1] / half[0], *_HEIGHTS)])
    scale = (size / (2 * half)).min()  # pixels per unit, the same along both axes
    points = drift.coordinates[frame, pinned]
    labels = [str(token) for token in table.tokens[pinned]]
    offsets = place_labels((points - centre) * scale, labels, size / 2)
    chips = [_label(*chip) for chip in zip(points, labels, offsets, leans[pinned], strict=True)]
    names = [
        tr("axis {axis} ({share:.1%} of variance)", axis=place, share=float(share))
        for place, share in enumerate(drift.explained[frame], start=1)
    ]
    (left, low), (right, high) = (centre - half).tolist(), (centre + half).tolist()
    return lay_out(
        traces,
        round(size[1]) + _FRAME,
        axis(names[0], range=[left, right], zeroline=False),
        axis(names[1], range=[low, high], zeroline=False, scaleanchor="x"),
        annotations=chips,
        showlegend=legend,
        margin={"l": 8, "r": 8, "t": 48, "b": 8},  # the same without a legend, so that panels are aligned
    )


def place_labels(points: np.ndarray, labels: list[str], half: np.ndarray) -> list[np.ndarray]:
    """Offset [2] of each label's centre from its point, in pixels, upward positive.

    If there is room, labels do not overlap each other, a point or the edge of the picture. points [labels, 2] are in
    pixels from the picture's centre; half [2] is half its size in pixels.
    """
    offsets: list[np.ndarray] = []
    placed = dict.fromkeys(_SCREENS, np.empty((0, 4)))
    for point, label in zip(points, labels, strict=True):
        size = np.array([3.7 * len(label) + 5, 12.0])  # half width and height of the text
        tried = _PLACES + np.sign(_PLACES.round()) * [max(size[0] - 15, 0), 0]
        boxes = {screen: _boxes(point * screen + tried, size) for screen in _SCREENS}
        cost = np.zeros(len(tried))
        for screen, around in boxes.items():
            cost += _overlaps(around, placed[screen]).sum(axis=1)
            cost += _overlaps(around, _boxes(points * screen, np.full(2, 7.0))).sum(axis=1)
            cost += 100 * np.maximum(np.abs(point * screen + tried) + size - half * [screen, 1], 0).sum(axis=1)
        chosen = int(cost.argmin())  # argmin takes the first, which is the nearest of several free positions
        offsets.append(tried[chosen])
        placed = {screen: np.vstack([placed[screen], around[chosen]]) for screen, around in boxes.items()}
    return offsets


def _boxes(middles: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Boxes [boxes, 4] as left, low, right, high from centres [boxes, 2] and half size [2]."""
    return np.hstack([middles - size, middles + size])


def _overlaps(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Area of overlap of each box in `some` [some, 4] with each in `others` [others, 4], as [some, others]."""
    low = np.maximum(some[:, None, :2], others[None, :, :2])
    high = np.minimum(some[:, None, 2:], others[None, :, 2:])
    return np.prod(np.maximum(high - low, 0), axis=2)


def _extent(coordinates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centre [2] and half size [2] of the box around coordinates [frames, words, 2], with a margin."""
    low, high = coordinates.min(axis=(0, 1)), coordinates.max(axis=(0, 1))
    return (low + high) / 2, np.maximum((high - low) * 0.53, 1e-6)


def _legend_entry(kind: str, leaning: str) -> Part:
    """A trace that shows only its entry in the legend."""
    marker = {"color": _COLOURS[leaning], "symbol": SYMBOLS[leaning], "size": 9}
    entry = {"type": kind, "x": [None], "y": [None], "mode": "markers", "marker": marker}
    return entry | {"name": str(LEANINGS[leaning])}


def _dots(
    kind: str,
    drift: Drift,
    frame: int,
    table: TokenTable,
    ids: np.ndarray,
    marker: dict[str, object],
) -> Part:
    """Words as markers with hover text.

    All polarities share one trace. With one trace per polarity, the last would cover the others where dots are dense.
    """
    place = drift.coordinates[frame, ids]
    known = np.column_stack([table.polarity[ids], table.counts[ids], drift.displacement[frame, ids]])
    leans = lean(table.polarity[ids])
    code = np.select([leans == name for name in _LEANS], range(len(_LEANS))).astype(np.int8)
    looks = {
        "color": code,
        "colorscale": [[place / (len(_LEANS) - 1), _COLOURS[name]] for place, name in enumerate(_LEANS)],
        "cmin": 0,
        "cmax": len(_LEANS) - 1,
        "symbol": np.array([_NUMBERS[SYMBOLS[name]] for name in _LEANS], dtype=np.int16)[code],
    }
    return {
        "type": kind,
        "x": place[:, 0],
        "y": place[:, 1],
        "mode": "markers",
        "marker": looks | marker,
        "text": [escape(str(token)) for token in table.tokens[ids]],
        "customdata": known.astype(np.float32),
        "hovertemplate": _hover(),
        "showlegend": False,
    }


def _hover() -> str:
    """The hover text of a word, as a template in which plotly fills in the numbers."""
    lines = [
        "<b>%{text}</b>",
        tr("polarity {polarity}", polarity="%{customdata[0]:+.2f}"),
        tr(
            "{positive} times in positive reviews, {negative} in negative",
            positive="%{customdata[2]:,}",
            negative="%{customdata[1]:,}",
        ),
        tr("{moved} from its starting point", moved="%{customdata[3]:.2f}"),
    ]
    return "<br>".join(lines) + "<extra></extra>"


def _label(point: np.ndarray, text: str, offset: np.ndarray, leans: str) -> Part:
    """A label beside a point [2], connected to it by a line."""
    return {
        "x": float(point[0]),
        "y": float(point[1]),
        "ax": float(offset[0]),
        "ay": -float(offset[1]),  # plotly counts pixels downward
        "text": f"<b>{escape(text)}</b>",
        "font": {"size": 15, "color": _INK},
        "bgcolor": _TINTS[leans],
        "bordercolor": _COLOURS[leans],
        "borderpad": 1,
        "arrowcolor": _COLOURS[leans],
        "arrowwidth": 1.5,
        "arrowhead": 0,
        "standoff": 5,
    }


def _trails(kind: str, ways: np.ndarray, colour: str) -> Part:
    """The paths of words [frames, words, 2] as one line with gaps."""
    gap = np.full((1, *ways.shape[1:]), np.nan, dtype=np.float32)
    line = np.concatenate([ways, gap]).swapaxes(0, 1).reshape(-1, 2)
    return {
        "type": kind,
        "x": line[:, 0],
        "y": line[:, 1],
        "mode": "lines",
        "line": {"color": colour, "width": 2},
        "hoverinfo": "skip",
        "showlegend": False,
    }
