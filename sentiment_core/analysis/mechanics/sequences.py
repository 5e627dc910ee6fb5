"""The sequences that the steps work on: ten of random ids, or the lines of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from sentiment_core.classifiers.tokens import view_text
from sentiment_core.errors import TextError
from sentiment_core.text.tokenization import PAD

if TYPE_CHECKING:
    from torch import Tensor

SEQUENCES, SHORTEST, LONGEST, VOCABULARY = 10, 5, 20, 100  # of the toy sequences
MOST_LINES, MOST_TOKENS = 10, 30  # of a reader's text; more would not fit a screen


@dataclass(frozen=True)
class Sequences:
    """Some sequences of token ids, before padding."""

    ids: tuple[np.ndarray, ...]  # each [length >= 1] int64; 0 is padding and does not occur
    vocab_size: int
    tokens: tuple[str, ...] | None  # [vocab] token of each id; None if ids mean nothing
    cut: int  # tokens past MOST_TOKENS that were left out
    lines_left_out: int  # lines past MOST_LINES

    def tensors(self) -> list[Tensor]:
        """The sequences as tensors, each [length] int64."""
        import torch

        return [torch.from_numpy(ids) for ids in self.ids]

    @property
    def longest(self) -> int:
        """Length of the longest sequence."""
        return max(map(len, self.ids))


def toy_sequences() -> Sequences:
    """Ten sequences of random ids from 1 to 99, of 5 to 20 tokens. Both extreme lengths occur."""
    rng = np.random.default_rng(0)
    lengths = rng.permutation([SHORTEST, LONGEST, *rng.integers(SHORTEST + 1, LONGEST, SEQUENCES - 2)])
    ids = tuple(rng.integers(1, VOCABULARY, length) for length in lengths)
    return Sequences(ids, VOCABULARY, None, 0, 0)


def own_sequences(text: str, tokenizer: Tokenizer) -> Sequences:
    """Each line of a text as one sequence; blank lines do not count.

    Raises TextError if the text is blank, longer than a million characters or not valid Unicode.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise TextError("There is no text yet. Type a line or more: each line is one sequence.")
    views = [view_text(line, tokenizer, MOST_TOKENS) for line in lines[:MOST_LINES]]
    vocabulary = tokenizer.get_vocab_size()
    tokens = tuple(tokenizer.id_to_token(index) or PAD for index in range(vocabulary))
    ids = tuple(view.ids[: view.read] for view in views)
    return Sequences(ids, vocabulary, tokens, sum(view.cut for view in views), len(lines) - len(views))
