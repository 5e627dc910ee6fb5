"""The abilities of a network: states, gradients with respect to its embedding, prefixes in one pass."""

from pathlib import Path

import numpy as np
import pytest
import torch

from sentiment_core import load
from sentiment_core.classifiers.labels import BINARY
from sentiment_core.classifiers.protocol import Ability
from sentiment_core.classifiers.recurrent import NetworkClassifier
from sentiment_core.errors import ClassifierError
from sentiment_core.model.config import NetworkConfig
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.text.tokenization import train_words

TEXT = "the plot was dull but the acting was superb"
TOKENIZER = train_words([TEXT])


def network(**settings: object) -> NetworkClassifier:
    """An untrained network with a hidden size of eight. If it has n-grams, their polarities are random."""
    config = NetworkConfig(**{"cell": "gru", "embedding_size": 6, "hidden_size": 8, **settings})
    torch.manual_seed(0)
    model = RecurrentClassifier(config, TOKENIZER.get_vocab_size()).eval().requires_grad_(False)
    if model.ngrams is not None:
        model.ngrams.polarity.copy_(torch.randint(-40, 40, model.ngrams.polarity.shape, dtype=torch.int8))
    abilities = {Ability.STATES, Ability.GRADIENTS} | ({Ability.PREFIXES} if not config.bidirectional else set())
    return NetworkClassifier("made", BINARY, frozenset(abilities), 7, Path(), TOKENIZER, None, model)


@pytest.mark.parametrize(
    "settings",
    [
        {"cell": "rnn_tanh", "layers": 2},
        {"cell": "lstm", "pooling": "max"},
        {"pooling": "mean"},
        {"pooling": "maxmean", "head_size": 4},
        {"pooling": "column", "outputs": 2},
        {"ngrams": 3},
    ],
    ids=str,
)
def test_prefixes_in_one_pass_equal_each_prefix_judged_alone(settings):
    classifier = network(**settings)
    view = classifier.view(TEXT)
    assert len(view.tokens) > view.read == 7
    alone = [classifier.logits([view.take(np.arange(end))])[0, 1] for end in range(1, 8)]
    np.testing.assert_allclose(classifier.prefixes(view), alone, atol=1e-5)


def test_a_bidirectional_network_has_no_prefixes():
    classifier = network(bidirectional=True)
    assert not classifier.can(Ability.PREFIXES)
    with pytest.raises(ClassifierError, match="made has no prefixes"):
        classifier.prefixes(classifier.view(TEXT))


@pytest.mark.parametrize(
    "settings",
    [{"cell": "lstm", "bidirectional": True, "pooling": "max"}, {"cell": "rnn_tanh"}, {"ngrams": 2, "pooling": "mean"}],
    ids=str,
)
def test_gradients_are_the_slope_of_the_log_odds(settings):
    classifier = network(**settings)
    view = classifier.view(TEXT)
    found = classifier.gradients(view, (0.5, 1.0))
    assert found.vectors.shape == (7, 6)
    assert found.gradients.shape == (2, 7, 6)
    ids, model = torch.from_numpy(view.ids[:7])[None], classifier.model
    inputs = model.inputs(model.embedding(ids), ids)
    step = torch.randn(inputs.shape, generator=torch.Generator().manual_seed(0)) * 1e-2
    for place, share in enumerate((0.5, 1.0)):
        ends = [float(model.judge_inputs(share * inputs + side * step, torch.tensor([7]))) for side in (1, -1)]
        slope = (found.gradients[place] * step[0, :, :6].numpy()).sum()
        if found.ngram_gradients is not None:
            assert found.ngram_gradients.shape == (2, 7, 2)
            slope += (found.ngram_gradients[place] * step[0, :, 6:8].numpy()).sum()
        assert (ends[0] - ends[1]) / 2 == pytest.approx(float(slope), rel=2e-2, abs=2e-5)


def test_predicting_does_not_change_the_shared_network(toy_run):
    classifier = load(toy_run)
    view = classifier.view("the plot was superb")
    before = classifier.logits([view])
    classifier.gradients(view)
    classifier.states(view)
    classifier.prefixes(view)
    assert not any(weight.requires_grad or weight.grad is not None for weight in classifier.model.parameters())
    assert not classifier.model.training
    assert (classifier.logits([view]) == before).all()


def test_a_run_has_a_state_for_each_token_that_is_read(toy_run):
    classifier = load(toy_run)
    view = classifier.view("the plot was superb " * 40)
    assert classifier.states(view).shape == (60, 8)
    assert classifier.prefixes(view).shape == (60,)
    assert classifier.prefixes(view)[-1] == pytest.approx(classifier.logits([view])[0, 1], abs=1e-5)


def test_spans_locate_each_token_in_the_text(toy_run):
    text = "  The plot.<br />was SUPERB"
    view = load(toy_run).view(text)
    assert [text[start:end] for start, end in view.spans.tolist()] == view.pieces
    assert [piece.lower() for piece in view.pieces] == [token.removeprefix("##") for token in view.tokens]


def test_the_vectors_of_rows_are_those_that_gradients_are_about():
    classifier = network()
    view = classifier.view(TEXT)
    found = classifier.gradients(view).vectors
    np.testing.assert_array_equal(classifier.vectors(view.ids[: view.read]), found)
