"""The spread of seeds, and two recipes compared over their seeds."""

import numpy as np
import pytest
from scipy import stats

from sentiment_core.analysis.seeds import compare_in_order, compare_recipes, pairs_as_far_apart, spread

SEEDS = np.array([0.81, 0.84, 0.83, 0.79, 0.85])
BETTER = np.array([0.88, 0.9, 0.87, 0.91])


def test_the_spread_has_the_interval_of_student():
    found = spread(SEEDS)
    low, high = stats.t.interval(0.95, 4, loc=SEEDS.mean(), scale=stats.sem(SEEDS))
    assert (found.count, found.low, found.high) == (5, 0.79, 0.85)
    assert found.deviation == pytest.approx(SEEDS.std(ddof=1))
    assert (found.mean.value, found.mean.low, found.mean.high) == pytest.approx((SEEDS.mean(), low, high))


def test_one_seed_says_nothing_of_the_others():
    found = spread(SEEDS[:1])
    assert (found.count, found.deviation, found.mean.low, found.mean.high) == (1, 0.0, 0.0, 1.0)


def test_equal_seeds_have_no_spread():
    found = spread(np.full(3, 0.9))
    assert found.deviation == 0
    assert found.mean.low == pytest.approx(found.mean.high)


def test_luck_is_counted_over_all_pairs_of_one_recipe():
    assert pairs_as_far_apart(SEEDS, 0.0) == (10, 10)
    assert pairs_as_far_apart(SEEDS, 0.06) == (1, 10)
    assert pairs_as_far_apart(SEEDS, -0.05) == (2, 10), "the sign does not count, and rounding does not hide a pair"
    assert pairs_as_far_apart(SEEDS[:1], 0.1) == (0, 0)


def test_recipes_are_compared_as_scipy_does():
    found = compare_recipes(SEEDS, BETTER)
    welch = stats.ttest_ind(BETTER, SEEDS, equal_var=False)
    interval = welch.confidence_interval(0.95)
    assert found.welch == pytest.approx(welch.pvalue)
    assert (found.gain.low, found.gain.high) == pytest.approx((interval.low, interval.high))
    shuffled = stats.permutation_test((SEEDS, BETTER), lambda a, b, axis: b.mean(axis) - a.mean(axis), vectorized=True)
    assert found.p == pytest.approx(shuffled.pvalue, abs=1 / 126)
    assert found.p == pytest.approx(1 / 126), "no other way to share nine seeds out is as far apart"
    assert found.decided


def test_a_difference_within_the_spread_is_not_decided():
    found = compare_recipes(SEEDS, SEEDS[:4] + 0.005)
    assert not found.decided
    assert found.gain.low < 0 < found.gain.high


def test_three_seeds_each_cannot_decide_and_four_can():
    assert not compare_recipes(np.array([0.5, 0.51, 0.52]), np.array([0.9, 0.91, 0.92])).decidable
    assert compare_recipes(SEEDS[:4], BETTER).decidable


def test_many_seeds_are_shuffled_at_random_and_the_same_each_time():
    rng = np.random.default_rng(1)
    first, second = rng.normal(0.8, 0.02, 20), rng.normal(0.81, 0.02, 20)
    found = compare_recipes(first, second)
    assert found == compare_recipes(first, second)
    assert found.p == pytest.approx(stats.ttest_ind(first, second, equal_var=False).pvalue, abs=0.02)


def test_equal_recipes_that_never_vary_do_not_differ():
    found = compare_recipes(np.full(4, 0.9), np.full(4, 0.9))
    assert (found.p, found.welch, found.gain.value) == (1.0, 1.0, 0.0)


def test_recipes_are_compared_with_the_next_better_one_and_corrected_for_the_number_of_pairs():
    accuracies = {
        "best": np.array([0.90, 0.91, 0.92, 0.93, 0.94]),
        "worst": np.array([0.70, 0.71, 0.72, 0.73, 0.74]),
        "same": np.array([0.705, 0.715, 0.725, 0.735, 0.745]),
    }
    first, second = compare_in_order(accuracies)
    assert (first.worse, first.better) == ("worst", "same")
    assert first.gain == pytest.approx(0.005)
    assert first.p == pytest.approx(compare_recipes(accuracies["worst"], accuracies["same"]).p)
    assert not first.decided
    assert (second.worse, second.better) == ("same", "best")
    assert second.p == pytest.approx(2 * 2 / 252)
    assert second.decided
    assert compare_in_order({"alone": accuracies["best"]}) == []
