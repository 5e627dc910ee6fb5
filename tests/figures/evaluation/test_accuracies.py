"""The picture of accuracies: dots with intervals, and runs of several seeds on one line."""

import pytest

from sentiment_core.analysis.evaluation.paired import Interval
from sentiment_core.figures.evaluation.accuracies import Dot, draw_accuracies
from sentiment_core.figures.style import CLASSIFIERS, MARKS
from tests.figures.checking import checked


def test_each_accuracy_is_a_dot_with_its_interval():
    dots = [
        Dot("rnn", "rnn", 0, Interval(0.826, 0.821, 0.830)),
        Dot("<b>", "<b>", 1, Interval(0.877, 0.873, 0.881)),
    ]
    figure = checked(draw_accuracies(dots))
    first, second = figure.data
    assert list(first.x) == [0.826]
    assert first.error_x.array[0] == pytest.approx(0.004)
    assert first.error_x.arrayminus[0] == pytest.approx(0.005)
    assert (first.marker.color, first.marker.symbol) == (CLASSIFIERS[0], MARKS[0])
    assert (second.marker.color, second.marker.symbol) == (CLASSIFIERS[1], MARKS[1])
    assert list(figure.layout.yaxis.ticktext) == ["rnn", "&lt;b&gt;"]
    assert "<b>" not in second.hovertemplate
    low, high = figure.layout.xaxis.range
    assert low < 0.821
    assert high > 0.881
    assert not figure.layout.shapes  # 50% is far away


def test_runs_of_several_seeds_share_a_line():
    names = ["a-1", "a-2", "a-3"]
    dots = [Dot(name, ", ".join(names), place, Interval(0.49, 0.47, 0.51)) for place, name in enumerate(names)]
    figure = checked(draw_accuracies([*dots, Dot("b", "b", 3, Interval(0.6, 0.58, 0.62))]))
    rows = [trace.y[0] for trace in figure.data]
    assert [round(row) for row in rows] == [0, 0, 0, 1]
    assert len(set(rows)) == 4  # apart, so that intervals do not hide each other
    assert len(figure.layout.yaxis.ticktext) == 2
    assert len(figure.layout.shapes) == 1  # 50%
