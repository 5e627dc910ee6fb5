"""A tensor as HTML: a grid of boxes whose size and text follow the width of the page.

Numbers and tokens are text. A vector is a row of small bars, up and blue for positive numbers, down and orange for
negative ones. Padding is hatched. HTML, because its text is legible from a phone to a projector, where that of a chart
keeps one size.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape

import numpy as np

from sentiment_core.analysis.mechanics.boxes import Box
from sentiment_core.figures.style import NEGATIVE, POSITIVE

_LEAST, _MOST = 10.5, 17  # pixels of the text
_WIDEST = 9  # most characters of a token that are drawn
_UNIT = 100  # a box is 100 x 100 in the picture of the bars
_HIGH = 1.7  # em, height of a box
_LINE = "outline:1px solid #8885"
_HATCHED = ";background:repeating-linear-gradient(135deg,#8885 0 3px,#8882 3px 6px)"
_MARKED = ";box-shadow:inset 0 0 0 .15em"
_NAME = "font-size:.8em;line-height:2.1;opacity:.75"


def box_html(box: Box) -> str:
    """The picture of a tensor with its name, the sizes of its axes and its type. All text is escaped."""
    rows, columns = box.exists.shape
    bars = box.values.ndim == 3
    texts = None if bars else np.vectorize(_written, otypes=[object])(box.values)
    # Bars get wide boxes if there is room for them.
    wide = 16.0 if columns <= 4 else max(2.6, 0.3 * box.drawn) if columns <= 10 else 2.6
    characters = wide if texts is None else max(2.0, max(map(_width, texts.ravel())))
    characters = max([characters, *(0.8 * _width(name) for name in box.column_names)])
    names = max([1, *(_width(name) for name in box.row_names)])
    # Widths in em of the text. The text is as large as the width of the page allows, within limits.
    cell, label = max(1.6, 0.62 * characters + 0.35), 0.5 * names + 0.5
    full = label + columns * cell
    size = f"clamp({_LEAST}px,{96 / full:.2f}cqw,{_MOST}px)"
    grid = (
        f"display:grid;grid-template-columns:{label:.2f}em repeat({columns},{cell:.2f}em);grid-auto-rows:{_HIGH}em;"
        f"text-align:center;line-height:{_HIGH}em;white-space:nowrap"
    )
    parts = ["<div></div>"]
    parts += [f'<bdi style="{_NAME}">{_short(name)}</bdi>' for name in box.column_names]
    for row in range(rows):
        parts.append(f'<bdi style="{_NAME};text-align:right;padding-right:.4em">{_short(box.row_names[row])}</bdi>')
        parts += [_cell(box, row, column, texts) for column in range(columns)]
    over = _bars(box, label, cell) if bars else ""
    return (
        '<div dir="ltr" style="container-type:inline-size;margin-bottom:.6em">'
        f"{_heading(box)}"
        '<div style="overflow-x:auto;padding:0 1px 2px">'
        f'<div style="position:relative;font-size:{size};width:max-content">'
        f'<div style="{grid}">{"".join(parts)}</div>{over}</div></div></div>'
    )


def boxes_html(boxes: tuple[Box, ...]) -> str:
    """Several tensors below one another."""
    return "".join(map(box_html, boxes))


def _heading(box: Box) -> str:
    """The tensor's name, then each axis with its size, as `[batch 10, time 20]`, then its type."""
    axes = ", ".join(
        f"{escape(axis)} <b>{size}</b>" if axis != str(size) else f"<b>{size}</b>"
        for axis, size in zip(box.axes, box.shape, strict=True)
    )
    drawn = ""
    if box.values.ndim == 3 and box.shape[-1] > box.drawn:
        drawn = f' <span style="opacity:.75">[..., :{box.drawn}]</span>'
    return (
        '<div style="font-size:clamp(13px,1.6cqw,18px);line-height:1.5">'
        f"<code><b>{escape(box.name)}</b></code>{drawn} [{axes}] "
        f'<span style="opacity:.75">{escape(box.dtype)}</span></div>'
    )


def _cell(box: Box, row: int, column: int, texts: np.ndarray | None) -> str:
    if not box.exists[row, column]:
        return "<div></div>"
    look = _LINE + ("" if box.real[row, column] else _HATCHED) + (_MARKED if box.marked[row, column] else "")
    if box.hints is not None:
        hint = str(box.hints[row, column])
    elif texts is None:
        hint = ", ".join(f"{number:+.2f}" for number in box.values[row, column])
    else:
        hint = ""
    text = "" if texts is None else _short(texts[row, column])
    title = f' title="{escape(hint)}"' if hint else ""
    return f'<bdi{title} style="{look}">{text}</bdi>'


def _bars(box: Box, label: float, cell: float) -> str:
    """An image of all vectors over the boxes. label, cell: widths in em of the row names and of a box."""
    rows, columns, width = box.values.shape
    values = np.where((box.exists & np.isfinite(box.values).all(axis=2))[..., None], box.values, 0.0)
    scale = float(np.abs(values).max()) or 1.0
    heights = np.rint(values / scale * 0.44 * _UNIT).astype(int)
    step = 0.88 * _UNIT / width
    lefts = np.rint(0.06 * _UNIT + np.arange(width) * step).astype(int)
    wide = max(1, int(step * 0.85))
    paths: dict[bool, list[str]] = {True: [], False: []}
    for row, column, place in np.argwhere(heights):
        height = heights[row, column, place]
        left, middle = column * _UNIT + lefts[place], row * _UNIT + _UNIT // 2
        paths[bool(height > 0)].append(f"M{left} {middle}h{wide}v{-height}h{-wide}z")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * _UNIT} {rows * _UNIT}" '
        f'preserveAspectRatio="none"><path fill="{POSITIVE}" d="{"".join(paths[True])}"/>'
        f'<path fill="{NEGATIVE}" d="{"".join(paths[False])}"/></svg>'
    )
    data = b64encode(svg.encode("ascii")).decode("ascii")
    size = f"width:{columns * cell:.2f}em;height:{rows * _HIGH:.1f}em;max-width:none"
    place = f"position:absolute;left:{label:.2f}em;top:{_HIGH}em;pointer-events:none;{size}"
    return f'<img alt="" src="data:image/svg+xml;base64,{data}" style="{place}">'


def _written(value: object) -> str:
    """A number or token as it stands in a box."""
    return f"{value:+.2f}" if isinstance(value, float | np.floating) else str(value)


def _short(text: object) -> str:
    """A token cut to the width of a box, and escaped."""
    shown = str(text)
    return escape(shown if len(shown) <= _WIDEST else f"{shown[: _WIDEST - 1]}…")


def _width(text: object) -> float:
    """Width of a text in characters. Hangul and other wide characters count twice."""
    shown = str(text)[:_WIDEST]
    return sum(1.7 if ord(character) > 0x1100 else 1.0 for character in shown)
