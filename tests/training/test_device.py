"""Training on a device: what is sent there, what is recorded, and resuming on another device."""

import itertools
import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from sentiment_core.errors import DeviceError, RunError
from sentiment_core.model.config import Recipe
from sentiment_core.runs.reading import load_run
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.text.reviews import Reviews, load_reviews
from sentiment_core.training import feeding, pipeline
from sentiment_core.training.batching import bucketed_batches, pad_batch
from sentiment_core.training.feeding import Batch, feed, feed_padded, feed_resident
from sentiment_core.training.pipeline import resume_run, train_run
from tests.devices import needs_cuda

CPU = torch.device("cpu")
# Learns the toy reviews in seconds.
LEARNS = Recipe("tiny", max_length=60).change(
    **{"cell": "lstm", "bidirectional": True, "embedding_size": 8, "hidden_size": 8, "pooling": "max", "dropout": 0.1},
    **{"epochs": 5, "learning_rate": 1e-2, "schedule": "linear", "clip": 1.0, "ngrams": 0, "precision": "float32"},
)


@pytest.fixture(params=[np.uint16, np.int32])
def encoded(request: pytest.FixtureRequest) -> EncodedReviews:
    """40 reviews of 1 to 30 tokens, some with ids above 2**15."""
    rng = np.random.default_rng(0)
    lengths = rng.integers(1, 31, 40)
    ids = rng.integers(1, 2**16, lengths.sum()).astype(request.param)
    return EncodedReviews(ids, np.concatenate([[0], np.cumsum(lengths)]), rng.integers(0, 2, 40))


@pytest.mark.parametrize("way", [feed, feed_padded, feed_resident])
def test_batches_are_the_same_whichever_way_they_are_fed(encoded: EncodedReviews, way):
    batches = bucketed_batches(encoded.lengths, 16, np.random.default_rng(1))
    fed = list(way(encoded, batches, 20, CPU))
    assert len(fed) == 3
    for rows, batch in zip(batches, fed, strict=True):
        ids, lengths = pad_batch(encoded, rows, 20)
        assert batch.ids.dtype == batch.lengths.dtype == batch.labels.dtype == torch.int64
        np.testing.assert_array_equal(batch.ids, ids)
        np.testing.assert_array_equal(batch.lengths, lengths)
        np.testing.assert_array_equal(batch.labels, encoded.labels[rows])
        assert (batch.tokens, len(batch)) == (lengths.sum(), len(rows))


def test_no_batches_give_nothing(encoded: EncodedReviews):
    for way in (feed_padded, feed_resident):
        assert list(way(encoded, [], 20, CPU)) == []


def test_the_run_records_its_device(toy_run: Path):
    assert json.loads((toy_run / "recipe.json").read_text(encoding="utf-8"))["machine"]["devices"] == ["cpu"]
    assert "s without validation; on 1 CPU thread, " in (toy_run / "README.md").read_text(encoding="utf-8")


def stopped(recipe: Recipe, reviews: Reviews, out: Path, device: torch.device, stretches: int = 2) -> Path:
    with closing(train_run(recipe, reviews, out, device=device)) as steps:
        list(itertools.islice(steps, stretches))
    return out


def test_a_run_that_went_on_on_another_device_records_both(
    reviews: Reviews, recipe: Recipe, tmp_path: Path, monkeypatch
):
    out = stopped(recipe, reviews, tmp_path / "run", CPU)
    monkeypatch.setattr(pipeline, "describe_device", lambda device: "a graphics processor")
    list(resume_run(out, reviews))
    assert load_run(out).devices == ["cpu", "a graphics processor"]
    assert ", then a graphics processor" in (out / "README.md").read_text(encoding="utf-8")


def test_memory_that_does_not_suffice_is_said_in_one_line(
    reviews: Reviews, recipe: Recipe, tmp_path: Path, monkeypatch
):
    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.\nTried to allocate 20 GiB.")

    monkeypatch.setattr("sentiment_core.training.loop.train_step", full)
    with pytest.raises(DeviceError) as caught:
        list(train_run(recipe, reviews, tmp_path / "run"))
    assert str(caught.value).startswith("cpu has too little memory. Train with a smaller --batch-size")
    assert load_run(tmp_path / "run").status == "failed"


