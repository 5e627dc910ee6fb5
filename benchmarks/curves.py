"""Measures the curves, the calibration and the training part of the Test set page, for `benchmarks.evaluation`.

Each interval stands beside a loop that resamples reviews, both for the same number of resamples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score
from streamlit.testing.v1 import AppTest

from benchmarks.measure import median_seconds
from sentiment_core.analysis.evaluation.auc import measure_aucs
from sentiment_core.analysis.evaluation.average_precision import RESAMPLES, precision_difference
from sentiment_core.analysis.evaluation.calibration import RESAMPLES as CALIBRATION_RESAMPLES
from sentiment_core.analysis.evaluation.calibration import WIDTH, measure_calibration
from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.analysis.evaluation.ranking import precision_recall_curve, rank, roc_curve
from sentiment_core.analysis.evaluation.temperature import fit_temperature
from sentiment_core.runs.scores import Scores

PAIR = ("rnn", "bilstm")
SAMPLE = 5  # resamples of a plain loop that are measured; its time is proportional to their number
REPEATS = 7


def resample_areas(split: Compared, area: Callable[[np.ndarray, np.ndarray], float]) -> None:
    """A plain loop: draw reviews, and compare the areas of both classifiers."""
    rng = np.random.default_rng(0)
    for _ in range(SAMPLE):
        drawn = split.take(rng.integers(0, len(split), len(split)))
        first, second = (area(drawn.labels, drawn.log_odds[name]) for name in PAIR)
        assert np.isfinite(first - second)


def resample_calibration(labels: np.ndarray, probabilities: np.ndarray) -> None:
    """A plain loop: draw reviews, and sum up the ten bins again."""
    rng = np.random.default_rng(0)
    place = np.minimum((probabilities * 10).astype(int), 9)
    for _ in range(SAMPLE):
        drawn = rng.integers(0, len(labels), len(labels))
        gaps = np.bincount(place[drawn], labels[drawn] - probabilities[drawn], minlength=10)
        assert np.isfinite(np.abs(gaps).sum())


def print_intervals(split: Compared, valid: Scores) -> None:
    """Each interval, and the loop, for PAIR on a test split. valid: the scores of the first on valid."""
    probabilities = split.probabilities(PAIR[0])
    ranking = rank(split.labels, split.log_odds[PAIR[0]])
    curves = roc_curve(ranking), precision_recall_curve(ranking)
    ranking_ms = 1000 * median_seconds(lambda: rank(split.labels, split.log_odds[PAIR[0]]), REPEATS)
    print(f"ranking of {len(split):,} reviews: {ranking_ms:.1f} ms, {len(ranking.log_odds):,} distinct log-odds")
    print(f"  drawn points: {len(curves[0].x):,} of the ROC curve, {len(curves[1].x):,} of precision and recall")
    for name, ours, plain, resamples in (
        (
            "AUCs of two classifiers with DeLong's interval",
            lambda: measure_aucs(split),
            lambda: resample_areas(split, roc_auc_score),
            RESAMPLES,
        ),
        (
            f"difference of two average precisions, {RESAMPLES} resamples",
            lambda: precision_difference(split, *PAIR),
            lambda: resample_areas(split, average_precision_score),
            RESAMPLES,
        ),
        (
            f"ECE and Brier of one classifier, {CALIBRATION_RESAMPLES:,} resamples",
            lambda: measure_calibration(split.labels, probabilities, WIDTH),
            lambda: resample_calibration(split.labels, probabilities),
            CALIBRATION_RESAMPLES,
        ),
    ):
        fast = median_seconds(ours, REPEATS)
        slow = median_seconds(plain, 3, warm_up=1) * resamples / SAMPLE
        print(
            f"{name}: {1000 * fast:.1f} ms; a loop of {resamples:,} resamples {slow:.1f} s, {slow / fast:.0f}x as long"
        )
    fitting = median_seconds(lambda: fit_temperature(valid.labels, valid.logits), REPEATS)
    print(f"temperature on {len(valid.labels):,} valid reviews: {1000 * fitting:.1f} ms")


def print_curve_controls(open_part: Callable[[str], AppTest]) -> None:
    """Server time of a rerun of the whole page after each control of these parts.

    open_part: opens the page with PAIR and the part of that name.
    """
    costs: Iterator[float] = cycle([2.0, 3.0, 4.0, 5.0])
    switched: Iterator[bool] = cycle([False, True])
    curves, calibration, training = (open_part(part) for part in ("curves", "calibration", "training"))
    for name, move in (
        ("curves, a cost", lambda: curves.number_input(key="cost_negative").set_value(next(costs)).run()),
        ("calibration, the temperature", lambda: calibration.toggle(key="temperature").set_value(next(switched)).run()),
        ("training, all settings", lambda: training.toggle(key="settings").set_value(next(switched)).run()),
    ):
        print(f"{name}: {1000 * median_seconds(move, REPEATS):.0f} ms of server time")
