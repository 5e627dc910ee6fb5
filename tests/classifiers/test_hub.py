"""Classifiers that transformers reads, made by the tests: two and three labels, stars, and models that are refused."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.protocol import Ability, judge_with_each
from sentiment_core.errors import ClassifierError, ModelError
from sentiment_core.text.reviews import Split
from tests.classifiers.tiny_bert import cache_model, save_bert

THREE = ["negative", "neutral", "positive"]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read only: change a copy."""
    return save_bert(tmp_path_factory.mktemp("hub") / "two", ["NEGATIVE", "POSITIVE"])


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read only: change a copy."""
    return save_bert(tmp_path_factory.mktemp("hub") / "three", THREE)


def probabilities(folder: Path, text: str) -> np.ndarray:
    """The probabilities that transformers itself computes for a text [labels]."""
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model, tokenizer = AutoModelForSequenceClassification.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
    with torch.no_grad():
        return model(**tokenizer(text, return_tensors="pt")).logits.softmax(-1)[0].numpy()


@pytest.mark.parametrize("text", ["good", "not good. bad movie", "unable 漢 movie"])
def test_two_labels_give_what_transformers_gives(two: Path, text: str):
    (prediction,) = load_classifier(two).predict([text])
    assert prediction.probability == pytest.approx(probabilities(two, text)[1], abs=1e-5)
    assert prediction.neutral == 0


@pytest.mark.parametrize("text", ["good", "not good. bad movie", "unable 漢 movie"])
def test_neutral_keeps_its_own_probability(three: Path, text: str):
    expected = probabilities(three, text)
    (prediction,) = load_classifier(three).predict([text])
    found = 1 - prediction.probability - prediction.neutral, prediction.neutral, prediction.probability
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert prediction.verdict == THREE[expected.argmax()]
    assert prediction.place == pytest.approx(expected[2] + expected[1] / 2, abs=1e-5)


def test_texts_of_different_lengths_give_the_same_as_each_alone(three: Path):
    classifier = load_classifier(three)
    texts = ["good", "not good. bad movie", "bad . . . . movie", "unable"] * 6
    together = [(found.logit, found.neutral) for found in classifier.predict(texts)]
    alone = [(found.logit, found.neutral) for text in texts for found in classifier.predict([text])]
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_the_view_has_pieces_spans_unknown_tokens_and_the_cut(two: Path):
    text = "Good [PAD] unable 漢 " + "bad " * 10
    view = load_classifier(two).view(text)
    assert view.tokens[0] == "Good"
    assert "[PAD]" not in view.tokens, "it is text like any other"
    assert [token for token in view.tokens if "able" in token] == ["##able"]
    assert [piece for piece, strange in zip(view.pieces, view.unknown, strict=True) if strange][-1] == "漢"
    assert (view.read, view.cut) == (10, len(view.tokens) - 10), "two of twelve are special"


def test_tokens_past_the_cut_do_not_count(two: Path):
    short, long = load_classifier(two).predict(["good " * 10, "good " * 10 + "bad " * 50])
    assert short.logit == pytest.approx(long.logit, abs=1e-5)


def test_five_stars(tmp_path: Path):
    folder = save_bert(tmp_path, ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"])
    expected = probabilities(folder, "good movie")
    (prediction,) = load_classifier(folder).predict(["good movie"])
    assert prediction.neutral == pytest.approx(expected[2], abs=1e-5)
    assert prediction.probability == pytest.approx(expected[3] + expected[4], abs=1e-5)


def test_gradients_are_the_slope_and_each_token_has_a_state(three: Path):
    classifier = load_classifier(three)
    view = classifier.view("not good . bad movie")
    assert classifier.can(Ability.GRADIENTS)
    assert classifier.states(view).shape == (5, 8)
    found = classifier.gradients(view, (1.0, 0.999))
    assert found.vectors.shape == (5, 8)
    np.testing.assert_array_equal(classifier.vectors(view.ids), found.vectors)
    # Scaling the vectors from 0.999 to 1 changes the log-odds by the slope along the vectors.
    model, rows = classifier.model, torch.tensor([classifier._row(view)])
    vectors = model.get_input_embeddings()(rows)
    shrunk = vectors.clone()
    shrunk[0, 1:6] *= 0.999
    with torch.no_grad():
        logits = torch.cat([model(inputs_embeds=part).logits for part in (vectors, shrunk)]).numpy()
    whole, part = classifier.labels.log_odds(logits)
    slope = float((found.gradients.mean(axis=0) * found.vectors).sum())
    assert (whole - part) / 0.001 == pytest.approx(slope, rel=0.05, abs=5e-3)
    assert not any(weight.requires_grad for weight in model.parameters())


def test_a_split_is_evaluated_and_neutral_is_counted(three: Path):
    texts = ["good", "bad", "movie", "not good"] * 5
    evaluation = load_classifier(three).evaluate(Split(texts, np.array([1, 0, 1, 0] * 5)))
    told = [probabilities(three, text).argmax() == 1 for text in texts[:4]]
    assert evaluation.neutral == pytest.approx(np.mean(told))


def test_one_text_beside_a_run(two: Path, toy_run: Path):
    judged = judge_with_each("a good movie", {"run": load_classifier(toy_run), "hub": load_classifier(two)})
    assert judged["run"].view.tokens != judged["hub"].view.tokens
    assert judged["hub"].prediction.unknown == 1


def tampered(folder: Path, tmp_path: Path, **config: object) -> Path:
    copy = shutil.copytree(folder, tmp_path / "copy")
    content = json.loads((copy / "config.json").read_text("utf-8"))
    (copy / "config.json").write_text(json.dumps(content | config), encoding="utf-8")
    return copy


def test_labels_with_unknown_names_are_refused(two: Path, tmp_path: Path):
    folder = tampered(two, tmp_path, id2label={"0": "joy", "1": "anger"}, label2id={"joy": 0, "anger": 1})
    with pytest.raises(ClassifierError, match=r"joy or anger says no side\. Name them negative, neutral and positive"):
        load_classifier(folder)


def test_a_model_without_a_head_is_refused(tmp_path: Path):
    from transformers import BertModel

    folder = save_bert(tmp_path, ["NEGATIVE", "POSITIVE"])
    BertModel.from_pretrained(folder).save_pretrained(folder)
    with pytest.raises(ModelError, match=r"was not trained to classify: it has no classifier\.bias"):
        load_classifier(folder)


def test_a_regression_is_refused(two: Path, tmp_path: Path):
    with pytest.raises(ModelError, match="does not choose one of several labels"):
        load_classifier(tampered(two, tmp_path, problem_type="regression"))


def test_a_pickle_is_never_loaded(two: Path, tmp_path: Path):
    folder = tampered(two, tmp_path)
    torch.save({"classifier.bias": torch.zeros(2)}, folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="has no weights as safetensors"):
        load_classifier(folder)


def test_the_code_of_a_model_is_not_run(two: Path, tmp_path: Path):
    auto = {"AutoConfig": "code.Config", "AutoModelForSequenceClassification": "code.Model"}
    folder = tampered(two, tmp_path, model_type="mine", auto_map=auto)
    (folder / "code.py").write_text(f"open({str(folder / 'ran')!r}, 'w')", encoding="utf-8")
    with pytest.raises(ModelError, match="transformers cannot read"):
        load_classifier(folder)
    assert not (folder / "ran").exists()


@pytest.fixture
def cached(three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a model in the Hub's cache, on a machine without a network."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")  # no server listens there, so connecting fails
    return cache_model(three, tmp_path / "cache", "owner/three")


def test_a_cached_model_loads_offline(cached: str, three: Path):
    classifier = load_classifier(f"hub:{cached}")
    assert classifier.name == cached
    assert classifier.predict(["good"])[0].logit == load_classifier(three).predict(["good"])[0].logit
    with pytest.raises(ModelError, match=r"owner/other is not on this machine and the Hub cannot be reached\."):
        load_classifier("hub:owner/other")
