"""The corpus folder: counts of what was read. It holds no review text.

corpus.json      source, split sizes, tokenizer kind, seed, fingerprint, language
tokenizer.json   the shared tokenizer
tokenizers/      the others, trained on the same split, as NAME.json.gz; NAME.json before format 2
lengths.parquet  split, label, tokens; one row a review
tokens.parquet   id, token, count_neg, count_pos, polarity; one row a token of the vocabulary
features.parquet, test_tokens.parquet   counts of the test reviews, see review_counts.py
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from tokenizers import Tokenizer

from sentiment_core.errors import DataError, NewerDataError
from sentiment_core.messages import lazy
from sentiment_core.storage.files import atomic_path, check_readable, write_json, write_text
from sentiment_core.storage.formats import FileFormat, Step, known_entries, unchanged
from sentiment_core.storage.locks import hold
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.text.hangul import find_language
from sentiment_core.text.review_counts import (
    TEST_TOKENS,
    Source,
    count_reviews,
    save_features,
    save_token_reviews,
    source_of,
)
from sentiment_core.text.reviews import Reviews
from sentiment_core.text.tokenization import compact_json

# Of corpus.json and the files beside it.
FORMAT = FileFormat((Step("0.2.0", unchanged), Step("0.3.0", unchanged)), NewerDataError)
SPLITS = ("train", "valid", "test")
_TRAINED = "trained"  # as jobs.layout calls the folder of corpora whose runs were trained in jobs
_SWEEPS = "sweeps"  # as experiments.sweeps.plan calls the folder of sweeps
# Encodings that compress each column well: ids are consecutive, and numbers of one kind share their high bytes.
_ENCODINGS = dict.fromkeys(("id", "count_neg", "count_pos"), "DELTA_BINARY_PACKED") | dict.fromkeys(
    ("polarity", "tokens"), "BYTE_STREAM_SPLIT"
)
_COMPRESSION: dict[str, Any] = {"compression": "zstd", "compression_level": 19}


@dataclass(frozen=True)
class TokenTable:
    """The vocabulary, with each token's counts in negative and positive training reviews."""

    tokens: np.ndarray  # [vocab] str
    counts: np.ndarray  # [vocab, 2] int64, negative and positive
    polarity: np.ndarray  # [vocab] float32, smoothed log-odds; above 0 means positive

    @cached_property
    def ids(self) -> dict[str, int]:
        """The id of each token."""
        return {token: index for index, token in enumerate(self.tokens)}


@dataclass(frozen=True)
class LengthTable:
    """One row a review."""

    split: np.ndarray  # [reviews] str: train, valid or test
    label: np.ndarray  # [reviews] int64
    tokens: np.ndarray  # [reviews] int64, length in tokens


@dataclass(frozen=True)
class Corpus:
    """The content of corpus.json, and the folder."""

    path: Path
    source: str
    sizes: dict[str, int]  # reviews in each split
    tokenizer: str  # kind
    vocab_size: int
    seed: int
    fingerprint: str
    language: str = ""  # of the texts, as `find_language` returns it

    @property
    def of_jobs(self) -> bool:
        """Whether its runs were trained in jobs or by a sweep: it lies below trained/, or within a sweep."""
        return self.path.parent.name == _TRAINED or self.path.parent.parent.name == _SWEEPS

    @property
    def name(self) -> str:
        """What pages and addresses call it: its folder.

        The folder of a corpus below trained/ may be the secret id of an upload. Its name is that of its source, with
        four digits that tell it from others.
        """
        if not self.of_jobs:
            return self.path.name
        place = self.path if self.path.parent.name == _TRAINED else self.path.parent
        stem = Path(self.source).stem.replace(place.name, "")
        readable = re.sub(r"[^\w-]+", "-", stem)[:24].strip("-")
        return f"{readable or 'own'}-{hashlib.sha256(place.name.encode()).hexdigest()[:4]}"

    def counts_source(self) -> Source:
        """What the counts of its test reviews belong to. Raises DataError if tokenizer.json cannot be read."""
        try:
            return source_of(self.fingerprint, self.path)
        except OSError as error:
            path = self.path / "tokenizer.json"
            raise DataError("{path} is missing or damaged. Rebuild it with make checkpoints.", path=path) from error


