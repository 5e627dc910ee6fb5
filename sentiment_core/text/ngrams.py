"""N-grams of words or of characters, as linear classifiers count them. Needs neither torch nor scikit-learn.

The n-grams are those of scikit-learn's CountVectorizer, with which the weights are fitted; a test compares both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

WORD, CHARACTER = "word", "char"  # CountVectorizer's names of the units
# Words with their apostrophes ("don't" is one word), and each punctuation mark: "!" carries sentiment, and so does "/
# 10".
TOKEN = r"\w+(?:'\w+)*|[^\w\s]"
_FIND = {WORD: re.compile(TOKEN), CHARACTER: re.compile(r"\s\s+|.", re.DOTALL)}
_TAG = "<br />"
_LENGTHENED = "\u0130"  # the only character that becomes longer in lower case


def clean(text: str) -> str:
    """A text in lower case, with a space for each line break tag."""
    return text.replace(_TAG, " ").lower()


def find_tokens(text: str, unit: str) -> tuple[list[str], np.ndarray]:
    """The tokens of `clean(text)` [tokens], and their positions [start, end) in `text` itself [tokens, 2] int64.

    unit: WORD or CHARACTER. Consecutive spaces are one token.
    """
    found = list(_FIND[unit].finditer(clean(text)))
    tokens = [" " if unit == CHARACTER and len(match[0]) > 1 else match[0] for match in found]
    spans = np.array([match.span() for match in found], dtype=np.int64).reshape(-1, 2)
    if _TAG not in text and _LENGTHENED not in text:
        return tokens, spans
    starts, ends = _places(text)
    return tokens, np.stack([starts[spans[:, 0]], ends[spans[:, 1] - 1]], axis=1)


def _places(text: str) -> tuple[np.ndarray, np.ndarray]:
    """The start and end in `text` of each character of `clean(text)` [characters] int64."""
    starts, ends = [], []
    for match in re.finditer(f"{_TAG}|.", text, re.DOTALL):
        many = 1 if match[0] == _TAG else len(match[0].lower())
        starts += [match.start()] * many
        ends += [match.end()] * many
    return np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)


def join_ngram(tokens: Sequence[str], unit: str) -> str:
    """The name of an n-gram."""
    return (" " if unit == WORD else "").join(tokens)
