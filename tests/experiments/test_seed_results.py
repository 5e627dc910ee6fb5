"""Other seeds of published recipes: which runs are taken, and what is refused."""

import json
import shutil
from pathlib import Path

import pytest

from sentiment_core.errors import NewerRunError, RunError
from sentiment_core.experiments.seed_results import SEEDS, SeedResult, add_seeds, load_seeds
from sentiment_core.runs.reading import load_run
from sentiment_core.text.corpus import Corpus


@pytest.fixture
def corpus(tmp_path: Path, toy_run: Path) -> Corpus:
    """A corpus with one run, of the reviews that the run was trained on."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    data = load_run(toy_run).data
    shutil.copytree(toy_run, folder / "small")
    card = {"source": "toy", "sizes": data["sizes"], "tokenizer": "wordpiece", "vocab_size": 9, "seed": 0}
    (folder / "corpus.json").write_text(json.dumps(card | {"fingerprint": data["fingerprint"]}), encoding="utf-8")
    return Corpus(folder, **card, fingerprint=data["fingerprint"])


@pytest.fixture
def changed(tmp_path: Path, toy_run: Path):
    """A copy of the run with other settings in its recipe."""

    def copy(name: str, **settings: object) -> Path:
        shutil.copytree(toy_run, tmp_path / name)
        path = tmp_path / name / "recipe.json"
        content = json.loads(path.read_text("utf-8"))
        content["recipe"] |= settings
        path.write_text(json.dumps(content), encoding="utf-8")
        return tmp_path / name

    return copy


def test_a_run_that_differs_in_its_seed_alone_is_added_to_its_recipe(corpus, changed):
    run = load_run(changed("other", seed=7, frames=False))
    found = SeedResult(7, round(run.best.valid_accuracy, 6), round(run.scores().accuracy, 6))
    assert add_seeds(corpus, [run.path]) == {"small": (found,)}
    assert load_seeds(corpus) == {"small": (found,)}
    third = changed("third", seed=3)
    add_seeds(corpus, [third])
    again = add_seeds(corpus, [run.path])  # the same seed stands there once
    assert [result.seed for result in again["small"]] == [3, 7]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "has the seed"),
        ({"seed": 7, "learning_rate": 0.9}, "the recipe of no complete run"),
    ],
)
def test_the_same_seed_and_another_recipe_are_refused(corpus, changed, settings, said):
    with pytest.raises(RunError, match=said):
        add_seeds(corpus, [changed("good", seed=5), changed("other", **settings)])
    assert not (corpus.path / SEEDS).exists()


def test_a_run_of_other_reviews_or_one_that_is_not_complete_is_refused(corpus, changed):
    folder = changed("other", seed=7)
    path = folder / "recipe.json"
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(content | {"data": content["data"] | {"fingerprint": "0"}}), encoding="utf-8")
    with pytest.raises(RunError, match="other reviews"):
        add_seeds(corpus, [folder])
    path.write_text(json.dumps(content | {"status": "interrupted"}), encoding="utf-8")
    with pytest.raises(RunError, match="not complete"):
        add_seeds(corpus, [folder])


def test_seeds_of_other_reviews_are_left_out_and_a_damaged_or_newer_file_is_named(corpus, changed):
    add_seeds(corpus, [changed("other", seed=7)])
    path = corpus.path / SEEDS
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(content | {"fingerprint": "0"}), encoding="utf-8")
    assert load_seeds(corpus) == {}
    path.write_text(json.dumps(content | {"runs": {"small": [{"seed": 1}]}}), encoding="utf-8")
    with pytest.raises(RunError, match="damaged"):
        load_seeds(corpus)
    path.write_text(json.dumps(content | {"format": {"version": 99, "needs": "9.0"}}), encoding="utf-8")
    with pytest.raises(NewerRunError):
        load_seeds(corpus)
    path.unlink()
    assert load_seeds(corpus) == {}