def token_polarity(counts: np.ndarray, smoothing: float = 10.0) -> np.ndarray:
    """Smoothed log-odds of each token [vocab] float32 from counts [vocab, 2] of negative and positive occurrences.

    log((pos + s) / (P + s * V)) - log((neg + s) / (N + s * V)). The additive smoothing `s` pulls rare tokens toward
    zero.
    """
    smoothed = counts.astype(np.float64) + smoothing
    share = smoothed / smoothed.sum(axis=0)
    return (np.log(share[:, 1]) - np.log(share[:, 0])).astype(np.float32)


def count_tokens(encoded: EncodedReviews, vocab_size: int) -> np.ndarray:
    """Occurrences of each token id, by label [vocab, 2] int64."""
    labels = np.repeat(encoded.labels, encoded.lengths)
    counts = np.bincount(encoded.ids.astype(np.int64) * 2 + labels, minlength=2 * vocab_size)
    return counts.reshape(vocab_size, 2)


def check_corpus_free(folder: Path, overwrite: bool) -> None:
    """Raise DataError if `folder` holds a run, whose tokenizer would be lost, or a corpus that must not be replaced."""
    try:
        holds_run, holds_corpus = ((folder / name).exists() for name in ("recipe.json", "corpus.json"))
    except OSError as error:  # no permission, or too long a name
        raise DataError(
            "Cannot write to {path}: {reason}. Name a folder you may write to.", path=folder, reason=error.strerror
        ) from error
    if holds_run:
        raise DataError("{path} holds a run. Name another folder for the corpus.", path=folder)
    if holds_corpus and not overwrite:
        raise DataError(
            "{path} already holds a corpus. Name another folder, or give --overwrite to replace it.", path=folder
        )


def write_corpus(
    folder: Path,
    reviews: Reviews,
    encoded: dict[str, EncodedReviews],
    tokenizers: dict[str, Tokenizer],
    seed: int,
    overwrite: bool = False,
) -> None:
    """Write the corpus folder. The first of `tokenizers` is the shared one, which made `encoded`.

    Raises DataError if `folder` is not free (see `check_corpus_free`) or cannot be created, LockedError if another
    process is writing it.
    """
    check_corpus_free(folder, overwrite)
    held = ExitStack()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held.enter_context(hold(folder / ".corpus", lazy("{path} is being written.", path=folder)))
    except OSError as error:
        raise DataError(
            "Cannot write to {path}: {reason}. Name a folder you may write to.", path=folder, reason=error.strerror
        ) from error
    with held:
        check_corpus_free(folder, overwrite)  # again: another process may have written it since
        (folder / "corpus.json").unlink(missing_ok=True)  # without it the folder is no corpus
        _write_files(folder, reviews, encoded, tokenizers, seed)


