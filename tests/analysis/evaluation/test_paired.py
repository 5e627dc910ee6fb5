"""Intervals and tests of paired classifiers, against values worked by hand, scipy and statsmodels."""

import numpy as np
import pytest
from scipy.stats import binomtest
from statsmodels.stats.contingency_tables import mcnemar as reference_mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.analysis.evaluation.paired import (
    accuracy,
    bootstrap_gain,
    count_outcomes,
    differences,
    holm,
    mcnemar,
    outcomes,
    wilson,
)


@pytest.mark.parametrize(("right", "count"), [(0, 1), (1, 1), (0, 20), (20, 20), (7, 20), (21_936, 25_000)])
def test_wilson_agrees_with_statsmodels(right, count):
    found = wilson(right, count)
    low, high = proportion_confint(right, count, method="wilson")
    assert found.value == right / count
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_accuracy_is_a_share_of_the_reviews():
    assert accuracy(np.array([True, True, False, True])).value == 0.75


def test_reviews_are_counted_by_who_is_right():
    first = np.array([True, True, False, False, True])
    second = np.array([True, False, True, False, True])
    assert outcomes(first, second).tolist() == [0, 1, 2, 3, 0]
    assert count_outcomes(outcomes(first, second)).tolist() == [2, 1, 1, 1]


def test_mcnemar_by_hand():
    # The first gets one of four discordant reviews. P(at most 1 of 4) = 5/16, so p = 10/16. Mid-p: less P(1) = 4/16.
    found = mcnemar(1, 3)
    assert (found.exact, found.mid) == (pytest.approx(10 / 16), pytest.approx(6 / 16))
    # None of three: 2 * 1/8, and 1/8 less.
    assert mcnemar(0, 3).exact == pytest.approx(2 / 8)
    assert mcnemar(0, 3).mid == pytest.approx(1 / 8)
    assert mcnemar(3, 0).exact == mcnemar(0, 3).exact


@pytest.mark.parametrize(("first", "second"), [(1, 3), (5, 5), (0, 6), (40, 61), (1140, 2435)])
def test_mcnemar_agrees_with_references(first, second):
    found = mcnemar(first, second)
    table = [[10, first], [second, 10]]
    assert found.exact == pytest.approx(reference_mcnemar(table, exact=True).pvalue, rel=1e-9)
    assert found.exact == pytest.approx(binomtest(first, first + second).pvalue, rel=1e-9)
    assert 0 < found.mid <= found.exact


def test_without_discordant_reviews_p_is_one():
    assert mcnemar(0, 0).exact == 1
    assert mcnemar(0, 0).mid == 1
    gain = bootstrap_gain(np.array([30, 0, 0, 10]))
    assert (gain.value, gain.low, gain.high) == (0, 0, 0)


def test_the_bootstrap_has_the_distribution_of_resampling_pairs():
    """Against a loop that draws reviews, and against the formula of the standard error."""
    counts = np.array([700, 40, 90, 170])
    found = bootstrap_gain(counts)
    each = np.repeat([0, -1, 1, 0], counts)
    rng = np.random.default_rng(1)
    drawn = np.array([each[rng.integers(0, len(each), len(each))].mean() for _ in range(2_000)])
    low, high = np.quantile(drawn, [0.025, 0.975])
    assert found.value == pytest.approx(0.05)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.003)
    error = each.std() / np.sqrt(len(each))
    assert (found.low, found.high) == pytest.approx((0.05 - 1.96 * error, 0.05 + 1.96 * error), abs=0.003)


def test_the_bootstrap_is_the_same_each_time():
    counts = np.array([700, 40, 90, 170])
    assert bootstrap_gain(counts) == bootstrap_gain(counts)


@pytest.mark.parametrize("values", [[0.04], [0.01, 0.04, 0.03], [0.5, 0.9, 0.6, 1e-9, 0.02, 0.02]])
def test_holm_agrees_with_statsmodels(values):
    np.testing.assert_allclose(holm(values), multipletests(values, method="holm")[1])


def test_every_pair_is_compared_at_the_threshold():
    labels = np.array([1, 1, 0, 0])
    log_odds = {"a": np.array([1, 1, 1, 1]), "b": np.array([3, 3, -1, 1]), "c": np.array([1, 1, -1, -1])}
    compared = Compared(labels, np.arange(4), {name: values.astype(np.float32) for name, values in log_odds.items()})
    found = differences(compared)
    assert list(found) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found["a", "b"].counts.tolist() == [2, 0, 1, 1]
    assert found["a", "b"].gain.value == 0.25
    assert found["a", "c"].gain.value == 0.5
    # p of one and of two discordant reviews on one side: 1, 0.5 and 1; three comparisons make 0.5 into 1.
    assert [one.test.exact for one in found.values()] == [1, 0.5, 1]
    assert [one.corrected for one in found.values()] == [1, 1, 1]
    strict = differences(compared, threshold=0.9)  # log-odds of 2.2: only b calls anything positive
    assert strict["a", "b"].gain.value == 0.5
    assert strict["a", "c"].counts.tolist() == [2, 0, 0, 2]


def test_equal_answers_everywhere_do_not_differ():
    same = np.zeros(6, np.float32)
    compared = Compared(np.array([1, 0, 1, 0, 1, 1]), np.arange(6), {"a": same, "b": same})
    (found,) = differences(compared).values()
    assert found.counts.tolist() == [2, 0, 0, 4]  # a log-odds of 0 is not positive
    assert (found.gain.value, found.test.exact) == (0, 1)
