"""The drift player on a page, and what a reader chose in it, checked: anything may come from a browser."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

import streamlit as st

from sentiment_core.figures.player.bundle import component_script, stylesheet

MOST_PINS = 50
MOST_LASSOED = 500
_LONGEST = 200  # characters of a word

_mount = st.components.v2.component("drift_player", css=stylesheet(), js=component_script())


@dataclass(frozen=True)
class Selection:
    """What a reader chose in the player."""

    pins: list[str] | None  # spellings, each once; None while the payload's own are pinned
    lasso: list[str]  # spellings, each once; empty where nothing is encircled
    moment: int | None  # where the playhead rests, on the payload's time axis; None until it was moved
    canvas: bool  # False where the browser can draw none: show still pictures instead


def drift_player(payload: bytes, key: str, moments: int) -> Selection:
    """Mount the player with a payload of `moments` moments. Scrubbing and playing never rerun the page; a new
    selection does."""
    sent = _mount(key=key, data=payload)
    return read_selection(sent.get("selection"), sent.get("canvas"), st.query_params.get("pins"), moments)


def read_selection(selection: object, canvas: object, address: str | None, moments: int) -> Selection:
    """The selection that a browser sent, without what no player sends.

    address is the page's `pins`, words percent-encoded between commas; it holds until the browser sends a selection.
    """
    sent = selection if isinstance(selection, dict) else {}
    pins: list[str] | None = None
    if "pins" in sent:
        pins = _words(sent["pins"], MOST_PINS)
    elif address is not None:
        pins = _words([unquote(word) for word in address.split(",")], MOST_PINS)
    moment = sent.get("moment")
    known = isinstance(moment, int) and not isinstance(moment, bool) and 0 <= moment < moments
    return Selection(pins, _words(sent.get("lasso"), MOST_LASSOED), moment if known else None, canvas is not False)


def _words(sent: object, most: int) -> list[str]:
    """At most `most` words of a list, each once."""
    listed = sent if isinstance(sent, list) else []
    words = (word for word in listed if isinstance(word, str) and 0 < len(word) <= _LONGEST)
    return list(dict.fromkeys(words))[:most]
