"""Figures on a page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import streamlit as st
from plotly.basedatatypes import BaseFigure

from sentiment_core.figures.style import PAPERS, Figure, inked


def show_figure(
    figure: Figure, key: str, alt: str, image: str = "", on_click: Callable[[Any], None] | None = None
) -> None:
    """Draw a figure with the text colour of the reader's theme. alt describes it in words.

    image: the name of the file if the figure has a button that saves it as a PNG.
    on_click: called with the customdata of a point that the reader clicks, before the page runs again.
    """
    theme = "dark" if st.context.theme.type == "dark" else "light"
    drawn = inked(figure, theme)
    if image:  # a saved picture has no page behind it
        drawn["layout"]["paper_bgcolor"] = PAPERS[theme]
    given: Any = {"key": key, "config": image_config(image) if image else {"displayModeBar": False}, "alt": alt}
    if on_click is not None:
        given |= {"on_select": partial(_report_click, key, on_click), "selection_mode": "points"}
    st.plotly_chart(_Drawn(drawn), **given)


def _report_click(key: str, on_click: Callable[[Any], None]) -> None:
    """Tell what was clicked in the chart with this key. A second click on a point selects nothing."""
    points = st.session_state[key]["selection"]["points"]
    if points:
        on_click(points[0]["customdata"])


def image_config(name: str) -> dict[str, Any]:
    """plotly.js's settings for a figure with one button, which saves it as a PNG."""
    return {
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "filename": name, "scale": 2},
    }


class _Drawn(BaseFigure):
    """A figure that Streamlit does not check. It checks a dictionary, which takes longer than the rest of the page."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure

    def to_dict(self) -> Figure:
        """The figure for plotly.js, with its numbers in binary form. Streamlit's theme fills the template."""
        return {"data": packed(self._figure["data"]), "layout": {"template": {"layout": {}}} | self._figure["layout"]}


# plotly.js's names for the number types that it reads in binary. Its only 64-bit type is float64.
_TYPES = {
    "int8": "i1",
    "uint8": "u1",
    "int16": "i2",
    "uint16": "u2",
    "int32": "i4",
    "uint32": "u4",
    "float32": "f4",
    "float64": "f8",
}


def packed(part: Any) -> Any:
    """A part of a figure with every array of numbers in plotly.js's binary form. Other arrays become lists.

    See "Typed array support" at https://plotly.com/javascript/reference. Its bytes are little-endian.
    """
    if isinstance(part, dict):
        return {name: packed(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [packed(value) for value in part]
    if not isinstance(part, np.ndarray):
        return part
    kind = _TYPES.get(part.dtype.name)
    if kind is None:
        return part.tolist()
    sent = {"dtype": kind, "bdata": b64encode(part.astype(part.dtype.newbyteorder("<")).tobytes()).decode("ascii")}
    return sent | ({"shape": ", ".join(map(str, part.shape))} if part.ndim > 1 else {})
