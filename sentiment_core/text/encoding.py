"""Encodes reviews into two flat arrays. Lengths are differences of offsets, and an epoch needs no tokenizer.

Reviews are not truncated here but when a batch is made, so one encoding serves every max length. Encoded splits are
cached by the fingerprints of their texts and tokenizer, and are read back memory-mapped.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import numpy as np
from tokenizers import Encoding, Tokenizer

from sentiment_core.environment import variables
from sentiment_core.environment.kinds import may_be_written
from sentiment_core.errors import DataError, TextError
from sentiment_core.storage.files import path_beside, remove_abandoned
from sentiment_core.text.characters import without_entities
from sentiment_core.text.reviews import Split
from sentiment_core.text.tokenization import UNK_ID

MAX_CHARACTERS = 1_000_000
_CHUNK = 2_000  # reviews encoded at once
_GROUP = 100  # words passed to the tokenizer at once
_REMEMBERED = 500_000  # distinct words kept before the cache is emptied; this limits its memory to about 100 MB
_TAG = re.compile("<[^>]*")  # or an unclosed "<" and the rest of the text
_HELD = "\ud800"  # a space that does not split; half a surrogate pair, which no text for a tokenizer contains


@dataclass(frozen=True)
class EncodedReviews:
    """One split as token ids, every review at its full length."""

    ids: np.ndarray  # [tokens] uint16, or int32 for a large vocabulary; all reviews one after another
    offsets: np.ndarray  # [reviews + 1] int64, review i is ids[offsets[i]:offsets[i + 1]]
    labels: np.ndarray  # [reviews] int64

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def lengths(self) -> np.ndarray:
        """Tokens of each review [reviews] int64."""
        return np.diff(self.offsets)


def take_reviews(encoded: EncodedReviews, rows: np.ndarray) -> EncodedReviews:
    """The encoded reviews at `rows` [n] int64, in that order."""
    lengths = encoded.lengths[rows]
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    places = np.repeat(encoded.offsets[rows] - offsets[:-1], lengths) + np.arange(offsets[-1])  # in the old ids
    return EncodedReviews(encoded.ids[places], offsets, encoded.labels[rows])


def join_reviews(first: EncodedReviews, second: EncodedReviews) -> EncodedReviews:
    """The reviews of two splits that were encoded with the same tokenizer, one split after the other."""
    return EncodedReviews(
        np.concatenate([first.ids, second.ids]),
        np.concatenate([first.offsets, first.offsets[-1] + second.offsets[1:]]),
        np.concatenate([first.labels, second.labels]),
    )


def encode_reviews(split: Split, tokenizer: Tokenizer, cache: Path | None = None) -> EncodedReviews:
    """Encode a split, or read it from `cache` if the same texts were encoded with the same tokenizer before.

    A review without any token becomes one [UNK], so every review has at least one token. Several processes may fill one
    cache at once: each finds a complete split or writes one.
    Raises DataError if the cache cannot be written.
    """
    if cache is None:
        memory = io.BytesIO()
        offsets = _encode(split, tokenizer, memory)
        return EncodedReviews(np.frombuffer(memory.getbuffer(), dtype=_id_type(tokenizer)), offsets, split.labels)
    folder = cache / f"{split.fingerprint}-{tokenizer_fingerprint(tokenizer)}"
    for _ in range(3):  # a third time only if another process replaces a damaged split at that moment
        encoded = _read(folder)
        if encoded is not None:
            return encoded
        _write(split, tokenizer, folder)
    raise DataError(
        "The cache in {path} does not keep what is written to it. Set SENTIMENT_CACHE to another folder.", path=cache
    )


def tokenizer_fingerprint(tokenizer: Tokenizer) -> str:
    """A hash that is equal for tokenizers that tokenize every text alike, whatever files they were read from."""
    return hashlib.blake2b(tokenizer.to_str().encode(), digest_size=8).hexdigest()


def default_cache() -> Path:
    """Where encoded splits are kept: $SENTIMENT_CACHE, else the user's cache folder, else one for this user in /tmp.

    The user of a service often has no home folder, or may not write to it.
    """
    named = variables.CACHE.value()
    if named is not None:
        return named
    home = os.path.expanduser("~")  # unchanged if there is no home
    cache = Path(home) / ".cache" / "sentiment-lab"
    if os.path.isabs(home) and may_be_written(cache):
        return cache
    user = getattr(os, "getuid", lambda: "user")()  # Windows has no user numbers, but a temporary folder for each user
    return Path(tempfile.gettempdir()) / f"sentiment-lab-{user}"


def encode_text(text: str, tokenizer: Tokenizer) -> np.ndarray:
    """Token ids of one text from a person [tokens] int32, not truncated.

    Raises TextError if the text is blank or far too long.
    """
    check_text(text)
    ids = np.array(tokenizer.encode(text, add_special_tokens=False).ids, dtype=np.int32)
    return ids if len(ids) else np.array([UNK_ID], dtype=np.int32)


def check_text(text: str) -> None:
    """Raise TextError if a text is blank, longer than a million characters, or not valid Unicode."""
    if not text.strip():
        raise TextError("There is no text to read. Type or paste a review.")
    if len(text) > MAX_CHARACTERS:
        raise TextError(
            "The text has {size} characters. At most {most} are read: shorten it.",
            size=len(text),
            most=MAX_CHARACTERS,
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:  # half a surrogate pair, left over from bytes that were not UTF-8
        raise TextError("The text is not valid Unicode. Paste it again, or save it as UTF-8.") from error


def _id_type(tokenizer: Tokenizer) -> type[np.integer]:
    """Two bytes an id if they suffice: a million reviews then take 0.6 GB on disk and, mapped, in memory."""
    return np.uint16 if tokenizer.get_vocab_size() <= 2**16 else np.int32


def _encode(split: Split, tokenizer: Tokenizer, file: BinaryIO) -> np.ndarray:
    """Write the ids of all reviews one after another, in parts. Returns the offsets [reviews + 1] int64."""
    lengths = [np.zeros(1, dtype=np.int64)]
    for part, part_lengths in _encode_parts(split.texts, tokenizer):
        file.write(part.data)
        lengths.append(part_lengths)
    return np.cumsum(np.concatenate(lengths))


def _encode_parts(texts: Iterable[str], tokenizer: Tokenizer) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For one part of the texts after another, ids [tokens] and lengths [reviews] int64."""
    texts = iter(texts)
    words = _Words(tokenizer)
    while part := list(islice(texts, _CHUNK)):
        if len(words) > _REMEMBERED:
            words = _Words(tokenizer)
        ids, lengths = words.encode(part)
        empty = lengths == 0
        yield np.insert(ids, np.cumsum(lengths)[empty], UNK_ID), np.where(empty, 1, lengths)


