"""The network in NumPy gives PyTorch's numbers: verdicts, states, gradients, prefixes, memory, and its start."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import torch

from sentiment_core.classifiers.arrays import ArrayClassifier, load_arrays
from sentiment_core.classifiers.labels import BINARY
from sentiment_core.classifiers.network import abilities_of
from sentiment_core.classifiers.recurrent import NetworkClassifier, load_network
from sentiment_core.model.arrays import slopes
from sentiment_core.model.arrays.network import make_network
from sentiment_core.model.arrays.start import start_tensors
from sentiment_core.model.config import CELLS, POOLINGS, NetworkConfig
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.weight_files import tensor_shapes
from tests.classifiers.test_abilities import TEXT, TOKENIZER, network

TEXTS = (TEXT, "superb", "the plot was dull", "zzz superb plot but was", f"{TEXT} dull")
HEAD = {"head_size": 4, "outputs": 2, "ngrams": 2}
CASES = [
    # Every cell in every shape, with the poolings in turn; then every pooling with every kind of head.
    *(
        {"cell": cell, "bidirectional": both_ways, "layers": layers, "pooling": POOLINGS[place % len(POOLINGS)]}
        for place, (cell, both_ways, layers) in enumerate(product(CELLS, (False, True), (1, 2)))
    ),
    *({"cell": "lstm", "bidirectional": True, "pooling": pooling} | HEAD for pooling in POOLINGS),
    *({"cell": "gru", "bidirectional": True, "layers": 2, "pooling": pooling} for pooling in POOLINGS),
]


def both(**settings: object) -> tuple[ArrayClassifier, NetworkClassifier]:
    """The same untrained network, computed by NumPy and by PyTorch."""
    theirs = network(**settings)
    theirs = replace(theirs, abilities=abilities_of(theirs.model.config))
    made = make_network(theirs.model.config, {name: part.numpy() for name, part in theirs.model.state_dict().items()})
    ours = ArrayClassifier("made", BINARY, theirs.abilities, 7, Path(), TOKENIZER, None, made)
    return ours, theirs


def assert_same(ours: object, theirs: object) -> None:
    """Two records of equal numbers: every array to 1e-5, everything else exactly."""
    for field in fields(theirs):  # type: ignore[arg-type]
        mine, other = getattr(ours, field.name), getattr(theirs, field.name)
        if isinstance(other, dict):
            assert list(mine) == list(other)
            mine, other = np.array(list(mine.values())), np.array(list(other.values()))
        if isinstance(other, (np.ndarray, float)):
            np.testing.assert_allclose(mine, other, rtol=1e-4, atol=1e-5, err_msg=field.name)
        elif isinstance(other, tuple):
            for one, another in zip(mine, other, strict=True):
                assert_same(one, another)
        else:
            assert mine == other


@pytest.mark.torch
@pytest.mark.parametrize("settings", CASES, ids=lambda case: " ".join(map(str, case.values())))
def test_every_ability_gives_the_same_numbers(settings: dict):
    ours, theirs = both(**settings)
    views, view = [theirs.view(text) for text in TEXTS], theirs.view(TEXT)
    close = {"rtol": 1e-4, "atol": 1e-5}
    np.testing.assert_allclose(ours.logits(views), theirs.logits(views), **close)
    np.testing.assert_allclose(ours.states(view), theirs.states(view), **close)
    ends = np.array([1, 2, 4, 7])
    np.testing.assert_allclose(ours.prefix_logits(view, ends), theirs.prefix_logits(view, ends), **close)
    assert_same(ours.gradients(view, (0.0, 0.5, 1.0)), theirs.gradients(view, (0.0, 0.5, 1.0)))
    assert_same(ours.trace(view), theirs.trace(view))
    for one, another in zip(ours.state_gradients(view), theirs.state_gradients(view), strict=True):
        assert_same(one, another)


@pytest.mark.torch
@pytest.mark.parametrize("name", ["rnn", "gru", "bilstm-best"])
def test_a_published_run_gives_the_same_numbers_on_a_long_review(name: str, published: Path):
    ours, theirs = load_arrays(published / name), load_network(published / name)
    # Not one sentence again and again: maxima that are nearly equal would change places by rounding.
    rng, tokens = random.Random(0), sorted(theirs.tokenizer.get_vocab())
    view = theirs.view(" ".join(rng.choice(tokens) for _ in range(250)))
    np.testing.assert_allclose(ours.logits([view]), theirs.logits([view]), atol=1e-4)
    found, expected = ours.gradients(view), theirs.gradients(view)
    np.testing.assert_allclose(found.products(), expected.products(), atol=2e-4)
    assert ours.tokens_a_second == pytest.approx(theirs.tokens_a_second, rel=0.1)
    assert (ours.name, ours.max_length, ours.abilities) == (theirs.name, theirs.max_length, theirs.abilities)
    assert ours.origin == theirs.origin


@pytest.mark.torch
@pytest.mark.parametrize(
    "settings",
    [
        {"cell": "lstm", "bidirectional": True, "layers": 2, "head_size": 5, "pooling": "maxmean", "outputs": 2},
        {"cell": "gru", "initialization": "torch"},
        {"cell": "rnn_relu", "initialization": "identity", "embedding_size": 3, "hidden_size": 2},
        {"cell": "rnn_tanh", "initialization": "identity"},
        {"cell": "lstm", "ngrams": 3, "embedding_size": 7, "embedding_std": 0.3},
    ],
    ids=str,
)
def test_the_start_from_a_seed_is_that_of_pytorch(settings: dict):
    config = NetworkConfig(**{"embedding_size": 32, "hidden_size": 8, **settings})
    torch.manual_seed(7)
    expected = RecurrentClassifier(config, 123).state_dict()
    found = start_tensors(config, 123, 7)
    assert list(found) == list(tensor_shapes(config, 123))
    assert found.keys() == expected.keys()
    for name, weight in expected.items():
        np.testing.assert_allclose(found[name], weight.numpy(), rtol=1e-5, atol=3e-6, err_msg=name)


def test_a_run_before_its_training_is_as_random_as_its_seed(toy_run: Path):
    ours, theirs = load_arrays(toy_run).before_training(), load_network(toy_run).before_training()
    view = theirs.view(TEXT)
    np.testing.assert_allclose(ours.logits([view]), theirs.logits([view]), atol=1e-5)


def test_many_shares_are_computed_in_parts_with_the_same_result(monkeypatch: pytest.MonkeyPatch):
    ours, _ = both(cell="lstm", bidirectional=True)
    view, shares = ours.view(TEXT), np.linspace(0, 1, 9)
    whole = ours.gradients(view, shares)
    monkeypatch.setattr("sentiment_core.model.arrays.network._RECORDED", 7 * 2 * 8 * 7 * 2)
    assert_same(ours.gradients(view, shares), whole)


def test_slopes_that_vanish_become_zero():
    """Numbers below 1e-38 take a hundred times as long, and a long text that is forgotten has thousands of them."""
    ours, _ = both(cell="rnn_tanh")
    top = ours.network.record(np.zeros((400, 1, 6), np.float32))[-1]
    outer = np.zeros_like(top.states)
    outer[-1] = 1
    found = np.abs(slopes.go_back(top, outer).states)
    assert found[-1].min() == 1
    assert found[0].max() == 0
    assert not ((found > 0) & (found < np.finfo(np.float32).tiny)).any()
