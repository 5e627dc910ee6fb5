"""The accuracy picture, on summaries made by hand."""

import numpy as np

from sentiment_core.analysis.results import RunSummary
from sentiment_core.figures.overview import draw_accuracy


def summary(name: str, accuracy: float | None) -> RunSummary:
    error = None if accuracy is None else 0.002
    return RunSummary(name, None, accuracy, error, 10, 1.0, 1.0)


def test_each_run_is_a_dot_at_its_accuracy_with_two_standard_errors():
    figure = draw_accuracy([summary("rnn", 0.75), summary("lstm", 0.875)])
    dots = figure.data[0]
    np.testing.assert_array_equal(dots.x, [0.75, 0.875])
    assert list(dots.y) == ["rnn", "lstm"]
    np.testing.assert_allclose(dots.customdata, [0.004, 0.004])


def test_a_run_that_never_read_the_test_split_is_left_out():
    figure = draw_accuracy([summary("rnn", None), summary("lstm", 0.875)])
    assert list(figure.data[0].y) == ["lstm"]


def test_the_axis_starts_at_the_coin_toss():
    assert draw_accuracy([summary("lstm", 0.9)]).layout.xaxis.range[0] == 0.5
