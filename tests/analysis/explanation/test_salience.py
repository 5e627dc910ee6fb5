"""What each token adds: by hand for a linear network, by captum for real ones, and exact for a linear classifier."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from captum.attr import InputXGradient, IntegratedGradients

from sentiment_core.analysis.explanation import salience as module
from sentiment_core.analysis.explanation.salience import (
    EXACT,
    GRADIENT,
    INTEGRATED,
    METHODS,
    OCCLUSION,
    STEPS,
    agreement_of_methods,
    can_explain,
    rank_correlation,
    salience,
    sum_over_words,
)
from sentiment_core.classifiers.labels import BINARY
from sentiment_core.classifiers.linear import COUNTS, LinearClassifier, Weights
from sentiment_core.classifiers.protocol import Ability, Origin
from tests.classifiers.test_abilities import TEXT, network


@pytest.fixture
def added_up(monkeypatch):
    """A network whose log-odds are the sum of its tokens' first coordinates, and half of their second."""
    monkeypatch.setattr("sentiment_core.model.recurrent.run_cell", lambda cell, states, precision: states)
    classifier = network(cell="gru", embedding_size=6, hidden_size=6, pooling="max")
    monkeypatch.setattr(
        classifier.model,
        "pool",
        lambda hidden, lengths: torch.stack(
            [row[:length].sum(dim=0) for row, length in zip(hidden, lengths.tolist(), strict=True)]
        ),
    )
    with torch.no_grad():
        classifier.model.head[0].weight.copy_(torch.tensor([[1.0, 0.5, 0, 0, 0, 0]]))
        classifier.model.head[0].bias.fill_(0.25)
    return classifier


@pytest.mark.parametrize("method", METHODS)
def test_all_methods_agree_on_a_linear_network(added_up, method):
    view = added_up.view(TEXT)
    vectors = added_up.model.embedding.weight[view.ids[: view.read]].numpy()
    found = salience(added_up, view, method)
    assert found.method == method
    np.testing.assert_allclose(found.values, vectors[:, 0] + 0.5 * vectors[:, 1], atol=1e-6)
    if method == INTEGRATED:
        assert found.start == pytest.approx(0.25)
        assert found.error == pytest.approx(0, abs=1e-6)


def judging(classifier, view):
    """What captum calls: embedded tokens [batch, read, dim] to log-odds [batch]."""
    ids = torch.from_numpy(view.ids[: view.read])[None]

    def judge(vectors):
        count = len(vectors)
        return classifier.model.judge(vectors, ids.expand(count, -1), torch.full((count,), view.read))

    return judge, classifier.model.embedding(ids).detach()


@pytest.mark.parametrize(
    "settings",
    [{"cell": "lstm", "bidirectional": True, "pooling": "maxmean"}, {"cell": "rnn_tanh", "layers": 2}],
    ids=str,
)
def test_gradients_equal_those_of_captum(settings):
    classifier = network(**settings)
    view = classifier.view(TEXT)
    judge, vectors = judging(classifier, view)
    simple = InputXGradient(judge).attribute(vectors.requires_grad_()).sum(dim=-1)[0].detach().numpy()
    np.testing.assert_allclose(salience(classifier, view, GRADIENT).values, simple, atol=1e-6)
    explained = IntegratedGradients(judge).attribute(
        vectors, baselines=torch.zeros_like(vectors), n_steps=32, method="riemann_middle", return_convergence_delta=True
    )
    attributed, delta = explained
    found = salience(classifier, view, INTEGRATED, steps=32)
    np.testing.assert_allclose(found.values, attributed.sum(dim=-1)[0].detach().numpy(), atol=1e-6)
    assert found.error == pytest.approx(float(delta), abs=1e-5)


