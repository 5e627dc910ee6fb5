"""Adds to a corpus folder and its classifiers what they lack: files of later versions, and of copied folders.

A file that is there and belongs to the folder's reviews is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sentiment_core.classifiers.linear_files import list_linear
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.errors import ClassifierError, DataError, RunError, TokenizerError
from sentiment_core.messages import lazy
from sentiment_core.runs.error_tokens import save_error_tokens
from sentiment_core.runs.layout import VALID
from sentiment_core.runs.listing import list_runs
from sentiment_core.runs.scores import save_scores
from sentiment_core.runs.writing import hold_folder
from sentiment_core.text.corpus import Corpus, load_tokens
from sentiment_core.text.encoding import EncodedReviews, encode_reviews
from sentiment_core.text.review_counts import (
    ERROR_TOKENS,
    FEATURES,
    TEST_TOKENS,
    count_reviews,
    is_of,
    save_features,
    save_token_reviews,
)
from sentiment_core.text.reviews import Reviews
from sentiment_core.text.tokenization import load_tokenizer


def fill_corpus(corpus: Corpus, reviews: Reviews, cache: Path | None = None, device: str = "cpu") -> Iterator[str]:
    """Write every file that the folder of `corpus` lacks, yielding a line about each.

    Classifiers of other reviews, unfinished runs and damaged folders are left as they are, with a line that says so.
    device: where networks compute, as in `choose_device`. cache: where encoded splits are kept.
    Raises DataError if `reviews` are not those of the corpus, or a file cannot be written.
    """
    if reviews.fingerprint != corpus.fingerprint:
        raise DataError(
            "{path} describes other reviews ({source}, fingerprint {fingerprint}). Give the same --data, columns and "
            "labels again.",
            path=corpus.path,
            source=corpus.source,
            fingerprint=corpus.fingerprint,
        )
    runs, problems = list_runs(corpus)
    yield from map(str, problems)
    test = encode_reviews(reviews.test, load_tokenizer(corpus.path / "tokenizer.json"), cache)
    try:
        yield from _fill_counts(corpus, reviews, test)
        for folder in (*(run.path for run in runs if run.status == "complete"), *list_linear(corpus.path)):
            try:
                yield from _fill_classifier(folder, corpus, reviews, test, cache, device)
            except (RunError, ClassifierError, TokenizerError) as error:
                yield str(error)
    except OSError as error:
        raise DataError(
            "Cannot write to {path}: {reason}. Make room, or ask for the permission to write there.",
            path=corpus.path,
            reason=error.strerror or lazy("no space left"),
        ) from error


def _fill_counts(corpus: Corpus, reviews: Reviews, test: EncodedReviews) -> Iterator[str]:
    """The counts of the test reviews."""
    source = corpus.counts_source()
    if not is_of(path := corpus.path / FEATURES, source):
        tokens = load_tokens(corpus).tokens.tolist()
        save_features(corpus.path, source, reviews.test.texts, test, tokens, corpus.language)
        yield f"{path}: {len(test):,} test reviews"
    if not is_of(path := corpus.path / TEST_TOKENS, source):
        save_token_reviews(path, source, count_reviews(test, corpus.vocab_size))
        yield f"{path}: {len(test):,} test reviews"


def _fill_classifier(
    folder: Path, corpus: Corpus, reviews: Reviews, test: EncodedReviews, cache: Path | None, device: str
) -> Iterator[str]:
    """The files of one classifier. test: the test split in the tokens of the corpus.

    Raises RunError, ClassifierError or TokenizerError if it cannot be loaded, OSError if one cannot be written.
    """
    lacks_valid, lacks_errors = not (folder / VALID).exists(), not is_of(folder / ERROR_TOKENS, corpus.counts_source())
    if not (lacks_valid or lacks_errors):
        return
    classifier = load_classifier(folder, device)
    if classifier.origin is None or classifier.origin.fingerprint != reviews.fingerprint:
        yield f"{folder}: of other reviews, left as it is"
        return
    with hold_folder(folder):
        if lacks_valid:
            valid = classifier.evaluate(reviews.valid, cache).scores
            save_scores(folder, valid, VALID)
            yield f"{folder / VALID}: {valid.accuracy:.2%} of {len(valid.labels):,} valid reviews"
        if lacks_errors and (scores := classifier.scores()):
            save_error_tokens(folder, corpus, test, scores)
            yield f"{folder / ERROR_TOKENS}: {1 - scores.accuracy:.2%} of {len(test):,} test reviews"
