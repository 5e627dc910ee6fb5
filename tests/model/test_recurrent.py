"""Pooling and reversal by hand, and shapes that a network refuses."""

from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from sentiment_core.errors import PresetError
from sentiment_core.model.config import POOLINGS, NetworkConfig
from sentiment_core.model.precision import try_lstm
from sentiment_core.model.recurrent import (
    RecurrentClassifier,
    ReverseWithinLength,
    within_length_order,
)

SMALL = {"embedding_size": 2, "hidden_size": 2}
# Two reviews of 2 and 3 tokens; the third column of the first is padding and holds the largest numbers.
HIDDEN = torch.tensor([[[1.0, -4.0], [3.0, -2.0], [9.0, 9.0]], [[-5.0, 0.0], [-2.0, 6.0], [-8.0, 3.0]]])
LENGTHS = torch.tensor([2, 3])


def pool(pooling: str, **settings: object) -> list[list[float]]:
    model = RecurrentClassifier(NetworkConfig(**SMALL | {"pooling": pooling} | settings), 5)
    return model.pool(HIDDEN, LENGTHS).tolist()


def test_last_is_the_state_after_the_last_real_token():
    assert pool("last") == [[3.0, -2.0], [-8.0, 3.0]]


@pytest.mark.parametrize("pooling", POOLINGS)
def test_two_directions_are_pooled_as_the_states_at_each_token(pooling: str):
    model = RecurrentClassifier(NetworkConfig(**SMALL, pooling=pooling, bidirectional=True), 6)
    ids = torch.tensor([[1, 2, 0], [3, 4, 5]])
    first, second = model.hidden(ids, LENGTHS)
    first = first if pooling == "column" else first[:2]  # its third token is padding
    expected = {
        "last": lambda states: torch.cat([states[-1, :2], states[0, 2:]]),  # after each direction's last token
        "column": lambda states: states[-1],
        "max": lambda states: states.amax(0),
        "mean": lambda states: states.mean(0),
        "maxmean": lambda states: torch.cat([states.amax(0), states.mean(0)]),
    }[pooling]
    found = model.pooled(model.embedding(ids), ids, LENGTHS)
    torch.testing.assert_close(found, torch.stack([expected(first), expected(second)]))


def test_column_is_the_last_column_padding_or_not():
    assert pool("column") == [[9.0, 9.0], [-8.0, 3.0]]


def test_max_is_over_real_tokens_even_where_all_are_below_zero():
    assert pool("max") == [[3.0, -2.0], [-2.0, 6.0]]


def test_mean_is_over_real_tokens():
    assert pool("mean") == [[2.0, -3.0], [-5.0, 3.0]]


def test_maxmean_is_both_side_by_side():
    assert pool("maxmean") == [[3.0, -2.0, 2.0, -3.0], [-2.0, 6.0, -5.0, 3.0]]


@pytest.mark.parametrize("pooling", ["last", "max", "mean", "maxmean"])
@pytest.mark.parametrize("head_size", [0, 3])
def test_one_logit_a_review(pooling: str, head_size: int):
    model = RecurrentClassifier(NetworkConfig(**SMALL, pooling=pooling, head_size=head_size, bidirectional=True), 5)
    assert model(torch.tensor([[1, 2, 0], [3, 4, 1]]), LENGTHS).shape == (2,)


def test_rows_are_reversed_within_their_length():
    states = torch.tensor([[[1.0], [2.0], [0.0]], [[4.0], [5.0], [6.0]]])
    order = within_length_order(LENGTHS, 3)
    assert order.tolist() == [1, 0, 2, 5, 4, 3]
    assert ReverseWithinLength.apply(states, order).flatten().tolist() == [2, 1, 0, 6, 5, 4]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(0, 4))
def test_reversing_twice_changes_nothing(lengths: list[int], padding: int):
    time = max(lengths) + padding
    order = within_length_order(torch.tensor(lengths), time)
    states = torch.randn(len(lengths), time, 3)
    assert torch.equal(ReverseWithinLength.apply(ReverseWithinLength.apply(states, order), order), states)
    assert sorted(order.tolist()) == list(range(len(lengths) * time))


def test_the_gradient_of_reversing():
    states = torch.randn(3, 4, 2, dtype=torch.float64, requires_grad=True)
    order = within_length_order(torch.tensor([4, 1, 3]), 4)
    assert torch.autograd.gradcheck(lambda states: ReverseWithinLength.apply(states, order), states)


def test_two_outputs_are_trained_as_by_cross_entropy():
    model = RecurrentClassifier(NetworkConfig(**SMALL, outputs=2), 5)
    ids, labels = torch.tensor([[1, 2, 0], [3, 4, 1]]), torch.tensor([0, 1])
    both = model.head(model.pool(model.hidden(ids, LENGTHS), LENGTHS))  # [batch, classes]
    loss = nn.functional.binary_cross_entropy_with_logits(model(ids, LENGTHS), labels.float())
    torch.testing.assert_close(loss, nn.functional.cross_entropy(both, labels))