def test_losses_read_late_name_their_own_step(reviews: Reviews, recipe: Recipe, tmp_path: Path, monkeypatch):
    """The loss is read after ten steps; message and history are the same as if each loss had been read at once."""
    from sentiment_core.training import loop

    real, taken = loop.train_step, []

    def step(*arguments: object) -> torch.Tensor:
        taken.append(real(*arguments))
        return taken[-1] * torch.nan if len(taken) == 13 else taken[-1]

    monkeypatch.setattr(loop, "train_step", step)
    long = recipe.change(batch_size=2, epochs=1, schedule="linear", learning_rate=1e-3)  # checkpoints at 3 and 12
    with pytest.raises(RunError, match=r"The loss is not a number after step 13 at learning rate 0\.00076\."):
        list(train_run(long, reviews, tmp_path / "run"))
    history = load_run(tmp_path / "run").history
    assert [checkpoint.step for checkpoint in history] == [0, 3, 12]
    assert history[1].train_loss == pytest.approx(float(torch.stack(taken[:3]).mean()))
    assert history[2].train_loss == pytest.approx(float(torch.stack(taken[3:12]).mean()))


def state_of(out: Path) -> dict[str, torch.Tensor]:
    return load_file(out / "state.safetensors")


@needs_cuda
def test_reviews_that_do_not_fit_are_padded_on_the_cpu(encoded: EncodedReviews, monkeypatch: pytest.MonkeyPatch):
    batches = bucketed_batches(encoded.lengths, 16, np.random.default_rng(1))
    resident = list(feed(encoded, batches, 20, torch.device("cuda")))
    monkeypatch.setattr(feeding, "_SHARE", 0.0)
    padded = list(feed(encoded, batches, 20, torch.device("cuda")))
    for mine, other in zip(resident, padded, strict=True):
        assert mine.ids.is_cuda
        assert other.ids.is_cuda
        for name in ("ids", "lengths", "labels"):
            assert torch.equal(getattr(mine, name), getattr(other, name))
        assert isinstance(other, Batch)


@needs_cuda
@pytest.mark.parametrize("changes", [{}, {"ngrams": 3, "precision": "bfloat16"}, {"cell": "gru"}], ids=str)
def test_cuda_learns_as_much_as_the_cpu(changes: dict, tmp_path: Path):
    recipe, reviews = LEARNS.change(**changes), load_reviews("toy")
    accuracy = {}
    for name in ("cpu", "cuda"):
        list(train_run(recipe, reviews, tmp_path / name, device=torch.device(name)))
        scores = load_run(tmp_path / name).scores()
        assert scores is not None
        accuracy[name] = scores.accuracy
    assert accuracy["cuda"] == pytest.approx(accuracy["cpu"], abs=0.05)
    assert load_run(tmp_path / "cuda").devices == [torch.cuda.get_device_name()]


@needs_cuda
@pytest.mark.parametrize(("first", "then"), [("cpu", "cuda"), ("cuda", "cpu"), ("cuda", "cuda")])
def test_a_run_stopped_on_one_device_resumes_on_another(first: str, then: str, tmp_path: Path):
    reviews = load_reviews("toy")
    out = stopped(LEARNS, reviews, tmp_path / "run", torch.device(first), stretches=12)
    state = state_of(out)
    assert ("cuda_rng" in state) is (first == "cuda")
    assert all(tensor.device.type == "cpu" for tensor in state.values())
    list(resume_run(out, reviews, device=torch.device(then)))
    run = load_run(out)
    assert run.status == "complete"
    assert len(run.devices) == (1 if first == then else 2)
    scores = run.scores()
    assert scores is not None
    assert scores.accuracy > 0.8


@needs_cuda
def test_random_numbers_continue_on_the_same_device(tmp_path: Path):
    """Equal dropout gives nearly equal weights; sums on a GPU may differ in their last bits."""
    reviews, recipe = load_reviews("toy"), LEARNS.change(epochs=1, dropout=0.5)
    list(train_run(recipe, reviews, tmp_path / "whole", device=torch.device("cuda")))
    out = stopped(recipe, reviews, tmp_path / "run", torch.device("cuda"), stretches=3)
    list(resume_run(out, reviews, device=torch.device("cuda")))
    whole, resumed = (load_file(folder / "model.safetensors") for folder in (tmp_path / "whole", out))
    for name in whole:
        torch.testing.assert_close(resumed[name].float(), whole[name].float(), rtol=0.05, atol=5e-3)


@needs_cuda
def test_pretraining_runs_on_cuda(reviews: Reviews, tmp_path: Path):
    recipe = LEARNS.change(epochs=1, pretraining_epochs=1, precision="bfloat16")
    many = load_reviews("toy", unlabelled=True)
    list(train_run(recipe, many, tmp_path / "run", cache=tmp_path / "cache", device=torch.device("cuda")))
    assert load_run(tmp_path / "run").history[0].tokens > 0
