"""A text as a tokenizer reads it: tokens, ids, what is unknown, where the cut falls. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from sentiment_core.text.corpus import Corpus
from sentiment_core.text.encoding import check_text
from sentiment_core.text.tokenization import CONTINUATION, UNK, UNK_ID, token_spans


@dataclass(frozen=True)
class TextView:
    """One text as a classifier sees it, token by token, uncut."""

    text: str
    tokens: list[str]  # [tokens] as in the vocabulary; [UNK] where unknown, ## before a piece that goes on from another
    spans: np.ndarray  # [tokens, 2] int64, where each stands: characters [start, end) of the text
    ids: np.ndarray  # [tokens] int64, its row in the vocabulary; -1 where it has none
    unknown: np.ndarray  # [tokens] bool, whether the classifier knows nothing of it
    max_length: int  # tokens that the classifier reads of a text; all of this text, for one that has no limit

    @cached_property
    def pieces(self) -> list[str]:
        """The tokens as they stand in the text [tokens]."""
        return [self.text[start:end] for start, end in self.spans.tolist()]

    @property
    def read(self) -> int:
        """How many tokens the classifier reads of this text."""
        return min(len(self.tokens), self.max_length)

    @property
    def cut(self) -> int:
        """Tokens past max_length, which the classifier does not see."""
        return len(self.tokens) - self.read

    def take(self, places: np.ndarray) -> TextView:
        """The view with some of its tokens only. places [kept] int64, or bool [tokens].

        What a classifier makes of it shows what the tokens left out gave. The spans are still those of the whole text.
        """
        kept = np.arange(len(self.tokens))[places]
        tokens = [self.tokens[place] for place in kept]
        return replace(self, tokens=tokens, spans=self.spans[kept], ids=self.ids[kept], unknown=self.unknown[kept])

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
                known += not self.unknown[places].any()
        return words, known


def view_text(text: str, tokenizer: Tokenizer, max_length: int) -> TextView:
    """How `tokenizer` splits a text that a person gave.

    Raises TextError where there is nothing to read or far too much.
    """
    check_text(text)
    return tokenize(text, tokenizer, max_length)


def tokenize(text: str, tokenizer: Tokenizer, max_length: int) -> TextView:
    """The same for any text, a blank one too."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    if not encoding.ids:  # as in encoding.encode_text: nothing recognised is one unknown
        return unknown_view(text, max_length, UNK_ID)
    ids = np.array(encoding.ids, dtype=np.int64)
    return TextView(text, encoding.tokens, np.array(token_spans(encoding, text)), ids, ids == UNK_ID, max_length)


def unknown_view(text: str, max_length: int, unknown_id: int) -> TextView:
    """The view of a text in which a tokenizer finds nothing: one unknown token."""
    start = len(text) - len(text.lstrip())
    span = np.array([[start, min(len(text.rstrip()), start + 40)]])
    return TextView(text, [UNK], span, np.array([unknown_id]), np.array([True]), max_length)


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
