"""Buttons that fill a text box with an example of `sentiment_core.analysis.examples`."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sentiment_core.analysis.examples import Example, is_example
from sentiment_core.messages import lazy, tr

EXAMPLE_NAMES = {
    "late-turn": lazy("late turn"),
    "plain-praise": lazy("plain praise"),
    "plain-complaint": lazy("plain complaint"),
    "negation": lazy("negation"),
    "contrast": lazy("contrast"),
    "irony": lazy("irony"),
    "long-ramble": lazy("long ramble"),
    "long": lazy("long"),
    "a-bit-of-all": lazy("a bit of everything"),
    "emoticons": lazy("emoticons"),
    "rare-words": lazy("rare words"),
    "line-breaks": lazy("line breaks"),
    "no-spaces": lazy("no spaces"),
    "endings": lazy("endings"),
    "other-scripts": lazy("other scripts"),
}


def example_buttons(examples: Sequence[Example], box: str, anew: bool) -> str | None:
    """Show a button for each example. Returns the text to put into the text box with the key `box`, if any.

    anew: whether the corpus has just changed. An example of the previous corpus is then replaced by the first one.
    """
    st.caption(tr("Examples"))
    with st.container(horizontal=True, gap="xsmall"):
        chosen = [
            example.text
            for example in examples
            if st.button(str(EXAMPLE_NAMES[example.name]), key=f"{box} example {example.name}")
        ]
    if anew and is_example(st.session_state.get(box, "")):
        return examples[0].text
    return chosen[0] if chosen else None
