"""Writes the card of a data set, with the tokenizer that its runs share."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tokenizers import Tokenizer

from sentiment_core.errors import DataError, NewerDataError
from sentiment_core.text.corpus import has_tokenizer, load_corpus, write_corpus, write_tokenizer
from sentiment_core.text.encoding import encode_reviews
from sentiment_core.text.reviews import Reviews
from sentiment_core.text.tokenization import check_kind, compared_kinds, load_tokenizer, train_tokenizer
from sentiment_core.text.whereabouts import remember


def build_corpus(
    reviews: Reviews,
    out: Path,
    *,
    seed: int,
    tokenizer: str = "wordpiece",
    overwrite: bool = False,
    cache: Path | None = None,
    compared: bool = True,
) -> None:
    """Write the corpus card of `reviews` with one shared tokenizer of that kind, and other kinds for comparison.

    cache: where encoded splits are kept, and the place that the reviews were read from, so that pages can show texts.
    compared: False leaves the other kinds to `add_compared`, because they take most of the time.

    Raises DataError if `out` is not free, TokenizerError for an unknown kind.
    """
    check_kind(tokenizer)
    kinds = dict.fromkeys([tokenizer, *(compared_kinds(reviews.train.texts) if compared else ())])
    tokenizers = {kind: train_tokenizer(kind, reviews.train.texts) for kind in kinds}
    shared = tokenizers[tokenizer]
    encoded = {name: encode_reviews(split, shared, cache) for name, split in reviews.splits.items()}
    write_corpus(out, reviews, encoded, tokenizers, seed, overwrite)
    if cache is not None:
        with suppress(OSError):  # without the note the pages show no texts of this corpus
            remember(reviews, cache)


def add_compared(folder: Path, reviews: Reviews) -> None:
    """Add the tokenizers for comparison to a corpus folder of `reviews`; those that are there are kept."""
    shared = load_corpus(folder).tokenizer
    for kind in compared_kinds(reviews.train.texts):
        if kind != shared and not has_tokenizer(folder, kind):
            write_tokenizer(folder, kind, train_tokenizer(kind, reviews.train.texts))


def shared_tokenizer(folder: Path, reviews: Reviews, kind: str) -> Tokenizer | None:
    try:
        corpus = load_corpus(folder)
    except NewerDataError:
        raise
    except DataError:
        return None
    if (corpus.fingerprint, corpus.tokenizer) != (reviews.fingerprint, kind):
        return None
    return load_tokenizer(folder / "tokenizer.json")
