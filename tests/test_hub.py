"""A run read by transformers gives the numbers that the package gives."""

import numpy as np
import pytest
import torch

import sentiment_core

# The last two: a special token typed as text, and a text in which no tokenizer finds anything.
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
