"""The player as built: what Streamlit imports, and the page that opens from a file.

Node's esbuild joins the modules and styles of `src/` into `dist/`, which is committed (see build.js): using the player
needs no Node.
"""

from __future__ import annotations

import base64
import functools
import html
import json
from collections.abc import Mapping
from pathlib import Path

_BUILT = Path(__file__).parent / "dist"
_PLACEHOLDERS = ("__TITLE__", "__START__", "__PAYLOAD__")  # in this order, as build.js makes sure


def component_script() -> str:
    """The module that Streamlit imports. Its default export mounts the player."""
    return _built("component.js")


def stylesheet() -> str:
    """The player's CSS."""
    return _built("player.css")


def standalone_template() -> str:
    """The take-home page with placeholders left for its title, the state that it opens with and its payload."""
    return _built("standalone.html")


def standalone_html(payload: bytes, title: str, start: Mapping[str, object] | None = None) -> str:
    """A page that opens from a file, without a network: player, styles and payload in one.

    start is the state to open with, by the keys of the player's address; None opens as the payload says.
    """
    state = json.dumps(start).replace("<", "\\u003c")  # so that nothing in it ends the script element around it
    fillings = (html.escape(title), state, base64.b64encode(payload).decode("ascii"))
    rest, parts = standalone_template(), []
    for placeholder, filling in zip(_PLACEHOLDERS, fillings, strict=True):  # never looks into what was filled in
        before, _, rest = rest.partition(placeholder)
        parts += [before, filling]
    return "".join([*parts, rest])


@functools.cache
def _built(name: str) -> str:
    """A built file."""
    return (_BUILT / name).read_text(encoding="utf-8")
