"""AUCs with paired intervals, by hand, against their definition and against a plain bootstrap."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from sentiment_core.analysis.evaluation.auc import measure_aucs
from sentiment_core.analysis.evaluation.average_precision import precision_difference
from sentiment_core.analysis.evaluation.compared import Compared
from tests.analysis.evaluation.samples import by_hand, made_up

SPLIT = made_up(600)


def bootstrapped(split: Compared, score, resamples: int = 400) -> np.ndarray:
    """The score of the strong classifier minus that of the weak one in plain paired resamples."""
    rng = np.random.default_rng(1)
    differences = []
    for _ in range(resamples):
        drawn = split.take(rng.integers(0, len(split), len(split)))
        strong, weak = (score(drawn.labels, drawn.log_odds[name]) for name in ("strong", "weak"))
        differences.append(strong - weak)
    return np.array(differences)


def test_a_worked_example():
    # Positives at 3 and 1, negatives at 2 and 1. The first positive beats both negatives (share 1), the second beats
    # none and ties with one (share 1/4). The negative at 2 has one positive above it (1/2), that at 1 has 1.5 (3/4).
    aucs = measure_aucs(by_hand([1, 1, 0, 0], [3, 1, 2, 1]))
    assert aucs.values[0] == pytest.approx((1 + 1 / 4) / 2)
    # Sample variances: of 1 and 1/4 it is 9/32, of 1/2 and 3/4 it is 1/32. Each is divided by its two reviews.
    assert aucs.covariance[0, 0] == pytest.approx((9 / 32) / 2 + (1 / 32) / 2)
    estimate = aucs.estimate("one")
    assert (estimate.low, estimate.high) == (0, 1)  # 0.625 -+ 1.96 * 0.395, cut at what an AUC can be


def test_covariance_is_that_of_delong_by_all_pairs():
    aucs = measure_aucs(SPLIT)
    positive = SPLIT.labels == 1
    shares = []
    for log_odds in SPLIT.log_odds.values():
        some, others = log_odds[positive][:, None], log_odds[~positive][None]
        pairs = (some > others) + 0.5 * (some == others)
        shares.append((pairs.mean(axis=1), pairs.mean(axis=0)))
    above, below = (np.array(part) for part in zip(*shares, strict=True))
    expected = np.cov(above) / positive.sum() + np.cov(below) / (~positive).sum()
    np.testing.assert_allclose(aucs.covariance, expected, rtol=1e-9)
    expected = [roc_auc_score(SPLIT.labels, log_odds) for log_odds in SPLIT.log_odds.values()]
    np.testing.assert_allclose(aucs.values, expected, atol=1e-12)


def test_the_paired_interval_of_auc_is_that_of_a_plain_bootstrap():
    difference = measure_aucs(SPLIT).difference("strong", "weak")
    drawn = bootstrapped(SPLIT, roc_auc_score)
    width = (difference.high - difference.low) / (2 * 1.959964)
    assert width == pytest.approx(drawn.std(), rel=0.12)
    assert (difference.low, difference.high) == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.25 * width)


def test_the_paired_interval_of_average_precision_is_that_of_a_plain_bootstrap():
    difference = precision_difference(SPLIT, "strong", "weak")
    drawn = bootstrapped(SPLIT, average_precision_score)
    strong, weak = (average_precision_score(SPLIT.labels, SPLIT.log_odds[name]) for name in ("strong", "weak"))
    assert difference.value == pytest.approx(strong - weak, abs=1e-12)
    assert (difference.high - difference.low) / (2 * 1.959964) == pytest.approx(drawn.std(), rel=0.12)


def test_pairing_makes_the_interval_narrower():
    aucs = measure_aucs(SPLIT)
    apart = np.sqrt(np.trace(aucs.covariance))
    difference = aucs.difference("strong", "weak")
    assert difference.high - difference.low < 2 * 1.959964 * apart
    assert difference.low > 0


def test_the_difference_changes_its_sign_with_the_order():
    for measure in (measure_aucs(SPLIT).difference, lambda *names: precision_difference(SPLIT, *names)):
        there, back = measure("strong", "weak"), measure("weak", "strong")
        assert (back.value, back.low, back.high) == pytest.approx((-there.value, -there.high, -there.low))


def test_a_classifier_does_not_differ_from_its_equal():
    same = Compared(SPLIT.labels, SPLIT.rows, {"one": SPLIT.log_odds["weak"], "two": SPLIT.log_odds["weak"] * 2})
    for difference in (measure_aucs(same).difference("one", "two"), precision_difference(same, "one", "two")):
        assert (difference.value, difference.low, difference.high) == pytest.approx((0, 0, 0), abs=1e-9)


@pytest.mark.parametrize("labels", [[1, 1, 1, 1], [0, 0, 0, 0], [1, 0, 0, 0]])
def test_fewer_than_two_reviews_of_a_label_have_no_interval(labels: list[int]):
    split = by_hand(labels, [1, 2, 3, 4])
    assert measure_aucs(split) is None
    assert precision_difference(split, "one", "one") is None


def test_equal_log_odds_everywhere():
    split = Compared(SPLIT.labels, SPLIT.rows, {"flat": np.ones(len(SPLIT), np.float32)} | SPLIT.log_odds)
    aucs = measure_aucs(split)
    flat = aucs.estimate("flat")
    assert (flat.value, flat.low, flat.high) == (0.5, 0.5, 0.5)
    assert aucs.difference("strong", "flat").low > 0
    assert precision_difference(split, "strong", "flat").low > 0
