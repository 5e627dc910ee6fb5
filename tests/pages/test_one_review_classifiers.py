"""Linear classifiers and Hub models on the One review page, beside networks."""

import numpy as np
import pytest

from sentiment_core.classifiers.linear import COUNTS, Weights
from sentiment_core.classifiers.linear_files import save_linear
from sentiment_core.classifiers.protocol import Origin
from sentiment_core.runs.scores import Scores
from tests.pages.one_review_page import opened, shown


@pytest.fixture
def with_linear(toy_checkpoints):
    """The same corpus with a linear classifier, `words`, in which "superb" and "not" have a weight."""
    learned = Weights("word", 2, COUNTS, ["not", "superb"], np.array([-1.5, 2.0], np.float32), None, 0.25)
    scores = Scores(np.array([0, 1, 1, 1]), np.array([-1.0, 1.0, 1.0, -1.0]))
    save_linear(toy_checkpoints / "words", learned, Origin("toy", ""), {}, scores, scores)
    return toy_checkpoints


def test_a_linear_classifier_is_shown_beside_a_network(with_linear):
    app = opened(runs=["tiny", "words"], text="the plot was superb, not")
    assert not app.exception
    assert len(app.metric) == 2
    assert "Correct on 75.0% of the test reviews" in shown(app)
    assert "What each word adds" in shown(app)
    assert "Start +0.25, these 2 +0.50, all others together +0.00: +0.75." in shown(app)
    assert len(app.get("plotly_chart")) == 2


def test_a_text_that_adds_nothing_says_so(with_linear):
    app = opened(runs=["words"], text="the plot was weak")
    assert not app.exception
    assert "Nothing in this text counts here." in shown(app)


def test_a_damaged_linear_classifier_says_so_in_its_card(with_linear):
    (with_linear / "words" / "ngrams.parquet").write_bytes(b"PAR1")
    app = opened(runs=["tiny", "words"], text="the plot was superb")
    assert not app.exception
    assert len(app.metric) == 1
    assert ["Make it again with reproduce" in error.value for error in app.error] == [True]


@pytest.fixture
def hub_model(toy_checkpoints, tmp_path, monkeypatch):
    """A model with three labels in the Hub's cache, which is used while offline."""
    from huggingface_hub import constants

    from tests.classifiers.tiny_bert import cache_model, save_bert

    folder = save_bert(tmp_path / "three", ["negative", "neutral", "positive"])
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    return cache_model(folder, tmp_path / "cache", "owner/three")


def test_a_hub_model_is_shown_beside_the_runs(hub_model, monkeypatch):
    app = opened(runs=["tiny"], hub=hub_model, text="the plot was superb")
    assert not app.exception
    assert len(app.metric) == 2
    assert "### owner/three" in shown(app)
    assert "Probability of neutral" in shown(app)
    assert "Not evaluated on the test split" in shown(app)
    monkeypatch.setenv("SENTIMENT_MODELS", "owner/other")
    app = opened(runs=["tiny"], hub=hub_model, text="the plot was superb")
    assert not app.exception
    assert [
        "This server shows only these models: owner/other" in error.value.replace("\\", "") for error in app.error
    ] == [True]
    monkeypatch.setenv("SENTIMENT_MODELS", "")
    app = opened(runs=["tiny"], hub=hub_model, text="the plot was superb")
    assert not any(box.key == "hub" for box in app.text_input)
    assert len(app.metric) == 1


@pytest.mark.parametrize("name", ["../../etc", "<script>", "/tmp", "owner/not-there"])
def test_an_invalid_model_is_refused_in_one_line(hub_model, name):
    app = opened(runs=["tiny"], hub=name, text="the plot was superb")
    assert not app.exception
    assert len(app.metric) == 1
    assert len(app.error) == 1
