"""Calibration by hand, against scikit-learn, and its intervals against a plain bootstrap."""

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss

from sentiment_core.analysis.evaluation.calibration import MASS, WIDTH, measure_calibration
from sentiment_core.analysis.evaluation.compared import probability
from tests.analysis.evaluation.samples import made_up

SPLIT = made_up(3000, decimals=2)
PROBABILITIES = probability(SPLIT.log_odds["weak"] * 2)  # too confident


def test_two_bins_by_hand():
    found = measure_calibration(np.array([0, 1, 1, 1]), np.array([0.1, 0.3, 0.8, 1.0]), WIDTH, bins=2)
    assert found.counts.tolist() == [2, 2]
    assert found.predicted == pytest.approx([0.2, 0.9])
    assert found.positive == pytest.approx([0.5, 1.0])
    assert (found.low[0], found.high[0]) == pytest.approx((0.0945, 0.9055), abs=1e-4)  # Wilson's interval of 1 in 2
    assert found.ece.value == pytest.approx(0.5 * 0.3 + 0.5 * 0.1)
    assert found.brier.value == pytest.approx((0.01 + 0.49 + 0.04 + 0) / 4)
    assert found.uncertainty == pytest.approx(3 / 4 * 1 / 4)
    assert found.miscalibration == pytest.approx(0.5 * 0.09 + 0.5 * 0.01)
    # Below 50% it is too far from it by 0.3, above it is not far enough by 0.1.
    assert found.overconfident == pytest.approx(0.5 * 0.3 - 0.5 * 0.1)


@pytest.mark.parametrize(("binning", "strategy"), [(WIDTH, "uniform"), (MASS, "quantile")])
def test_the_curve_is_scikit_learns(binning: str, strategy: str):
    rng = np.random.default_rng(0)
    probabilities = rng.random(2000)
    labels = (rng.random(2000) < probabilities**2).astype(int)
    found = measure_calibration(labels, probabilities, binning, bins=10)
    positive, predicted = calibration_curve(labels, probabilities, n_bins=10, strategy=strategy)
    np.testing.assert_allclose(found.positive, positive, atol=0.011 if binning == MASS else 1e-12)
    np.testing.assert_allclose(found.predicted, predicted, atol=0.002 if binning == MASS else 1e-12)
    assert found.brier.value == pytest.approx(brier_score_loss(labels, probabilities), abs=1e-12)


def test_bins_of_equal_mass_hold_equally_many_reviews_and_never_part_equal_ones():
    found = measure_calibration(np.arange(100) % 2, np.arange(100) / 100, MASS, bins=10)
    assert found.counts.tolist() == [10] * 10
    many = np.array([0.2] * 70 + [0.5] * 20 + [0.9] * 10)
    found = measure_calibration(np.arange(100) % 2, many, MASS, bins=10)
    assert found.counts.tolist() == [70, 20, 10]
    assert found.predicted == pytest.approx([0.2, 0.5, 0.9])


@pytest.mark.parametrize("binning", [MASS, WIDTH])
def test_the_brier_score_is_the_sum_of_its_parts(binning: str):
    found = measure_calibration(SPLIT.labels, PROBABILITIES, binning)
    assert found.brier.value == pytest.approx(found.uncertainty - found.resolution + found.miscalibration)
    assert found.resolution > 0.05
    base = np.full(len(SPLIT), SPLIT.labels.mean())  # tells nothing apart, and is calibrated
    found = measure_calibration(SPLIT.labels, base, binning)
    assert (found.resolution, found.miscalibration) == pytest.approx((0, 0), abs=1e-12)


@pytest.mark.parametrize("binning", [MASS, WIDTH])
def test_intervals_are_those_of_a_plain_bootstrap(binning: str):
    found = measure_calibration(SPLIT.labels, PROBABILITIES, binning)
    edges = np.linspace(0, 1, 11)
    if binning == MASS:  # the same ten bins in every resample
        cuts = np.cumsum(found.counts)[:-1]
        edges = np.concatenate([[0], np.sort(PROBABILITIES)[cuts], [1]])
    place = np.clip(np.searchsorted(edges, PROBABILITIES, "right") - 1, 0, len(edges) - 2)
    rng = np.random.default_rng(1)
    drawn = []
    for _ in range(1000):
        chosen = rng.integers(0, len(SPLIT), len(SPLIT))
        gap = SPLIT.labels[chosen] - PROBABILITIES[chosen]
        ece = np.abs(np.bincount(place[chosen], gap, minlength=len(edges) - 1)).sum() / len(SPLIT)
        drawn.append((ece, (gap**2).mean()))
    for estimate, resampled in zip((found.ece, found.brier), np.array(drawn).T, strict=True):
        low, high = np.quantile(resampled, [0.025, 0.975])
        expected = 2 * estimate.value - high, 2 * estimate.value - low
        assert (estimate.low, estimate.high) == pytest.approx(expected, abs=0.12 * (high - low))
        assert estimate.low < estimate.value < estimate.high


def test_chance_alone_gives_a_calibrated_classifier_an_ece():
    rng = np.random.default_rng(0)
    found = []
    for seed in range(60):
        probabilities = rng.random(500)
        found.append(measure_calibration((rng.random(500) < probabilities).astype(int), probabilities, seed=seed))
    eces = np.array([one.ece.value for one in found])
    assert eces.mean() == pytest.approx(np.mean([one.by_chance for one in found]), rel=0.1)
    assert eces.min() > 0
    assert np.mean([one.ece.low == 0 for one in found]) > 0.9  # the interval takes the bias away
    assert all(one.ece.low <= one.ece.value <= one.ece.high for one in found)


def test_confidence_beyond_what_is_right_is_overconfident():
    assert measure_calibration(SPLIT.labels, PROBABILITIES).overconfident > 0.02
    assert measure_calibration(SPLIT.labels, probability(SPLIT.log_odds["weak"] / 9)).overconfident < -0.02


@pytest.mark.parametrize("binning", [MASS, WIDTH])
@pytest.mark.parametrize("labels", [[0, 0, 0], [1, 1, 1], [0, 1, 1]])
def test_equal_probabilities_are_one_bin(binning: str, labels: list[int]):
    found = measure_calibration(np.array(labels), np.full(3, 0.7), binning)
    assert found.counts.tolist() == [3]
    assert found.ece.value == pytest.approx(abs(0.7 - np.mean(labels)))
    assert found.ece.low >= 0


def test_certain_probabilities_stay_in_the_last_bin():
    found = measure_calibration(np.array([0, 1]), np.array([0.0, 1.0]), WIDTH)
    assert (found.predicted.tolist(), found.positive.tolist()) == ([0, 1], [0, 1])
    assert (found.ece.value, found.brier.value, found.by_chance) == (0, 0, 0)


def test_the_worst_bin_is_off_in_the_direction_of_the_whole():
    """Too cautious in two bins, and in a third one, which is furthest off, too confident."""
    probabilities = np.repeat([0.15, 0.25, 0.75], [40, 40, 46])
    labels = np.concatenate([np.zeros(80, int), np.repeat([1, 0], 23)])
    found = measure_calibration(labels, probabilities, WIDTH)
    off = np.abs(found.predicted - found.positive) * found.counts
    assert int(off.argmax()) == 2
    assert found.overconfident == pytest.approx((40 * -0.15 + 40 * -0.25 + 46 * 0.25) / 126)
    assert found.worst == 1
