"""Figures on a page."""

from __future__ import annotations

import streamlit as st
from _plotly_utils.utils import convert_to_base64
from plotly.basedatatypes import BaseFigure

from sentiment_core.figures.style import Figure, inked


def show_figure(figure: Figure, key: str, alt: str) -> None:
    """Draw a figure, its text in the ink of the reader's theme; alt says in words what it shows."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.plotly_chart(_Drawn(inked(figure, theme)), key=key, config={"displayModeBar": False}, alt=alt)


class _Drawn(BaseFigure):
    """A figure that Streamlit takes as it is: it would check a dictionary, which takes longer than all else."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure

    def to_dict(self) -> Figure:
        """The figure as plotly.js takes it, its numbers in binary; Streamlit's theme fills the template."""
        convert_to_base64(self._figure["data"])
        return {"data": self._figure["data"], "layout": {"template": {"layout": {}}} | self._figure["layout"]}
