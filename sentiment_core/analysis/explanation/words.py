"""The words of a text, which place the tokens of different classifiers on one axis. Needs no torch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sentiment_core.classifiers.tokens import TextView
from sentiment_core.text.tokenization import CONTINUATION

MOST_WORDS = 1_000  # words of a text that are drawn


@dataclass(frozen=True)
class Words:
    """The first words of a text, up to where the classifiers stop reading."""

    texts: list[str]  # [words] as written in the text
    spans: np.ndarray  # [words, 2] int64, characters [start, end) of the text
    more: int  # words that are read but left out

    @property
    def starts(self) -> np.ndarray:
        """The place of each word's first character [words] int64. It names a word for every classifier."""
        return self.spans[:, 0]

    @property
    def joined(self) -> np.ndarray:
        """Whether each word follows the one before without a space [words] bool."""
        return np.concatenate([[False], self.spans[1:, 0] <= self.spans[:-1, 1]])

    def along(self, ends: np.ndarray) -> np.ndarray:
        """Places in words [places] float64 for places in the text at which tokens end [places] int64.

        The first word reaches from 0 to 1, and a token that ends within it lies between.
        """
        word = self.holding(ends - 1)
        starts, stops = self.spans[word].T
        return word + np.clip((ends - starts) / np.maximum(stops - starts, 1), 0.0, 1.0)

    def holding(self, characters: np.ndarray) -> np.ndarray:
        """The word that each character is in, or that it follows [characters] int64."""
        return np.maximum(np.searchsorted(self.starts, characters, side="right") - 1, 0)


def words_in(views: Sequence[TextView], most: int = MOST_WORDS) -> Words:
    """The words of the first view, as far as any of the views of the same text is read.

    Where its tokens are single characters, words are what spaces separate.
    """
    first = views[0]
    text, tokens = first.text, first.tokens
    if all(len(token) <= 1 for token in tokens):
        spans = np.array([match.span() for match in re.finditer(r"\S+", text)], dtype=np.int64).reshape(-1, 2)
    else:  # as `words_of` merges them, for a text of many tokens
        begins = np.array([not token.startswith(CONTINUATION) for token in tokens])
        begins[0] = True
        at = np.flatnonzero(begins)
        spans = np.stack([first.spans[at, 0], first.spans[np.append(at[1:], len(tokens)) - 1, 1]], axis=1)
    end = max(int(view.spans[view.read - 1, 1]) for view in views)
    read = max(int(np.searchsorted(spans[:, 0], end)), 1)
    spans = spans[: min(read, most)]
    return Words([text[start:stop] for start, stop in spans.tolist()], spans, max(read - most, 0))
