"""The step of the simple word tokenizer."""

from __future__ import annotations

import streamlit as st

from pages.inside.mechanics_parts.view import MechanicsView, explain
from pages.shared.address import whole_number
from pages.shared.layout import plain
from sentiment_core.analysis.mechanics.words import LEAST, MOST, encode_words, word_boxes
from sentiment_core.figures.mechanics.boxes import boxes_html
from sentiment_core.messages import lazy, tr

SENTENCES = lazy("The film was good. The plot was bad. The music was very good.")
TEXT = lazy("The music was very bad, but the camera!")


def words(view: MechanicsView) -> None:
    """A word tokenizer: vocabulary, encode, decode, pad."""
    left, middle, right = st.columns([3, 3, 2], gap="medium")
    known = left.text_input(tr("Sentences for the vocabulary"), str(SENTENCES), key="sentences", bind="query-params")
    text = middle.text_input(tr("Text to encode"), str(TEXT), key="encode", bind="query-params")
    with right:
        length = whole_number(tr("Pad to a length of"), LEAST, MOST, "pad_to", 12)
    found = encode_words([known], text, length)
    said = [
        tr(
            "The simplest tokenizer: lower case, then every run of letters and digits is a word. The vocabulary "
            "numbers the words of the sentences, the most frequent first, after two special tokens: `<PAD>` = 0 and "
            "`<UNK>` = 1. It has {size} entries. "
            "The first lines build it, once; the second lines encode any text with it.",
            size=len(found.vocabulary),
        ),
        tr(
            "{unknown} of the {count} words of the text are not in it. All become `<UNK>`: what they were is lost, as "
            "the decoded text shows. The tokenizers of this app split rare words into pieces instead.",
            unknown=found.unknown,
            count=len(found.words),
        ),
    ]

    def draw() -> None:
        st.html(boxes_html(word_boxes(found)))
        st.markdown(tr("Decoded: {text}", text=plain(found.decoded)))

    explain("\n\n".join(said), found.code, draw)
