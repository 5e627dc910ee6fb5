"""The training loop: what it yields, how it weights losses, and that it stops if the loss is not a number."""

import math
from pathlib import Path

import numpy as np
import pytest
import torch

from sentiment_core.errors import RunError
from sentiment_core.model.config import Recipe
from sentiment_core.model.weights import load_model
from sentiment_core.runs.reading import load_run
from sentiment_core.runs.state import Mean
from sentiment_core.runs.writing import RunWriter, claim_folder
from sentiment_core.text.encoding import EncodedReviews, encode_reviews
from sentiment_core.text.reviews import Reviews
from sentiment_core.text.tokenization import train_words
from sentiment_core.training.feeding import Batch
from sentiment_core.training.judging import evaluate_split, predict_logits
from sentiment_core.training.loop import Progress, train, train_step
from sentiment_core.training.pipeline import build_model


class Bench:
    """A network, its data and a run folder, ready to train."""

    def __init__(self, recipe: Recipe, reviews: Reviews, out: Path) -> None:
        self.tokenizer = train_words(reviews.train.texts)
        self.encoded = {name: encode_reviews(split, self.tokenizer) for name, split in reviews.splits.items()}
        self.recipe, self.out = recipe, out
        self.model = build_model(recipe, self.tokenizer.get_vocab_size())
        sizes = {name: len(split) for name, split in reviews.splits.items()}
        data = {"source": "toy", "fingerprint": "0", "sizes": sizes}
        self.writer = RunWriter(out, recipe, self.tokenizer, data, ["float32"], ["cpu"])
        claim_folder(out, overwrite=False)
        self.writer.open(self.model)

    def train(self) -> list[Progress]:
        return list(train(self.recipe, self.model, self.encoded["train"], self.encoded["valid"], self.writer))


def mean_loss(logits: np.ndarray, labels: np.ndarray) -> float:
    """Binary cross-entropy by its textbook formula."""
    signed = np.where(labels == 1, logits, -logits).astype(np.float64)
    return float(np.log1p(np.exp(-signed)).mean())


