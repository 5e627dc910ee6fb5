"""The teacher's views of a class on a page. The browser follows the votes: no vote makes the page run again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from sentiment_core.player.bundle import projector_script, projector_stylesheet
from sentiment_core.player.speech import speech

_mount = st.components.v2.component("projector", css=projector_stylesheet(), js=projector_script())


def mount_stage(key: str, data: Mapping[str, Any], on_act: Callable[[], None]) -> None:
    """Show a class for a projector. data: what `StageData` of player/src/projector/stage.js describes.

    on_act: called before the page runs again when the teacher has asked for something: `{act, phase, question}`, in
    the session as `key`.act.
    """
    _mount(
        key=key,
        data={"part": "stage", "speech": speech(), **data},
        on_act_change=on_act,
        on_moved_change=lambda: None,  # the page runs again because another browser has led the class on
    )


def mount_bar(
    key: str, data: Mapping[str, Any], on_show: Callable[[], None], on_stop: Callable[[], None]
) -> Mapping[str, Any]:
    """Show the bar of a class. data: what `BarData` of player/src/projector/bar.js describes.

    on_show: the teacher shows the view that is in the session as `key`.show. on_stop: stops showing one.
    Returns what was sent: `home` if the teacher wants to go to the class.
    """
    sent: Mapping[str, Any] = _mount(
        key=key,
        data={"part": "bar", "speech": speech(), **data},
        on_show_change=on_show,
        on_stop_change=on_stop,
        on_home_change=lambda: None,
        on_moved_change=lambda: None,
    )
    return sent
