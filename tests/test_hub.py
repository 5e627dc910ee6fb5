"""transformers loads a run with the same numbers as this package, and this package loads what transformers saves."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

import sentiment_core
from sentiment_core.errors import RunError, TextError, TokenizerError

# The last two are a special token typed as text, and a text without any token.
TEXTS = ["a good film", "a dull plot but superb acting", "awful " * 500, "[PAD] a good film [PAD]", "\u200b"]


@pytest.fixture(scope="module")
def hub():
    import sentiment_core.hub

    return sentiment_core.hub


@pytest.mark.parametrize("batch_size", [1, len(TEXTS)])
def test_pipeline_gives_the_same_probabilities(hub, toy_run, batch_size):
    from transformers import pipeline

    ours = sentiment_core.load(toy_run).predict(TEXTS)
    theirs = pipeline("text-classification", str(toy_run), top_k=None)(TEXTS, batch_size=batch_size)
    positive = [next(row["score"] for row in rows if row["label"] == "positive") for rows in theirs]
    np.testing.assert_allclose(positive, [prediction.probability for prediction in ours], atol=1e-6)


def test_auto_model_gives_a_loss_with_labels(hub, toy_run):
    from transformers import AutoModelForSequenceClassification

    model = AutoModelForSequenceClassification.from_pretrained(str(toy_run))
    ids = torch.tensor([[2, 3, 4], [5, 6, 0]])
    mask = (ids > 0).long()
    output = model(input_ids=ids, attention_mask=mask, labels=torch.tensor([0, 1]))
    log_odds = output.logits[:, 1]
    expected = torch.nn.functional.binary_cross_entropy_with_logits(log_odds, torch.tensor([0.0, 1.0]))
    torch.testing.assert_close(output.loss, expected)


def test_a_newer_run_is_refused_here_too(hub, toy_copy):
    from transformers import AutoModelForSequenceClassification

    config = json.loads((toy_copy / "config.json").read_text(encoding="utf-8"))
    config["format"] = {"version": 99, "needs": "9.9.0"}
    (toy_copy / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(RunError, match=r"by a newer Sentiment Lab .*Install version 9\.9\.0"):
        AutoModelForSequenceClassification.from_pretrained(str(toy_copy))


@pytest.fixture(scope="module")
def model(hub, toy_run):
    from transformers import AutoModelForSequenceClassification

    return AutoModelForSequenceClassification.from_pretrained(str(toy_run)).eval()


@pytest.fixture(scope="module")
def saved(hub, toy_run, model, tmp_path_factory) -> Path:
    """A run's model and tokenizer, saved by transformers after use. Read only: change a copy."""
    from transformers import AutoTokenizer

    folder = tmp_path_factory.mktemp("saved") / "model"
    tokenizer = AutoTokenizer.from_pretrained(str(toy_run))
    tokenizer(TEXTS, padding=True, truncation=True)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def alone(model, row: list[int]) -> torch.Tensor:
    """The log-odds [1] of one row without padding."""
    return model(input_ids=torch.tensor([row]), attention_mask=torch.ones(1, len(row), dtype=torch.long)).logits[:, 1]


@pytest.mark.parametrize("masked", [True, False], ids=["with a mask", "without"])
@pytest.mark.parametrize("pooling", ["max", "last", "mean"])
def test_padding_on_either_side_changes_nothing(hub, model, masked, pooling, monkeypatch):
    monkeypatch.setattr(model.network, "config", replace(model.network.config, pooling=pooling))
    rows = [[2, 3, 4, 5, 6], [7, 8], [9]]
    expected = torch.cat([alone(model, row) for row in rows])
    for left in (False, True):
        padded = [[0] * (5 - len(row)) + row if left else row + [0] * (5 - len(row)) for row in rows]
        ids = torch.tensor(padded)
        logits = model(input_ids=ids, attention_mask=(ids > 0).long() if masked else None).logits
        torch.testing.assert_close(logits[:, 1], expected, rtol=0, atol=1e-6)


def test_the_tokenizer_may_pad_on_the_left(toy_run, model):
    from transformers import AutoTokenizer

    texts = ["the plot was dreadful.", "superb"]
    tokenizer = AutoTokenizer.from_pretrained(str(toy_run), padding_side="left")
    batch = tokenizer(texts, padding=True, return_tensors="pt")
    assert batch["input_ids"][1, 0] == 0
    ours = [answer.logit for answer in sentiment_core.load(toy_run).predict(texts)]
    np.testing.assert_allclose(model(**batch).logits[:, 1].detach(), ours, atol=1e-6)


