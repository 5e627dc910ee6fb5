"""The drift player on a page, and what a reader chose in it, checked: anything may come from a browser."""

from __future__ import annotations

from dataclasses import dataclass

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
    lasso: list[str]  # spellings, each once, at most MOST_LASSOED; empty where nothing is encircled
    encircled: int  # words in the lasso, those beyond MOST_LASSOED too
    canvas: bool  # False where the browser can draw none: show still pictures instead


def drift_player(payload: bytes, key: str) -> Selection:
    """Mount the player with a payload. Scrubbing and playing never rerun the page; a new selection does."""
    sent = _mount(key=key, data=payload)
    return read_selection(sent.get("selection"), sent.get("canvas"), st.query_params.get("pins"))


def read_selection(selection: object, canvas: object, address: str | None) -> Selection:
    """The selection that a browser sent, without what no player sends.

    address is the page's `pins`: words between commas, with commas and percent signs of their own escaped. It holds
    until the browser sends a selection.
    """
    sent = selection if isinstance(selection, dict) else {}
    pins: list[str] | None = None
    if "pins" in sent:
        pins = _words(sent["pins"], MOST_PINS)
    elif address is not None:
        pins = _words([word.replace("%2C", ",").replace("%25", "%") for word in address.split(",")], MOST_PINS)
    lasso = _words(sent.get("lasso"), MOST_LASSOED)
    count = sent.get("encircled")
    encircled = count if isinstance(count, int) and count > len(lasso) else len(lasso)
    return Selection(pins, lasso, encircled, canvas is not False)


def _words(sent: object, most: int) -> list[str]:
    """At most `most` words of a list, each once."""
    listed = sent if isinstance(sent, list) else []
    words = (word.strip() for word in listed if isinstance(word, str) and word.strip() and len(word) <= _LONGEST)
    return list(dict.fromkeys(words))[:most]
