"""What pages share: the corpora on offer, and when a cached file counts as changed."""

import os
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import folders, resources
from pages.shared.layout import plain
from tests.pages.opening import APP


def test_any_change_to_the_files_of_a_folder_is_noticed(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    seen = [resources.stamp(tmp_path)]
    os.utime(tmp_path / "a", (1, 1))  # an older copy
    seen.append(resources.stamp(tmp_path))
    (tmp_path / "a").unlink()
    seen.append(resources.stamp(tmp_path))
    assert len(set(seen)) == 3
    assert resources.stamp(tmp_path) == seen[-1]


def test_files_being_written_are_ignored_and_missing_files_are_no_error(tmp_path: Path):
    (tmp_path / "a").write_text("a", encoding="utf-8")
    before = resources.stamp(tmp_path)
    (tmp_path / ".a.writing").write_text("half", encoding="utf-8")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")  # listed, but does not exist
    (tmp_path / "run").mkdir()
    assert resources.stamp(tmp_path) == before


def test_a_corpus_in_runs_is_offered_beside_the_published_one_of_the_same_name(monkeypatch, tmp_path: Path):
    card = '{"source":"x","sizes":{},"tokenizer":"wordpiece","vocab_size":9,"seed":0,"fingerprint":"0"}'
    for root in ("checkpoints", "runs"):
        (tmp_path / root / "imdb").mkdir(parents=True)
        (tmp_path / root / "imdb" / "corpus.json").write_text(card, encoding="utf-8")
    monkeypatch.delenv("SENTIMENT_CHECKPOINTS", raising=False)
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    assert app.selectbox(key="corpus").options == ["imdb", "imdb (runs)"]
    app.selectbox(key="corpus").set_value("imdb (runs)").run()
    assert "--out runs/imdb/" in app.info[0].value


def test_a_damaged_corpus_is_reported_above_the_others(monkeypatch, tmp_path: Path, toy_corpus: Path):
    cards = {"broken": "{", "later": '{"format":{"version":99,"needs":"9.0"},"source":"x"}'}
    for name, card in cards.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "corpus.json").write_text(card, encoding="utf-8")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    assert not app.info, "to make the networks is no remedy where there are some"
    damaged, newer = (warning.value for warning in app.warning)
    assert plain(f"{tmp_path / 'broken' / 'corpus.json'} is damaged. Rebuild it with make checkpoints.") == damaged
    assert plain(f"{tmp_path / 'later' / 'corpus.json'} was written by a newer") in newer
    assert plain("Install version 9.0") in newer

    shutil.copytree(toy_corpus, tmp_path / "toy")
    app.run()
    assert not app.exception
    assert [warning.value for warning in app.warning] == [damaged, newer]
    assert list(app.dataframe[0].value["system"]) == ["tiny"]


def test_an_unknown_corpus_in_the_address_is_reported():
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["corpus"] = "zzz"
    app.run()
    assert not app.exception
    assert [warning.value for warning in app.warning] == [plain("There is no corpus zzz here. imdb is shown instead.")]
    assert app.selectbox(key="corpus").value == "imdb"
    app.selectbox(key="corpus").set_value("toy").run()
    assert not app.warning


@pytest.mark.parametrize(
    ("asked", "shown"), [("4", 4), ("1e999", 2), ("-inf", 2), ("Infinity", 2), ("nan", 2), ("x", 2), ("9", 2), ("", 2)]
)
def test_a_whole_number_in_the_address_may_be_anything(asked: str, shown: int):
    def script() -> None:
        from pages.shared.address import whole_number

        whole_number("Number", 1, 5, "number", 2)

    app = AppTest.from_function(script)
    app.query_params["number"] = asked
    app.run()
    assert not app.exception
    assert app.number_input(key="number").value == shown
    app.number_input(key="number").set_value(3).run()
    assert not app.exception
    assert app.number_input(key="number").value == 3
