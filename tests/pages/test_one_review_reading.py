"""How the verdict came about, on the One review page: curves, bars, the selected word, and unusual texts."""

import json

import numpy as np
import pytest

from sentiment_core.analysis.explanation.words import MOST_WORDS
from tests.pages.one_review_page import drawn, opened, shown
from tests.pages.opening import english_in

NOVEL = "A dull plot, but superb acting. " * 31_250  # a million characters


def test_the_curves_end_at_the_verdicts_and_the_bars_add_up():
    app = opened(text="A dull plot, but superb acting.", runs=["rnn", "bilstm"])
    data = drawn(app)
    assert data["words"] == ["A", "dull", "plot", ",", "but", "superb", "acting", "."]
    assert data["starts"] == [0, 2, 7, 11, 13, 17, 24, 30]
    assert data["joined"] == [False, False, False, True, False, False, False, True]
    assert [model["name"] for model in data["models"]] == ["rnn", "bilstm"]
    assert [model["onePass"] for model in data["models"]] == [True, False]
    for model, metric in zip(data["models"], app.metric, strict=True):
        assert f"{model['p'][-1]:.1%}" == metric.value
        assert len(model["salience"]) == len(data["words"])
        assert model["salience"][5] > 0 > model["salience"][1], "superb and dull"
    assert data["scale"] == max(abs(value) for model in data["models"] for value in model["salience"])
    said = shown(app)
    assert "rnn takes one pass" in said
    assert "bilstm needs the end of a text" in said
    assert "completeness error" in said


def test_a_network_that_reads_ngrams_says_so():
    app = opened(text="A dull plot, but superb acting.", runs=["rnn", "bilstm-best"])
    drawn(app)
    said = shown(app)
    assert "bilstm-best also reads the polarity of n-grams of up to 3 tokens" in said
    assert "rnn also reads" not in said


def test_the_method_is_in_the_address_and_a_wrong_one_is_the_first():
    text = "A dull plot, but superb acting."
    first = drawn(opened(text=text))["models"][0]["salience"]
    app = opened(text=text, method="occlusion")
    assert drawn(app)["models"][0]["salience"] != first
    assert "Occlusion leaves out one token" in shown(app)
    assert drawn(opened(text=text, method="<b>"))["models"][0]["salience"] == first


def test_whether_the_methods_agree_is_shown_when_it_is_asked():
    text = "A dull plot, but superb acting."
    assert "rank correlation" not in shown(opened(text=text))
    said = shown(opened(text=text, methods="true"))
    assert "rank correlation" in said
    assert "methods | rnn | bilstm\n--- | --- | ---\n" in said
    (row,) = (
        line.split(" | ") for line in said.splitlines() if line.startswith("integrated gradients and occlusion | ")
    )
    assert [-1 <= float(value) <= 1 for value in row[1:]] == [True, True]


def test_the_selected_word_is_in_the_address_by_its_first_character():
    text = "A dull plot, but superb acting."
    assert drawn(opened(text=text, token="17"))["selected"] == 5
    assert drawn(opened(text=text, token="19"))["selected"] == 5, "any character of the word will do"
    for wrong in ("-1", "31", "x", "1e3", "\uff19", "99999999999"):
        assert drawn(opened(text=text, token=wrong))["selected"] is None
    app = opened(text=text, token="17")
    app.text_area(key="text").set_value("Another text, and a longer one.").run()
    assert drawn(app)["selected"] is None, "a new text has no selected word"
    assert "token" not in app.query_params


def test_words_of_the_first_classifier_are_the_axis_of_the_others():
    data = drawn(opened(text="don't watch", runs=["nb-svm-bigrams", "rnn"]))
    linear, network = data["models"]
    assert data["words"] == ["don't", "watch"]
    assert linear["x"] == [1, 2]
    assert len(network["x"]) > 2, "it splits the apostrophe off"
    assert network["x"][-1] == 2
    assert network["x"] == sorted(network["x"])
    assert 0 < network["x"][0] < 1
    assert len(network["salience"]) == 2


