"""Lengths of reviews, on a few reviews that can be counted by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment_core.analysis.lengths import (
    BINS,
    cut_share,
    in_split,
    length_edges,
    length_statistics,
    summarise_lengths,
)
from sentiment_core.text.corpus import LengthTable

TABLE = LengthTable(
    split=np.array(["train", "train", "train", "train", "test"], dtype=object),
    label=np.array([0, 1, 1, 0, 1]),
    tokens=np.array([2, 2, 3, 90, 40]),
)


def test_statistics():
    statistics = length_statistics(np.array([1, 2, 3, 4, 10]))
    assert (statistics.reviews, statistics.tokens, statistics.mean, statistics.longest) == (5, 20, 4.0, 10)
    assert statistics.percentiles[50] == 3
    assert statistics.percentiles[25] == 2
    assert statistics.percentiles[75] == 4


def test_a_cut_counts_reviews_and_tokens_beyond_it():
    cut = cut_share(np.array([1, 2, 3, 4]), 2)  # 3 and 4 are longer; they lose 1 and 2 of 10 tokens
    assert (cut.max_length, cut.reviews, cut.tokens) == (2, 0.5, 0.3)


def test_a_review_as_long_as_the_max_length_is_not_cut():
    cut = cut_share(np.array([5, 5]), 5)
    assert (cut.reviews, cut.tokens) == (0, 0)


@given(st.lists(st.integers(1, 300), min_size=1), st.integers(1, 299))
def test_a_greater_max_length_never_cuts_more(lengths: list[int], max_length: int):
    shorter, longer = (cut_share(np.array(lengths), limit) for limit in (max_length, max_length + 1))
    assert longer.reviews <= shorter.reviews
    assert longer.tokens <= shorter.tokens
    kept = np.minimum(lengths, max_length).sum()
    assert shorter.tokens == pytest.approx(1 - kept / sum(lengths))


def test_rows_of_a_split():
    assert in_split(TABLE, "test").tolist() == [False] * 4 + [True]
    assert in_split(TABLE, "all").all()
    assert not in_split(TABLE, "valid").any()


def test_a_summary_counts_each_label_in_bins_of_equal_width():
    # 97.5% of the five lengths are below 85, so 50 bins have a width of 2: from 0 to 99, then 100 and more.
    summary = summarise_lengths(TABLE, "train")
    assert summary.edges.tolist() == list(range(0, 101, 2))
    assert summary.counts.shape == (2, BINS + 1)
    negative, positive = summary.counts
    assert np.flatnonzero(negative).tolist() == [1, 45]  # lengths 2 and 90
    assert positive[1] == 2  # lengths 2 and 3
    assert summary.statistics["all"].tokens == 97
    assert summary.statistics["positive"].mean == 2.5


def test_splits_share_their_bins():
    assert (summarise_lengths(TABLE, "test").edges == summarise_lengths(TABLE, "all").edges).all()


def test_a_label_without_reviews_has_no_statistics():
    summary = summarise_lengths(TABLE, "test")
    assert list(summary.statistics) == ["all", "positive"]
    assert summary.counts[0].sum() == 0


def test_share_of_shorter_reviews():
    summary = summarise_lengths(TABLE, "train")  # 2, 2, 3, 90
    assert [summary.share_shorter(tokens) for tokens in (1, 2, 3, 4, 91)] == [0, 0, 0.5, 0.75, 1]
    assert summary.cut(3) == cut_share(np.array([2, 2, 3, 90]), 3)


@given(st.lists(st.integers(1, 5000), min_size=1))
def test_every_review_is_in_one_bin(lengths: list[int]):
    table = LengthTable(np.full(len(lengths), "train", dtype=object), np.arange(len(lengths)) % 2, np.array(lengths))
    summary = summarise_lengths(table, "all")
    assert summary.counts.sum() == len(lengths)
    beyond = sum(length >= summary.edges[-1] for length in lengths)
    assert summary.counts[:, -1].sum() == beyond


@pytest.mark.parametrize(
    ("longest", "width"), [(1, 1), (50, 1), (51, 2), (99, 2), (500, 10), (501, 20), (1000, 20), (3000, 60)]
)
def test_bins_have_the_least_round_width_that_holds_nearly_all(longest: int, width: int):
    edges = length_edges(np.full(9, longest))
    assert np.diff(edges).tolist() == [width] * BINS
    assert edges[0] == 0
