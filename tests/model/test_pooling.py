"""The gradients of the embedding and of pooling equal those of autograd through plain operations."""

import pytest
import torch
from torch import nn

from sentiment_core.model.pooling import TokenEmbedding, _pool, _real, pool_real

LENGTHS = torch.tensor([5, 1, 3, 7])


def states(kind: str) -> torch.Tensor:
    torch.manual_seed(0)
    hidden = torch.randn(4, 7, 6, dtype=torch.float64)
    if kind == "ties":  # as a ReLU gives, or a state rounded to bfloat16
        hidden = hidden.mul(2).round().clamp(min=0)
    if kind == "large padding":
        hidden[~_real(hidden, LENGTHS).expand_as(hidden)] = 1e300
    return hidden.requires_grad_()


@pytest.mark.parametrize("kind", ["plain", "ties", "large padding"])
@pytest.mark.parametrize("pooling", ["max", "mean", "maxmean"])
def test_pooled_and_its_gradient(pooling: str, kind: str):
    found, expected = states(kind), states(kind)
    pooled = pool_real(found, LENGTHS, pooling)
    plain = _pool(expected, _real(expected, LENGTHS), LENGTHS, pooling)
    assert torch.equal(pooled, plain)
    weights = torch.randn_like(plain)
    (pooled * weights).sum().backward()
    (plain * weights).sum().backward()
    torch.testing.assert_close(found.grad, expected.grad)
    assert not found.grad[1, 1:].any()  # padding


@pytest.mark.parametrize("ids", [torch.tensor([[3, 1, 3], [3, 2, 0]]), torch.tensor([1, 1])])
def test_vectors_and_their_gradient(ids: torch.Tensor):
    plain = nn.Embedding(5, 4, padding_idx=0)
    embedding = TokenEmbedding(5, 4, padding_idx=0)
    embedding.load_state_dict(plain.state_dict())
    weights = torch.randn(*ids.shape, 4)
    for module in (plain, embedding):
        (module(ids) * weights).sum().backward()
    assert torch.equal(embedding(ids), plain(ids))
    torch.testing.assert_close(embedding.weight.grad, plain.weight.grad)
    assert not embedding.weight.grad[0].any()


def test_frozen_vectors_get_no_gradient():
    embedding = TokenEmbedding(5, 4, padding_idx=0).requires_grad_(False)
    assert not embedding(torch.tensor([1])).requires_grad
