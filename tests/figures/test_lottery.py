"""The picture of a seed lottery."""

import numpy as np
import plotly.graph_objects as go
import pytest

from sentiment_core.analysis.seeds import spread
from sentiment_core.figures.lottery import LotteryDot, draw_lottery


def dot(seed: int, accuracy: float, recipe: int = 0, **given: bool) -> LotteryDot:
    return LotteryDot(
        f"rnn-{seed}", recipe, seed, accuracy, **({"moving": False, "own": False, "chosen": False} | given)
    )


def test_dots_with_the_same_accuracy_stand_on_each_other():
    figure = draw_lottery([dot(0, 0.8), dot(1, 0.8), dot(2, 0.9)], ["rnn"], [None], "accuracy", False)
    go.Figure(figure)  # every property exists
    (trace,) = figure["data"]
    assert trace["x"].tolist() == [0.8, 0.8, 0.9]
    assert trace["y"][0] > trace["y"][1], "the axis points down, so the second is above the first"
    assert trace["y"][0] == trace["y"][2]


def test_the_own_dot_is_larger_and_a_moving_one_hollow_and_chosen_ones_have_a_ring():
    dots = [dot(0, 0.8, own=True), dot(1, 0.82, moving=True), dot(2, 0.9, chosen=True)]
    still, moving, rings = draw_lottery(dots, ["rnn"], [None], "accuracy", False)["data"]
    assert still["marker"]["size"][0] > still["marker"]["size"][1]
    assert still["text"] == ["yours", ""]
    assert moving["marker"]["symbol"].endswith("-open")
    assert not still["marker"]["symbol"].endswith("-open")
    assert rings["x"].tolist() == [0.9]


def test_the_band_reaches_a_standard_deviation_to_each_side_of_the_mean():
    values = np.array([0.8, 0.82, 0.87])
    dots = [dot(seed, value) for seed, value in enumerate(values.tolist())]
    band, line = draw_lottery(dots, ["rnn"], [spread(values)], "accuracy", True)["layout"]["shapes"]
    assert (band["x1"] - band["x0"]) / 2 == pytest.approx(values.std(ddof=1))
    assert line["x0"] == line["x1"] == pytest.approx(values.mean())


def test_a_single_dot_is_within_an_axis_of_some_width():
    low, high = draw_lottery([dot(0, 0.8)], ["rnn"], [None], "accuracy", False)["layout"]["xaxis"]["range"]
    assert low < 0.8 < high
    assert high - low > 0.015


def test_recipes_have_rows_of_their_own():
    dots = [dot(0, 0.8), dot(0, 0.85, recipe=1)]
    figure = draw_lottery(dots, ["rnn", "bilstm"], [None, None], "accuracy", False)
    assert [trace["y"].tolist() for trace in figure["data"]] == [[0.0], [1.0]]
    assert figure["layout"]["yaxis"]["ticktext"] == ["rnn", "bilstm"]