def _write_files(
    folder: Path,
    reviews: Reviews,
    encoded: dict[str, EncodedReviews],
    tokenizers: dict[str, Tokenizer],
    seed: int,
) -> None:
    kind, shared = next(iter(tokenizers.items()))
    for name, tokenizer in tokenizers.items():
        if name == kind:
            write_text(folder / "tokenizer.json", compact_json(tokenizer))
        else:
            write_tokenizer(folder, name, tokenizer)
    counts = count_tokens(encoded["train"], shared.get_vocab_size())
    names = [str(shared.id_to_token(index)) for index in range(len(counts))]
    table = {
        "id": np.arange(len(counts), dtype=np.int32),
        "token": names,
        "count_neg": counts[:, 0],
        "count_pos": counts[:, 1],
        "polarity": token_polarity(counts).astype(np.float16),  # to 0.1%: more precise than the counts
    }
    lengths = {
        "split": np.repeat(SPLITS, [len(encoded[split]) for split in SPLITS]),
        "label": np.concatenate([encoded[split].labels for split in SPLITS]).astype(np.int8),
        "tokens": np.concatenate([encoded[split].lengths for split in SPLITS]).astype(np.int32),
    }
    for name, columns in (("tokens", table), ("lengths", lengths)):
        with atomic_path(folder / f"{name}.parquet") as target:
            encoding = {column: _ENCODINGS[column] for column in columns if column in _ENCODINGS}
            pq.write_table(pa.table(columns), target, use_dictionary=False, column_encoding=encoding, **_COMPRESSION)
    language = find_language(reviews.train.texts)
    source = source_of(reviews.fingerprint, folder)
    save_features(folder, source, reviews.test.texts, encoded["test"], names, language)
    save_token_reviews(folder / TEST_TOKENS, source, count_reviews(encoded["test"], len(names)))
    card = {
        "source": reviews.source,
        "sizes": {name: len(split) for name, split in reviews.splits.items()},
        "tokenizer": kind,
        "vocab_size": len(counts),
        "seed": seed,
        "fingerprint": reviews.fingerprint,
        "language": language,
    }
    write_json(folder / "corpus.json", FORMAT.stamp(card))


def has_tokenizer(folder: Path, name: str) -> bool:
    """Whether a corpus folder holds a tokenizer for comparison."""
    return any((folder / "tokenizers" / f"{name}.{suffix}").exists() for suffix in ("json.gz", "json"))


def write_tokenizer(folder: Path, name: str, tokenizer: Tokenizer) -> None:
    """Write a tokenizer for comparison, which only this program reads: compressed it is less than half as large."""
    path, content = folder / "tokenizers" / f"{name}.json.gz", compact_json(tokenizer)
    path.parent.mkdir(exist_ok=True)
    path.with_suffix("").unlink(missing_ok=True)  # the file before format 2
    with atomic_path(path) as target:
        target.write_bytes(gzip.compress(content.encode(), mtime=0))  # no time: the same content is the same file


def load_corpus(folder: Path) -> Corpus:
    """Read corpus.json. Raises DataError if it is missing, damaged or newer than this program."""
    path = folder / "corpus.json"
    check_readable(path, DataError)
    try:
        content = FORMAT.upgrade(json.loads(path.read_text(encoding="utf-8")), path)
        return Corpus(**known_entries(Corpus, content) | {"path": folder})
    except FileNotFoundError as error:
        raise DataError("No corpus in {path}. Rebuild it with make checkpoints.", path=folder) from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DataError("{path} is damaged. Rebuild it with make checkpoints.", path=path) from error


def load_lengths(corpus: Corpus) -> LengthTable:
    """The length of every review. Raises DataError if lengths.parquet is missing or damaged."""
    table = _read_table(corpus.path / "lengths.parquet", ["split", "label", "tokens"])
    return LengthTable(
        table["split"].to_numpy(),
        table["label"].to_numpy().astype(np.int64),
        table["tokens"].to_numpy().astype(np.int64),
    )


def load_tokens(corpus: Corpus) -> TokenTable:
    """The vocabulary with counts and polarity. Raises DataError if tokens.parquet is missing or damaged."""
    table = _read_table(corpus.path / "tokens.parquet", ["token", "count_neg", "count_pos", "polarity"])
    counts = np.stack([table["count_neg"].to_numpy(), table["count_pos"].to_numpy()], axis=1)
    return TokenTable(table["token"].to_numpy(), counts, table["polarity"].to_numpy().astype(np.float32))


def _read_table(path: Path, columns: list[str]) -> pa.Table:
    check_readable(path, DataError)
    try:
        return pq.read_table(path).select(columns)
    except (OSError, KeyError, pa.ArrowInvalid) as error:
        raise DataError("{path} is missing or damaged. Rebuild it with make checkpoints.", path=path) from error
