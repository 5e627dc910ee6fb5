"""Variations of a training: averaged weights, adversarial steps, and the texts of pretraining."""

from pathlib import Path

import pytest
import torch
from torch.nn import functional as F

from sentiment_core.errors import PresetError, RunError
from sentiment_core.experiments.reproduction.procedure import VariedProcedure, average_weights, make_procedure
from sentiment_core.experiments.reproduction.variation import PLAIN, Variation, read_variation
from sentiment_core.model.config import Recipe
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.runs.reading import load_run
from sentiment_core.text.reviews import Reviews, Split
from sentiment_core.text.toy import toy_reviews
from sentiment_core.training import pretraining
from sentiment_core.training.feeding import Batch
from sentiment_core.training.loop import train_step
from sentiment_core.training.pipeline import build_model, reads_unlabelled, train_run
from sentiment_core.training.procedure import Procedure

RECIPE = Recipe("tiny").change(cell="gru", embedding_size=4, hidden_size=4)
VOCAB = 12


@pytest.fixture
def reviews() -> Reviews:
    """60 train, 20 valid and 20 test reviews."""
    sizes = {"train": 60, "valid": 20, "test": 20}
    splits = {name: Split(*toy_reviews(size, seed=seed)) for seed, (name, size) in enumerate(sizes.items())}
    return Reviews("toy", **splits)


@pytest.mark.parametrize(
    ("varied", "record"),
    [
        (PLAIN, {}),
        (Variation(averaging=0.9), {"averaging": 0.9}),
        (Variation(adversarial=1.0, labelled_texts=True), {"adversarial": 1.0, "labelled_texts": True}),
        (Variation(bucketed_by=30), {"bucketed_by": 30}),
    ],
)
def test_a_variation_records_its_differences_from_a_plain_training(varied: Variation, record: dict):
    assert varied.record() == record
    assert read_variation(record) == varied
    assert make_procedure(record).variation == record
    assert type(make_procedure(record)) is (VariedProcedure if record else Procedure)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"curriculum": 3}, "This program cannot train with curriculum"),
        ({"averaging": 1.0}, r"averaging must be a number of at least 0 and below 1, not 1\.0"),
        ({"labelled_texts": "yes"}, "labelled_texts must be True or False"),
    ],
)
def test_a_variation_that_this_program_does_not_know(record: dict, expected: str):
    with pytest.raises(RunError, match=expected) as caught:
        read_variation(record)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("changes", [{"averaging": -0.1}, {"averaging": float("nan")}, {"adversarial": float("inf")}])
def test_values_that_cannot_be_trained_with(changes: dict):
    with pytest.raises(PresetError, match="must be a number"):
        Variation(**changes)


def step(adversarial: float) -> tuple[RecurrentClassifier, float]:
    model = build_model(RECIPE, VOCAB).double()
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    batch = Batch(torch.tensor([[3, 4, 5], [6, 7, 0]]), torch.tensor([3, 2]), torch.tensor([0, 1]), tokens=5)
    procedure = VariedProcedure(Variation(adversarial=adversarial))
    return model, float(train_step(model, optimizer, batch, procedure=procedure))


def test_the_adversarial_step_adds_the_loss_of_the_worst_shift_of_each_review():
    """By hand: the gradient at the embeddings, scaled to the given length and added; its loss is added too."""
    plain = build_model(RECIPE, VOCAB).double()
    ids, lengths = torch.tensor([[3, 4, 5], [6, 7, 0]]), torch.tensor([3, 2])
    target = torch.tensor([0.0, 1.0])
    embedded = plain.embedding(ids)
    loss = F.binary_cross_entropy_with_logits(plain.judge(embedded, ids, lengths), target.double())
    (slope,) = torch.autograd.grad(loss, embedded, retain_graph=True)
    shift = 0.5 * slope / slope.flatten(1).norm(dim=1)[:, None, None]
    worse = F.binary_cross_entropy_with_logits(plain.judge(plain.embedding(ids) + shift, ids, lengths), target.double())
    assert worse > loss
    grads = torch.autograd.grad(loss + worse, list(plain.parameters()))

    model, first = step(adversarial=0.5)
    assert first == pytest.approx(loss.item())
    for moved, weight, grad in zip(model.parameters(), plain.parameters(), grads, strict=True):
        torch.testing.assert_close(moved, weight - 1e-3 * grad)
    torch.testing.assert_close(model.embedding.weight[0], torch.zeros(4, dtype=torch.float64))


def test_averaging_keeps_its_share():
    average, model = (build_model(RECIPE.change(seed=seed), VOCAB) for seed in (0, 1))
    before = average.embedding.weight.clone()
    average_weights(average, model, share=0.75)
    torch.testing.assert_close(average.embedding.weight, 0.75 * before + 0.25 * model.embedding.weight)


def test_the_run_keeps_the_average_and_not_the_last_weights(reviews: Reviews, tmp_path: Path):
    recipe = RECIPE.change(max_length=30, epochs=2, batch_size=16, dropout=0.2, keep="last")
    for name, procedure in (("plain", None), ("averaged", VariedProcedure(Variation(averaging=0.99)))):
        list(train_run(recipe, reviews, tmp_path / name, procedure=procedure))
    losses = [load_run(tmp_path / name).history[-1] for name in ("plain", "averaged")]
    assert losses[0].train_loss == losses[1].train_loss  # the steps are the same
    assert losses[0].valid_loss != losses[1].valid_loss  # but the evaluated weights differ


def test_labelled_texts_alone_are_pretrained_on_where_an_experiment_says_so(
    reviews: Reviews, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name, value in {"BATCH": 8, "WINDOW": 16, "SAMPLES": 16}.items():
        monkeypatch.setattr(pretraining, name, value)
    recipe, procedure = RECIPE.change(pretraining_epochs=1, epochs=1), VariedProcedure(Variation(labelled_texts=True))
    assert reads_unlabelled(recipe)
    assert not reads_unlabelled(recipe, procedure)
    list(train_run(recipe, reviews, tmp_path / "run", procedure=procedure))
    run = load_run(tmp_path / "run")
    assert run.history[0].tokens > 0
    assert (run.variation, "unlabelled" in run.data["sizes"]) == ({"labelled_texts": True}, False)
    assert "| labelled_texts | True |" in (run.path / "README.md").read_text(encoding="utf-8")