class _Words(dict[str, int]):
    """Numbers distinct words, so that the tokenizer sees each only once.

    Reviews repeat their words: 50,000 of IMDB hold 11.5 million words, of which half a million are distinct. A word
    here is the text between two spaces outside a tag. No tokenizer of this package has a rule that looks across such a
    space, so the ids of a text are the ids of its words in order. A test checks this for each tokenizer.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._plain = without_entities(tokenizer)
        self._ids = np.empty(0, dtype=_id_type(tokenizer))  # [tokens], of all words one after another
        self._ends = np.zeros(1, dtype=np.int64)  # [words + 1], word i is _ids[_ends[i]:_ends[i + 1]]

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number

    def encode(self, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """Ids [tokens] of the texts one after another, and the number of each text's ids [texts] int64."""
        known = len(self)
        rows = [_split(text) for text in texts]
        numbers = np.fromiter(map(self.__getitem__, chain.from_iterable(rows)), dtype=np.int64)  # [words in the texts]
        self._learn([word.replace(_HELD, " ") for word in islice(self, known, None)])
        starts = self._ends[numbers]
        lengths = self._ends[numbers + 1] - starts
        ends = np.concatenate([[0], np.cumsum(lengths)])
        ids = self._ids[np.arange(ends[-1]) + np.repeat(starts - ends[:-1], lengths)]
        return ids, np.diff(ends[np.cumsum([0, *map(len, rows)])])

    def _learn(self, words: list[str]) -> None:
        """Tokenize the words. A hundred go to the tokenizer as one text, because each call costs more than its work."""
        groups = [words[start : start + _GROUP] for start in range(0, len(words), _GROUP)]
        answers = self._answer(groups)
        counts = [self._ends[-1:]]
        for group, answer in zip(groups, answers, strict=True):  # word_ids [tokens]: indices of words in the group
            counts.append(np.bincount(np.array(answer.word_ids, dtype=np.int64), minlength=len(group)))
        self._ends = np.concatenate([self._ends[:-1], np.cumsum(np.concatenate(counts))])
        ids = np.fromiter(chain.from_iterable(answer.ids for answer in answers), dtype=self._ids.dtype)
        self._ids = np.concatenate([self._ids, ids])

    def _answer(self, groups: list[list[str]]) -> list[Encoding]:
        """The tokens of each group. Groups without an "&" use the tokenizer without entity rules, which is 4 times as
        fast.
        """
        answers: dict[int, Encoding] = {}
        for tokenizer, wanted in ((self._plain, False), (self._tokenizer, True)):
            numbers = [number for number, group in enumerate(groups) if any("&" in word for word in group) is wanted]
            chosen = [groups[number] for number in numbers]
            found = tokenizer.encode_batch(chosen, is_pretokenized=True, add_special_tokens=False)
            answers.update(zip(numbers, found, strict=True))
        return [answers[number] for number in range(len(groups))]


