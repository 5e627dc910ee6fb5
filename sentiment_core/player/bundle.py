"""What is built of the JavaScript: modules that Streamlit imports, the take-home page, and the phone's script.

esbuild bundles the modules and styles of `src/` into `dist/` (see tools/build.js). `dist/` is committed, so that using
the player needs no Node.
"""

from __future__ import annotations

import base64
import functools
import html
import json
from collections.abc import Mapping
from pathlib import Path

from sentiment_core.messages import current_language, tr
from sentiment_core.player.speech import speech

_BUILT = Path(__file__).parent / "dist"
_LATER = ("__TITLE__", "__START__", "__PAYLOAD__")  # the build ensures this order


def component_script() -> str:
    """The module that Streamlit imports. Its default export mounts the player."""
    return _built("component.js")


def stylesheet() -> str:
    """The player's CSS."""
    return _built("player.css")


def reading_script() -> str:
    """The module that Streamlit imports for the reading. Its default export mounts it."""
    return _built("reading.js")


def reading_stylesheet() -> str:
    """The reading's CSS."""
    return _built("reading.css")


def live_script() -> str:
    """The module that Streamlit imports for the view of a running training. Its default export mounts it."""
    return _built("live.js")


def live_stylesheet() -> str:
    """The CSS of that view."""
    return _built("live.css")


def phone_script() -> str:
    """The script of the page of a student's phone. It is no module, so that old phones run it."""
    return _built("phone.js")


def phone_stylesheet() -> str:
    """The CSS of that page."""
    return _built("phone.css")


def projector_script() -> str:
    """The module that Streamlit imports for the teacher's views of a class. Its default export mounts them."""
    return _built("projector.js")


def projector_stylesheet() -> str:
    """The CSS of those views."""
    return _built("projector.css")


def standalone_template() -> str:
    """The take-home page in the current language, with placeholders for its title, initial state and payload."""
    notice = tr(
        "This page draws moving words. It needs scripts and a browser of 2022 or later: open it in a current Firefox, "
        "Chrome, Edge or Safari, and allow its scripts."
    )
    page = _built("standalone.html").replace("__LANGUAGE__", current_language(), 1)
    return page.replace("__SPEECH__", _json(speech()), 1).replace("__NOTICE__", html.escape(notice), 1)


def standalone_html(payload: bytes, title: str, start: Mapping[str, object] | None = None) -> str:
    """A page in the current language that opens from a file without a network. It has player, styles and payload.

    start is the initial state, by the keys of the player's address. None opens the payload's default.
    """
    fillings = (html.escape(title), _json(start), base64.b64encode(payload).decode("ascii"))
    rest, parts = standalone_template(), []
    for placeholder, filling in zip(_LATER, fillings, strict=True):  # does not search text that was filled in
        before, _, rest = rest.partition(placeholder)
        parts += [before, filling]
    return "".join([*parts, rest])


def _json(value: object) -> str:
    """JSON that cannot end the script element around it."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


@functools.cache
def _built(name: str) -> str:
    """The text of a built file."""
    return (_BUILT / name).read_text(encoding="utf-8")