def test_it_yields_up_to_the_last_step(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    progress = Bench(recipe, reviews, tmp_path / "run").train()
    assert {entry.steps for entry in progress} == {14}  # seven an epoch
    assert [entry.step for entry in progress] == sorted({entry.step for entry in progress})
    assert progress[-1].step == 14
    assert [entry.epoch for entry in progress] == [1 if entry.step <= 7 else 2 for entry in progress]


def test_every_token_of_every_epoch_is_counted_once(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    bench = Bench(recipe, reviews, tmp_path / "run")
    read = np.minimum(bench.encoded["train"].lengths, recipe.max_length).sum()
    assert bench.train()[-1].tokens == 2 * read


def test_checkpoints_are_early_in_the_first_epoch_and_at_the_end_of_each(
    recipe: Recipe, reviews: Reviews, tmp_path: Path
):
    Bench(recipe.change(batch_size=2), reviews, tmp_path / "run").train()
    # 50 steps an epoch: the start, about a 16th and a quarter of the first epoch, both ends.
    history = load_run(tmp_path / "run").history
    assert [checkpoint.step for checkpoint in history] == [0, 3, 12, 50, 100]
    assert [checkpoint.epoch for checkpoint in history] == [0, 0.06, 0.24, 1, 2]


def test_a_checkpoint_is_yielded_where_it_is_recorded(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    progress = Bench(recipe, reviews, tmp_path / "run").train()
    history = load_run(tmp_path / "run").history
    assert [entry.checkpoint for entry in progress if entry.checkpoint] == history[1:]
    assert all(entry.checkpoint is None or entry.checkpoint.step == entry.step for entry in progress)


def test_an_epochs_loss_weights_each_review_alike(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    """The learning rate is too small to change a weight.

    The second epoch's loss is therefore that of all 100 reviews: six batches of 16 and one of 4.
    """
    still = recipe.change(learning_rate=1e-30, dropout=0.0)
    bench = Bench(still, reviews, tmp_path / "run")
    bench.train()
    train_split = bench.encoded["train"]
    expected = mean_loss(predict_logits(bench.model, train_split, still.max_length), train_split.labels)
    assert load_run(tmp_path / "run").history[-1].train_loss == pytest.approx(expected, abs=1e-6)


def test_a_mean_by_hand():
    mean = Mean()
    mean.add(1.0, 3)
    mean.add(5.0, 1)
    assert mean.take() == 2.0
    mean.add(4.0, 2)
    assert mean.take() == 4.0, "it starts over"


def test_the_valid_split_by_hand(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    bench = Bench(recipe, reviews, tmp_path / "run")
    valid = bench.encoded["valid"]
    logits = predict_logits(bench.model, valid, recipe.max_length)
    score = evaluate_split(bench.model, valid, recipe.max_length)
    assert score.valid_loss == pytest.approx(mean_loss(logits, valid.labels), abs=1e-6)
    assert score.valid_accuracy == pytest.approx(np.mean((logits > 0) == (valid.labels == 1)))


def test_logits_come_in_the_order_of_the_reviews(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    bench = Bench(recipe, reviews, tmp_path / "run")
    test = bench.encoded["test"]
    logits = predict_logits(bench.model, test, recipe.max_length)
    for row in range(len(test)):
        ids = test.ids[test.offsets[row] : test.offsets[row + 1]]
        alone = EncodedReviews(ids, np.array([0, len(ids)]), test.labels[row : row + 1])
        assert predict_logits(bench.model, alone, recipe.max_length) == pytest.approx(logits[row : row + 1], abs=1e-6)


def test_nothing_past_the_max_length_is_read(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    bench = Bench(recipe, reviews, tmp_path / "run")
    ids = np.array([2, 3, 4, 5, 6, 2, 3, 4, 7, 8], dtype=np.int32)  # two reviews with the same first three tokens
    logits = predict_logits(bench.model, EncodedReviews(ids, np.array([0, 5, 10]), np.array([0, 1])), max_length=3)
    assert logits[0] == logits[1]


def test_clipping_bounds_the_gradient(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    model = Bench(recipe, reviews, tmp_path / "run").model
    batch = Batch(torch.tensor([[2, 3]]), torch.tensor([2]), torch.tensor([1]), tokens=2)
    norms = []
    for clip in (0.0, 0.01):
        train_step(model, torch.optim.Adam(model.parameters(), lr=1e-6), batch, clip)
        norms.append(math.sqrt(sum(float(weight.grad.square().sum()) for weight in model.parameters())))
    assert norms[0] > 0.02
    assert norms[1] == pytest.approx(0.01, rel=1e-3)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # Step 2 starts from the result of step 1; the rate has decreased by a hundredth.
        ({"batch_size": 2, "schedule": "linear"}, r"The loss is .* after step 2 at learning rate 9\.9e\+29\."),
        ({"batch_size": 2, "schedule": "constant"}, r"The loss is .* after step 2 at learning rate 1e\+30\."),
        # The only step of an epoch: its loss is from before the step, and validation comes after it.
        ({"batch_size": 100}, r"The valid loss is .* after step 1 at learning rate 1e\+30\."),
        ({"clip": 0.0}, "lower learning rate or with clip 1;"),
        ({"clip": 1e30}, r"lower learning rate or with a clip below 1e\+30;"),
    ],
)
def test_a_loss_that_is_not_a_number(changes: dict, expected: str, recipe: Recipe, reviews: Reviews, tmp_path: Path):
    bench = Bench(recipe.change(cell="rnn_relu", learning_rate=1e30, **changes), reviews, tmp_path / "run")
    with pytest.raises(RunError, match=expected) as caught:
        bench.train()
    assert "\n" not in str(caught.value)
    history = load_run(tmp_path / "run").history
    assert [checkpoint.step for checkpoint in history] == [0]
    load_model(tmp_path / "run")  # it refuses weights that are not finite
