"""Agreement, differences of recipes and shared readings, on records made by hand."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.analysis.comparison import (
    agreement,
    alike_readings,
    listed,
    recipe_differences,
    recipe_values,
    setting_differences,
)
from sentiment_core.analysis.prediction import Prediction
from sentiment_core.analysis.reading import Reading
from sentiment_core.model.config import Recipe
from sentiment_core.training.run import Run


def judged(probability: float, *, blind: bool = False) -> Prediction:
    return Prediction(math.log(probability / (1 - probability)), 3, 3, 3 if blind else 0, 1.0)


def run(name: str, fingerprint: str = "a", **settings: object) -> Run:
    return Run(Path("runs") / name, "complete", Recipe(name).change(**settings), {"fingerprint": fingerprint}, {}, [])


def test_listed():
    assert [listed(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("probabilities", "sentence"),
    [
        ({"rnn": 0.7}, "rnn says positive."),
        ({"rnn": 0.7, "gru": 0.9}, "Both say positive. gru is the surer, by 20.0 points."),
        ({"rnn": 0.1, "gru": 0.3}, "Both say negative. rnn is the surer, by 20.0 points."),
        ({"rnn": 0.7, "gru": 0.705}, "Both say positive. They are about equally sure."),
        ({"a": 0.7, "b": 0.8, "c": 0.95}, "All 3 say positive. c is the surest, by 15.0 points."),
        ({"a": 0.7, "b": 0.7, "c": 0.7}, "All 3 say positive."),
        ({"a": 0.9, "b": 0.2}, "They disagree: a says positive, b says negative. a is the surer, by 10.0 points."),
        (
            {"a": 0.4, "b": 0.8, "c": 0.1},
            "They disagree: b says positive, a and c say negative. c is the surest, by 10.0 points.",
        ),
    ],
)
def test_agreement(probabilities, sentence):
    assert agreement({name: judged(value) for name, value in probabilities.items()}) == sentence


def test_blind_networks_take_no_part_in_agreement():
    assert agreement({"a": judged(0.9, blind=True), "b": judged(0.2, blind=True)}) == (
        "Nothing in this text is known, so the verdicts say nothing about it."
    )
    assert agreement({"a": judged(0.9, blind=True), "b": judged(0.2)}) == (
        "b says negative. To a nothing in it is known."
    )


def test_runs_that_share_all_but_cell_and_direction_are_said_to():
    runs = [run("lstm", cell="lstm"), run("gru", cell="gru"), run("bilstm", cell="lstm", bidirectional=True)]
    assert recipe_differences(runs) == "These runs share every setting but cell and direction."
    assert recipe_values(runs) == ""


def test_two_runs_differ_from_each_other():
    runs = [run("rnn", cell="rnn_relu", layers=2, batch_size=64), run("lstm", clip=1.0)]
    assert recipe_differences(runs).startswith(
        "Besides cell and direction, rnn and lstm differ in layers, batch size and clip. "
    )
    assert (
        recipe_values(runs)
        == "layers: 2 in rnn, 1 in lstm; batch size: 64 in rnn, 32 in lstm; clip: 0.0 in rnn, 1.0 in lstm"
    )


def test_among_several_the_odd_one_is_named():
    runs = [run("rnn", layers=2), run("lstm"), run("gru", clip=1.0)]
    assert recipe_differences(runs).startswith(
        "Besides cell and direction, rnn differs from the rest in layers; gru differs from the rest in clip. "
    )
    assert recipe_values(runs) == "layers: 2 in rnn, else 1; clip: 1.0 in gru, else 0.0"


def test_halves_have_no_odd_one():
    runs = [run("a", layers=2), run("b", layers=2), run("c"), run("d")]
    assert "a, b, c and d differ in layers. " in recipe_differences(runs)
    assert recipe_values(runs) == "layers: 2 in a and b, 1 in c and d"


def test_other_training_reviews_are_a_difference():
    runs = [run("lstm"), run("gru", fingerprint="b", cell="gru")]
    assert "lstm and gru differ in data" in recipe_differences(runs)


def test_a_variation_is_a_difference_and_a_kept_frame_is_none():
    plain, varied = run("lstm", frames=False), replace(run("gru", cell="gru"), variation={"averaging": 0.9})
    assert setting_differences([plain, varied]) == {"averaging": {"lstm": None, "gru": 0.9}}
    assert "lstm and gru differ in averaging" in recipe_differences([plain, varied])
    assert recipe_values([plain, varied]) == "averaging: none in lstm, 0.9 in gru"


def test_differing_settings_are_listed_by_run_in_the_order_of_a_recipe():
    runs = [run("rnn", layers=2, batch_size=64), run("lstm"), run("other", fingerprint="b")]
    assert setting_differences(runs) == {
        "layers": {"rnn": 2, "lstm": 1, "other": 1},
        "batch_size": {"rnn": 64, "lstm": 32, "other": 32},
        "data": {"rnn": "a", "lstm": "a", "other": "b"},
    }


def reading(ids: list[int], max_length: int) -> Reading:
    return Reading([str(number) for number in ids], [str(number) for number in ids], np.array(ids), max_length)


def test_runs_that_read_alike_share_a_reading():
    groups = alike_readings(
        {"a": reading([2, 3], 400), "b": reading([2, 4], 400), "c": reading([2, 3], 400), "d": reading([2, 3], 100)}
    )
    assert [names for names, _ in groups] == [["a", "c"], ["b"], ["d"]]
    assert groups[2][1].max_length == 100