@pytest.mark.parametrize("method", [GRADIENT, INTEGRATED])
def test_gradients_count_the_polarity_of_ngrams(method):
    classifier = network(cell="lstm", bidirectional=True, pooling="max", ngrams=3)
    view = classifier.view(TEXT)
    ids, lengths = torch.from_numpy(view.ids[: view.read])[None], torch.tensor([view.read])
    inputs = classifier.model.inputs(classifier.model.embedding(ids), ids).detach()

    def judge(inputs):
        return classifier.model.judge_inputs(inputs, lengths.expand(len(inputs)))

    if method == GRADIENT:
        attributed = InputXGradient(judge).attribute(inputs.requires_grad_())
    else:
        attributed = IntegratedGradients(judge).attribute(
            inputs, baselines=torch.zeros_like(inputs), n_steps=32, method="riemann_middle"
        )
    parts = attributed[0].detach().numpy()  # 6 columns of the vector, then 3 of n-grams, and zeros
    expected = parts[:, :6].sum(axis=1)
    for last in range(view.read):
        for longer in range(min(3, last + 1)):
            expected[last - longer : last + 1] += parts[last, 6 + longer] / (longer + 1)
    found = salience(classifier, view, method, steps=32)
    assert found.longest == 3
    np.testing.assert_allclose(found.values, expected, atol=1e-6)
    assert np.abs(found.values - parts[:, :6].sum(axis=1)).max() > 0.01, "n-grams matter here"
    if method == INTEGRATED:
        assert found.start == pytest.approx(float(judge(torch.zeros_like(inputs))), abs=1e-6)
        assert found.start + found.values.sum() == pytest.approx(float(classifier.logits([view])[0, 1]), abs=0.01)


def test_more_steps_have_a_smaller_error():
    classifier = network(cell="lstm", bidirectional=True, embedding_std=3.0)
    view = classifier.view(TEXT)
    errors = [abs(salience(classifier, view, INTEGRATED, steps).error) for steps in (4, 16, 64)]
    assert errors[0] > errors[1] > errors[2]
    assert errors[2] < 1e-3


def test_a_third_of_the_steps_is_enough_where_its_error_is_small():
    classifier = network(cell="lstm", bidirectional=True, embedding_std=0.3)
    view = classifier.view(TEXT)
    some, more = salience(classifier, view, INTEGRATED, 33), salience(classifier, view, INTEGRATED, 32)
    assert some.steps == 11
    assert abs(some.error) <= 0.01
    assert some.start == more.start
    np.testing.assert_allclose(some.values, more.values, atol=0.01)


def test_the_rest_of_the_steps_adds_to_the_first_third(monkeypatch):
    monkeypatch.setattr("sentiment_core.analysis.explanation.salience._EXACT_ENOUGH", 0.0)
    classifier = network(cell="lstm", bidirectional=True, pooling="max", ngrams=3)
    view = classifier.view(TEXT)
    shares = [(step + 0.5) / 33 for step in range(33)]
    found = salience(classifier, view, INTEGRATED)
    assert found.steps == STEPS == 33
    np.testing.assert_allclose(found.values, classifier.gradients(view, shares).products(), atol=1e-6)
    ends = classifier.gradients(view, (0.0, 1.0)).log_odds
    assert found.error == pytest.approx(found.values.sum() - (ends[1] - ends[0]), abs=1e-5)


def test_the_padding_vector_is_the_zero_that_integrated_gradients_start_from():
    assert not network().model.embedding.weight[0].any()


def test_occlusion_is_the_change_without_the_token():
    classifier = network(cell="gru", bidirectional=True, pooling="max")
    view = classifier.view(TEXT)
    read = view.take(np.arange(view.read))
    whole = classifier.logits([view])[0, 1]
    by_hand = [
        whole - classifier.logits([read.take(np.delete(np.arange(view.read), place))])[0, 1]
        for place in range(view.read)
    ]
    np.testing.assert_allclose(salience(classifier, view, OCCLUSION).values, by_hand, atol=1e-6)


