"""What all figures share: their type, the colours and symbols of polarity, the colour of text, and the layout."""

from __future__ import annotations

from html import escape
from typing import Any

# A figure as plotly.js takes it: "data" is a list of traces, "layout" the rest. It is a plain dict, because plotly's
# classes check every property at every step, which took longer than the rest of a page. The tests check instead.
Figure = dict[str, Any]
Part = dict[str, Any]  # a part of a figure: a trace, an axis, an annotation or a shape

# Colours of polarity. Each has a contrast of 3:1 on the light and the dark background, which is enough for lines and
# marks and too little for text. A shape always repeats the colour.
POSITIVE, NEGATIVE, NEUTRAL = "#2f7fc4", "#d9730d", "#8a9099"
SYMBOLS = {"positive": "circle", "negative": "diamond", "neutral": "circle-open"}
# Colours of several classifiers in one picture, in the order in which they were chosen. None is a colour of polarity.
# Each has a contrast of 3:1 on both backgrounds, and a dash or a symbol repeats it.
CLASSIFIERS = ("#6f5fc0", "#2a9d76", "#b8456f", "#9c7a26")
DASHES = ("solid", "8px,3px", "2px,3px", "9px,3px,2px,3px")
MARKS = ("circle", "square", "triangle-up", "cross")
# The pages' font, then each system's font for Hangul, so that a word is drawn in one font, even in saved pictures.
FONTS = '"Source Sans", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", sans-serif'
INKS = {"light": "#1c232b", "dark": "#e8ecf1"}  # the pages' text colours; none is legible on both backgrounds
PAPERS = {"light": "#ffffff", "dark": "#12161c"}  # the pages' backgrounds


def shortened(text: str, most: int) -> str:
    """At most this many characters of a text, with an ellipsis if some are left out."""
    return text if len(text) <= most else f"{text[:most]}…"


def short_name(name: str, most: int = 20) -> str:
    """A classifier's name for a legend or an axis, escaped. A Hub model's is shown without its owner."""
    return escape(shortened(name.rpartition("/")[2], most))


def tinted(colour: str, opacity: float) -> str:
    """A colour #rrggbb with an opacity from 0 to 1."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:.2f})"


def lay_out(traces: list[Part], height: int, xaxis: Part, yaxis: Part, **layout: object) -> Figure:
    """A figure with margins, text sizes and hover that suit a projector. The page's theme sets the rest."""
    legend = {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0.0, "font": {"size": 15}}
    shared = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 32, "b": 8},
        "font": {"size": 15, "family": FONTS},
        "hoverlabel": {"font": {"size": 15, "family": FONTS}},
        "legend": legend,
        "xaxis": xaxis,
        "yaxis": yaxis,
    }
    return {"data": traces, "layout": shared | layout}


def axis(title: str = "", **settings: object) -> Part:
    """An axis. It repeats the text sizes, because the page's theme overrides the figure's own for axes."""
    named = {"text": title, "standoff": 8, "font": {"size": 15}}
    return {"automargin": True, "title": named, "tickfont": {"size": 14}} | settings


def vertical_line(place: float, color: str, width: float, dash: str) -> Part:
    """A vertical line over the whole height of the picture."""
    return {
        "type": "line",
        "x0": place,
        "x1": place,
        "y0": 0,
        "y1": 1,
        "yref": "y domain",
        "line": {"color": color, "width": width, "dash": dash},
    }


def inked(figure: Figure, theme: str) -> Figure:
    """The figure with its text in the colour of a theme, "light" or "dark", unless the text names its own colour.

    The page's theme would use a grey with too little contrast.
    """
    ink = INKS[theme]
    layout = dict(figure["layout"])
    axes = [name for name in layout if name.startswith(("xaxis", "yaxis"))]  # a second one is called yaxis2
    for name in ("font", "legend", *axes):
        layout[name] = _with_ink(layout.get(name, {}), name, ink)
    layout["annotations"] = [
        note | {"font": {"color": ink} | note.get("font", {})} for note in layout.get("annotations", [])
    ]
    traces = [
        trace | {"textfont": {"color": ink} | trace["textfont"]} if "textfont" in trace else trace
        for trace in figure["data"]
    ]
    return {"data": traces, "layout": layout}


def _with_ink(part: Part, name: str, ink: str) -> Part:
    if name == "font":
        return {"color": ink} | part
    if name == "legend":
        return part | {"font": {"color": ink} | part.get("font", {})}
    title = part["title"] | {"font": {"color": ink} | part["title"]["font"]}
    return part | {"title": title, "tickfont": {"color": ink} | part["tickfont"]}
