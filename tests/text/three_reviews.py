"""A split of three reviews, its tokenizer, and the expected encoding."""

from pathlib import Path

import numpy as np

from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.text.reviews import Split
from sentiment_core.text.tokenization import train_words

# film = 2, good = 3, bad = 4, by frequency.
TOKENIZER = train_words(["film film film good good bad"])
SPLIT = Split(["good film", "!!!", "bad BAD film, zzz"], np.array([1, 1, 0]))


def contents(encoded: EncodedReviews) -> tuple[list[int], list[int], list[int]]:
    return encoded.ids.tolist(), encoded.offsets.tolist(), encoded.labels.tolist()


EXPECTED = ([3, 2, 1, 4, 4, 2, 1], [0, 2, 3, 7], [1, 1, 0])


def entry(cache: Path) -> Path:
    """The only folder that a split left in the cache."""
    (folder,) = cache.iterdir()
    return folder