def test_a_long_text_loses_groups_of_tokens(monkeypatch):
    monkeypatch.setattr(module, "MOST_DROPPED", 3)
    classifier = network(cell="gru", pooling="mean")
    view = classifier.view(TEXT)
    found = salience(classifier, view, OCCLUSION)
    assert found.group == 3
    read = view.take(np.arange(7))
    change = classifier.logits([view])[0, 1] - classifier.logits([read.take(np.arange(3, 7))])[0, 1]
    np.testing.assert_allclose(found.values[:3], change / 3, atol=1e-6)
    rest = classifier.logits([view])[0, 1] - classifier.logits([read.take(np.arange(6))])[0, 1]
    assert found.values[6] == pytest.approx(rest, abs=1e-6), "the last group has one token"


def test_a_text_of_one_token_has_nothing_to_compare_by_occlusion():
    classifier = network()
    assert salience(classifier, classifier.view("superb"), OCCLUSION).values.tolist() == [0.0]
    assert salience(classifier, classifier.view("superb"), INTEGRATED).values.shape == (1,)


def linear(weights: dict[str, float]) -> LinearClassifier:
    learned = Weights("word", 2, COUNTS, list(weights), np.array(list(weights.values()), np.float32), None, 0.25)
    abilities = frozenset({Ability.CONTRIBUTIONS, Ability.PREFIXES})
    return LinearClassifier("made", BINARY, abilities, None, Path(), learned, {}, Origin("", ""), None, None)


def test_contributions_of_a_linear_classifier_are_exact():
    classifier = linear({"good": 1.0, "not": -0.5, "not good": -2.0})
    view = classifier.view("not good, but good")
    for method in (GRADIENT, INTEGRATED):
        found = salience(classifier, view, method)
        assert found.method == EXACT
        assert found.values.tolist() == [-1.5, 0.0, 0.0, 0.0, 1.0]  # half of "not good" goes to each of its words
        assert found.start + found.values.sum() == pytest.approx(classifier.logits([view])[0, 1])
    words = linear({"good": 1.0, "not": -0.5})
    by_hand = [-0.5, 1.0, 0.0, 0.0, 1.0]
    for method in METHODS:  # without pairs every method must agree
        assert salience(words, view, method).values.tolist() == pytest.approx(by_hand)


def test_a_classifier_without_gradients_is_asked_by_occlusion_alone():
    classifier = network()
    cannot = replace(classifier, abilities=classifier.abilities - {Ability.GRADIENTS})
    assert [can_explain(cannot, method) for method in METHODS] == [False, False, True]


def test_pieces_add_up_to_words_of_the_text():
    view = network().view("the plot was dull")
    starts = np.array([0, 9])  # "the plot" and "was dull"
    assert sum_over_words(np.array([1.0, 2, 4, 8]), view, starts).tolist() == [3.0, 12.0]
    beyond = sum_over_words(np.array([1.0, 2, 4, 8]), view, np.array([0, 9, 20]))
    assert np.isnan(beyond[2]), "a word that is not read has no value"


def test_rank_correlation_is_spearmans():
    first = np.array([0.1, 5.0, -2.0, 0.3])
    assert rank_correlation(first, first**3) == pytest.approx(1.0)
    assert rank_correlation(first, -first) == pytest.approx(-1.0)
    # Ranks 2 4 1 3 and 1 2 3 4: 1 - 6 * (1 + 4 + 4 + 1) / (4 * 15)
    assert rank_correlation(first, np.arange(4.0)) == pytest.approx(0.0)
    assert np.isnan(rank_correlation(first, np.zeros(4)))
    assert np.isnan(rank_correlation(first[:2], first[:2]))
    with_gap = rank_correlation(np.append(first, np.nan), np.append(first, 9.0))
    assert with_gap == pytest.approx(1.0)
    found = agreement_of_methods({"a": first, "b": -first, "c": first})
    assert list(found) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found["a", "c"] == pytest.approx(1.0)
