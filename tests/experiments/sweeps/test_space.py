"""What varies in a sweep, and what is drawn."""

import pytest

from sentiment_core.errors import SweepError
from sentiment_core.experiments.sweeps.space import Axis, all_settings, draw_settings, parse_axis


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("learning_rate=0.001,3e-3", Axis("learning_rate", (0.001, 0.003))),
        ("hidden-size = 32, 64", Axis("hidden_size", (32, 64))),
        ("pooling=max", Axis("pooling", ("max",))),
        ("shuffle_labels=no,yes", Axis("shuffle_labels", (False, True))),
        ("learning_rate=1e-4..1e-2", Axis("learning_rate", (), 1e-4, 1e-2)),
    ],
)
def test_values_have_the_type_of_their_setting(text: str, expected: Axis):
    found = parse_axis(text)
    assert found == expected
    assert [type(value) for value in found.values] == [type(value) for value in expected.values]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("learning_rate", "names no values"),
        ("learning_rate=", "names no values"),
        ("hidden_size=8.5", "hidden_size cannot be '8.5'"),
        ("hidden_size=8,8", "has a value twice"),
        ("hidden_size=9..8", "must begin below"),
        ("pooling=max..mean", "has no range"),
        ("shuffle_labels=maybe", "cannot be 'maybe'"),
        ("speed=1", "No setting 'speed' can vary"),
        ("cell=gru", "No setting 'cell' can vary"),
        ("frames=true", "No setting 'frames' can vary"),
        ("seed=1,2", "--seeds"),
    ],
)
def test_what_cannot_vary_is_refused_in_one_line(text: str, words: str):
    with pytest.raises(SweepError, match=words) as caught:
        parse_axis(text)
    assert "\n" not in str(caught.value)


def test_a_grid_has_every_combination_once():
    settings = all_settings([parse_axis("hidden_size=8,16"), parse_axis("clip=0,1,5")])
    assert settings[:2] == [{"hidden_size": 8, "clip": 0.0}, {"hidden_size": 8, "clip": 1.0}]
    assert len({tuple(setting.values()) for setting in settings}) == len(settings) == 6
    assert all_settings([]) == [{}], "one setting: that of the preset"
    with pytest.raises(SweepError, match="List them, or draw"):
        all_settings([Axis("clip", (), 0.0, 1.0)])
    with pytest.raises(SweepError, match=r"has 1,?089 settings"):
        all_settings([Axis("hidden_size", tuple(range(1, 34))), Axis("layers", tuple(range(1, 34)))])


def test_drawn_settings_differ_lie_in_range_and_depend_on_the_seed_alone():
    axes = [parse_axis("learning_rate=1e-4..1e-1"), parse_axis("hidden_size=4..9"), parse_axis("pooling=max,mean")]
    drawn = draw_settings(axes, 200, 0)
    assert drawn == draw_settings(axes, 200, 0) != draw_settings(axes, 200, 1)
    assert len({tuple(setting.values()) for setting in drawn}) == 200
    rates = [setting["learning_rate"] for setting in drawn]
    assert 1e-4 <= min(rates) <= max(rates) <= 1e-1
    assert 0.2 < sum(rate < 1e-3 for rate in rates) / 200 < 0.47, "each order of magnitude has a third"
    assert {setting["hidden_size"] for setting in drawn} == set(range(4, 10))
    assert {setting["pooling"] for setting in drawn} == {"max", "mean"}


def test_no_more_settings_are_drawn_than_there_are():
    axes = [parse_axis("hidden_size=4,8"), parse_axis("pooling=max,mean")]
    assert sorted(map(str, draw_settings(axes, 50, 3))) == sorted(map(str, all_settings(axes)))
    assert len(draw_settings([parse_axis("hidden_size=4..6")], 50, 3)) == 3
    with pytest.raises(SweepError, match="--trials must be from 1"):
        draw_settings([parse_axis("hidden_size=4..6")], 0, 3)
