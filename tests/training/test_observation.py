"""A training that is observed is the same to the bit, and what is seen of it is true."""

import numpy as np
import pytest
import torch

from sentiment_core.model.config import Recipe
from sentiment_core.text.encoding import encode_reviews
from sentiment_core.text.tokenization import load_tokenizer
from sentiment_core.training.judging import evaluate_split
from sentiment_core.training.observation import Observer
from sentiment_core.training.pipeline import train_run
from sentiment_core.training.procedure import Procedure
from tests.training.test_resume import check_same


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    shape = {"cell": "lstm", "bidirectional": True, "embedding_size": 4, "hidden_size": 4, "pooling": "maxmean"}
    training = {"epochs": 2, "batch_size": 4, "dropout": 0.3, "embedding_dropout": 0.2, "learning_rate": 2e-2}
    return Recipe("tiny").change(tokenizer="words", max_length=30, **shape, **training)


class Seen(Observer):
    """Notes what it is told."""

    def __init__(self) -> None:
        self.calls: list[tuple] = []

    def begin(self, model, reviews, step, steps) -> None:
        self.model = model
        self.calls.append(("begin", len(reviews), step, steps))

    def checkpoint(self, checkpoint, reach) -> None:
        self.calls.append((checkpoint.step, reach.step))


@pytest.mark.parametrize("clip", [0.0, 1.0])
def test_observation_changes_nothing(clip, recipe, reviews, tmp_path):
    recipe, seen = recipe.change(clip=clip), Seen()
    for _ in train_run(recipe, reviews, tmp_path / "plain"):
        pass
    found = []
    for progress in train_run(recipe, reviews, tmp_path / "seen", observer=seen, stretch=1):
        found.append(progress)
        with torch.inference_mode():  # as pinned reviews are judged
            seen.model.eval()(torch.tensor([[2, 3]]), torch.tensor([2]))
    check_same(tmp_path / "seen", tmp_path / "plain")
    assert seen.calls == [(0, 0), ("begin", len(reviews.train), 0, 50), (2, 2), (6, 6), (25, 25), (50, 50)]
    assert [progress.step for progress in found] == list(range(1, 51)), "a stretch of one step is one step"


def test_the_figures_are_those_of_the_stretch(recipe, reviews, tmp_path):
    found = list(train_run(recipe, reviews, tmp_path / "steps", observer=Seen(), stretch=1))
    assert all(0 <= progress.accuracy <= 1 and progress.gradient_norm > 0 for progress in found)
    assert {progress.accuracy * 4 % 1 for progress in found} == {0.0}, "of the four reviews of a batch"
    first = next(train_run(recipe, reviews, tmp_path / "stretches", observer=Seen()))
    assert first.step == 2, "up to the first checkpoint"
    assert first.accuracy == pytest.approx(np.mean([progress.accuracy for progress in found[:2]]))
    assert first.gradient_norm == pytest.approx(np.mean([progress.gradient_norm for progress in found[:2]]))
    assert next(train_run(recipe, reviews, tmp_path / "plain")).accuracy is None, "nobody asked for it"


def test_the_accuracy_is_that_of_the_network_in_training(recipe, reviews, tmp_path):
    """Without dropout and with a tiny rate, the accuracy of an epoch is that of the network on its reviews."""
    still = recipe.change(dropout=0.0, embedding_dropout=0.0, learning_rate=1e-12, epochs=1)
    seen = Seen()
    shares = [progress.accuracy for progress in train_run(still, reviews, tmp_path / "run", observer=seen, stretch=1)]
    encoded = encode_reviews(reviews.train, load_tokenizer(tmp_path / "run" / "tokenizer.json"))
    expected = evaluate_split(seen.model, encoded, still.max_length).valid_accuracy
    assert np.mean(shares) == pytest.approx(expected, abs=1e-6)


def test_the_norm_is_that_before_clipping(recipe, reviews, tmp_path):
    norms = []
    for clip in (0.0, 1e-3):
        out = tmp_path / str(clip)
        norms.append(next(train_run(recipe.change(clip=clip), reviews, out, observer=Seen(), stretch=1)).gradient_norm)
    assert norms[0] == pytest.approx(norms[1], rel=1e-6)
    assert norms[0] > 1e-2


def test_a_procedure_that_does_not_count_shows_no_accuracy(recipe, reviews, tmp_path):
    class Silent(Procedure):
        def note(self, logits, labels) -> None:
            pass

    first = next(train_run(recipe, reviews, tmp_path / "run", observer=Seen(), procedure=Silent()))
    assert first.accuracy is None
    assert first.gradient_norm > 0
