"""Right padding without packing gives the same numbers and gradients as `pack_padded_sequence` and ignores padding."""

import itertools

import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from sentiment_core.model.config import CELLS, POOLINGS, NetworkConfig
from sentiment_core.model.recurrent import RecurrentClassifier

LENGTHS = torch.tensor([5, 1, 7, 3])
VOCAB = 11
SIZES = {"embedding_size": 3, "hidden_size": 4}


def build(**settings: object) -> RecurrentClassifier:
    torch.manual_seed(1)
    return RecurrentClassifier(NetworkConfig(**SIZES | settings), VOCAB).double().eval()


def padded_ids(lengths: Tensor, time: int) -> Tensor:
    ids = torch.randint(1, VOCAB, (len(lengths), time))
    return ids.masked_fill(torch.arange(time) >= lengths[:, None], 0)


def reference(model: RecurrentClassifier) -> nn.RNNBase:
    """PyTorch's own network of the same shape, with the weights of `model`."""
    config = model.config
    shape = {
        "num_layers": config.layers,
        "bidirectional": config.bidirectional,
        "batch_first": True,
        "dtype": torch.float64,
    }
    if config.cell == "lstm":
        network = nn.LSTM(config.embedding_size, config.hidden_size, **shape)
    elif config.cell == "gru":
        network = nn.GRU(config.embedding_size, config.hidden_size, **shape)
    else:
        nonlinearity = config.cell.removeprefix("rnn_")
        network = nn.RNN(config.embedding_size, config.hidden_size, nonlinearity=nonlinearity, **shape)
    with torch.no_grad():
        for name, weight in network.named_parameters():
            weight.copy_(counterpart(model, name))
    return network


def counterpart(model: RecurrentClassifier, name: str) -> nn.Parameter:
    """The weight of `model` that PyTorch calls `name`: weight_ih_l1_reverse is layer 1, direction 1."""
    kind, layer = name.removesuffix("_reverse").rsplit("_l", 1)
    direction = int(name.endswith("_reverse"))
    return model.get_parameter(f"recurrent.{layer}.{direction}.{kind}_l0")


@pytest.mark.parametrize(("cell", "layers", "bidirectional"), list(itertools.product(CELLS, [1, 2, 3], [True, False])))
def test_states_and_gradients_are_those_of_a_packed_sequence(cell: str, layers: int, bidirectional: bool):
    model = build(cell=cell, layers=layers, bidirectional=bidirectional)
    network = reference(model)
    ids = padded_ids(LENGTHS, 9)  # two columns with padding in every row

    hidden = model.hidden(ids, LENGTHS)
    last = model.pooled(model.embedding(ids), ids, LENGTHS)
    embedded = model.embedding(ids).detach().requires_grad_()
    packed = pack_padded_sequence(embedded, LENGTHS, batch_first=True, enforce_sorted=False)
    output, state = network(packed)
    expected, _ = pad_packed_sequence(output, batch_first=True, total_length=9)
    state = state[0] if cell == "lstm" else state  # [layers * directions, batch, hidden]
    expected_last = torch.cat([*state[-2:]] if bidirectional else [state[-1]], dim=1)

    real = torch.arange(9) < LENGTHS[:, None]
    torch.testing.assert_close(hidden[real], expected[real])
    torch.testing.assert_close(last, expected_last)

    weights = torch.randn_like(expected) * real[..., None]
    model.zero_grad()
    ((hidden * weights).sum() + last.square().sum()).backward()
    ((expected * weights).sum() + expected_last.square().sum()).backward()
    for name, weight in network.named_parameters():
        torch.testing.assert_close(counterpart(model, name).grad, weight.grad)
    by_token = torch.zeros_like(model.embedding.weight).index_add_(0, ids.flatten(), embedded.grad.flatten(0, 1))
    torch.testing.assert_close(model.embedding.weight.grad, by_token)


BLIND = [pooling for pooling in POOLINGS if pooling != "column"]  # it reads the last column, even if it is padding


@pytest.mark.parametrize(("cell", "pooling", "bidirectional"), list(itertools.product(CELLS, BLIND, [True, False])))
def test_padding_never_changes_a_logit(cell: str, pooling: str, bidirectional: bool):
    model = build(cell=cell, pooling=pooling, bidirectional=bidirectional, layers=2, head_size=3)
    ids = padded_ids(LENGTHS, 7)
    logits = model(ids, LENGTHS)
    more = torch.cat([ids, torch.zeros(4, 20, dtype=torch.int64)], dim=1)
    torch.testing.assert_close(model(more, LENGTHS), logits)
    noise = torch.where(torch.arange(27) < LENGTHS[:, None], more, 5)  # even if padding has another id
    torch.testing.assert_close(model(noise, LENGTHS), logits)
    alone = [model(ids[row : row + 1, :length], LENGTHS[row : row + 1]) for row, length in enumerate(LENGTHS)]
    torch.testing.assert_close(torch.cat(alone), logits)


def test_a_bidirectional_network_reads_both_ways():
    """Its backward state at the first token depends on the last token; a forward state there does not."""
    model = build(bidirectional=True)
    ids, lengths = torch.tensor([[1, 2, 3, 4]]), torch.tensor([4])
    changed = torch.tensor([[1, 2, 3, 9]])
    before, after = model.hidden(ids, lengths)[0, 0], model.hidden(changed, lengths)[0, 0]
    torch.testing.assert_close(before[:4], after[:4])
    assert not torch.allclose(before[4:], after[4:])
