"""The tokens of a text, drawn as chips. Pieces of one word touch. Unknown tokens and the cut are marked."""

from __future__ import annotations

from html import escape

import streamlit as st

from sentiment_core.classifiers.tokens import TextView, words_of
from sentiment_core.messages import tr, tr_plural
from sentiment_core.text.tokenization import CONTINUATION

SHOWN = 600  # tokens drawn, unless the cut is further on
MOST_SHOWN = 2_000  # most tokens drawn, because a browser is slow with more
_PAST = 40  # tokens drawn past the cut, to show what is lost
_LONGEST = 40  # most characters of a chip

# The server sends this HTML for each text, so a token must have little markup. Styles that all tokens share are set on
# the box around them. A transparent grey is legible on the light and the dark theme.
_TOKENS = (
    "display:flex;flex-wrap:wrap;gap:.3em .35em;line-height:1.7;text-align:center;"
    "overflow-wrap:anywhere;word-break:keep-all"
)
_PAST_CUT = ";opacity:.6;text-decoration:line-through"
_PIECES = "display:flex;flex-wrap:wrap;gap:1px"  # wraps only if the word is longer than a line
_KNOWN = "background:#8883;padding:0 "
_UNKNOWN = "outline:dashed 2px;outline-offset:-2px;font-style:italic;padding:0 "
_ID = "display:block;font-size:.75em;line-height:1.3;opacity:.75;font-style:normal"
# For a whole word, and for its first, middle and last piece. Sides where pieces meet are narrow.
_ALONE, _FIRST, _MIDDLE, _LAST = ".35em", ".08em 0 .35em", ".08em", ".35em 0 .08em"


def show_tokens(view: TextView, *, ids: bool = False) -> None:
    """Draw a text's first tokens in order. Show the cut and the number of tokens that are not drawn.

    ids: write each token's id below it, not only in its tooltip.
    """
    st.html(tokens_html(view, ids=ids))


def tokens_html(view: TextView, *, ids: bool = False) -> str:
    """The chips as HTML. Every token is escaped."""
    shown = min(max(SHOWN, view.max_length + _PAST), MOST_SHOWN, len(view.tokens))
    cut = min(view.max_length, shown)
    words = [places for _, places in words_of(view.tokens[:shown])]
    read = [[place for place in places if place < cut] for places in words if places[0] < cut]
    beyond = [[place for place in places if place >= cut] for places in words if places[-1] >= cut]
    parts = [_box("", view, read, ids)]
    if beyond:
        cut_here = tr_plural(
            "The {read} tokens above are read; {count} token below is cut off.",
            "The {read} tokens above are read; {count} tokens below are cut off.",
            view.cut,
            read=cut,
        )
        parts.append(_line(cut_here))
        parts.append(_box(_PAST_CUT, view, beyond, ids))
    if len(view.tokens) > shown:
        left = len(view.tokens) - shown
        more = [tr_plural("{count} more token is not shown.", "{count} more tokens are not shown.", left)]
        if view.cut and view.max_length >= shown:
            more.append(tr("The last {cut} are cut off.", cut=view.cut))
        parts.append(_line(" ".join(more)))
    return "".join(parts)


def _box(look: str, view: TextView, words: list[list[int]], ids: bool) -> str:
    """The box around words. Each word is a list of the positions of its pieces."""
    numbers = view.ids.tolist()
    name = tr("id")
    chips = []
    for places in words:
        if len(places) == 1:
            chips.append(_chip(view, places[0], numbers[places[0]], _ALONE, name, ids))
            continue
        sides = [_FIRST, *[_MIDDLE] * (len(places) - 2), _LAST]
        pieces = [
            _chip(view, place, numbers[place], side, name, ids) for place, side in zip(places, sides, strict=True)
        ]
        chips.append(f'<div style="{_PIECES}">{"".join(pieces)}</div>')
    return f'<div dir="ltr" style="{_TOKENS}{look}">{"".join(chips)}</div>'


def _chip(view: TextView, place: int, number: int, sides: str, name: str, ids: bool) -> str:
    """One token, in a <bdi>, so that right-to-left text does not reorder its neighbours."""
    unknown = view.unknown[place]
    text = view.pieces[place] if unknown else view.tokens[place]
    if place and not unknown:
        text = text.removeprefix(CONTINUATION)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…"
    hint = f"{name} {number}" if number >= 0 else ""  # the id is negative if the token has no row in the vocabulary
    if unknown:
        hint = tr("{id}, unknown", id=hint) if hint else tr("unknown")
    mark, look = ("<sup>?</sup>", _UNKNOWN) if unknown else ("", _KNOWN)
    below = f'<span style="{_ID}">{number}</span>' if ids else ""
    return f'<bdi title="{hint}" style="{look}{sides}">{escape(text)}{mark}{below}</bdi>'


def _line(words: str) -> str:
    return f'<div style="border-top:2px dashed;margin:.6em 0;padding-top:.2em;word-break:keep-all"><b>{words}</b></div>'
