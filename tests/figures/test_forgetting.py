"""The pictures of forgetting."""

import numpy as np
import pytest

from sentiment_core.analysis.explanation.forgetting import Fade, ReachLine
from sentiment_core.experiments.distance_study import Outcome
from sentiment_core.figures.forgetting import LEAST, draw_chances, draw_fading, draw_outcomes, draw_reach
from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE
from sentiment_core.runs.forgetting import FLOOR
from tests.figures.checking import checked

RNN = Fade("rnn", False, False, np.array([1e-9, 1e-2, 2.0]))
BACKWARD = Fade("<b>", True, True, np.array([3.0, 3e-1]))


def test_a_row_is_relative_to_its_own_largest_value_and_ends_at_a_millionth():
    heat = checked(draw_fading(["a", "b", "c"], [RNN, BACKWARD])).data[0]
    np.testing.assert_allclose(heat.z[0], [LEAST, np.log10(0.005), 0], atol=1e-5)
    np.testing.assert_allclose(heat.z[1], [0, -1, np.nan], atol=1e-5)
    assert (heat.zmin, heat.zmax) == (LEAST, 0)


def test_rows_are_named_with_the_direction_and_escaped():
    assert list(draw_fading(["a"], [RNN, BACKWARD])["layout"]["yaxis"]["ticktext"]) == ["rnn", "&lt;b&gt; ←"]


def line(name: str, backward: bool = False, spread: float = 0.0) -> ReachLine:
    distances = np.array([0, 1, 2])
    return ReachLine(name, backward, backward, distances, -distances / 2, np.full(3, spread))


def test_lines_have_their_spread_and_those_before_training_are_grey():
    figure = checked(draw_reach([line("rnn", spread=0.5), line("lstm")], [line("rnn")]))
    before, band, rnn, lstm = figure.data
    assert before.line.color == NEUTRAL
    assert band.fill == "toself"
    assert list(band.y[:3]) == [0.5, 0.0, -0.5]
    assert [rnn.name, lstm.name] == ["rnn", "lstm"]
    assert rnn.line.color != lstm.line.color
    assert rnn.marker.symbol != lstm.marker.symbol
    assert {rnn.line.color, lstm.line.color}.isdisjoint({POSITIVE, NEGATIVE})


def test_the_backward_direction_is_dashed_in_the_same_colour():
    forward, backward = checked(draw_reach([line("bilstm"), line("bilstm", backward=True)])).data
    assert forward.line.color == backward.line.color
    assert forward.line.dash != backward.line.dash


def test_a_line_under_an_equal_one_is_seen_on_both_sides_of_it():
    figure = checked(draw_reach([line("rnn", spread=0.1), line("lstm"), line("gru")]))
    widths = {trace.name: trace.line.width for trace in figure.data if trace.name}
    assert widths["rnn"] == widths["lstm"] > 2 * widths["gru"], "all three are equal, and the last one is on top"


def test_a_spread_does_not_go_below_the_least_value_that_is_drawn():
    low = ReachLine("rnn", False, False, np.array([0, 1]), np.array([-1.0, FLOOR]), np.array([0.5, 2.0]))
    band = checked(draw_reach([low])).data[0]
    assert min(band.y) == FLOOR


@pytest.mark.parametrize("lines", [[], [line("rnn")]])
def test_few_lines(lines: list[ReachLine]):
    checked(draw_reach(lines, gap=4))


def test_chances_and_outcomes():
    chances = checked(draw_chances([0, 4], {"rnn": np.array([0.9, 0.2])}, 4))
    assert list(chances.data[0].x) == [0, 4]
    assert [shape.x0 for shape in chances.layout.shapes] == [4], "the chosen distance"
    outcomes = {"RNN": [Outcome(seed, [0.5, accuracy], 1.0, 0.1, [0.0], []) for seed, accuracy in enumerate((0.4, 1))]}
    dots = checked(draw_outcomes(outcomes)).data[0]
    assert list(dots.x) == pytest.approx([0.4, 1.0])
    assert list(dots.customdata) == [0, 1]
