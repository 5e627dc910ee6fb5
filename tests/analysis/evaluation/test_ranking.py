"""ROC and precision-recall, by hand and against scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from sentiment_core.analysis.evaluation.ranking import precision_recall_curve, rank, roc_curve, thin
from tests.analysis.evaluation.samples import made_up

SPLIT = made_up()
# Two positive reviews lie at 2, one negative among them; then a negative, a positive and a negative.
LABELS = np.array([1, 1, 0, 0, 1, 0])
LOG_ODDS = np.array([2, 2, 2, 1, 0, -1], dtype=np.float32)


def test_counts_at_each_distinct_log_odds():
    ranking = rank(LABELS[::-1], LOG_ODDS[::-1])
    assert ranking.log_odds.tolist() == [2, 1, 0, -1]
    assert ranking.true_positives.tolist() == [2, 2, 3, 3]
    assert ranking.false_positives.tolist() == [1, 2, 2, 3]
    assert (ranking.positives, ranking.negatives) == (3, 3)


def test_auc_by_hand_counts_ties_half():
    # The two at 2 beat 2 negatives each and tie with one; the one at 0 beats one.
    assert rank(LABELS, LOG_ODDS).auc == pytest.approx((2 * 2.5 + 1) / 9)


def test_average_precision_by_hand():
    # The first two positives are found together, at precision 2/3; the third at 3/5.
    assert rank(LABELS, LOG_ODDS).average_precision == pytest.approx((2 * 2 / 3 + 3 / 5) / 3)


@pytest.mark.parametrize("name", ["weak", "strong"])
def test_areas_are_those_of_scikit_learn(name: str):
    ranking = rank(SPLIT.labels, SPLIT.log_odds[name])
    assert len(ranking.log_odds) < len(SPLIT)  # some are equal
    assert ranking.auc == pytest.approx(metrics.roc_auc_score(SPLIT.labels, SPLIT.log_odds[name]), abs=1e-12)
    expected = metrics.average_precision_score(SPLIT.labels, SPLIT.log_odds[name])
    assert ranking.average_precision == pytest.approx(expected, abs=1e-12)


def test_every_point_of_the_curves_is_scikit_learns():
    log_odds = SPLIT.log_odds["weak"]
    drawn = roc_curve(rank(SPLIT.labels, log_odds))
    fall_out, recall, limits = metrics.roc_curve(SPLIT.labels, log_odds, drop_intermediate=False)
    np.testing.assert_allclose(drawn.x, fall_out, atol=1e-7)
    np.testing.assert_allclose(drawn.y, recall, atol=1e-7)
    np.testing.assert_array_equal(drawn.log_odds, limits)
    drawn = precision_recall_curve(rank(SPLIT.labels, log_odds))
    precision, recall, limits = metrics.precision_recall_curve(SPLIT.labels, log_odds)
    np.testing.assert_allclose(drawn.x[1:], recall[:-1][::-1], atol=1e-7)
    np.testing.assert_allclose(drawn.y[1:], precision[:-1][::-1], atol=1e-7)
    np.testing.assert_array_equal(drawn.log_odds[1:], limits[::-1])


def test_the_areas_of_the_drawn_curves_are_the_numbers_beside_them():
    large = made_up(20_000, decimals=3)
    ranking = rank(large.labels, large.log_odds["strong"])
    roc, precision = roc_curve(ranking), precision_recall_curve(ranking)
    assert len(ranking.log_odds) > 2 * len(roc.x)  # thinned
    assert np.trapezoid(roc.y, roc.x) == pytest.approx(ranking.auc, abs=1e-3)
    assert np.diff(precision.x) @ precision.y[1:] == pytest.approx(ranking.average_precision, abs=1e-3)


@given(st.integers(1, 400), st.integers(0, 1000))
def test_a_point_left_out_is_within_a_cell_of_those_kept_around_it(points: int, seed: int):
    rng = np.random.default_rng(seed)
    x, y = np.sort(rng.random(points)), rng.random(points) * 0.02
    kept = thin(x, y, grid=50)
    assert kept[0] == 0
    assert kept[-1] == points - 1
    for gone in np.setdiff1d(np.arange(points), kept):
        before, after = kept[kept < gone][-1], kept[kept > gone][0]
        for near in (before, after):
            assert abs(x[near] - x[gone]) < 1 / 50
            assert abs(y[near] - y[gone]) < 1 / 50


@pytest.mark.parametrize("threshold", [0.01, 0.3, 0.5, 0.77, 0.99])
def test_the_outcome_at_a_threshold_is_a_count_of_the_reviews(threshold: float):
    outcome = rank(SPLIT.labels, SPLIT.log_odds["weak"]).at(threshold)
    matrix = metrics.confusion_matrix(SPLIT.labels, SPLIT.positive("weak", threshold))
    assert [
        [outcome.true_negatives, outcome.false_positives],
        [outcome.false_negatives, outcome.true_positives],
    ] == matrix.tolist()
    assert outcome.reviews == len(SPLIT)
    assert outcome.recall == pytest.approx(metrics.recall_score(SPLIT.labels, SPLIT.positive("weak", threshold)))


def test_a_review_at_the_threshold_is_not_called_positive():
    outcome = rank(LABELS, LOG_ODDS).at(0.5)  # the third positive review has log-odds 0
    assert (outcome.true_positives, outcome.false_negatives) == (2, 1)
    assert (outcome.recall, outcome.fall_out, outcome.precision) == (2 / 3, 2 / 3, 1 / 2)


def test_no_review_above_the_threshold_has_no_precision():
    outcome = rank(LABELS, LOG_ODDS).at(0.99)
    assert (outcome.recall, outcome.fall_out) == (0, 0)
    assert np.isnan(outcome.precision)


@pytest.mark.parametrize("label", [0, 1])
def test_one_class_has_no_auc(label: int):
    ranking = rank(np.full(4, label), np.arange(4, dtype=np.float32))
    assert ranking.one_class
    assert np.isnan(ranking.auc)
    assert np.isnan(ranking.average_precision) if label == 0 else ranking.average_precision == 1


def test_equal_log_odds_everywhere_are_a_coin_toss():
    ranking = rank(LABELS, np.full(6, 3, dtype=np.float32))
    assert ranking.constant
    assert ranking.auc == 0.5
    assert ranking.average_precision == 0.5
    curve = roc_curve(ranking)
    assert (curve.x.tolist(), curve.y.tolist()) == ([0, 1], [0, 1])
