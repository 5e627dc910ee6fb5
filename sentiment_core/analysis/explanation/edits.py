"""Edits of a text: words dropped or replaced, the edited text, and what changed. Needs no torch.

A word here is what a reader sees as one, whatever a tokenizer makes of it: a run of letters and digits, with the
apostrophes inside it, or a run of other symbols. The same edit therefore reaches every classifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sentiment_core.text.hangul import is_hangul

MOST_EDITS = 20
LONGEST = 40  # most characters of a replacement
KEPT, DROPPED, NEW = "kept", "dropped", "new"

_LETTER = r"[\w\u0300-\u036f]"  # with combining accents
_WORD = re.compile(rf"<[^<>]*>|({_LETTER}+(?:['\u2019]{_LETTER}+)*|[^\w\s<>]+)")  # a tag such as <br /> is no word
_CODE = re.compile(r"([0-9]{1,7}):(.[^:]*):(.*)", re.DOTALL)


@dataclass(frozen=True)
class Edit:
    """One word of a text, dropped or replaced."""

    place: int  # the word's first character in the text as it was typed
    was: str  # the word
    becomes: str  # its replacement; empty if the word is dropped

    @property
    def code(self) -> str:
        """The edit as it is written in an address."""
        return f"{self.place}:{self.was}:{self.becomes}"


@dataclass(frozen=True)
class Piece:
    """A part of a text before and after its edits."""

    text: str
    kind: str  # KEPT, DROPPED or NEW


def word_spans(text: str, end: int | None = None, most: int | None = None) -> np.ndarray:
    """The characters [start, end) of each word that begins before the character `end` [words, 2] int64.

    most: how many words are returned at most.
    """
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        if (end is not None and match.start() >= end) or len(found) == most:
            break
        if match[1]:
            found.append(match.span(1))
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def read_edits(codes: Iterable[str], text: str, spans: np.ndarray) -> tuple[list[Edit], int]:
    """The edits that fit a text, in their order, and how many do not. spans: the words that may be edited.

    An edit fits if the text has its word at its place, and if its replacement is a short line of other characters.
    Edits past MOST_EDITS do not fit.
    """
    words = {start: text[start:end] for start, end in spans.tolist()}
    fitting: list[Edit] = []
    unfit = 0
    for code in codes:
        match = _CODE.fullmatch(code)
        edit = Edit(int(match[1]), match[2], " ".join(match[3].split())) if match else None
        fits = edit is not None and words.get(edit.place) == edit.was and is_replacement(edit.becomes, edit.was)
        if edit is None or not fits or len(fitting) == MOST_EDITS:
            unfit += 1
        else:
            fitting.append(edit)
    return fitting, unfit


def is_replacement(becomes: str, was: str) -> bool:
    """Whether a word may become this: another short line, or nothing."""
    return becomes != was and len(becomes) <= LONGEST and becomes.isprintable()


def pieces(text: str, edits: Sequence[Edit]) -> list[Piece]:
    """The text in pieces: kept, dropped and new ones. Of two edits of one word the later counts.

    Without the dropped pieces they are the edited text; without the new ones they are the text itself. With a word
    goes the white space before it. Two words that would join are kept apart by a space.
    """
    parts: list[Piece] = []
    at = 0
    for place, edit in sorted({edit.place: edit for edit in edits}.items()):
        start, end = place, place + len(edit.was)
        if not edit.becomes:
            start = max(at, _start_of_gap(text, start))
        parts += [Piece(text[at:start], KEPT), Piece(text[start:end], DROPPED)]
        joins = not edit.becomes and _is_letter(text[start - 1 : start]) and _is_letter(text[end : end + 1])
        parts.append(Piece(" " if joins else edit.becomes, NEW))
        at = end
    parts.append(Piece(text[at:], KEPT))
    return [part for part in parts if part.text]


def _start_of_gap(text: str, start: int) -> int:
    """Where the white space before a character begins."""
    while start and text[start - 1].isspace():
        start -= 1
    return start


def _is_letter(character: str) -> bool:
    return re.fullmatch(_LETTER, character) is not None


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The edited text."""
    return "".join(part.text for part in pieces(text, edits) if part.kind != DROPPED)


def find_word(text: str, word: str) -> int | None:
    """The place in a text of a word of a vocabulary, in any case; None if the text does not have it.

    A Hangul word with an ending counts where the text has it nowhere alone.
    """
    wanted = word.lower()
    words = [(start, text[start:end].lower()) for start, end in word_spans(text).tolist()]
    alone = next((start for start, found in words if found == wanted), None)
    if alone is not None or not (wanted and all(map(is_hangul, wanted))):
        return alone
    return next((start for start, found in words if found.startswith(wanted)), None)


def match_case(word: str, was: str) -> str:
    """A replacement with a capital letter where the word that it replaces has one."""
    if len(was) > 1 and was.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if was[:1].isupper() else word
