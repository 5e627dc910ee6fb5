"""Reviews as two flat arrays, so that lengths are a diff and an epoch touches no Python tokenizer.

Nothing is cut here: truncation happens when a batch is made, and one encoding serves every max length. Encoded splits
are cached by the fingerprints of their texts and tokenizer, and read back memory-mapped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from sentiment_core.errors import DataError, TextError
from sentiment_core.text.reviews import Split
from sentiment_core.text.tokenization import UNK_ID

MAX_CHARACTERS = 1_000_000
_CHUNK = 2_000  # reviews encoded at once: bounds the memory that Encoding objects take


@dataclass(frozen=True)
class EncodedReviews:
    """One split as token ids, every review at its full length."""

    ids: np.ndarray  # [tokens] int32, all reviews end to end
    offsets: np.ndarray  # [reviews + 1] int64, review i is ids[offsets[i]:offsets[i + 1]]
    labels: np.ndarray  # [reviews] int64

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def lengths(self) -> np.ndarray:
        """Tokens of each review [reviews] int64."""
        return np.diff(self.offsets)


def encode_reviews(split: Split, tokenizer: Tokenizer, cache: Path | None = None) -> EncodedReviews:
    """Encode a split, or read it from `cache` where the same texts met the same tokenizer before.

    A review in which the tokenizer finds nothing becomes one [UNK], so that every review has at least one token.
    Raises DataError where the cache cannot be written.
    """
    if cache is None:
        return _encode(split, tokenizer)
    vocabulary = hashlib.blake2b(tokenizer.to_str().encode(), digest_size=8).hexdigest()
    folder = cache / f"{split.fingerprint}-{vocabulary}"
    encoded = _read(folder)
    if encoded is None:
        _write(_encode(split, tokenizer), folder)
        encoded = _read(folder)
        assert encoded is not None
    return encoded


def default_cache() -> Path:
    """Where encoded splits are kept: $SENTIMENT_CACHE, else the user's cache folder."""
    base = os.environ.get("SENTIMENT_CACHE")
    return Path(base) if base else Path.home() / ".cache" / "sentiment-lab"


def encode_text(text: str, tokenizer: Tokenizer) -> np.ndarray:
    """Token ids of one text a person gave [tokens] int32, uncut.

    Raises TextError where there is nothing to read or far too much.
    """
    check_text(text)
    ids = np.array(tokenizer.encode(text, add_special_tokens=False).ids, dtype=np.int32)
    return ids if len(ids) else np.array([UNK_ID], dtype=np.int32)


def check_text(text: str) -> None:
    """Raise TextError where a text is blank, longer than a million characters, or no valid Unicode."""
    if not text.strip():
        raise TextError("There is no text to read. Type or paste a review.")
    if len(text) > MAX_CHARACTERS:
        raise TextError(f"The text has {len(text):,} characters. At most {MAX_CHARACTERS:,} are read: shorten it.")
    try:
        text.encode()
    except UnicodeEncodeError as error:  # half a surrogate pair: what is left of bytes that were not UTF-8
        raise TextError("The text is not valid Unicode. Paste it again, or save it as UTF-8.") from error


def _encode(split: Split, tokenizer: Tokenizer) -> EncodedReviews:
    ids: list[np.ndarray] = []
    lengths = np.empty(len(split), dtype=np.int64)
    for start in range(0, len(split), _CHUNK):
        encodings = tokenizer.encode_batch_fast(split.texts[start : start + _CHUNK], add_special_tokens=False)
        rows = [encoding.ids or [UNK_ID] for encoding in encodings]
        lengths[start : start + len(rows)] = [len(row) for row in rows]
        ids.append(np.concatenate([np.array(row, dtype=np.int32) for row in rows]))
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return EncodedReviews(np.concatenate(ids), offsets, split.labels)


def _read(folder: Path) -> EncodedReviews | None:
    """The cached split, or None where it is absent or does not add up (and is then made again)."""
    try:
        ids, offsets, labels = (
            np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in ("ids", "offsets", "labels")
        )
    except (OSError, ValueError, EOFError):
        return None
    if len(offsets) != len(labels) + 1 or offsets[-1] != len(ids):
        return None
    return EncodedReviews(ids, offsets, labels)


def _write(encoded: EncodedReviews, folder: Path) -> None:
    """Write beside, then rename: another process sees all of the split or none of it."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".writing-"))
        try:
            for name in ("ids", "offsets", "labels"):
                np.save(beside / f"{name}.npy", getattr(encoded, name), allow_pickle=False)
            shutil.rmtree(folder, ignore_errors=True)  # only ever a damaged one
            try:
                beside.rename(folder)
            except OSError:
                if _read(folder) is None:  # not merely another process that was first
                    raise
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise DataError(
            f"Cannot write the cache in {folder.parent}: {error.strerror}. Set SENTIMENT_CACHE to a folder with space."
        ) from error
