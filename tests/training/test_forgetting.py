"""What a training records of its gradients at each checkpoint."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from sentiment_core import load
from sentiment_core.model.config import Recipe
from sentiment_core.model.trace import state_gradients
from sentiment_core.runs.forgetting import load_forgetting
from sentiment_core.runs.reading import load_run
from sentiment_core.text.encoding import EncodedReviews, encode_reviews
from sentiment_core.text.reviews import load_reviews
from sentiment_core.training.forgetting import REVIEWS, ForgettingProbe
from sentiment_core.training.pipeline import build_model
from tests.command_line import Sentiment


def encoded(lengths: list[int]) -> EncodedReviews:
    ids = np.random.default_rng(0).integers(2, 9, sum(lengths)).astype(np.uint16)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    return EncodedReviews(ids, offsets, np.zeros(len(lengths), np.int64))


def test_every_checkpoint_of_a_run_is_recorded(toy_run: Path):
    run, found = load_run(toy_run), load_forgetting(toy_run)
    assert [reach.step for reach in found.checkpoints] == [checkpoint.step for checkpoint in run.history]
    assert [reach.accuracy for reach in found.checkpoints] == pytest.approx(
        [checkpoint.valid_accuracy for checkpoint in run.history]
    )
    assert not found.again
    for reach in found.checkpoints:
        assert reach.distances.tolist() == [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48]
        assert reach.last.shape == (1, 12)
        assert reach.last[0, 0] == pytest.approx(0, abs=1e-6), "the last state itself: one to one"
        assert (reach.reviews[:-1] >= reach.reviews[1:]).all()


def test_the_last_checkpoint_is_what_its_weights_give(toy_run: Path):
    valid = encode_reviews(load_reviews("toy").valid, load(toy_run).tokenizer)
    run = load_run(toy_run)
    recorded = {reach.step: reach for reach in load_forgetting(toy_run).checkpoints}[run.best.step]
    found = ForgettingProbe(valid, 60).measure(load(toy_run).model, run.best.step, run.best.valid_accuracy)
    # The weights are saved in half precision, which may change the token that max pooling takes a value from. So only
    # what does not depend on the pooling is equal.
    for name in ("last", "last_spread"):
        np.testing.assert_allclose(getattr(found, name), getattr(recorded, name), atol=0.02)


@pytest.mark.parametrize("bidirectional", [False, True])
def test_the_figures_are_those_of_each_review_alone(bidirectional: bool):
    reviews = encoded([5, 1, 9, 3])
    model = build_model(Recipe("t").change(cell="lstm", bidirectional=bidirectional, hidden_size=4), 9).eval()
    found = ForgettingProbe(reviews, max_length=7).measure(model, 0, 0.5)
    assert found.distances.tolist() == [0, 1, 2, 3, 4, 6]
    assert found.reviews.tolist() == [4, 3, 3, 2, 2, 1]
    logs = [[] for _ in found.distances]
    for row in range(4):
        ids = torch.from_numpy(reviews.ids[reviews.offsets[row] : reviews.offsets[row + 1]][:7].astype(np.int64))[None]
        time = ids.shape[1]
        width = 8 if bidirectional else 4
        parts = state_gradients(model, ids, torch.tensor([time]), torch.ones(1), torch.zeros(1, width))
        norms = np.stack([part.states[0].norm(dim=1).flip(0 if not part.backward else []).numpy() for part in parts])
        for place, distance in enumerate(found.distances.tolist()):
            if distance < time:
                logs[place].append(np.log10(norms[:, distance]))
    for place, values in enumerate(logs):
        np.testing.assert_allclose(found.logit[:, place], np.mean(values, axis=0), atol=1e-4)
        np.testing.assert_allclose(found.logit_spread[:, place], np.std(values, axis=0), atol=1e-4)


def test_the_reviews_are_among_the_longest_and_the_same_each_time():
    reviews = encoded([*range(1, 2001)])
    first, second = (ForgettingProbe(reviews, max_length=3000).rows for _ in range(2))
    assert (first == second).all()
    assert len(first) == REVIEWS
    assert reviews.lengths[first].min() > 0.98 * 2000


def test_measuring_draws_no_random_numbers_and_changes_no_weight():
    model = build_model(Recipe("t").change(cell="gru", hidden_size=4, dropout=0.5), 9).eval()
    before, drawn = [weight.clone() for weight in model.parameters()], torch.get_rng_state()
    ForgettingProbe(encoded([5, 9]), 9).measure(model, 0, 0.5)
    assert torch.equal(torch.get_rng_state(), drawn)
    assert all(torch.equal(weight, old) for weight, old in zip(model.parameters(), before, strict=True))
    assert all(weight.grad is None for weight in model.parameters())


def test_a_gradient_of_zero_is_recorded_as_the_floor():
    model = build_model(Recipe("t").change(cell="rnn_relu", hidden_size=4), 9).eval()
    torch.nn.init.zeros_(model.head[0].weight)
    found = ForgettingProbe(encoded([5, 9]), 9).measure(model, 0, 0.5)
    assert (found.logit == -12).all()


def test_an_older_run_gets_the_figures_from_a_second_training(toy_corpus: Path, tmp_path: Path, sentiment: Sentiment):
    corpus = shutil.copytree(toy_corpus, tmp_path / "toy")
    run = corpus / "tiny"
    expected = load_forgetting(run)
    (run / "forgetting.parquet").unlink()
    weights = (run / "model.safetensors").read_bytes()
    result = sentiment("forgetting", run, "--data", "toy")
    assert result.code == 0, result.err
    assert "recorded by a second training" in result.out
    found = load_forgetting(run)
    assert found.again
    assert (run / "model.safetensors").read_bytes() == weights
    for one, other in zip(found.checkpoints, expected.checkpoints, strict=True):
        np.testing.assert_allclose(one.last, other.last, atol=0.02)
    refused = sentiment("forgetting", run, "--data", "korean")
    assert refused.code == 2
    assert "was trained on other reviews" in refused.err
