"""The Drift page on unpublished data: incomplete runs, and Hub models."""

import json
import shutil
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from sentiment_core.runs.layout import FRAMES
from tests.pages.drift_page import opened, played, titles


@pytest.mark.parametrize("model", ["./nowhere", "/etc", "~", "checkpoints", "a b", "<b>", "../x/y"])
def test_an_invalid_hub_id_is_refused_and_the_run_is_shown(model: str):
    app = opened(right="hub", model=model)
    assert titles(app) == ["rnn"]
    assert "is not the id of a model on the Hub" in app.error[0].value


def test_without_a_model_name_the_run_is_shown_alone():
    app = opened(right="hub")
    assert titles(app) == ["rnn"]
    assert not app.error


@pytest.mark.parametrize("broken", [ModuleNotFoundError("transformers"), RuntimeError("of another torch")])
def test_without_transformers_a_model_is_refused_with_advice(broken: Exception, monkeypatch: pytest.MonkeyPatch):
    def fail(name: str, *_: object) -> None:
        if name == "transformers":
            raise broken

    monkeypatch.delitem(sys.modules, "sentiment_core.hub", raising=False)
    monkeypatch.delitem(sys.modules, "transformers", raising=False)
    monkeypatch.setattr(sys, "meta_path", [SimpleNamespace(find_spec=fail), *sys.meta_path])
    app = opened(right="hub", model=f"someone/{type(broken).__name__}")
    assert titles(app) == ["rnn"]
    (error,) = app.error
    assert "cannot import transformers" in error.value
    assert "pip install" in error.value


def test_a_model_is_a_snapshot_beside_a_run(monkeypatch: pytest.MonkeyPatch):
    tokens = np.array(["great", "awful", "zzqqxx", "the"], dtype=object)
    matrix = np.array([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=np.float32)
    monkeypatch.setattr("sentiment_core.hub.load_embedding", lambda name: (tokens, matrix))
    header = played(opened(right="hub", model="someone/small"))
    assert [panel["title"] for panel in header["panels"]] == ["rnn", "someone/small"]
    assert "3 of the model's 4 tokens" in header["panels"][1]["note"]
    assert {tuple(checkpoint["frames"])[1] for checkpoint in header["checkpoints"]} == {0}
    assert "3 of 10,000 and 4 words are in both" in header["note"]


def test_a_server_lists_the_models_that_it_allows(monkeypatch):
    monkeypatch.setenv("SENTIMENT_MODELS", "")
    assert "a model from the Hub" not in opened().selectbox(key="right").options
    monkeypatch.setenv("SENTIMENT_MODELS", "one/model, another")
    app = opened(right="hub", model="third/one")
    assert "only these models: one/model, another" in app.error[0].value.replace("\\", "")


def test_a_control_is_marked_beside_the_run(published, tmp_path, monkeypatch):
    shutil.copytree(published.parent / "toy", tmp_path / "toy")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app = opened()
    assert titles(app) == ["bilstm", "bilstm-shuffled (control: shuffled labels)"]


@pytest.fixture
def corpora(tmp_path, toy_corpus, monkeypatch):
    """A published folder with the toy corpus and two runs, which tests may damage."""
    corpus = tmp_path / "published" / "toy"
    shutil.copytree(toy_corpus, corpus)
    shutil.copytree(corpus / "tiny", corpus / "other")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(corpus.parent))
    return corpus


def test_runs_of_other_names_are_shown(corpora):
    assert set(titles(opened())) == {"other", "tiny"}


def test_a_run_without_frames_leaves_the_other_shown(corpora):
    (corpora / "tiny" / FRAMES).unlink()
    app = opened(left="tiny", right="other")
    assert titles(app) == ["other"]
    (error,) = app.error
    assert "no frames" in error.value


def test_a_run_with_another_tokenizer_is_matched_by_word(corpora):
    path = corpora / "tiny" / "tokenizer.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"superb"', '"stupendous"'), encoding="utf-8")
    for look in ("moved", "neighbours", "axis", "analogy"):
        app = opened(left="other", right="tiny", look=look, a="superb", b="good", c="bad")
        header = played(app)
        words = header["vocabularies"][0]["words"]
        assert header["vocabularies"] == [{"words": words}] * 2
        assert header["note"].startswith(f"{words - 1} of {words} words are in both")
    (error,) = app.error
    assert "superb" in error.value
    assert len(app.dataframe) == 1


def test_a_corpus_with_one_run_shows_it_alone(corpora):
    shutil.rmtree(corpora / "other")
    assert titles(opened()) == ["tiny"]


def test_a_run_stopped_at_its_first_checkpoint_is_shown(corpora):
    for name in ("tiny", "other"):
        path = corpora / name / "history.jsonl"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    header = played(opened())
    assert [len(panel["frames"]) for panel in header["panels"]] == [1, 1]
    assert [checkpoint["name"] for checkpoint in header["checkpoints"]] == ["0"]


def test_a_corpus_without_its_token_table_says_so(corpora):
    (corpora / "tokens.parquet").unlink()
    app = opened()
    assert not app.exception
    assert app.error
    assert not app.get("bidi_component")


def test_a_corpus_whose_runs_kept_no_frames_says_what_to_train(monkeypatch, tmp_path, toy_corpus):
    shutil.copytree(toy_corpus, tmp_path / "toy")
    path = tmp_path / "toy" / "tiny" / "recipe.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(about | {"recipe": about["recipe"] | {"frames": False}}), encoding="utf-8")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app = opened()
    assert not app.exception
    assert "without `--no-frames`" in app.info[0].value
