"""The drift player on a page, and the reader's selection in it, which is checked because browsers can send anything."""

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
_LONGEST = 200  # most characters of a word
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_ASKED = ("moment", "at", "pins")  # keys of the address that the page reads too

_mount = st.components.v2.component("drift_player", css=stylesheet(), js=component_script())


@dataclass(frozen=True)
class Selection:
    """A reader's selection in the player."""

    pins: list[str] | None  # spellings, each once; None if the payload's default pins apply
    lasso: list[str]  # spellings, each once, at most MOST_LASSOED; empty without a lasso
    encircled: int  # number of words in the lasso, which may exceed MOST_LASSOED
    checkpoint: str  # where the playhead last came to rest
    canvas: bool  # False if the browser cannot draw the player: show snapshots instead


def drift_player(payload: bytes, key: str, checkpoints: Sequence[str], former: Mapping[str, str]) -> Selection:
    """Mount the player with a payload of these checkpoints, by code. former: name in older addresses -> code.

    Scrubbing and playing never rerun the page. A new selection does, and so does the playhead when it comes to rest.
    Both are kept for the session: a reader who comes back from another page finds them, unless the address differs.
    """
    address = st.query_params.to_dict()
    start = _start(key, address)
    sent = _mount(key=key, data=with_settings(payload, start))
    chosen = read_selection(dict(sent), {**start, **address}, checkpoints, former)
    left: dict[str, object] = {"at": chosen.checkpoint, "lasso": chosen.lasso}
    if chosen.pins is not None:
        left["pins"] = pins_text(chosen.pins)
    st.session_state[f"{key}.left_with"] = left
    return chosen


def pins_text(words: Sequence[str]) -> str:
    """Pinned words as the address has them: separated by commas, with commas and percent signs in words escaped."""
    return ",".join(word.replace("%", "%25").replace(",", "%2C") for word in words)


def _start(key: str, address: Mapping[str, str]) -> dict[str, object]:
    """The player's initial state. It must not change while the player is mounted: that would resend the payload."""
    place = f"{key}.started_with"
    if key not in st.session_state:
        asked = any(name in address for name in _ASKED)
        st.session_state[place] = {} if asked else st.session_state.get(f"{key}.left_with", {})
    start: dict[str, object] = st.session_state[place]
    return start


def read_selection(
    sent: Mapping[str, object], before: Mapping[str, object], checkpoints: Sequence[str], former: Mapping[str, str]
) -> Selection:
    """The selection that a browser sent, without anything that the player would not send.

    before: the address and the reader's earlier selection, used until the browser sends something. Its `pins` are words
    separated by commas, with commas and percent signs in words escaped. Its `moment` is an index into `checkpoints`.
    Its `at` is the code of a checkpoint or a name in `former`.
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
    """The checkpoint that an address asks for, by the player's rules. The last one if it asks for none of these."""
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
