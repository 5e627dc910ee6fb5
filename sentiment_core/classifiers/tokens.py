"""A text as a tokenizer splits it: tokens, ids, unknown tokens and the cut at max length. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from sentiment_core.text.corpus import Corpus
from sentiment_core.text.encoding import check_text
from sentiment_core.text.tokenization import CONTINUATION, UNK, UNK_ID, token_spans


@dataclass(frozen=True)
class TextView:
    """All tokens of a text as a classifier sees them, including those past the cut."""

    text: str
    tokens: list[str]  # [tokens] as in the vocabulary; [UNK] if unknown; ## marks a piece that continues another
    spans: np.ndarray  # [tokens, 2] int64, characters [start, end) of the text
    ids: np.ndarray  # [tokens] int64, row in the vocabulary; -1 if it has none
    unknown: np.ndarray  # [tokens] bool, whether the classifier does not know the token
    max_length: int  # tokens that the classifier reads; the length of this text if it has no limit

    @cached_property
    def pieces(self) -> list[str]:
        """The tokens as they are written in the text [tokens]."""
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
        """The view with only some of its tokens. places: [kept] int64, or [tokens] bool.

        A classifier's logits for it show the effect of the omitted tokens. The spans still refer to the whole text.
        """
        kept = np.arange(len(self.tokens))[places]
        tokens = [self.tokens[place] for place in kept]
        return replace(self, tokens=tokens, spans=self.spans[kept], ids=self.ids[kept], unknown=self.unknown[kept])

    def word_at(self, character: int) -> list[int]:
        """Positions of the tokens of the word that a character of the text is in, or of the next word if it is in none.

        Empty if no word follows.
        """
        place = int(np.searchsorted(self.spans[:, 1], character, side="right"))
        return next((places for _, places in words_of(self.tokens) if places[-1] >= place), [])

    @cached_property
    def word_counts(self) -> tuple[int, int]:
        """Number of words made of letters among the tokens that are read, and the number of these that are known.

        Punctuation, digits and smileys do not count as words, because their presence does not make a text in a foreign
        language any better known. A word is unknown if any of its pieces is.
        """
        begins = np.array([not token.startswith(CONTINUATION) for token in self.tokens[: self.read]])
        begins[0] = True
        starts = np.flatnonzero(begins)
        spans = self.spans[: self.read].tolist()
        letters = np.array([any(map(str.isalpha, self.text[start:end])) for start, end in spans])
        is_word = np.logical_or.reduceat(letters, starts)
        is_known = ~np.logical_or.reduceat(self.unknown[: self.read], starts)
        return int(is_word.sum()), int((is_word & is_known).sum())


def view_text(text: str, tokenizer: Tokenizer, max_length: int) -> TextView:
    """Split a text that a user typed into tokens.

    Raises TextError if the text is blank, longer than a million characters or not valid Unicode.
    """
    check_text(text)
    return tokenize(text, tokenizer, max_length)


def tokenize(text: str, tokenizer: Tokenizer, max_length: int) -> TextView:
    """Split any text into tokens, even a blank one."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    if not encoding.ids:  # as in encoding.encode_text: no token becomes one unknown token
        return unknown_view(text, max_length, UNK_ID)
    ids = np.array(encoding.ids, dtype=np.int64)
    return TextView(text, encoding.tokens, np.array(token_spans(encoding, text)), ids, ids == UNK_ID, max_length)


def unknown_view(text: str, max_length: int, unknown_id: int) -> TextView:
    """The view of a text in which a tokenizer finds no token: one unknown token."""
    start = len(text) - len(text.lstrip())
    span = np.array([[start, min(len(text.rstrip()), start + 40)]])
    return TextView(text, [UNK], span, np.array([unknown_id]), np.array([True]), max_length)


def tokenizer_files(corpus: Corpus) -> dict[str, Path]:
    """Each kind of tokenizer trained on a corpus, and its file. The one that the corpus's runs share comes first."""
    others = sorted(chain(*((corpus.path / "tokenizers").glob(name) for name in ("*.json", "*.json.gz"))), reverse=True)
    return {corpus.tokenizer: corpus.path / "tokenizer.json"} | {path.name.split(".")[0]: path for path in others}


def words_of(tokens: list[str]) -> list[tuple[str, list[int]]]:
    """Words with the positions of their tokens. A piece that continues a word is merged with the piece before it."""
    words: list[tuple[str, list[int]]] = []
    for position, token in enumerate(tokens):
        if token.startswith(CONTINUATION) and words:
            word, places = words[-1]
            words[-1] = (word + token.removeprefix(CONTINUATION), [*places, position])
        else:
            words.append((token, [position]))
    return words
