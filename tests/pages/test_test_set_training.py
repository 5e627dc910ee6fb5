"""The training part of the Test set page: learning curves, recipes, size, speed and seeds."""

import json
import shutil
from pathlib import Path

from sentiment_core.runs.reading import count_parameters
from tests.pages.opening import english_in, open_page
from tests.pages.parts_of_test_set import open_part, table, told


def another_seed(folder: Path, seed: int) -> str:
    """Copy a run as if it had been trained with another seed. Returns its name."""
    name = f"{folder.name}-{seed}"
    copy = shutil.copytree(folder, folder.parent / name)
    recipe = json.loads((copy / "recipe.json").read_text(encoding="utf-8"))
    recipe["recipe"]["seed"] = seed
    (copy / "recipe.json").write_text(json.dumps(recipe), encoding="utf-8")
    return name


def test_runs_are_shown_side_by_side_with_what_differs(published: Path):
    app = open_part("training")
    sizes, recipes = (frame.value for frame in app.dataframe)
    assert sizes["parameters"].tolist() == [f"{count_parameters(published / name):,}" for name in ("rnn", "bilstm")]
    differing = recipes.set_index("setting").loc["≠ cell"]
    assert differing.tolist() == ["rnn_relu", "lstm"]
    assert all(name.startswith("≠ ") for name in recipes["setting"])
    assert f"differ in {len(recipes)} settings" in told(app)
    assert "bilstm: its loss on valid is lowest at epoch 3 (0.291)" in told(app)


def test_all_settings_can_be_shown():
    rows = {row["setting"]: row for row in table(open_part("training", settings="true"))}
    assert rows["max length"] == {"setting": "max length", "rnn": "400", "bilstm": "400"}
    assert "≠ hidden size" in rows
    assert "hidden size" not in rows


def test_classifiers_without_training_are_said_in_a_line():
    assert "tf-idf was not trained step by step here" in told(open_part("training", runs=["rnn", "tf-idf"]))
    alone = open_part("training", runs="tf-idf")
    assert "tf-idf was not trained step by step here" in told(alone)
    assert len(alone.dataframe) == 0


def test_several_seeds_of_a_recipe_are_found_and_drawn(toy_checkpoints: Path):
    shutil.rmtree(toy_checkpoints / "torn")
    shutil.rmtree(toy_checkpoints / "other")
    assert "was trained with one seed" in told(open_part("training", "toy", runs="tiny"))
    names = ["tiny", *(another_seed(toy_checkpoints / "tiny", seed) for seed in (1, 2))]
    app = open_part("training", "toy", runs="tiny")
    assert f"{names[0]}, {names[1]} and {names[2]} differ only in their seed" in told(app)
    drawn = [chart for chart in app.get("plotly_chart") if "3 seeds" in chart.proto.spec]
    assert len(drawn) == 1


def test_damaged_weights_are_reported_and_the_rest_is_shown(toy_checkpoints: Path):
    app = open_page("pages/compare/test_set.py", part="training", corpus="toy", runs=["tiny", "torn"])
    assert not app.exception
    assert any("torn" in error.value for error in app.error)
    assert app.dataframe[0].value["run"].tolist() == ["tiny"]


def test_no_english_is_left_in_korean():
    assert english_in(open_part("training", lang="ko")) == []


def test_accuracies_that_ignore_the_threshold_and_the_slice_say_so():
    assert "do not apply" not in told(open_part("training"))
    assert "your slice and threshold do not apply" in told(open_part("training", threshold="0.7"))
    assert "your slice and threshold do not apply" in told(open_part("training", slice="cut-400"))