def test_left_padding_is_taken_away_before_a_long_row_is_cut(model):
    limit = model.config.max_position_embeddings
    row = [2 + place % 7 for place in range(limit)]
    ids = torch.tensor([[0] * 9 + row])
    torch.testing.assert_close(model(input_ids=ids).logits[:, 1], alone(model, row))


def test_a_mask_can_leave_out_tokens_but_not_read_padding(model):
    ids = torch.tensor([[2, 3, 4, 0]])
    part = torch.tensor([[1, 1, 0, 0]])
    torch.testing.assert_close(model(input_ids=ids, attention_mask=part).logits[:, 1], alone(model, [2, 3]))
    whole = torch.ones_like(ids)
    torch.testing.assert_close(model(input_ids=ids, attention_mask=whole).logits[:, 1], alone(model, [2, 3, 4]))


@pytest.mark.parametrize(
    ("ids", "mask"),
    [
        ([[2, 3], [4, 0]], [[1, 1], [0, 0]]),
        ([[2, 3], [0, 0]], None),
    ],
)
def test_a_row_without_a_token_is_one_unknown(model, ids, mask):
    logits = model(torch.tensor(ids), None if mask is None else torch.tensor(mask)).logits[:, 1]
    torch.testing.assert_close(logits, torch.cat([alone(model, [2, 3]), alone(model, [1])]))


@pytest.mark.parametrize(
    ("mask", "says"),
    [
        ([[1, 0, 1, 1]], "padding between its tokens"),
        ([[0, 1, 0, 1]], "padding between its tokens"),
        ([[1, 1, 1]], r"attention_mask has the shape \[1, 3\] and input_ids \[1, 4\]"),
    ],
)
def test_a_mask_with_a_hole_or_of_another_shape_is_refused(model, mask, says):
    with pytest.raises(TextError, match=says) as caught:
        model(input_ids=torch.tensor([[2, 3, 4, 5]]), attention_mask=torch.tensor(mask))
    assert "\n" not in str(caught.value)


def test_padding_between_tokens_is_refused_without_a_mask_too(model):
    with pytest.raises(TextError, match="padding between its tokens"):
        model(input_ids=torch.tensor([[2, 0, 4, 5]]))


def test_what_transformers_saved_is_read(toy_run, saved):
    ours, theirs = sentiment_core.load(toy_run), sentiment_core.load(saved)
    assert theirs.run is None
    assert theirs.max_length == ours.max_length
    for mine, other in zip(ours.predict(TEXTS), theirs.predict(TEXTS), strict=True):
        assert (other.logit, other.length, other.read) == (mine.logit, mine.length, mine.read)


def test_what_transformers_saved_over_a_run_is_still_that_run(toy_copy, toy_run, model):
    model.save_pretrained(toy_copy)
    loaded = sentiment_core.load(toy_copy)
    assert loaded.run is not None
    assert [p.logit for p in loaded.predict(TEXTS)] == [p.logit for p in sentiment_core.load(toy_run).predict(TEXTS)]


def test_a_network_of_unknown_training_is_scored_with_a_note(sentiment, toy_run, saved):
    ours = json.loads(sentiment("evaluate", toy_run, "--data", "toy", "--json").out)
    result = sentiment("evaluate", saved, "--data", "toy", "--json")
    assert json.loads(result.out)["accuracy"] == ours["accuracy"]
    assert "its training reviews are unknown" in result.err


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        (lambda folder: (folder / "tokenizer.json").unlink(), TokenizerError, "No tokenizer"),
        (lambda folder: (folder / "model.safetensors").unlink(), RunError, "holds no weights"),
        (lambda folder: limit(folder, "many"), RunError, "max_position_embeddings"),
        (lambda folder: limit(folder, 0), RunError, "max_position_embeddings"),
    ],
    ids=["no tokenizer", "no weights", "a limit in words", "a limit of nothing"],
)
def test_half_of_what_transformers_saves_is_refused_in_one_line(saved, tmp_path, change, error, says):
    folder = shutil.copytree(saved, tmp_path / "model")
    change(folder)
    with pytest.raises(error, match=says) as caught:
        sentiment_core.load(folder)
    assert "\n" not in str(caught.value)


def limit(folder: Path, value: object) -> None:
    content = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(content | {"max_position_embeddings": value}), encoding="utf-8")


def test_the_model_card_shows_how_transformers_reads_the_run(hub, toy_run, monkeypatch):
    card = (toy_run / "README.md").read_text(encoding="utf-8")
    code = card.split("```python\n")[1].split("```")[0]
    monkeypatch.chdir(toy_run.parent)
    *first, last = code.strip().splitlines()
    names: dict = {}
    exec("\n".join(first), names)
    assert eval(last, names)[0]["label"] in ("positive", "negative")
