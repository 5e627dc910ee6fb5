"""Reliability curves, drawn from made-up classifiers."""

import numpy as np

from sentiment_core.analysis.evaluation.calibration import WIDTH, measure_calibration
from sentiment_core.analysis.evaluation.compared import probability
from sentiment_core.figures.evaluation.calibration import draw_reliability
from sentiment_core.figures.style import CLASSIFIERS, INKS, MARKS, inked
from tests.analysis.evaluation.samples import made_up
from tests.figures.checking import checked

SPLIT = made_up(1000)
BEFORE = {
    name: measure_calibration(SPLIT.labels, probability(log_odds * 2), WIDTH)
    for name, log_odds in SPLIT.log_odds.items()
}
AFTER = {name: measure_calibration(SPLIT.labels, SPLIT.probabilities(name), WIDTH) for name in SPLIT.names}


def test_a_curve_has_the_bins_with_intervals_and_counts():
    figure = checked(draw_reliability(BEFORE, {}))
    calibrated, weak, counts, strong, _ = figure.data
    assert list(calibrated.x) == list(calibrated.y) == [0, 1]
    found = BEFORE["weak"]
    np.testing.assert_array_equal(weak.x, found.predicted)
    np.testing.assert_array_equal(weak.y, found.positive)
    np.testing.assert_allclose(weak.y + weak.error_y.array, found.high)
    np.testing.assert_allclose(weak.y - weak.error_y.arrayminus, found.low)
    np.testing.assert_array_equal(weak.customdata, found.counts)
    assert counts.yaxis == "y2"
    assert counts.y.sum() == len(SPLIT)
    assert (weak.marker.symbol, strong.marker.symbol) == MARKS[:2]


def test_the_curve_before_its_temperature_is_faint_and_hollow():
    figure = checked(draw_reliability(BEFORE, {"weak": AFTER["weak"]}))
    drawn = [trace for trace in figure.data if trace.line.color == CLASSIFIERS[0] and trace.yaxis != "y2"]
    before, after = drawn
    assert before.opacity < after.opacity
    assert (before.marker.symbol, after.marker.symbol) == (f"{MARKS[0]}-open", MARKS[0])
    np.testing.assert_array_equal(after.x, AFTER["weak"].predicted)
    assert [trace.showlegend for trace in drawn] == [False, True]
    assert "faint: without temperature" in [trace.name for trace in figure.data]


def test_the_axis_of_the_counts_is_legible_too():
    axis = inked(draw_reliability(BEFORE, {}), "dark")["layout"]["yaxis2"]
    assert axis["tickfont"]["color"] == axis["title"]["font"]["color"] == INKS["dark"]


def test_a_name_is_escaped():
    curve = checked(draw_reliability({"<i>x": BEFORE["weak"]}, {})).data[1]
    assert curve.name == "&lt;i&gt;x"
    assert curve.hovertemplate.startswith("<b>&lt;i&gt;x</b>")
