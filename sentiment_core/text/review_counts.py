"""Counts of the test reviews, from which pages describe slices and errors where the texts are not at hand.

features.parquet       of a corpus: negations, contrasts, unknown, pieces; one row a test review
test_tokens.parquet    of a corpus: id, negative, positive; the number of test reviews of each label that have a token
error_tokens.parquet   of a classifier of the corpus: the same of the test reviews that it gets wrong

Token ids are of the corpus's tokenizer, for every classifier, so that words can be compared. A review counts a token
once however often it has it: a name that one review repeats says no more than a name that it has once.

No review can be rebuilt from the files: a token that fewer than LEAST reviews of a label have is not listed, and its
count is added to that of all such tokens, in a row with the id -1.

Each file names in its metadata its format, the fingerprint of the reviews, and that of the tokenizer.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.errors import DataError, NewerDataError
from sentiment_core.storage.files import atomic_path, check_readable
from sentiment_core.storage.formats import FileFormat, Step, unchanged
from sentiment_core.text.cues import count_cues
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.text.tokenization import CONTINUATION, UNK_ID

FEATURES, TEST_TOKENS, ERROR_TOKENS = "features.parquet", "test_tokens.parquet", "error_tokens.parquet"
LEAST = 5  # reviews of a label that must have a token for it to be listed
_FORMAT = FileFormat((Step("0.3.0", unchanged),), NewerDataError)
_METADATA = b"sentiment-lab"
_OTHERS = -1  # the id of all tokens that are not listed
_AT_ONCE = 5_000  # reviews counted at once; this limits the memory


@dataclass(frozen=True)
class Source:
    """What counts belong to."""

    reviews: str  # fingerprint of the reviews
    tokenizer: str  # fingerprint of the corpus's tokenizer.json


@dataclass(frozen=True)
class ReviewFeatures:
    """Counts of each test review of a corpus."""

    negations: np.ndarray  # [reviews] int64
    contrasts: np.ndarray  # [reviews] int64
    unknown: np.ndarray  # [reviews] int64, unknown tokens
    pieces: np.ndarray  # [reviews] int64, tokens that continue a word; 0 for a tokenizer without such pieces


@dataclass(frozen=True)
class TokenReviews:
    """How many reviews of each label, negative and positive, have a token."""

    counts: np.ndarray  # [vocab, 2] int64; 0 for a token that is not listed
    others: np.ndarray  # [2] int64, summed over the tokens that are not listed

    @property
    def totals(self) -> np.ndarray:
        """Different tokens of each review, summed over the reviews of each label [2] int64."""
        return self.counts.sum(axis=0) + self.others


def source_of(reviews: str, corpus: Path) -> Source:
    """The source of counts of reviews with a fingerprint, by the tokenizer of the corpus in a folder."""
    content = (corpus / "tokenizer.json").read_bytes()
    return Source(reviews, hashlib.blake2b(content, digest_size=8).hexdigest())


def count_reviews(encoded: EncodedReviews, vocab_size: int, chosen: np.ndarray | None = None) -> np.ndarray:
    """How many reviews of each label have each token [vocab, 2] int64. chosen: [reviews] bool, None for all."""
    counts = np.zeros(2 * vocab_size, dtype=np.int64)
    rows = np.arange(len(encoded)) if chosen is None else np.flatnonzero(chosen)
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        lengths = encoded.lengths[part]
        first = encoded.offsets[part] - (np.cumsum(lengths) - lengths)
        ids = encoded.ids[np.repeat(first, lengths) + np.arange(lengths.sum())].astype(np.int64)
        review, token = np.divmod(np.unique(np.repeat(np.arange(len(part)), lengths) * vocab_size + ids), vocab_size)
        counts += np.bincount(2 * token + encoded.labels[part][review], minlength=2 * vocab_size)
    return counts.reshape(vocab_size, 2)


def save_features(
    corpus: Path, source: Source, texts: list[str], encoded: EncodedReviews, tokens: list[str], language: str
) -> None:
    """Write features.parquet of a corpus from its test split. tokens: [vocab], the token of each id."""
    continues = np.array([token.startswith(CONTINUATION) for token in tokens])
    starts = encoded.offsets[:-1]  # no review is empty
    columns = dict(zip(("negations", "contrasts"), count_cues(texts, language).T, strict=True))
    columns["unknown"] = np.add.reduceat(encoded.ids == UNK_ID, starts, dtype=np.int64)
    columns["pieces"] = np.add.reduceat(continues[encoded.ids], starts, dtype=np.int64)
    _write(corpus / FEATURES, {name: values.astype(np.int32) for name, values in columns.items()}, source)


def save_token_reviews(path: Path, source: Source, counts: np.ndarray) -> None:
    """Write test_tokens.parquet or error_tokens.parquet from counts [vocab, 2] int64."""
    listed = np.where(counts >= LEAST, counts, 0)
    ids = np.flatnonzero(listed.any(axis=1))
    rows = np.concatenate([(counts - listed).sum(axis=0, keepdims=True), listed[ids]])
    columns = {"id": np.concatenate([[_OTHERS], ids]), "negative": rows[:, 0], "positive": rows[:, 1]}
    _write(path, {name: values.astype(np.int32) for name, values in columns.items()}, source)


def load_features(corpus: Path, source: Source) -> ReviewFeatures | None:
    """The features of the test reviews; None if there are none, or they are of another source.

    Raises DataError if the file is damaged or newer than this program.
    """
    columns = _read(corpus / FEATURES, source, ("negations", "contrasts", "unknown", "pieces"))
    return ReviewFeatures(**columns) if columns else None


def load_token_reviews(path: Path, source: Source, vocab_size: int) -> TokenReviews | None:
    """The counts in test_tokens.parquet or error_tokens.parquet; None if there are none, or of another source.

    Raises DataError if the file is damaged or newer than this program.
    """
    columns = _read(path, source, ("id", "negative", "positive"))
    if columns is None:
        return None
    ids, both = columns["id"], np.stack([columns["negative"], columns["positive"]], axis=1)
    listed = ids != _OTHERS
    if ((ids[listed] < 0) | (ids[listed] >= vocab_size)).any() or (both < 0).any():
        raise _damaged(path)
    counts = np.zeros((vocab_size, 2), dtype=np.int64)
    counts[ids[listed]] = both[listed]
    return TokenReviews(counts, both[~listed].sum(axis=0))


def is_of(path: Path, source: Source) -> bool:
    """Whether there is a file of counts of this source. Raises DataError if it is newer than this program."""
    try:
        return _stamp(path, pq.read_schema(path)) == source
    except NewerDataError:
        raise
    except (DataError, OSError, pa.ArrowException):
        return False


def _write(path: Path, columns: dict[str, np.ndarray], source: Source) -> None:
    stamp = _FORMAT.stamp({"reviews": source.reviews, "tokenizer": source.tokenizer})
    table = pa.table(columns).replace_schema_metadata({_METADATA: json.dumps(stamp)})
    packed: dict[str, Any] = {"compression": "zstd", "compression_level": 19, "use_dictionary": False}
    with atomic_path(path) as target:
        pq.write_table(table, target, column_encoding=dict.fromkeys(columns, "DELTA_BINARY_PACKED"), **packed)


def _read(path: Path, source: Source, names: tuple[str, ...]) -> dict[str, np.ndarray] | None:
    """The columns as int64; None if there is no file, or it is of another source."""
    check_readable(path, DataError)
    try:
        table = pq.read_table(path)
        if _stamp(path, table.schema) != source:
            return None
        return {name: table[name].to_numpy().astype(np.int64) for name in names}
    except FileNotFoundError:
        return None
    except (OSError, KeyError, ValueError, TypeError, pa.ArrowException) as error:
        raise _damaged(path) from error


def _stamp(path: Path, schema: Any) -> Source:
    """What the file belongs to. Raises NewerDataError for a newer file, DataError if it does not say so."""
    try:
        content = _FORMAT.upgrade(json.loads(schema.metadata[_METADATA]), path)
        return Source(content["reviews"], content["tokenizer"])
    except (KeyError, ValueError, TypeError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> DataError:
    return DataError("{path} is damaged. Delete it, then write it again with fill.", path=path)
