"""Parts of a layer computed in parallel give the same numbers as one thread, whichever thread does the work."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Event, current_thread, main_thread

import numpy as np
import pytest
import torch

from sentiment_core.model import recurrent, threads
from sentiment_core.model.config import CELLS, POOLINGS, NetworkConfig
from sentiment_core.model.precision import try_lstm
from sentiment_core.model.process import settle_torch
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.threads import run_both, spread
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.judging import predict_logits

ROOT = Path(__file__).parents[2]
SMALL = {"embedding_size": 8, "hidden_size": 16}
LENGTHS = torch.tensor([30, 12, 1])


@pytest.fixture(autouse=True)
def settled() -> None:
    settle_torch()


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "_cores", 2)


def step(config: NetworkConfig, freeze: Callable[[RecurrentClassifier], None] | None = None) -> list[torch.Tensor]:
    """Logits and gradients of a training step, then the logits of inference."""
    torch.manual_seed(0)
    model = RecurrentClassifier(config, 50)
    model.precision = config.precision
    if freeze:
        freeze(model)
    ids = torch.randint(1, 50, (3, 30))
    logits = model.train()(ids, LENGTHS)
    logits.square().sum().backward()
    grads = [weight.grad for weight in model.parameters() if weight.grad is not None]
    with torch.inference_mode():
        return [logits.detach(), *grads, model.eval()(ids, LENGTHS)]


def check_same(config: NetworkConfig, monkeypatch: pytest.MonkeyPatch, freeze: Callable | None = None) -> None:
    monkeypatch.setattr(threads, "_cores", 1)
    expected = step(config, freeze)
    monkeypatch.setattr(threads, "_cores", 2)
    for _ in range(5):
        found = step(config, freeze)
        assert len(found) == len(expected)
        assert all(map(torch.equal, found, expected))


@pytest.mark.parametrize("cell", CELLS)
def test_the_same_bits_as_one_thread(cell: str, monkeypatch: pytest.MonkeyPatch):
    shape = {"layers": 2, "dropout": 0.3, "embedding_dropout": 0.3, "pooling": "maxmean", "bidirectional": True}
    check_same(NetworkConfig(**SMALL, cell=cell, **shape), monkeypatch)


@pytest.mark.skipif(try_lstm("cpu").bfloat16 is None, reason="this processor has no bfloat16 LSTM")
def test_the_same_bits_in_bfloat16(monkeypatch: pytest.MonkeyPatch):
    check_same(NetworkConfig(**SMALL, bidirectional=True, precision="bfloat16"), monkeypatch)


@pytest.mark.parametrize("part", ["embedding", "recurrent", "recurrent.0.1"])
def test_frozen_weights_get_no_gradient_and_the_others_theirs(part: str, monkeypatch: pytest.MonkeyPatch):
    def freeze(model: RecurrentClassifier) -> None:
        model.get_submodule(part).requires_grad_(False)

    check_same(NetworkConfig(**SMALL, bidirectional=True), monkeypatch, freeze)


def large_step(reviews: int = 33, tokens: int = 70, **settings: object) -> list[torch.Tensor]:
    """Logits and gradients of a training step on reviews of several lengths, and the next random number."""
    torch.manual_seed(0)
    model = RecurrentClassifier(NetworkConfig(**SMALL, **settings), 50)
    lengths = torch.arange(reviews) % tokens + 1
    lengths[0] = tokens
    ids = torch.randint(1, 50, (reviews, tokens)) * (torch.arange(tokens) < lengths[:, None])
    logits = model.train()(ids, lengths)
    logits.square().sum().backward()
    grads = [weight.grad for weight in model.parameters() if weight.grad is not None]
    return [logits.detach(), *grads, torch.rand(())]


LARGE = {"layers": 2, "dropout": 0.3, "embedding_dropout": 0.3}


@pytest.mark.parametrize("pooling", POOLINGS)
def test_halves_give_the_result_of_the_whole_batch(pooling: str, monkeypatch: pytest.MonkeyPatch):
    read = []
    monkeypatch.setattr(recurrent, "read_both", lambda *parts: read.append(parts) or threads.read_both(*parts))
    shape = LARGE | {"dropout": 0.0}  # between layers its random numbers depend on the memory layout
    found = large_step(pooling=pooling, **shape)
    assert [[len(part.states) for part in parts] for parts in read] == [[17, 16]] * 2  # of each layer
    monkeypatch.setattr(recurrent, "HALVED_POSITIONS", 10_000)
    expected = large_step(pooling=pooling, **shape)
    assert len(read) == 2
    assert len(found) == len(expected) == 13
    torch.testing.assert_close(found, expected, atol=1e-4, rtol=1e-4)
    assert not all(map(torch.equal, found, expected)), "the same order of sums: nothing was halved"


def test_halves_give_the_same_bits_on_one_core_and_on_two(monkeypatch: pytest.MonkeyPatch):
    shape = LARGE | {"pooling": "maxmean"}
    monkeypatch.setattr(threads, "_cores", 1)
    expected = large_step(**shape)
    monkeypatch.setattr(threads, "_cores", 2)
    for _ in range(5):
        assert all(map(torch.equal, large_step(**shape), expected))


@pytest.mark.parametrize(
    "changes", [{"tokens": 20}, {"reviews": 31, "tokens": 100}, {"cell": "gru"}, {"cell": "rnn_relu"}]
)
def test_batches_that_would_lose_by_it_are_not_halved(changes: dict, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recurrent, "read_both", lambda *parts: pytest.fail("halved"))
    large_step(**changes)


@pytest.mark.usefixtures("two_cores")
def test_the_second_call_has_a_thread_of_its_own():
    begun = Event()

    def second() -> bool:
        begun.set()
        return current_thread() is main_thread()

    assert run_both(lambda: begun.wait(30), second) == (True, False)


@pytest.mark.usefixtures("two_cores")
def test_a_call_that_has_not_started_is_taken_over():
    """As when other work occupies the second core."""
    free, begun = Event(), Event()
    threads._helper().submit(lambda: (begun.set(), free.wait(30)))
    assert begun.wait(30)
    try:
        assert run_both(lambda: 1, lambda: current_thread() is main_thread()) == (1, True)
    finally:
        free.set()


@pytest.mark.usefixtures("two_cores")
def test_items_are_spread_over_the_cores_and_each_stays_on_one_thread():
    meeting = Barrier(2, timeout=30)

    def work(item: int) -> tuple[int, bool, bool]:
        meeting.wait()  # passes only if two items are processed at once
        places = run_both(current_thread, current_thread)
        return item, places == (current_thread(), current_thread()), torch.is_inference_mode_enabled()

    assert spread(work, range(6)) == [(item, True, True) for item in range(6)]


@pytest.mark.parametrize("bidirectional", [False, True])
def test_reading_spread_over_cores_gives_the_same_bits(bidirectional: bool, monkeypatch: pytest.MonkeyPatch):
    torch.manual_seed(0)
    model = RecurrentClassifier(NetworkConfig(**SMALL, bidirectional=bidirectional), 50)
    lengths = torch.randint(1, 30, (300,)).numpy()
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    reviews = EncodedReviews(torch.randint(1, 50, (offsets[-1],)).numpy(), offsets, np.zeros(300, np.int64))
    found = []
    for cores in (1, 2):
        monkeypatch.setattr(threads, "_cores", cores)
        found.append(predict_logits(model, reviews, max_length=25))
    assert np.array_equal(*found)
    assert len(np.unique(found[0])) > 100


@pytest.mark.usefixtures("two_cores")
def test_an_error_of_either_is_raised():
    def fail() -> None:
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        run_both(fail, lambda: None)
    with pytest.raises(ValueError, match="mine"):
        run_both(lambda: None, fail)


@pytest.mark.parametrize("inference", [False, True])
@pytest.mark.parametrize("enabled", [False, True])
@pytest.mark.usefixtures("two_cores")
def test_both_run_with_autograd_as_the_caller_has_it(enabled: bool, inference: bool):
    def state() -> tuple[bool, bool]:
        return torch.is_grad_enabled(), torch.is_inference_mode_enabled()

    with torch.inference_mode(inference), torch.set_grad_enabled(enabled):
        assert run_both(state, state) == (state(), state())


@pytest.mark.parametrize("fixed", [None, "1", "2"])
def test_how_many_threads_a_process_has(fixed: str | None):
    """One for each operation and one for each direction; if OMP_NUM_THREADS is set, as PyTorch decides."""
    script = (
        "import torch\n"
        "from sentiment_core.model.process import settle_torch\n"
        "from sentiment_core.model.threads import threads_in_use\n"
        "plain = torch.get_num_threads()\n"
        "settle_torch(), settle_torch()\n"
        "print(plain, torch.get_num_threads(), threads_in_use(1), threads_in_use(2))"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    if fixed:
        environment["OMP_NUM_THREADS"] = fixed
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True, cwd=ROOT, env=environment
    )
    plain, *found = map(int, done.stdout.split())
    assert found == ([plain] * 3 if fixed else [1, 1, min(plain, 2)])
