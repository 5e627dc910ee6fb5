"""ROC, precision-recall and costs, drawn from made-up classifiers."""

import numpy as np
import pytest

from sentiment_core.analysis.evaluation.costs import THRESHOLDS, Costs, cheapest_threshold
from sentiment_core.analysis.evaluation.ranking import rank
from sentiment_core.figures.evaluation.curves import draw_costs, draw_precision_recall, draw_roc
from sentiment_core.figures.style import CLASSIFIERS, DASHES, MARKS
from tests.analysis.evaluation.samples import made_up
from tests.figures.checking import checked

SPLIT = made_up()
RANKINGS = {name: rank(SPLIT.labels, log_odds) for name, log_odds in SPLIT.log_odds.items()}


@pytest.mark.parametrize("draw", [draw_roc, draw_precision_recall])
def test_each_classifier_has_a_curve_and_a_mark_of_its_own(draw):
    chance, *traces = checked(draw(RANKINGS, 0.3)).data
    assert chance.name == "coin toss"
    for place, (curve, mark) in enumerate(zip(traces[::2], traces[1::2], strict=True)):
        assert (curve.line.color, curve.line.dash) == (CLASSIFIERS[place], DASHES[place])
        assert (mark.marker.color, mark.marker.symbol) == (CLASSIFIERS[place], MARKS[place])
        assert list(mark.customdata) == [0.3]
        assert not mark.showlegend


def test_the_roc_mark_is_at_the_threshold_and_on_the_curve():
    traces = checked(draw_roc(RANKINGS, 0.7)).data
    curve, mark = traces[1], traces[2]
    called = SPLIT.positive("weak", 0.7)
    assert mark.x[0] == called[SPLIT.labels == 0].mean()
    assert mark.y[0] == called[SPLIT.labels == 1].mean()
    assert np.hypot(curve.x - mark.x[0], curve.y - mark.y[0]).min() < 0.002


def test_a_legend_names_classifier_and_area():
    names = [trace.name for trace in checked(draw_roc(RANKINGS, 0.5)).data if trace.showlegend is not False]
    assert names[1:] == [f"{name}: AUC {ranking.auc:.3f}" for name, ranking in RANKINGS.items()]


def test_the_precision_of_a_coin_toss_is_the_share_of_positive_reviews():
    chance = checked(draw_precision_recall(RANKINGS, 0.5)).data[0]
    assert list(chance.y) == [SPLIT.labels.mean()] * 2


def test_a_threshold_above_all_reviews_has_no_precision_to_mark():
    mark = checked(draw_precision_recall({"weak": RANKINGS["weak"]}, 0.999999)).data[2]
    assert list(mark.x) == list(mark.y) == [None]


@pytest.mark.parametrize("draw", [draw_roc, draw_precision_recall])
def test_a_name_is_escaped_and_a_long_one_is_cut_in_the_legend_alone(draw):
    name = "owner/<b>model of a very long name"
    curve = checked(draw({name: RANKINGS["weak"]}, 0.5)).data[1]
    assert curve.name.startswith("&lt;b&gt;model of a very l…: A")
    assert "<b>owner/&lt;b&gt;model of a very long name</b>" in curve.hovertemplate


def test_costs_are_drawn_with_the_threshold_and_the_cheapest_on_valid():
    costs = Costs(1, 4)
    curves = {name: costs.curve(ranking) for name, ranking in RANKINGS.items()}
    best = cheapest_threshold(RANKINGS["strong"], costs)
    figure = checked(draw_costs(curves, 0.4, {"strong": best}))
    weak, strong, mark = figure.data
    np.testing.assert_allclose(weak.y, curves["weak"])
    assert (strong.name, strong.line.color) == ("strong", CLASSIFIERS[1])
    assert mark.x[0] == best
    assert mark.y[0] == strong.y[np.argmin(np.abs(THRESHOLDS - best))]
    assert figure.layout.shapes[0].x0 == 0.4


def test_free_errors_have_a_flat_curve_that_can_be_drawn():
    figure = checked(draw_costs({"weak": np.zeros(len(THRESHOLDS))}, 0.5, {}))
    assert figure.layout.yaxis.range[1] > 0
