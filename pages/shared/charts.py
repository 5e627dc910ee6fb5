"""Figures on a page."""

from __future__ import annotations

import streamlit as st
from plotly.basedatatypes import BaseFigure

from sentiment_core.figures.style import Figure, inked


def show_figure(figure: Figure, key: str, alt: str) -> None:
    """Draw a figure, its text in the ink of the reader's theme; alt says in words what it shows."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.plotly_chart(_Drawn(inked(figure, theme)), key=key, config={"displayModeBar": False}, alt=alt)


class _Drawn(BaseFigure):
    """A figure that Streamlit takes as it is: it would check a dictionary, which takes longer than all else."""

    def __init__(self, figure: Figure) -> None:
        # What BaseFigure.to_dict reads; it turns arrays of numbers into binary. Streamlit's theme fills the template.
        self._data = figure["data"]
        self._layout = {"template": {"layout": {}}} | figure["layout"]
        self._frame_objs = ()
