"""The initialization of recurrent weights, read from new networks."""

import pytest
import torch

from sentiment_core.errors import PresetError
from sentiment_core.model.config import NetworkConfig
from sentiment_core.model.recurrent import RecurrentClassifier


def started(**settings: object) -> dict[str, torch.Tensor]:
    """Recurrent weights by name, of two layers of width 8."""
    config = NetworkConfig(embedding_size=8, hidden_size=8, layers=2, **settings)
    return dict(RecurrentClassifier(config, 20).recurrent.named_parameters())


def test_an_identity_start_sums_its_inputs():
    weights = started(cell="rnn_relu", initialization="identity")
    for layer in (0, 1):
        assert torch.equal(weights[f"{layer}.0.weight_hh_l0"], torch.eye(8))
        assert not weights[f"{layer}.0.bias_hh_l0"].any()
        assert not weights[f"{layer}.0.bias_ih_l0"].any()
        assert 0 < weights[f"{layer}.0.weight_ih_l0"].abs().max() < 0.01


@pytest.mark.parametrize(("initialization", "opened"), [("open", True), ("torch", False)])
def test_forget_gates_start_open_by_default(initialization: str, opened: bool):
    forget = started(cell="lstm", initialization=initialization)["0.0.bias_hh_l0"][8:16]
    assert bool((forget == 1).all()) is opened
    assert opened or forget.abs().max() < 8**-0.5


def test_the_start_of_torch_is_that_of_torch():
    ours = started(cell="gru", initialization="torch")["0.0.weight_hh_l0"]
    torch.manual_seed(0)
    torch.nn.Embedding(20, 8)
    assert torch.equal(ours, torch.nn.GRU(8, 8).weight_hh_l0)


@pytest.mark.parametrize(
    ("cell", "initialization", "expected"),
    [("lstm", "ones", "No initialization 'ones'"), ("gru", "identity", "Only the cells rnn_relu and rnn_tanh")],
)
def test_an_initialization_that_no_network_can_have(cell: str, initialization: str, expected: str):
    with pytest.raises(PresetError, match=expected):
        started(cell=cell, initialization=initialization)
