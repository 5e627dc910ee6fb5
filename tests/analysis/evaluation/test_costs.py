"""What errors cost, counted by hand on a few reviews."""

import numpy as np
import pytest

from sentiment_core.analysis.evaluation.costs import THRESHOLDS, Costs, cheapest_threshold
from sentiment_core.analysis.evaluation.ranking import rank
from tests.analysis.evaluation.samples import made_up

# The second review is negative, the third positive.
LABELS = np.array([1, 0, 1, 0])
PROBABILITIES = np.array([0.895, 0.695, 0.405, 0.205])
RANKING = rank(LABELS, np.log(PROBABILITIES / (1 - PROBABILITIES)).astype(np.float32))


def test_a_cost_is_that_of_a_thousand_reviews():
    costs = Costs(false_positive=3, false_negative=5)
    assert costs.of(RANKING.at(0.5)) == 1000 * (3 + 5) / 4
    assert costs.of(RANKING.at(0.8)) == 1000 * 5 / 4
    assert costs.of(RANKING.at(0.3)) == 1000 * 3 / 4
    assert costs.of(RANKING.at(0.1)) == 1000 * 6 / 4


def test_the_curve_is_the_cost_at_each_threshold():
    costs = Costs(1, 4)
    split = made_up()
    ranking = rank(split.labels, split.log_odds["weak"])
    expected = [costs.of(ranking.at(threshold)) for threshold in THRESHOLDS]
    np.testing.assert_allclose(costs.curve(ranking), expected)


def test_the_cheapest_threshold_is_in_the_middle_of_those_that_cost_least():
    assert cheapest_threshold(RANKING, Costs(3, 5)) == pytest.approx(0.3)  # one false positive from 0.21 to 0.40
    assert cheapest_threshold(RANKING, Costs(5, 3)) == pytest.approx(0.79)  # one false negative from 0.70 to 0.89


def test_free_errors():
    free = Costs(0, 0)
    assert free.of_certainty is None
    assert free.of(RANKING.at(0.5)) == 0
    assert cheapest_threshold(RANKING, free) == pytest.approx(0.5)
    assert Costs(0, 1).of_certainty == 0


def test_calibrated_probabilities_cost_least_where_theory_says():
    rng = np.random.default_rng(0)
    probability = rng.random(50_000)
    labels = (rng.random(50_000) < probability).astype(int)
    ranking = rank(labels, np.log(probability / (1 - probability)).astype(np.float32))
    costs = Costs(1, 4)
    assert costs.of_certainty == 0.2
    assert cheapest_threshold(ranking, costs) == pytest.approx(0.2, abs=0.03)
