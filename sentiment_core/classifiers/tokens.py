"""A text as a tokenizer reads it: tokens, ids, what is unknown, where the cut falls. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from sentiment_core.text.corpus import Corpus
from sentiment_core.text.encoding import check_text
from sentiment_core.text.tokenization import CONTINUATION, UNK, UNK_ID, token_spans


@dataclass(frozen=True)
class Reading:
    """One text, token by token, uncut."""

    tokens: list[str]  # [tokens] as in the vocabulary; [UNK] where unknown
    pieces: list[str]  # [tokens] the same places as they stand in the text
    ids: np.ndarray  # [tokens] int64
    max_length: int  # tokens that a network reads of it

    @property
    def unknown(self) -> np.ndarray:
        """Which tokens the vocabulary lacks [tokens] bool."""
        return self.ids == UNK_ID

    @property
    def cut(self) -> int:
        """Tokens past max_length, which no network sees."""
        return max(len(self.ids) - self.max_length, 0)

    @cached_property
    def word_counts(self) -> tuple[int, int]:
        """Words made of letters among the tokens that a network reads, and how many of them it knows.

        Full stops, digits and smileys are no words: a text in a foreign language is as unknown with them as without. A
        word of which any piece is unknown is not known.
        """
        words = known = 0
        for _, places in words_of(self.tokens[: self.max_length]):
            if any(character.isalpha() for place in places for character in self.pieces[place]):
                words += 1
                known += all(self.tokens[place] != UNK for place in places)
        return words, known


def read_text(text: str, tokenizer: Tokenizer, max_length: int) -> Reading:
    """How `tokenizer` reads a text a person gave.

    Raises TextError where there is nothing to read or far too much.
    """
    check_text(text)
    encoding = tokenizer.encode(text, add_special_tokens=False)
    if not encoding.ids:  # as in encoding.encode_text: nothing recognised is one unknown
        return Reading([UNK], [text.strip()[:40]], np.array([UNK_ID]), max_length)
    pieces = [text[start:end] for start, end in token_spans(encoding, text)]
    return Reading(encoding.tokens, pieces, np.array(encoding.ids, dtype=np.int64), max_length)


def tokenizer_files(corpus: Corpus) -> dict[str, Path]:
    """Each kind of tokenizer trained on a corpus with its file: the one its runs share first."""
    others = sorted((corpus.path / "tokenizers").glob("*.json"), reverse=True)
    return {corpus.tokenizer: corpus.path / "tokenizer.json"} | {path.stem: path for path in others}


def words_of(tokens: list[str]) -> list[tuple[str, list[int]]]:
    """Words with the positions of their tokens: WordPieces that continue are merged with the piece before."""
    words: list[tuple[str, list[int]]] = []
    for position, token in enumerate(tokens):
        if token.startswith(CONTINUATION) and words:
            word, places = words[-1]
            words[-1] = (word + token.removeprefix(CONTINUATION), [*places, position])
        else:
            words.append((token, [position]))
    return words
