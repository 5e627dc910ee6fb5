"""Figures on a page."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import numpy as np
import streamlit as st
from plotly.basedatatypes import BaseFigure

from sentiment_core.figures.style import PAPERS, Figure, inked


def show_figure(figure: Figure, key: str, alt: str, image: str = "", clicks: bool = False) -> Any:
    """Draw a figure with the text colour of the reader's theme. alt describes it in words.

    image: the name of the file if the figure has a button that saves it as a PNG.
    clicks: whether a click on a point reruns the page. Returns the point's customdata in the run after the click.
    """
    theme = "dark" if st.context.theme.type == "dark" else "light"
    drawn = inked(figure, theme)
    if image:  # a saved picture has no page behind it
        drawn["layout"]["paper_bgcolor"] = PAPERS[theme]
    given: Any = {"key": key, "config": image_config(image) if image else {"displayModeBar": False}, "alt": alt}
    if not clicks:
        st.plotly_chart(_Drawn(drawn), **given)
        return None
    made: Any = st.plotly_chart(_Drawn(drawn), on_select="rerun", selection_mode="points", **given)
    points = made["selection"]["points"]
    return points[0].get("customdata") if points else None


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
