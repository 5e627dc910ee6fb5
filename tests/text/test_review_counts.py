"""Counts of the test reviews, worked by hand for nine reviews of a vocabulary of six tokens."""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from sentiment_core.errors import DataError, NewerDataError
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.text.review_counts import (
    FEATURES,
    TEST_TOKENS,
    Source,
    count_reviews,
    is_of,
    load_features,
    load_token_reviews,
    save_features,
    save_token_reviews,
)

SOURCE = Source("reviews", "tokenizer")
TOKENS = ["[PAD]", "[UNK]", "film", "##s", "good", "rare"]
# Six negative reviews, all with "film", one twice; three positive ones. One review of each label has "rare".
REVIEWS = [[2, 3, 2], [2, 1], [2], [2], [2], [2, 5], [4, 2, 3], [4, 1, 1], [5, 4]]
LABELS = [0] * 6 + [1] * 3


@pytest.fixture
def encoded() -> EncodedReviews:
    offsets = np.cumsum([0, *map(len, REVIEWS)])
    return EncodedReviews(np.concatenate(REVIEWS).astype(np.uint16), offsets, np.array(LABELS))


def test_a_review_counts_a_token_once(encoded: EncodedReviews):
    counts = count_reviews(encoded, len(TOKENS))
    assert counts.tolist() == [[0, 0], [1, 1], [6, 1], [1, 1], [0, 3], [1, 1]]
    chosen = np.array([True, False, False, False, False, True, False, False, True])
    assert count_reviews(encoded, len(TOKENS), chosen).tolist() == [[0, 0], [0, 0], [2, 0], [1, 0], [0, 1], [1, 1]]
    assert not count_reviews(encoded, len(TOKENS), np.zeros(9, bool)).any()


def test_a_rare_token_is_only_a_part_of_a_sum(encoded: EncodedReviews, tmp_path: Path):
    """No review can be rebuilt: only "film" occurs in five or more reviews of a label."""
    counts = count_reviews(encoded, len(TOKENS))
    save_token_reviews(tmp_path / TEST_TOKENS, SOURCE, counts)
    assert pq.read_table(tmp_path / TEST_TOKENS).to_pydict() == {"id": [-1, 2], "negative": [3, 6], "positive": [7, 0]}
    loaded = load_token_reviews(tmp_path / TEST_TOKENS, SOURCE, len(TOKENS))
    assert loaded.counts.tolist() == [[0, 0], [0, 0], [6, 0], [0, 0], [0, 0], [0, 0]]
    assert loaded.totals.tolist() == counts.sum(axis=0).tolist() == [9, 7]


def test_the_features_of_each_review(encoded: EncodedReviews, tmp_path: Path):
    texts = ["not good but long", "never", *["film"] * 7]
    save_features(tmp_path, SOURCE, texts, encoded, TOKENS, "")
    found = load_features(tmp_path, SOURCE)
    assert found.negations.tolist() == [1, 1] + [0] * 7
    assert found.contrasts.tolist() == [1] + [0] * 8
    assert found.unknown.tolist() == [0, 1, 0, 0, 0, 0, 0, 2, 0]
    assert found.pieces.tolist() == [1, 0, 0, 0, 0, 0, 1, 0, 0]


def test_counts_of_other_reviews_or_another_tokenizer_are_none(encoded: EncodedReviews, tmp_path: Path):
    path = tmp_path / TEST_TOKENS
    assert load_token_reviews(path, SOURCE, 6) is None
    save_token_reviews(path, SOURCE, count_reviews(encoded, 6))
    for other in (Source("others", "tokenizer"), Source("reviews", "other")):
        assert load_token_reviews(path, other, 6) is None
        assert not is_of(path, other)
    assert is_of(path, SOURCE)


def test_a_newer_or_damaged_file(encoded: EncodedReviews, tmp_path: Path):
    path = tmp_path / TEST_TOKENS
    save_token_reviews(path, SOURCE, count_reviews(encoded, 6))
    table = pq.read_table(path)
    with pytest.raises(DataError, match="is damaged"):
        load_token_reviews(path, SOURCE, 2)  # fewer tokens than it lists
    stamp = json.loads(table.schema.metadata[b"sentiment-lab"])
    stamp["format"] = {"version": 99, "needs": "9.9.0"}
    pq.write_table(table.replace_schema_metadata({"sentiment-lab": json.dumps(stamp)}), path)
    for read in (lambda: load_token_reviews(path, SOURCE, 6), lambda: is_of(path, SOURCE)):
        with pytest.raises(NewerDataError, match=r"Install version 9\.9\.0"):
            read()
    for content in (table.replace_schema_metadata({}), table.drop_columns("negative")):
        pq.write_table(content, path)
        with pytest.raises(DataError, match=r"is damaged\. Delete it, then write it again with fill"):
            load_token_reviews(path, SOURCE, 6)
    (tmp_path / FEATURES).write_bytes(b"PAR1")
    with pytest.raises(DataError, match="is damaged"):
        load_features(tmp_path, SOURCE)
    assert not is_of(tmp_path / FEATURES, SOURCE)
