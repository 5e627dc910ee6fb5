"""The cost of padding, on lengths whose cost is known."""

import numpy as np
import pytest

from sentiment_core.analysis.padding import padding_cost

LENGTHS = np.array([10, 100] * 64)


def test_bucketing_removes_the_padding_between_two_lengths():
    cost = padding_cost(LENGTHS, max_length=1000, batch_size=8)
    assert cost.bucketed == pytest.approx(0)  # 64 reviews of each length fill eight batches each
    assert cost.random == pytest.approx(0.45, abs=0.02)  # 55 tokens a review, nearly every batch 100 long


def test_a_cut_below_the_shortest_leaves_no_padding():
    cost = padding_cost(LENGTHS, max_length=10, batch_size=8)
    assert (cost.random, cost.bucketed) == pytest.approx((0, 0))


def test_one_batch_costs_the_same_either_way():
    lengths = np.array([1, 2, 3, 4])
    cost = padding_cost(lengths, max_length=9, batch_size=4)
    assert cost.random == cost.bucketed == pytest.approx(6 / 16)


def test_the_same_seed_gives_the_same_cost():
    lengths = np.random.default_rng(0).integers(1, 500, 400)
    assert padding_cost(lengths, 400, 16) == padding_cost(lengths, 400, 16)
    assert padding_cost(lengths, 400, 16, seed=1).random != padding_cost(lengths, 400, 16, seed=2).random