@pytest.mark.parametrize("runs", [["rnn", "bilstm"], ["nb-svm-trigrams", "gru"]], ids=" ".join)
def test_a_text_of_a_million_characters_is_explained_as_far_as_it_is_read(runs):
    app = opened(runs=runs)
    app.text_area(key="text").set_value(NOVEL if "rnn" in runs else NOVEL[:50_000]).run(timeout=120)
    data = drawn(app)
    assert len(data["words"]) <= MOST_WORDS
    assert len(json.dumps(data)) < 200_000
    assert "Only what is read is explained" in shown(app)
    read = [model["reads"] for model in data["models"]]
    assert read == ([400, 400] if runs == ["rnn", "bilstm"] else [MOST_WORDS, 400])
    if runs == ["rnn", "bilstm"]:
        assert "bilstm: 256 points for 400 tokens" in shown(app)
        assert "rnn: 256" not in shown(app)
    else:
        assert "The first 1,000 words are drawn" in shown(app)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("漢字 \U0001f389", 3),
        ("superb", 1),
        ("فيلم جميل good", 3),
        ("\U0001f600\U0001f1f5\U0001f1f9 a good film", None),
        ("x" * 5_000, None),
        ("a\n\n\nb", 2),
        ("<script>alert(1)</script>", None),
    ],
    ids=["unknown", "one", "rtl", "emoji", "long word", "lines", "markup"],
)
@pytest.mark.parametrize("method", ["integrated", "occlusion"])
def test_unusual_texts_have_a_value_for_every_word(text, words, method):
    data = drawn(opened(text=text, runs=["rnn", "bilstm", "nb-svm-bigrams"], method=method))
    assert words in (None, len(data["words"]))
    assert max(map(len, data["words"])) <= 61
    for model in data["models"]:
        assert None not in model["salience"]
        assert None not in model["p"]
        assert len(model["x"]) == len(model["p"])


def test_korean_reviews_are_explained_in_korean():
    app = opened(corpus="korean", lang="ko", text="연기는 좋았지만 이야기가 지루했다", methods="true")
    data = drawn(app)
    assert "".join(data["words"]) == "연기는좋았지만이야기가지루했다"
    assert data["speech"]["language"] == "ko"
    assert data["speech"]["messages"]["classifier"] == "분류기"
    assert english_in(app) == []


def test_a_classifier_of_characters_is_drawn_over_words():
    text = "연기는 좋았지만 이야기가 지루했다"
    data = drawn(opened(corpus="korean", text=text, runs=["nb-svm-characters", "rnn"]))
    assert data["words"] == text.split()
    characters, network = data["models"]
    assert len(characters["x"]) == len(text)
    assert characters["x"][-1] == network["x"][-1] == 4
    assert None not in characters["salience"] + network["salience"]


def save(labels: list[str], folder, **settings: object):
    from tests.classifiers.tiny_bert import save_bert

    return save_bert(folder, labels, **settings)


@pytest.fixture
def hub(toy_checkpoints, tmp_path, monkeypatch):
    """Puts a tiny model into the Hub's cache and returns its name."""
    from huggingface_hub import constants

    from tests.classifiers.tiny_bert import cache_model

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)

    def put(name: str, labels: list[str], spoil: bool = False) -> str:
        folder = save(labels, tmp_path / name)
        if spoil:
            from safetensors.numpy import load_file, save_file

            weights = load_file(folder / "model.safetensors")
            weights["classifier.bias"] = np.full_like(weights["classifier.bias"], np.nan)
            save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
        return cache_model(folder, tmp_path / "cache", f"owner/{name}")

    return put


@pytest.mark.parametrize(
    "labels", [["negative", "neutral", "positive"], [f"{stars} star{'s' * (stars > 1)}" for stars in range(1, 6)]]
)
def test_a_hub_model_with_more_labels_is_explained_beside_a_run(hub, labels):
    name = hub(f"labels{len(labels)}", labels)
    text = "good movie not bad"
    app = opened(runs=["tiny"], hub=name, text=text)
    tiny, bert = drawn(app)["models"]
    assert bert["name"] == name
    assert not bert["onePass"]
    assert f"{bert['p'][-1]:.1%}" == app.metric[1].value, "neutral counts in the curve as in the verdict"
    assert len(bert["salience"]) == len(tiny["salience"]) == 4


def test_a_hub_model_whose_logits_are_no_numbers_says_so_and_the_others_are_shown(hub):
    app = opened(runs=["tiny"], hub=hub("spoilt", ["negative", "positive"], spoil=True), text="good movie not bad")
    assert [model["name"] for model in drawn(app)["models"]] == ["tiny"]
    assert len(app.metric) == 1
    assert ["not finite" in error.value for error in app.error] == [True]
