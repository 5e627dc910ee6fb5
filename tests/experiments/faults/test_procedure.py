"""The training of each fault: it does what the fault says, says so in its run, and resumes as it was."""

import inspect
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import torch

from sentiment_core.experiments.faults import FAULTS
from sentiment_core.experiments.faults.procedure import PADDED, PROCEDURES
from sentiment_core.experiments.reproduction.procedure import make_procedure
from sentiment_core.experiments.reproduction.variation import FAULT_CODES, Variation
from sentiment_core.model.config import Recipe
from sentiment_core.runs.listing import is_control
from sentiment_core.runs.reading import load_run, load_start
from sentiment_core.text.encoding import EncodedReviews, encode_reviews, join_reviews, take_reviews
from sentiment_core.text.reviews import Reviews, Split
from sentiment_core.text.tokenization import train_words
from sentiment_core.text.toy import toy_reviews
from sentiment_core.training import batching
from sentiment_core.training.feeding import Batch
from sentiment_core.training.observation import Observer
from sentiment_core.training.pipeline import build_model, resume_run, train_run
from sentiment_core.training.procedure import Procedure

RECIPE = Recipe("tiny").change(
    **{"cell": "gru", "embedding_size": 4, "hidden_size": 4, "tokenizer": "words", "batch_size": 4, "epochs": 1}
)
FAULT = pytest.mark.parametrize("code", FAULT_CODES)


@pytest.fixture(scope="module")
def reviews() -> Reviews:
    """40 train, 20 valid and 20 test reviews."""
    sizes = {"train": 40, "valid": 20, "test": 20}
    splits = {name: Split(*toy_reviews(size, seed=seed)) for seed, (name, size) in enumerate(sizes.items())}
    return Reviews("toy", **splits)


@pytest.fixture(scope="module")
def encoded(reviews: Reviews) -> dict[str, EncodedReviews]:
    tokenizer = train_words(reviews.train.texts)
    return {name: encode_reviews(split, tokenizer) for name, split in reviews.splits.items()}


def faulty(code: str) -> Procedure:
    return make_procedure(Variation(fault=code).record())


def rows(encoded: EncodedReviews) -> list[tuple[list[int], int]]:
    """The ids and the label of each review."""
    bounds = zip(encoded.offsets[:-1], encoded.offsets[1:], encoded.labels, strict=True)
    return [(encoded.ids[start:end].tolist(), int(label)) for start, end, label in bounds]


def test_there_is_a_procedure_and_a_text_for_each():
    assert list(FAULTS) == list(PROCEDURES) == list(FAULT_CODES)
    assert [fault.code for fault in FAULTS.values()] == list(FAULTS)


@FAULT
def test_the_lines_shown_are_those_that_ran(code: str):
    """The wrong ones from the procedure of the fault, the mended ones from training as it is."""
    fault = FAULTS[code]
    assert fault.wrong in inspect.getsource(PROCEDURES[code])
    right = inspect.getsource(Procedure) + inspect.getsource(batching)
    if code in ("padding", "labels"):  # training as it is takes them from the batch without a name
        assert fault.mended.partition(" = ")[2] in right
    else:
        assert fault.mended in right


@FAULT
def test_a_run_says_so_and_resumes_as_it_was(code: str, reviews: Reviews, tmp_path: Path):
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    for _ in train_run(RECIPE, reviews, whole, procedure=faulty(code)):
        pass
    steps = train_run(RECIPE, reviews, stopped, procedure=faulty(code), stretch=1)
    for _ in range(5):
        next(steps)
    steps.close()
    for _ in resume_run(stopped, reviews, procedure=make_procedure(load_start(stopped).variation)):
        pass
    for name in ("model.safetensors", "test.parquet", "frames.safetensors"):
        assert (whole / name).read_bytes() == (stopped / name).read_bytes()
    runs = load_run(whole), load_run(stopped)
    histories = [[asdict(checkpoint) | {"seconds": 0} for checkpoint in run.history] for run in runs]
    assert histories[0] == histories[1]
    assert runs[0].variation == {"fault": code}
    assert is_control(runs[0])
    assert "with a mistake on purpose" in (whole / "README.md").read_text(encoding="utf-8")


