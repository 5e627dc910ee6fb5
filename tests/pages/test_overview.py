"""The Overview, with and without published runs."""

import json
import shutil

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.layout import plain
from pages.shared.text_box import LINKED
from sentiment_core.runs.writing import hold_folder
from tests.pages.opening import APP


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(APP, default_timeout=60)


def test_every_published_run_is_in_the_table(app):
    app.run()
    assert not app.exception
    table = app.dataframe[0].value
    networks = table[table["kind"] == "network"]
    assert set(networks["system"]) == {"rnn", "lstm", "gru", "bilstm", "bilstm-best", "bilstm-pretrained"}
    assert table["accuracy"].between(50, 100).all()


def test_baselines_are_on_the_same_leaderboard(app):
    app.run()
    table = app.dataframe[0].value
    assert {"majority", "bag-of-words", "tf-idf", "nb-svm-bigrams"} <= set(table["system"][table["kind"] == "baseline"])
    assert table["accuracy"].is_monotonic_increasing


def test_a_run_in_training_is_distinguished_from_a_killed_one(app, monkeypatch, tmp_path, toy_corpus):
    """Though a process that is killed changes no file that the page has read."""
    folder = shutil.copytree(toy_corpus, tmp_path / "toy") / "tiny"
    content = (folder / "recipe.json").read_text(encoding="utf-8").replace('"complete"', '"running"')
    (folder / "recipe.json").write_text(content, encoding="utf-8")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    with hold_folder(folder):
        app.run()
        assert "tiny (training)" in set(app.dataframe[0].value["system"])
        assert any(plain("tiny is training: epoch 2 of 2") in caption.value for caption in app.caption)
    app.run()
    assert not app.exception
    assert "tiny (not tested)" in set(app.dataframe[0].value["system"])
    assert any(plain(f"train --resume {folder}") in caption.value for caption in app.caption)


def test_a_control_is_named_and_not_ranked(app, monkeypatch, tmp_path, toy_corpus):
    shutil.copytree(toy_corpus, tmp_path / "toy")
    shutil.copytree(toy_corpus / "tiny", tmp_path / "toy" / "shuffled")
    path = tmp_path / "toy" / "shuffled" / "recipe.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(about | {"recipe": about["recipe"] | {"shuffle_labels": True}}), encoding="utf-8")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app.run()
    assert not app.exception
    assert list(app.dataframe[0].value["system"]) == ["tiny"]
    said = [line.value for line in app.caption]
    assert "Not on the leaderboard\\: shuffled \\(control\\: shuffled labels\\)\\." in said
    assert not any("share every setting" in line or "differ in" in line for line in said), "one network has no other"


def test_damaged_baselines_are_reported_and_the_networks_shown(app, monkeypatch, tmp_path, toy_corpus):
    shutil.copytree(toy_corpus, tmp_path / "toy")
    (tmp_path / "toy" / "baselines.json").write_text("{", encoding="utf-8")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app.run()
    assert not app.exception
    assert "is damaged" in app.error[0].value
    assert "run reproduce again" in app.error[0].value
    assert list(app.dataframe[0].value["system"]) == ["tiny"]


def test_without_published_corpora_the_page_says_what_to_do(app, monkeypatch, tmp_path):
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app.run()
    assert not app.exception
    assert "make checkpoints" in app.info[0].value


def test_a_corpus_without_runs_says_how_to_train_one(app, monkeypatch, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    card = '{"source":"x","sizes":{},"tokenizer":"wordpiece","vocab_size":9,"seed":0,"fingerprint":"0"}'
    (folder / "corpus.json").write_text(card, encoding="utf-8")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app.run()
    assert not app.exception
    assert "sentiment_core train" in app.info[0].value


def test_a_submitted_review_leads_to_the_comparison(app):
    app.run()
    app.text_area[0].set_value("A quiet film that grew on me.")
    app.button[0].click().run()
    assert not app.exception
    assert app.title[0].value == "One review"
    assert app.text_area(key="text").value == "A quiet film that grew on me."


def test_a_review_too_long_for_an_address_also_leads_to_the_comparison(app):
    app.run()
    text = "A quiet film. " * (LINKED // 14 + 1)
    app.text_area[0].set_value(text)
    app.button[0].click().run()
    assert not app.exception
    assert app.title[0].value == "One review"
    assert app.text_area(key="text").value == text
    assert "text" not in app.query_params
    assert any("not kept in the address" in caption.value for caption in app.caption)
    app.multiselect(key="runs").set_value(["gru"]).run()
    assert app.text_area(key="text").value == text


def test_a_long_review_replaces_the_previous_one(app):
    app.run()
    app.text_area[0].set_value("A quiet film that grew on me.")
    app.button[0].click().run()
    app.switch_page("pages/home/overview.py").run()
    text = "A quiet film. " * (LINKED // 14 + 1)
    app.text_area[0].set_value(text)
    app.button[0].click().run()
    assert app.text_area(key="text").value == text


def test_a_run_cut_short_says_so(app, monkeypatch, tmp_path, toy_corpus):
    shutil.copytree(toy_corpus, tmp_path / "toy")
    recipe = tmp_path / "toy" / "tiny" / "recipe.json"
    recipe.write_text(
        json.dumps(json.loads(recipe.read_text(encoding="utf-8")) | {"status": "interrupted"}), encoding="utf-8"
    )
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app.run()
    assert list(app.dataframe[0].value["system"]) == ["tiny (not tested)"]


def test_thousands_are_separated(app):
    """Every number over 999 is, in sentences as in tables."""
    (table,) = app.run().dataframe
    columns = json.loads(table.proto.columns)
    assert columns["seconds"]["type_config"]["format"] == "localized"
    assert table.value["seconds"].dropna().max() > 999, "the published runs have such a number"


def test_each_seed_is_a_dot_and_what_is_larger_than_their_luck_is_said(app, monkeypatch, tmp_path, toy_corpus):
    folder = shutil.copytree(toy_corpus, tmp_path / "toy")
    shutil.copytree(folder / "tiny", folder / "other")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app.run()
    assert not app.html, "no run has a second seed"
    fingerprint = json.loads((folder / "corpus.json").read_text("utf-8"))["fingerprint"]
    low, high = ([{"seed": 1 + n, "valid": 0.5, "test": 0.5 + base + n / 100} for n in range(4)] for base in (0, 0.4))
    content = {"fingerprint": fingerprint, "runs": {"tiny": low, "other": high}}
    (folder / "seeds.json").write_text(json.dumps(content), encoding="utf-8")
    app.run()
    assert not app.exception
    drawn = app.html[0].value
    assert drawn.count('class="dot"') == 8
    assert drawn.count('class="published"') == 2
    assert 'title="seed 4: 93.00%"' in drawn
    said = [line.value for line in app.markdown]
    assert any("other over tiny" in line for line in said)
    (folder / "seeds.json").write_text("{", encoding="utf-8")
    app.run()
    assert not app.exception
    assert len(app.dataframe) == 1
    assert any("seeds\\.json" in error.value for error in app.error)
