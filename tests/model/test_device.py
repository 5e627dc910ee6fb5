"""Devices: which exist, which are refused, and that a network creates no tensors on other devices."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.overrides import TorchFunctionMode

import sentiment_core
from sentiment_core.cli.options import pick_device
from sentiment_core.errors import DeviceError
from sentiment_core.model import device as devices
from sentiment_core.model.config import CELLS, POOLINGS, NetworkConfig
from sentiment_core.model.device import available_devices, choose_device, describe_device
from sentiment_core.model.precision import full_float32, run_cell
from sentiment_core.model.recurrent import RecurrentClassifier
from tests.devices import needs_cuda, needs_mps

TEXTS = ["the plot was dreadful.", "superb", "漢字", "the acting was superb. " * 30]


@pytest.fixture
def without_cuda(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


def test_auto_is_the_cpu_where_there_is_nothing_else(without_cuda):
    assert choose_device("auto") == torch.device("cpu")
    assert describe_device(choose_device("cpu")) == "cpu"


@pytest.mark.parametrize("name", ["cuda", "mps"])
def test_a_device_that_is_not_there_is_refused_with_those_that_are(without_cuda, name: str):
    with pytest.raises(DeviceError) as caught:
        choose_device(name)
    expected = f"PyTorch {torch.__version__} can use no {name} device on this machine. It can use cpu."
    assert str(caught.value) == expected


@pytest.mark.parametrize("name", ["gpu", "", "CPU", "cuda:0", "meta"])
def test_what_is_no_device_is_refused_with_all_names(name: str):
    with pytest.raises(DeviceError, match=r"Choose one of auto, cpu, cuda, mps\.$"):
        choose_device(name)


def test_a_device_that_cannot_compute_is_unavailable(monkeypatch: pytest.MonkeyPatch):
    """Like a GPU that is too old for this build of PyTorch, but is reported as available."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(devices, "_computes", lambda name: False)
    assert available_devices() == ["cpu"]
    assert choose_device("auto").type == "cpu"


def test_a_network_is_loaded_onto_the_requested_device(toy_run: Path, without_cuda):
    assert sentiment_core.load(toy_run).model.device.type == "cpu"
    assert sentiment_core.load(toy_run, device="cpu").model.device.type == "cpu"
    with pytest.raises(DeviceError, match="no cuda device"):
        sentiment_core.load(toy_run, device="cuda")


class OnlyOn(TorchFunctionMode):
    """Fails if a PyTorch function returns a tensor on another kind of device."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def __torch_function__(self, func: Callable, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        for tensor in result if isinstance(result, (tuple, list)) else [result]:
            if isinstance(tensor, torch.Tensor):
                assert tensor.device.type == self.kind, f"{func} made a tensor on {tensor.device}"
        return result


@pytest.mark.parametrize("ngrams", [0, 3])
@pytest.mark.parametrize("cell", CELLS)
def test_a_network_makes_no_tensor_on_another_device(cell: str, ngrams: int):
    """On PyTorch's meta device, which every machine has."""
    shape = {"layers": 2, "bidirectional": True, "dropout": 0.5, "embedding_dropout": 0.4, "head_size": 3, "outputs": 2}
    for pooling in POOLINGS:
        model = RecurrentClassifier(
            NetworkConfig(embedding_size=4, hidden_size=4, cell=cell, ngrams=ngrams, pooling=pooling, **shape), 9
        )
        if model.ngrams is not None:
            model.ngrams.fill(np.zeros((2**20, 2), np.int64), np.array([0, 1]))
        model.to("meta")
        ids, lengths = (torch.ones(size, dtype=torch.int64, device="meta") for size in ((2, 3), (2,)))
        with OnlyOn("meta"):
            logits = model.judge(model.embedding(ids), ids, lengths, labels=lengths)
            logits.sum().backward()
            assert model.eval()(ids, lengths).shape == (2,)
        assert all(weight.grad is not None and weight.grad.is_meta for weight in model.parameters())


def test_the_counts_of_ngrams_move_with_the_network_and_are_not_saved():
    model = RecurrentClassifier(NetworkConfig(embedding_size=4, hidden_size=4, ngrams=3), 9)
    assert model.ngrams is not None
    model.ngrams.fill(np.zeros((2**20, 2), np.int64), np.array([0, 1]))
    assert [name for name in model.state_dict() if "ngrams" in name] == ["ngrams.polarity"]
    counts = model.to("meta").ngrams.counts
    assert counts is not None
    assert counts.is_meta