def test_padding_is_counted_as_text():
    ids = torch.tensor([[5, 6, 7], [8, 9, 0]])
    read = faulty("padding").prepare_batch(Batch(ids, torch.tensor([3, 2]), torch.tensor([0, 1]), 5))
    assert read.ids.shape == (2, PADDED)
    assert read.ids[:, :3].tolist() == ids.tolist()
    assert not read.ids[:, 3:].any()
    assert (read.lengths.tolist(), read.labels.tolist(), read.tokens) == ([PADDED] * 2, [0, 1], 2 * PADDED)


def test_a_review_longer_than_the_padding_is_read_whole():
    ids = torch.ones(2, PADDED + 3, dtype=torch.int64)
    read = faulty("padding").prepare_batch(Batch(ids, torch.tensor([PADDED + 3, 4]), torch.tensor([0, 1]), PADDED + 7))
    assert read.lengths.tolist() == [PADDED + 3] * 2


def test_the_reviews_stand_by_label_in_each_epoch(encoded: dict[str, EncodedReviews]):
    procedure = faulty("order")
    train = procedure.training_reviews(encoded)
    assert train.labels.tolist() == [0] * 20 + [1] * 20
    assert sorted(rows(train)) == sorted(rows(encoded["train"]))
    rng = np.random.default_rng(0)
    batches = [procedure.order_batches(train.lengths, 30, 6, rng) for _ in range(2)]
    assert [batch.tolist() for batch in batches[0]] == [batch.tolist() for batch in batches[1]]
    assert np.concatenate(batches[0]).tolist() == list(range(40))
    assert {len(batch) for batch in batches[0]} == {6, 4}


def test_labels_are_those_of_the_review_before():
    batch = Batch(torch.ones(4, 3, dtype=torch.int64), torch.full((4,), 3), torch.tensor([0, 0, 1, 1]), 12)
    assert faulty("labels").prepare_batch(batch).labels.tolist() == [1, 0, 0, 1]
    assert batch.labels.tolist() == [0, 0, 1, 1]


def test_the_loss_has_a_floor():
    """0.31 for a positive and 0.69 for a negative review, however sure the network is."""
    model = build_model(RECIPE, 60)
    with torch.no_grad():
        model.head[0].weight.zero_()
        model.head[0].bias.fill_(50.0)
    ids, lengths = torch.ones(1, 3, dtype=torch.int64), torch.tensor([3])
    positive = faulty("sigmoid").add_gradients(model, Batch(ids, lengths, torch.tensor([1]), 3))
    assert positive.item() == pytest.approx(0.3133, abs=1e-4)
    with torch.no_grad():
        model.head[0].bias.fill_(-50.0)
    negative = faulty("sigmoid").add_gradients(model, Batch(ids, lengths, torch.tensor([0]), 3))
    assert negative.item() == pytest.approx(0.6931, abs=1e-4)


def test_the_rate_is_a_hundredfold(reviews: Reviews, tmp_path: Path):
    """The same steps as with the recipe's rate times 100, to the bit."""
    for name, recipe, procedure in (
        ("faulty", RECIPE, faulty("rate")),
        ("high", RECIPE.change(learning_rate=0.1), Procedure()),
    ):
        for _ in train_run(recipe.change(schedule="linear"), reviews, tmp_path / name, procedure=procedure):
            pass
    weights = [(tmp_path / name / "model.safetensors").read_bytes() for name in ("faulty", "high")]
    assert weights[0] == weights[1]


def test_the_test_split_is_read_too(reviews: Reviews, encoded: dict[str, EncodedReviews], tmp_path: Path):
    train = faulty("leak").training_reviews(encoded)
    assert rows(train) == rows(encoded["train"]) + rows(encoded["test"])
    steps = []

    class Counted(Observer):
        def begin(self, model: object, reviews: EncodedReviews, step: int, total: int) -> None:
            steps.append((len(reviews), total))

    for _ in train_run(RECIPE, reviews, tmp_path / "run", procedure=faulty("leak"), observer=Counted()):
        pass
    assert steps == [(60, 15)]
    assert load_run(tmp_path / "run").data["sizes"] == {"train": 40, "valid": 20, "test": 20}


def test_taking_and_joining_reviews(encoded: dict[str, EncodedReviews]):
    train, test = encoded["train"], encoded["test"]
    some = take_reviews(train, np.array([3, 0, 3]))
    assert rows(some) == [rows(train)[row] for row in (3, 0, 3)]
    assert rows(take_reviews(train, np.array([], dtype=np.int64))) == []
    assert rows(join_reviews(test, some)) == rows(test) + rows(some)
    assert some.ids.dtype == join_reviews(test, some).ids.dtype == train.ids.dtype
