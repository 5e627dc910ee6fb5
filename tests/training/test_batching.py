"""Batches: each review occurs once, whatever the lengths, and padding is correct."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.batching import bucketed_batches, pad_batch, random_batches, sorted_batches

lengths = arrays(np.int64, st.integers(1, 120), elements=st.integers(1, 3000))
batch_sizes = st.integers(1, 40)

# Three reviews: 1 2 3, 4, and 5 6 7 8.
ENCODED = EncodedReviews(np.arange(1, 9, dtype=np.int32), np.array([0, 3, 4, 8]), np.array([0, 1, 1]))


def check(batches: list[np.ndarray], count: int, batch_size: int) -> None:
    assert sorted(np.concatenate(batches).tolist()) == list(range(count)), "each row once"
    sizes = sorted((len(rows) for rows in batches), reverse=True)
    assert sizes[0] <= batch_size
    assert all(size == batch_size for size in sizes[:-1]), "all full but one"
    assert len(batches) == -(-count // batch_size), "as many as the loop counts steps"


@given(lengths, batch_sizes, st.integers(1, 10), st.integers(0, 2**32))
def test_bucketed_batches_lose_and_repeat_no_review(lengths: np.ndarray, batch_size: int, pool: int, seed: int):
    check(bucketed_batches(lengths, batch_size, np.random.default_rng(seed), pool), len(lengths), batch_size)


@given(st.integers(1, 300), batch_sizes, st.integers(0, 2**32))
def test_random_batches_lose_and_repeat_no_review(count: int, batch_size: int, seed: int):
    check(random_batches(count, batch_size, np.random.default_rng(seed)), count, batch_size)


@given(lengths, batch_sizes)
def test_sorted_batches_lose_and_repeat_no_review(lengths: np.ndarray, batch_size: int):
    batches = sorted_batches(lengths, batch_size)
    check(batches, len(lengths), batch_size)
    assert np.all(np.diff(lengths[np.concatenate(batches)]) >= 0)


@given(lengths, batch_sizes)
def test_within_one_pool_batches_hold_neighbours_by_length(lengths: np.ndarray, batch_size: int):
    batches = bucketed_batches(lengths, batch_size, np.random.default_rng(0), pool=len(lengths))
    spans = sorted((lengths[rows].min(), lengths[rows].max()) for rows in batches)
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


def test_each_epoch_orders_its_batches_anew():
    rng = np.random.default_rng(0)
    first, second = (np.concatenate(bucketed_batches(np.arange(1, 101), 10, rng)) for _ in range(2))
    assert first.tolist() != second.tolist()
    again = np.concatenate(bucketed_batches(np.arange(1, 101), 10, np.random.default_rng(0)))
    assert first.tolist() == again.tolist()


def test_a_batch_is_padded_on_the_right_to_its_longest():
    ids, lengths = pad_batch(ENCODED, np.array([1, 2, 0]), max_length=10)
    assert ids.tolist() == [[4, 0, 0, 0], [5, 6, 7, 8], [1, 2, 3, 0]]
    assert lengths.tolist() == [1, 4, 3]
    assert (ids.dtype, lengths.dtype) == (np.int64, np.int64)


def test_a_batch_is_cut_at_the_max_length():
    ids, lengths = pad_batch(ENCODED, np.array([0, 1, 2]), max_length=2)
    assert ids.tolist() == [[1, 2], [4, 0], [5, 6]]
    assert lengths.tolist() == [2, 1, 2]


@given(lengths, st.integers(1, 50), st.data())
def test_every_batch_holds_the_start_of_its_reviews(lengths: np.ndarray, max_length: int, data: st.DataObject):
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    flat = np.arange(1, offsets[-1] + 1, dtype=np.int32)  # each token its own id
    rows = np.array(data.draw(st.lists(st.integers(0, len(lengths) - 1), min_size=1, max_size=8)))
    ids, cut = pad_batch(EncodedReviews(flat, offsets, np.zeros(len(lengths), np.int64)), rows, max_length)
    for row, read, length in zip(rows, ids, cut, strict=True):
        start = offsets[row]
        assert read[:length].tolist() == flat[start : start + min(lengths[row], max_length)].tolist()
        assert not read[length:].any()
    assert ids.shape[1] == cut.max()


@pytest.mark.parametrize("rows", [[0], [2, 1]])
def test_the_last_review_ends_where_the_array_does(rows: list[int]):
    assert pad_batch(ENCODED, np.array([2, *rows]), max_length=9)[0][0].tolist() == [5, 6, 7, 8]
