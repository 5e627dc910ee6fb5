"""The real data set, if it is available."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.text.reviews import Reviews, load_reviews


@pytest.fixture(scope="module")
def readings(imdb: str) -> Iterator[list[Reviews]]:
    """IMDB split by two seeds, read through a temporary cache."""
    import datasets

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(datasets.config, "HF_DATASETS_CACHE", Path(folder))
        yield [load_reviews(imdb, seed=seed) for seed in (0, 1)]


def test_sizes_and_balance(readings: list[Reviews]):
    sizes = {"train": 22_500, "valid": 2_500, "test": 25_000}
    for reviews in readings:
        assert {name: len(split) for name, split in reviews.splits.items()} == sizes
        for split in reviews.splits.values():
            assert np.bincount(split.labels).tolist() == [len(split) // 2] * 2


def test_train_and_valid_share_the_rows_among_them(readings: list[Reviews]):
    """For any seed each row is in exactly one split. A few reviews were posted twice, so rows are counted."""
    rows = [Counter(reviews.train.texts) + Counter(reviews.valid.texts) for reviews in readings]
    assert rows[0] == rows[1]
    twice = {text for text, count in rows[0].items() if count > 1}
    for reviews in readings:
        assert set(reviews.train.texts) & set(reviews.valid.texts) <= twice


def test_the_seed_draws_valid_and_leaves_test_alone(readings: list[Reviews]):
    first, second = readings
    assert set(first.valid.texts) != set(second.valid.texts)
    assert first.test.fingerprint == second.test.fingerprint
