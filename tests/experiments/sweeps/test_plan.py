"""The plan of a sweep and its file."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sentiment_core.errors import PresetError, SweepError
from sentiment_core.experiments.sweeps.plan import Search, is_same, list_sweeps, make_sweep, read_sweep
from sentiment_core.experiments.sweeps.space import parse_axis
from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import Reading, Reviews
from sentiment_core.text.table import Form
from tests.experiments.sweeps.sweeping import planned

ASHA = Search("asha", 5, first=1, reduction=2)


def test_a_plan_is_read_as_it_was_written(tmp_path: Path, recipe: Recipe, reviews: Reviews):
    read = replace(reviews, reading=Reading("toy", Form(separator=";"), (("1", "2"), "3")))
    vary = "learning_rate=1e-3..1e-2", "pooling=max,mean"
    sweep = planned(tmp_path / "sweeps" / "a", recipe.change(epochs=6), read, *vary, seeds=2, search=ASHA)
    again = read_sweep(sweep.folder)
    assert again == sweep
    assert again.trials == sweep.trials
    assert [trial.recipe.seed for trial in sweep.trials] == [0, 1] * 5
    assert len({trial.name for trial in sweep.trials}) == 10
    assert sweep.rungs(sweep.trials[0]) == (1, 2, 4, 6)
    assert list_sweeps(tmp_path) == [sweep]


def test_the_same_command_is_known_and_another_is_not(tmp_path: Path, recipe: Recipe, reviews: Reviews):
    sweep = planned(tmp_path / "a", recipe, reviews, "hidden_size=4,8")
    axes = [parse_axis("hidden_size=4,8")]
    assert is_same(sweep, make_sweep(tmp_path / "a", recipe, axes, 1, Search(), reviews, test_all=True))
    assert not is_same(sweep, make_sweep(tmp_path / "a", recipe, axes, 2, Search(), reviews))
    assert not is_same(sweep, make_sweep(tmp_path / "a", recipe.change(clip=1.0), axes, 1, Search(), reviews))
    other = make_sweep(tmp_path / "b", recipe, axes, 1, Search(), reviews)
    assert other.code != sweep.code, "the runs of two sweeps have different names, because a link names runs"


def test_a_sweep_without_axes_is_one_setting_with_many_seeds(tmp_path: Path, recipe: Recipe, reviews: Reviews):
    sweep = planned(tmp_path / "a", recipe.change(seed=3), reviews, seeds=3)
    assert [trial.recipe for trial in sweep.trials] == [recipe.change(seed=seed) for seed in (3, 4, 5)]


@pytest.mark.parametrize(
    ("vary", "seeds", "search", "words"),
    [
        (["clip=1", "clip=2"], 1, Search(), "varied twice"),
        (["clip=1"], 0, Search(), "--seeds must be"),
        (["clip=1"], 1, Search("best"), "No search 'best'"),
        (["clip=1"], 1, Search("grid", 4), "Leave out --trials"),
        (["clip=0..1"], 1, Search("grid"), "A grid needs the values of clip"),
        (["clip=0..1"], 1, Search("random"), "A grid needs the values of clip"),
        (["epochs=3,4"], 1, Search("asha"), "Do not vary epochs"),
        (["clip=0,1"], 1, Search("asha", reduction=1), "reduction of at least 2"),
        (["clip=0,1"], 1, Search("asha", first=2), "must lie before the end"),
    ],
)
def test_what_cannot_be_searched_is_refused(
    vary: list[str], seeds: int, search: Search, words: str, tmp_path: Path, recipe: Recipe, reviews: Reviews
):
    with pytest.raises(SweepError, match=words):
        make_sweep(tmp_path / "a", recipe, [parse_axis(text) for text in vary], seeds, search, reviews)


def test_a_value_that_cannot_be_trained_with_is_refused_before_anything_begins(
    tmp_path: Path, recipe: Recipe, reviews: Reviews
):
    with pytest.raises(PresetError, match="dropout must be"):
        make_sweep(tmp_path / "a", recipe, [parse_axis("dropout=0.5,1.5")], 1, Search(), reviews)
    assert not (tmp_path / "a").exists()


def test_a_damaged_plan_is_one_line_and_no_reason_not_to_list_the_others(
    tmp_path: Path, recipe: Recipe, reviews: Reviews
):
    whole = planned(tmp_path / "sweeps" / "whole", recipe, reviews, "clip=0,1")
    for number, change in enumerate([{"settings": []}, {"axes": 3}, {"code": "../.."}, {"search": {"kind": "best"}}]):
        broken = planned(tmp_path / "sweeps" / f"broken{number}", recipe, reviews, "clip=0,1")
        path = broken.folder / "sweep.json"
        path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
        with pytest.raises(SweepError, match="is damaged"):
            read_sweep(broken.folder)
    assert list_sweeps(tmp_path) == [whole]
    with pytest.raises(SweepError, match="holds no sweep"):
        read_sweep(tmp_path)