def batch(device: str) -> tuple[torch.Tensor, torch.Tensor]:
    ids = torch.randint(2, 50, (8, 40), generator=torch.Generator().manual_seed(0))
    lengths = torch.tensor([40, 40, 31, 30, 12, 7, 2, 1])
    return ids.masked_fill(torch.arange(40) >= lengths[:, None], 0).to(device), lengths.to(device)


@needs_cuda
@pytest.mark.parametrize("cell", CELLS)
def test_cuda_gives_the_numbers_and_gradients_of_the_cpu(cell: str):
    shape = {"layers": 2, "bidirectional": True, "pooling": "maxmean", "ngrams": 3}
    config = NetworkConfig(cell=cell, embedding_size=16, hidden_size=16, **shape)
    ours = RecurrentClassifier(config, 50)
    theirs = RecurrentClassifier(config, 50).to("cuda")
    theirs.load_state_dict(ours.state_dict())
    expected = ours(*batch("cpu"))
    with full_float32(torch.device("cuda")):
        found = theirs(*batch("cuda"))
        found.square().sum().backward()
    expected.square().sum().backward()
    torch.testing.assert_close(found.cpu(), expected, rtol=1e-4, atol=1e-4)
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(other.grad.cpu(), mine.grad, rtol=1e-3, atol=1e-3)


@needs_cuda
def test_cuda_computes_in_bfloat16_itself():
    """PyTorch's autocast would use float16."""
    lstm = torch.nn.LSTM(16, 16, batch_first=True).to("cuda")
    states = torch.randn(8, 40, 16, device="cuda")
    narrow, wide = run_cell(lstm, states, "bfloat16"), run_cell(lstm, states, "float32")
    assert (narrow.dtype, wide.dtype) == (torch.bfloat16, torch.float32)
    torch.testing.assert_close(narrow.float(), wide, rtol=0.05, atol=0.05)
    narrow.float().sum().backward()
    assert lstm.weight_hh_l0.grad is not None
    assert lstm.weight_hh_l0.grad.dtype == torch.float32


@needs_cuda
def test_auto_takes_cuda_and_says_so(capsys: pytest.CaptureFixture):
    assert pick_device("auto").type == "cuda"
    assert capsys.readouterr().err == f"On cuda: {torch.cuda.get_device_name()}.\n"


@pytest.mark.parametrize("name", [pytest.param("cuda", marks=needs_cuda), pytest.param("mps", marks=needs_mps)])
def test_another_device_judges_as_the_cpu_does(name: str, toy_run: Path):
    ours = [answer.logit for answer in sentiment_core.load(toy_run).predict(TEXTS)]
    theirs = [answer.logit for answer in sentiment_core.load(toy_run, device=name).predict(TEXTS)]
    np.testing.assert_allclose(theirs, ours, atol=1e-3)


@needs_cuda
def test_the_bridge_to_transformers_moves_to_cuda(toy_run: Path, published: Path):
    pytest.importorskip("transformers")
    from transformers import AutoModelForSequenceClassification

    import sentiment_core.hub  # noqa: F401

    for folder in (toy_run, published / "bilstm-best"):  # the latter reads n-grams
        model = AutoModelForSequenceClassification.from_pretrained(str(folder)).eval()
        ids = torch.tensor([[0, 0, 5, 6, 7], [8, 9, 10, 11, 12]])
        expected = model(input_ids=ids).logits
        found = model.to("cuda")(input_ids=ids.to("cuda"), labels=torch.tensor([0, 1], device="cuda"))
        torch.testing.assert_close(found.logits.cpu(), expected, rtol=1e-2, atol=1e-2)


def test_a_run_without_its_devices_was_trained_on_the_cpu(toy_copy: Path):
    from sentiment_core.runs.card import trained_on
    from sentiment_core.runs.reading import load_run

    path = toy_copy / "recipe.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["machine"].pop("devices") == ["cpu"]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert trained_on(load_run(toy_copy)).startswith("1 CPU thread, ")
    content["machine"]["devices"] = ["cpu", "NVIDIA H100"]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert trained_on(load_run(toy_copy)).endswith(", then NVIDIA H100")