def _split(text: str) -> list[str]:
    """A text split at its spaces, except those inside <...>."""
    if "<" in text:
        text = _TAG.sub(lambda tag: tag[0].replace(" ", _HELD), text)
    return text.split(" ")


def _read(folder: Path) -> EncodedReviews | None:
    """The cached split; None if it is absent or inconsistent, and must then be made again."""
    try:
        ids, offsets, labels = (
            np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in ("ids", "offsets", "labels")
        )
    except Exception:  # numpy passes on its parsers' errors, such as tokenize.TokenError for a cut header
        return None
    if any(array.ndim != 1 for array in (ids, offsets, labels)):
        return None
    if ids.dtype not in (np.uint16, np.int32) or (offsets.dtype, labels.dtype) != (np.int64, np.int64):
        return None
    if len(offsets) != len(labels) + 1 or offsets[0] != 0 or offsets[-1] != len(ids) or (np.diff(offsets) < 1).any():
        return None
    return EncodedReviews(ids, offsets, labels)


def _write(split: Split, tokenizer: Tokenizer, folder: Path) -> None:
    """Encode into a temporary folder, then rename it: another process sees the complete split or none."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        remove_abandoned(folder)
        beside = path_beside(folder)
        shutil.rmtree(beside, ignore_errors=True)  # left by a killed process with the same number
        beside.mkdir()
        try:
            with (beside / "ids.npy").open("wb") as file:
                _write_header(file, 0, _id_type(tokenizer))
                offsets = _encode(split, tokenizer, file)
                file.seek(0)
                _write_header(file, int(offsets[-1]), _id_type(tokenizer))
            np.save(beside / "offsets.npy", offsets, allow_pickle=False)
            np.save(beside / "labels.npy", split.labels, allow_pickle=False)
            _install(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or "no space left"  # numpy gives no reason, only how much it could not write
        raise DataError(
            "Cannot write the cache in {path}: {reason}. Set SENTIMENT_CACHE to a folder with space.",
            path=folder.parent,
            reason=reason,
        ) from error


def _install(beside: Path, folder: Path) -> None:
    """Move a complete split to its final name, unless another process was first. A complete split is never replaced."""
    try:
        beside.rename(folder)
    except OSError:
        if _read(folder) is not None:
            return
        shutil.rmtree(folder, ignore_errors=True)  # damaged
        try:
            beside.rename(folder)
        except OSError:
            if not folder.is_dir():  # neither a damaged one nor another process's
                raise


def _write_header(file: BinaryIO, count: int, kind: type[np.integer]) -> None:
    """Write the header of an .npy file of `count` numbers. Its size is fixed: numpy leaves room for a larger count."""
    header = {"shape": (count,), "fortran_order": False, "descr": np.lib.format.dtype_to_descr(np.dtype(kind))}
    np.lib.format.write_array_header_1_0(file, header)
