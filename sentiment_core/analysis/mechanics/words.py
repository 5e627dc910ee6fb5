"""A word tokenizer in a few lines: normalise, split on word characters, encode, decode, pad (recipe C)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from sentiment_core.analysis.mechanics.boxes import Box, box
from sentiment_core.analysis.mechanics.running import run
from sentiment_core.errors import SettingError
from sentiment_core.text.encoding import check_text

LEAST, MOST = 2, 30  # lengths to which a text is padded or cut
SHOWN = 24  # most words of the vocabulary that are drawn


@dataclass(frozen=True)
class Encoded:
    """A text as a vocabulary of whole words sees it."""

    code: tuple[str, str]  # the lines that ran: those that build the vocabulary, and those that encode
    vocabulary: dict[str, int]  # of the sentences: word -> id
    words: list[str]  # [words] of the text
    ids: list[int]  # [length] padded with 0 or cut
    decoded: str  # the ids as words again
    unknown: int  # words of the text that the vocabulary lacks


def encode_words(sentences: list[str], text: str, length: int) -> Encoded:
    """Build a vocabulary from sentences, and encode a text with it to `length` ids, LEAST to MOST.

    Raises TextError if the text is blank or too long, SettingError for another length.
    """
    check_text(text)
    if not LEAST <= length <= MOST:
        raise SettingError("The length must be {least} to {most}.", least=LEAST, most=MOST)
    built = run(build_vocabulary, None, sentences=sentences)
    vocabulary = built["vocabulary"]
    ran = run(encode, None, text=text, vocabulary=vocabulary, length=length)
    unknown = sum(word not in vocabulary for word in ran["words"])
    return Encoded((built.code, ran.code), vocabulary, ran["words"], ran["padded"], ran["decoded"], unknown)


def word_boxes(found: Encoded) -> tuple[Box, Box]:
    """The vocabulary's first words, and the text as ids: padding hatched, unknown words outlined."""
    names, ids = list(found.vocabulary), np.array(found.ids, dtype=np.int64)
    shown = np.array(names[:SHOWN], dtype=object)
    vocabulary = box("vocabulary", ["words"], shown, shape=(len(names),), dtype="str")
    padded = box("padded", ["time"], ids, real=ids != 0, marked=ids == 1, column_names=[names[place] for place in ids])
    return vocabulary, padded


def build_vocabulary(sentences: list[str]) -> dict[str, Any]:
    """Number the words of sentences, the most frequent first."""
    counts = Counter(word for sentence in sentences for word in re.findall(r"\w+", sentence.lower()))
    vocabulary = {"<PAD>": 0, "<UNK>": 1}
    vocabulary |= {word: 2 + place for place, (word, _) in enumerate(counts.most_common())}
    return {"counts": counts, "vocabulary": vocabulary}


def encode(text: str, vocabulary: dict[str, int], length: int) -> dict[str, Any]:
    """A text as `length` ids, and back."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())
    ids = [vocabulary.get(word, 1) for word in words]
    padded = (ids + [0] * length)[:length]
    names = list(vocabulary)
    decoded = " ".join(names[index] for index in padded if index != 0)
    return {"words": words, "ids": ids, "padded": padded, "names": names, "decoded": decoded}
