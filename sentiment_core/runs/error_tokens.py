"""Counts the tokens of the test reviews that a classifier gets wrong, see text/review_counts.py."""

from __future__ import annotations

from pathlib import Path

from sentiment_core.runs.scores import Scores
from sentiment_core.text.corpus import Corpus
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.text.review_counts import ERROR_TOKENS, TokenReviews, count_reviews, load_token_reviews
from sentiment_core.text.review_counts import save_token_reviews as save


def save_error_tokens(folder: Path, corpus: Corpus, test: EncodedReviews, scores: Scores) -> None:
    """Write error_tokens.parquet of a classifier. test: the test split in the tokens of the corpus."""
    save(folder / ERROR_TOKENS, corpus.counts_source(), count_reviews(test, corpus.vocab_size, ~scores.right))


def load_error_tokens(folder: Path, corpus: Corpus) -> TokenReviews | None:
    """The counts of a classifier's errors; None if there are none for the reviews and tokens of this corpus.

    Raises DataError if they are damaged or newer than this program.
    """
    return load_token_reviews(folder / ERROR_TOKENS, corpus.counts_source(), corpus.vocab_size)