@pytest.mark.skipif(try_lstm("cpu").bfloat16 is None, reason="this processor has no bfloat16 LSTM")
def test_bfloat16_acts_in_training_only_and_stays_near():
    torch.manual_seed(0)
    config = NetworkConfig(embedding_size=16, hidden_size=32, bidirectional=True, precision="bfloat16")
    model = RecurrentClassifier(config, 20)
    model.precision = "bfloat16"  # even where it saves no time
    exact = RecurrentClassifier(replace(config, precision="float32"), 20)
    exact.load_state_dict(model.state_dict())
    ids, lengths = torch.randint(1, 20, (4, 50)), torch.tensor([50, 40, 30, 1])
    assert torch.equal(model.eval()(ids, lengths), exact.eval()(ids, lengths))
    rough = model.train()(ids, lengths)
    assert rough.dtype == torch.float32
    assert not torch.equal(rough, exact(ids, lengths))
    torch.testing.assert_close(rough, exact(ids, lengths), atol=0.01, rtol=0)
    rough.sum().backward()
    assert {weight.grad.dtype for weight in model.parameters()} == {torch.float32}


def test_the_padding_vector_is_zero_and_stays_there():
    model = RecurrentClassifier(NetworkConfig(**SMALL, embedding_std=3.0), 5)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    model(torch.tensor([[1, 2, 0]]), torch.tensor([2])).sum().backward()
    optimizer.step()
    assert model.embedding.weight[0].tolist() == [0.0, 0.0]
    assert model.embedding.weight.grad[1].abs().sum() > 0


def test_the_embedding_starts_with_the_given_spread():
    model = RecurrentClassifier(NetworkConfig(embedding_size=20, hidden_size=2, embedding_std=0.1), 2000)
    assert model.embedding.weight[1:].std().item() == pytest.approx(0.1, rel=0.05)


def test_dropout_acts_in_training_only():
    model = RecurrentClassifier(NetworkConfig(**SMALL, dropout=0.5, embedding_dropout=0.5), 5)
    ids, lengths = torch.tensor([[1, 2, 3]]), torch.tensor([3])
    assert len({model.eval()(ids, lengths).item() for _ in range(5)}) == 1
    assert len({model.train()(ids, lengths).item() for _ in range(20)}) > 1


def test_embedding_dropout_drops_whole_tokens():
    model = RecurrentClassifier(NetworkConfig(embedding_size=4, hidden_size=2, embedding_dropout=0.25), 5).train()
    dropped = []
    model.embedding_dropout.register_forward_hook(lambda module, inputs, output: dropped.append((inputs[0], output)))
    model(torch.randint(1, 5, (2, 100)), torch.tensor([100, 100]))
    ((rows, kept),) = dropped
    gone = (kept == 0).all(dim=-1)  # [batch, time]
    torch.testing.assert_close(kept[~gone], rows[~gone] / 0.75)
    assert 0.1 < gone.float().mean() < 0.4


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"cell": "transformer"}, "No cell 'transformer'. Choose one of rnn_relu, rnn_tanh, lstm, gru"),
        ({"pooling": "first"}, "No pooling 'first'. Choose one of last, column, max, mean, maxmean"),
        ({"outputs": 3}, "outputs must be 1 or 2"),
        ({"precision": "int8"}, "No precision 'int8'. Choose one of float32, bfloat16"),
        ({"embedding_size": 0}, "embedding_size must be a whole number of at least 1, not 0"),
        ({"hidden_size": -1}, "hidden_size must be a whole number of at least 1, not -1"),
        ({"hidden_size": 2.5}, "hidden_size must be a whole number of at least 1, not 2.5"),
        ({"hidden_size": True}, "hidden_size must be a whole number of at least 1, not True"),
        ({"layers": 0}, "layers must be a whole number of at least 1, not 0"),
        ({"head_size": -1}, "head_size must be a whole number of at least 0, not -1"),
        ({"ngrams": 4}, "ngrams must be a whole number of at least 0 and at most 3, not 4"),
        ({"dropout": 1.0}, "dropout must be a number of at least 0 and below 1, not 1.0"),
        ({"embedding_dropout": -0.1}, "embedding_dropout must be a number of at least 0 and below 1, not -0.1"),
        ({"dropout": float("nan")}, "dropout must be a number of at least 0 and below 1, not nan"),
        ({"bidirectional": 1}, "bidirectional must be True or False, not 1"),
    ],
)
def test_a_shape_that_no_network_can_have(settings: dict, expected: str):
    with pytest.raises(PresetError, match=expected):
        NetworkConfig(**SMALL | settings)


def test_a_network_without_words():
    with pytest.raises(PresetError, match="vocab_size must be a whole number of at least 1, not 0"):
        RecurrentClassifier(NetworkConfig(**SMALL), 0)
