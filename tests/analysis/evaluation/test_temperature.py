"""A fitted temperature against a grid, and the cases that have none."""

import numpy as np
import pytest
from sklearn.metrics import log_loss

from sentiment_core.analysis.evaluation.compared import probability
from sentiment_core.analysis.evaluation.temperature import HIGHEST, LOWEST, fit_temperature
from tests.analysis.evaluation.samples import made_up

SPLIT = made_up(2000, decimals=2)


@pytest.mark.parametrize("scale", [0.3, 1, 4])
def test_a_fitted_temperature_is_the_best_of_a_grid(scale: float):
    log_odds = (SPLIT.log_odds["strong"] * scale).astype(np.float32)
    fitted = fit_temperature(SPLIT.labels, log_odds)
    grid = np.exp(np.linspace(np.log(LOWEST), np.log(HIGHEST), 1201))
    towards_label = np.where(SPLIT.labels == 1, log_odds, -log_odds)
    losses = np.logaddexp(0, -towards_label / grid[:, None]).mean(axis=1)
    best = grid[np.argmin(losses)]
    assert min(losses) == pytest.approx(log_loss(SPLIT.labels, probability(log_odds / best)), abs=1e-6)
    assert fitted.bound == ""
    assert fitted.value == pytest.approx(best, rel=0.006)
    assert fitted.loss_after == pytest.approx(min(losses), abs=1e-5)
    assert fitted.loss_after <= min(losses) + 1e-9
    assert fitted.loss_before == pytest.approx(log_loss(SPLIT.labels, probability(log_odds)), abs=1e-6)


def test_the_temperature_undoes_a_factor():
    plain, hot = (fit_temperature(SPLIT.labels, SPLIT.log_odds["weak"] * factor).value for factor in (1, 3))
    assert hot == pytest.approx(3 * plain, rel=1e-3)


def test_no_verdict_changes():
    log_odds = SPLIT.log_odds["weak"]
    cooled = fit_temperature(SPLIT.labels, log_odds * 3).apply(log_odds)
    np.testing.assert_array_equal(cooled > 0, log_odds > 0)
    assert cooled.dtype == np.float32


def test_valid_reviews_that_are_all_right_have_no_finite_temperature():
    fitted = fit_temperature(np.array([1, 1, 0]), np.array([3, 0.5, -2], dtype=np.float32))
    assert (fitted.value, fitted.bound) == (LOWEST, "lowest")
    assert fitted.loss_after < fitted.loss_before


def test_a_classifier_no_better_than_a_coin_gets_the_highest():
    fitted = fit_temperature(np.array([1, 0]), np.array([-1, 1], dtype=np.float32))
    assert (fitted.value, fitted.bound) == (HIGHEST, "highest")


def test_log_odds_of_zero_leave_the_temperature_at_one():
    fitted = fit_temperature(np.array([1, 0]), np.zeros(2, dtype=np.float32))
    assert (fitted.value, fitted.bound) == (1, "")
    assert fitted.loss_before == fitted.loss_after == pytest.approx(np.log(2))


def test_one_class_and_large_log_odds_do_not_overflow():
    fitted = fit_temperature(np.ones(3, dtype=int), np.array([6e4, 6e4, -6e4], dtype=np.float32))
    assert np.isfinite([fitted.value, fitted.loss_before, fitted.loss_after]).all()
