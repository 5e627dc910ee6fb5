"""A network's memory of a text: the record, what each unit says of the verdict, and how far back gradients reach."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from sentiment_core.classifiers import recurrent_memory
from sentiment_core.classifiers.protocol import Ability
from sentiment_core.errors import ClassifierError
from sentiment_core.model.trace import state_gradients
from tests.classifiers.test_abilities import TEXT, network

ALL = frozenset(Ability)


def traced(text: str = TEXT, **settings: object):
    classifier = replace(network(**settings), abilities=ALL)
    view = classifier.view(text)
    return classifier, view, classifier.trace(view)


@pytest.mark.parametrize("pooling", ["last", "column", "max", "mean", "maxmean"])
@pytest.mark.parametrize("settings", [{}, {"bidirectional": True}, {"cell": "lstm", "outputs": 2}], ids=str)
def test_with_a_linear_head_the_units_add_up_to_the_log_odds(pooling: str, settings: dict):
    classifier, view, trace = traced(pooling=pooling, **settings)
    top = trace.layer(trace.layers - 1)
    assert all(part.exact for part in top)
    log_odds = float(classifier.labels.log_odds(classifier.logits([view]))[0])
    assert trace.log_odds == pytest.approx(log_odds, abs=1e-5)
    assert sum(float(part.says.sum()) for part in top) + trace.intercept == pytest.approx(log_odds, abs=1e-5)


def test_a_units_share_is_its_weight_times_what_the_head_reads_of_it():
    classifier, _, trace = traced(pooling="maxmean", bidirectional=True)
    weight = classifier.model.head[0].weight[0].numpy()
    states = [part.states for part in trace.parts]
    for place, part in enumerate(states):
        maxima, means = weight[8 * place : 8 * place + 8], weight[16 + 8 * place : 24 + 8 * place]
        expected = maxima * part.max(axis=0) + means * part.mean(axis=0)
        np.testing.assert_allclose(trace.parts[place].says, expected, atol=1e-5)


def test_the_record_has_every_layer_and_direction_in_the_order_of_the_text():
    classifier, view, trace = traced(cell="lstm", layers=2, bidirectional=True)
    assert [(part.layer, part.backward) for part in trace.parts] == [(0, False), (0, True), (1, False), (1, True)]
    for part in trace.parts:
        arrays = [part.states, part.cells, *part.gates.values()]
        assert list(part.gates) == ["forget", "input", "output"]
        assert {array.shape for array in arrays} == {(7, 8)}
        assert not any(array.flags.writeable for array in [*arrays, part.says])
    together = np.concatenate([part.states for part in trace.layer(1)], axis=1)
    np.testing.assert_allclose(together, classifier.states(view), atol=1e-5)


def test_below_the_top_and_with_a_hidden_layer_it_is_an_estimate():
    _, _, trace = traced(layers=2, cell="rnn_tanh")
    assert [part.exact for part in trace.parts] == [False, True]
    assert np.abs(trace.parts[0].says).max() > 0
    _, _, trace = traced(head_size=4)
    assert [part.exact for part in trace.parts] == [False]


@pytest.mark.parametrize("settings", [{}, {"bidirectional": True, "cell": "lstm"}], ids=str)
def test_the_change_that_arrives_is_the_mean_over_all_directions(settings: dict):
    """With eight units the probes are a whole basis, so the figure is the Frobenius norm of the Jacobian over √8."""
    classifier, view, _ = traced(pooling="mean", **settings)
    parts = classifier.state_gradients(view)
    ids, lengths = torch.from_numpy(view.ids[:7])[None], torch.tensor([7])
    for place, part in enumerate(parts):
        along = torch.zeros(8, 8 * len(parts))
        along[:, 8 * place : 8 * place + 8] = torch.eye(8)
        many = ids.expand(8, -1), lengths.expand(8)
        jacobian = state_gradients(classifier.model, *many, torch.zeros(8), along)[place].states  # [8, time, 8]
        expected = jacobian.square().sum(dim=(0, 2)).div(8).sqrt()
        np.testing.assert_allclose(part.last, expected, rtol=1e-3)
        assert part.last[0 if part.backward else -1] == pytest.approx(1, rel=1e-4)
        assert (part.cells is not None) == (classifier.model.config.cell == "lstm")


def test_the_gradient_of_the_verdict_is_the_slope_along_itself():
    """The states are moved by what the network reads there, whose gradient is known from the embedding."""
    classifier, view, _ = traced(cell="rnn_tanh")
    cell = classifier.model.recurrent[0][0]
    states = classifier.trace(view).parts[0].states
    # d logit / d x_t = (d logit / d h_t * (1 - h_t²)) W, so the two gradients are tied by the cell's own formula.
    ids, lengths = torch.from_numpy(view.ids[:7])[None], torch.tensor([7])
    (found,) = state_gradients(classifier.model, ids, lengths, torch.ones(1), torch.zeros(1, 8))
    through = found.states[0].numpy() * (1 - states**2)
    np.testing.assert_allclose(
        through @ cell.get_parameter("weight_ih_l0").numpy(), classifier.gradients(view).gradients[0], atol=1e-5
    )
    np.testing.assert_allclose(classifier.state_gradients(view)[0].logit, found.states[0].norm(dim=1), rtol=1e-4)


def test_a_large_graph_is_computed_in_parts_with_the_same_result(monkeypatch: pytest.MonkeyPatch):
    classifier, view, _ = traced(cell="lstm", bidirectional=True)
    whole = classifier.state_gradients(view)
    monkeypatch.setattr(recurrent_memory, "_UNITS", 3 * 7 * 8 * 2)
    for one, other in zip(whole, classifier.state_gradients(view), strict=True):
        assert one.backward == other.backward
        for name in ("logit", "cells", "last"):
            np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-4)


def test_one_token_and_an_unknown_one():
    classifier, view, trace = traced("zzz")
    assert trace.parts[0].states.shape == (1, 8)
    assert classifier.state_gradients(view)[0].last == pytest.approx([1.0], rel=1e-4)


@pytest.mark.parametrize("method", ["trace", "state_gradients"])
def test_a_classifier_without_memory_says_so(method: str, published):
    from sentiment_core.classifiers.loading import load_classifier

    linear = load_classifier(published / "bag-of-words")
    assert not linear.can(Ability(method))
    with pytest.raises(ClassifierError, match="bag-of-words has no"):
        getattr(linear, method)(linear.view("fine"))


def test_a_run_can(toy_run):
    from sentiment_core import load

    assert load(toy_run).can(Ability.TRACE)
    assert load(toy_run).can(Ability.STATE_GRADIENTS)
