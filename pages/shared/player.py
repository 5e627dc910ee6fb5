"""The drift player on a page, and what a reader chose in it, checked: anything may come from a browser."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from sentiment_core.player.bundle import component_script, stylesheet
from sentiment_core.player.payload import with_settings

MOST_PINS = 50
MOST_LASSOED = 500
_LONGEST = 200  # characters of a word
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_ASKED = ("moment", "at", "pins")  # of the address: what the page reads too

_mount = st.components.v2.component("drift_player", css=stylesheet(), js=component_script())


@dataclass(frozen=True)
class Selection:
    """What a reader chose in the player."""

    pins: list[str] | None  # spellings, each once; None while the payload's own are pinned
    lasso: list[str]  # spellings, each once, at most MOST_LASSOED; empty where nothing is encircled
    encircled: int  # words in the lasso, those beyond MOST_LASSOED too
    checkpoint: str  # where the playhead rests, or rested before it was last moved
    canvas: bool  # False where the browser can draw none: show still pictures instead


def drift_player(payload: bytes, key: str, checkpoints: Sequence[str], former: Mapping[str, str]) -> Selection:
    """Mount the player with a payload of these checkpoints, by their codes; former holds the codes by the names that
    older addresses have.

    Scrubbing and playing never rerun the page. A new selection does, and the playhead where it comes to rest. Both last
    for the session: a reader who comes back from another page finds them again, unless the address asks for its own.
    """
    address = st.query_params.to_dict()
    start = _start(key, address)
    sent = _mount(key=key, data=with_settings(payload, start))
    chosen = read_selection(dict(sent), {**start, **address}, checkpoints, former)
    left: dict[str, object] = {"at": chosen.checkpoint, "lasso": chosen.lasso}
    if chosen.pins is not None:
        left["pins"] = ",".join(word.replace("%", "%25").replace(",", "%2C") for word in chosen.pins)
    st.session_state[f"{key}.left_with"] = left
    return chosen


def _start(key: str, address: Mapping[str, str]) -> dict[str, object]:
    """What the player starts with: the same as long as it is mounted, as a change would send the payload again."""
    place = f"{key}.started_with"
    if key not in st.session_state:
        asked = any(name in address for name in _ASKED)
        st.session_state[place] = {} if asked else st.session_state.get(f"{key}.left_with", {})
    start: dict[str, object] = st.session_state[place]
    return start


def read_selection(
    sent: Mapping[str, object], before: Mapping[str, object], checkpoints: Sequence[str], former: Mapping[str, str]
) -> Selection:
    """The selection that a browser sent, without what no player sends.

    before holds until the browser sends something: the page's address and what the reader left here earlier. Its `pins`
    are words between commas, with commas and percent signs of their own escaped; its `moment` is a place among
    `checkpoints`, its `at` the code of one, or one of the names in `former`.
    """
    selection = sent.get("selection")
    words = selection if isinstance(selection, dict) else {}
    pins: list[str] | None = None
    if "pins" in words:
        pins = _words(words["pins"], MOST_PINS)
    elif isinstance(listed := before.get("pins"), str):
        pins = _words([word.replace("%2C", ",").replace("%25", "%") for word in listed.split(",")], MOST_PINS)
    lasso = _words((words if words else before).get("lasso"), MOST_LASSOED)
    count = words.get("encircled")
    encircled = count if isinstance(count, int) and count > len(lasso) else len(lasso)
    rests = sent.get("checkpoint")
    checkpoint = rests if rests in checkpoints else _checkpoint_before(before, checkpoints, former)
    return Selection(pins, lasso, encircled, str(checkpoint), sent.get("canvas") is not False)


def _checkpoint_before(before: Mapping[str, object], checkpoints: Sequence[str], former: Mapping[str, str]) -> str:
    """The checkpoint that an address asks for, as the player reads it; the last where it asks for none of these."""
    asked = str(before.get("moment"))
    if _NUMBER.fullmatch(asked) and float(asked) <= len(checkpoints) - 1:
        return checkpoints[math.floor(float(asked) + 0.5)]
    named = str(before.get("at"))
    code = former.get(named, named)
    return code if code in checkpoints else checkpoints[-1]


def _words(sent: object, most: int) -> list[str]:
    """At most `most` words of a list, each once."""
    listed = sent if isinstance(sent, list) else []
    words = (word.strip() for word in listed if isinstance(word, str) and word.strip() and len(word) <= _LONGEST)
    return list(dict.fromkeys(words))[:most]
