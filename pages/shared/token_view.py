"""A text as a tokenizer reads it, drawn as chips: pieces of one word touch, unknown tokens and the cut are marked."""

from __future__ import annotations

from html import escape

import streamlit as st

from sentiment_core.classifiers.tokens import Reading, words_of
from sentiment_core.text.tokenization import CONTINUATION, UNK_ID

SHOWN = 600  # tokens drawn, unless the cut lies farther on
MOST_SHOWN = 2_000  # tokens drawn wherever the cut lies: a browser is slow with more
_PAST = 40  # tokens drawn past the cut, so that it is seen what it loses
_LONGEST = 40  # characters of a chip

# Everything is a shade of the text's own colour, so that it reads on the light and on the dark theme. Isolated, because
# a right-to-left token must not reorder its neighbours.
_CHIP = "display:inline-block;unicode-bidi:isolate;margin:.15em 0 .15em {gap};padding:0 {right} 0 {left};{look}"
_WORD = "display:inline-block"  # a line breaks within a word only where the word is longer than a line
_APART, _TOUCHING, _INSIDE = ".35em", "1px", ".08em"
_KNOWN = "background:color-mix(in srgb,currentColor 11%,transparent)"
_UNKNOWN = "outline:2px dashed currentColor;outline-offset:-2px;font-style:italic"
_PAST_CUT = ";opacity:.6;text-decoration:line-through"
_ID = "display:block;font-size:.75em;line-height:1.3;text-align:center;opacity:.75;font-style:normal"


def show_tokens(reading: Reading, *, ids: bool = False) -> None:
    """Draw a reading's first tokens in order; say where the cut falls and how many tokens are not drawn.

    ids: write each token's id below it, not only in its tooltip.
    """
    st.html(tokens_html(reading, ids=ids))


def tokens_html(reading: Reading, *, ids: bool = False) -> str:
    """The chips as HTML, every token escaped."""
    shown = min(max(SHOWN, reading.max_length + _PAST), MOST_SHOWN, len(reading.tokens))
    continuing = {place for _, places in words_of(reading.tokens[:shown]) for place in places[1:]}
    parts = ['<div dir="ltr" style="line-height:1.7;overflow-wrap:anywhere">']
    for place in range(shown):
        cut_here = place == reading.max_length
        if place and (cut_here or place not in continuing):
            parts.append("</div>")
        if cut_here:
            parts.append(_line(f"Cut: the {place:,} tokens above are read, the {reading.cut:,} from here on are not."))
        if not place or cut_here or place not in continuing:
            parts.append(f'<div style="{_WORD}">')
        parts.append(_chip(reading, place, continuing, ids=ids))
    parts.append("</div>" if shown else "")
    if len(reading.tokens) > shown:
        beyond = f" The last {reading.cut:,} are cut." if reading.cut and reading.max_length >= shown else ""
        parts.append(_line(f"{len(reading.tokens) - shown:,} more tokens are not drawn.{beyond}"))
    return "".join([*parts, "</div>"])


def _chip(reading: Reading, place: int, continuing: set[int], *, ids: bool) -> str:
    """One token; `continuing` holds the places of the tokens that go on from the one before."""
    number = reading.ids[place]
    token = reading.tokens[place].removeprefix(CONTINUATION) if place in continuing else reading.tokens[place]
    text = reading.pieces[place] if number == UNK_ID else token
    style = _CHIP.format(
        gap=_TOUCHING if place in continuing else _APART,
        left=_INSIDE if place in continuing else _APART,
        right=_INSIDE if place + 1 in continuing else _APART,
        look=(_UNKNOWN if number == UNK_ID else _KNOWN) + (_PAST_CUT if place >= reading.max_length else ""),
    )
    shown = escape(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
    mark, hint = ("<sup>?</sup>", ", unknown") if number == UNK_ID else ("", "")
    below = f'<span style="{_ID}">{number}</span>' if ids else ""
    return f'<span title="id {number}{hint}" style="{style}">{shown}{mark}{below}</span>'


def _line(words: str) -> str:
    return f'<div style="border-top:2px dashed currentColor;margin:.6em 0;padding-top:.2em"><b>{words}</b></div>'
