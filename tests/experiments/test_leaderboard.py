"""The leaderboard and summaries, of a tiny trained run and of damaged folders."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest

import sentiment_core
from sentiment_core.experiments.baselines import BaselineResult
from sentiment_core.experiments.leaderboard import leaderboard, summarise
from sentiment_core.runs.listing import list_corpora, list_runs, list_training
from sentiment_core.runs.reading import load_run
from sentiment_core.runs.writing import hold_folder
from sentiment_core.text.corpus import Corpus


@pytest.fixture
def corpus(tmp_path, toy_run):
    folder = tmp_path / "toy"
    folder.mkdir()
    card = {"source": "toy", "sizes": {"train": 1}, "tokenizer": "wordpiece", "vocab_size": 9, "seed": 0}
    (folder / "corpus.json").write_text(json.dumps(card | {"fingerprint": "0"}), encoding="utf-8")
    shutil.copytree(toy_run, folder / "sound")
    return Corpus(folder, **card, fingerprint="0")


def test_summary_repeats_what_the_files_say(toy_run):
    run = load_run(toy_run)
    summary = summarise(run)
    table = pq.read_table(toy_run / "test.parquet")
    right = (table["logit"].to_numpy() > 0) == (table["label"].to_numpy() == 1)
    assert summary.accuracy == pytest.approx(right.mean())
    assert summary.standard_error == pytest.approx(np.sqrt(right.mean() * (1 - right.mean()) / len(right)))
    model = sentiment_core.load(toy_run).model
    assert summary.parameters == sum(parameter.numel() for parameter in model.parameters())
    assert summary.tokens_per_second == pytest.approx(run.history[-1].tokens / run.history[-1].seconds)


def test_a_run_without_a_test_split_has_no_accuracy(corpus):
    (corpus.path / "sound" / "test.parquet").unlink()
    assert summarise(load_run(corpus.path / "sound")).accuracy is None


def test_damaged_runs_are_named_and_the_others_listed(corpus):
    shutil.copytree(corpus.path / "sound", corpus.path / "broken")
    (corpus.path / "broken" / "history.jsonl").write_text("{", encoding="utf-8")
    runs, problems = list_runs(corpus)
    assert [run.name for run in runs] == ["sound"]
    assert len(problems) == 1
    assert "broken" in str(problems[0])
    assert "\n" not in str(problems[0])


def test_a_run_in_training_differs_from_a_killed_one(corpus):
    """A reader writes nothing: the file keeps the status that the process left."""
    folder = corpus.path / "sound"
    content = folder.joinpath("recipe.json").read_text(encoding="utf-8").replace('"complete"', '"running"')
    folder.joinpath("recipe.json").write_text(content, encoding="utf-8")
    with hold_folder(folder):
        (run,), _ = list_runs(corpus)
        assert run.status == "running"
        assert list_training(corpus) == ["sound"]
    (run,), _ = list_runs(corpus)
    assert run.status == "stopped"
    assert list_training(corpus) == []
    assert folder.joinpath("recipe.json").read_text(encoding="utf-8") == content


def test_corpora_are_listed_by_name_and_damaged_cards_named(corpus, tmp_path):
    other = tmp_path / "another"
    shutil.copytree(corpus.path, other)
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "corpus.json").write_text("[]", encoding="utf-8")
    (tmp_path / "no corpus").mkdir()
    found, problems = list_corpora(tmp_path, tmp_path / "absent")
    assert [listed.path.name for listed in found] == ["another", "toy"]
    assert list(map(str, problems)) == [f"{damaged / 'corpus.json'} is damaged. Rebuild it with make checkpoints."]


def test_the_leaderboard_climbs_and_counts_only_the_same_reviews(corpus):
    summary = summarise(load_run(corpus.path / "sound"))
    here = BaselineResult("toy", "0", 0.9, 0.75, 0.8, 12, {}, 3.0)
    card = replace(corpus, sizes={"test": 100})
    rows = leaderboard(
        [summary], {"low": replace(here, test_accuracy=0.5), "other": replace(here, fingerprint="1")}, card
    )
    assert [row.name for row in rows] == ["low", "sound"]
    low, sound = rows
    assert (low.run, low.accuracy, low.parameters, low.tokens_per_second) == (None, 0.5, 12, None)
    assert low.standard_error == pytest.approx(0.05)
    assert (sound.run, sound.accuracy, sound.seconds) == (summary.run, summary.accuracy, summary.seconds)


def test_a_control_is_not_on_the_leaderboard(corpus):
    summary = summarise(load_run(corpus.path / "sound"))
    recipe = summary.run.recipe.change(shuffle_labels=True)
    control = replace(summary, run=replace(summary.run, recipe=recipe))
    assert [row.name for row in leaderboard([control, summary], {}, corpus)] == ["sound"]
    assert leaderboard([control], {}, corpus) == []
