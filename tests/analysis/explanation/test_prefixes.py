"""The verdict after each token: equal to each prefix judged alone, and where it turns."""

from pathlib import Path

import numpy as np
import pytest

from sentiment_core.analysis.explanation import prefixes
from sentiment_core.analysis.explanation.prefixes import find_turns, prefix_curve
from sentiment_core.classifiers.labels import BINARY
from sentiment_core.classifiers.linear import COUNTS, RATIO, TF_IDF, LinearClassifier, Weights
from sentiment_core.classifiers.protocol import Ability, Classifier, Origin
from sentiment_core.model.config import CELLS
from tests.classifiers.test_abilities import TEXT, network

POOLINGS = ("last", "column", "max", "mean", "maxmean")
LINEAR_TEXT = "good not good , bad good good not bad"


def judged_alone(classifier: Classifier, view, ends) -> np.ndarray:
    return np.array([classifier.labels.log_odds(classifier.logits([view.take(np.arange(end))]))[0] for end in ends])


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("pooling", POOLINGS)
@pytest.mark.parametrize("cell", CELLS)
def test_a_bidirectional_network_reads_every_prefix_as_if_it_were_the_text(cell, pooling, layers):
    classifier = network(cell=cell, pooling=pooling, layers=layers, bidirectional=True)
    view = classifier.view(TEXT)
    found = prefix_curve(classifier, view)
    assert not found.one_pass
    assert found.ends.tolist() == list(range(1, view.read + 1))
    alone = judged_alone(classifier, view, found.ends)
    np.testing.assert_allclose(found.log_odds, alone, atol=1e-5)
    assert np.ptp(alone) > 1e-3, "prefixes differ, so an error would show"


@pytest.mark.parametrize(
    "settings", [{"ngrams": 3}, {"head_size": 4, "outputs": 2}, {"initialization": "open", "ngrams": 1}], ids=str
)
def test_what_else_a_network_has_counts_in_every_prefix(settings):
    classifier = network(cell="lstm", pooling="maxmean", bidirectional=True, **settings)
    view = classifier.view(TEXT)
    found = prefix_curve(classifier, view)
    np.testing.assert_allclose(found.log_odds, judged_alone(classifier, view, found.ends), atol=1e-5)


@pytest.mark.parametrize("layers", [1, 2])
def test_a_long_text_is_judged_at_some_places_and_always_at_its_end(layers, monkeypatch):
    monkeypatch.setattr(prefixes, "MOST_PLACES", 3)
    classifier = network(cell="gru", pooling="mean", layers=layers, bidirectional=True)
    view = classifier.view(TEXT)
    found = prefix_curve(classifier, view)
    assert found.ends.tolist() == [2, 5, 7]
    assert not found.is_complete
    np.testing.assert_allclose(found.log_odds, judged_alone(classifier, view, found.ends), atol=1e-5)
    forward = prefix_curve(network(cell="gru"), view)
    assert forward.one_pass
    assert forward.is_complete, "a network that reads forward gives every place in its one pass"


def test_a_slow_classifier_is_asked_at_fewer_places():
    class Slow(type(network())):
        @property
        def tokens_a_second(self) -> float:
            return 1.0

    fast = network(bidirectional=True)
    slow = Slow(**{name: getattr(fast, name) for name in fast.__dataclass_fields__} | {"max_length": 400})
    found = prefix_curve(slow, slow.view(TEXT * 40))
    assert len(found.ends) == 8
    assert found.ends[-1] == 321


@pytest.mark.parametrize("weighting", [COUNTS, RATIO, TF_IDF])
def test_a_linear_classifier_adds_up_its_prefixes_in_one_pass(weighting):
    rarity = np.array([2.0, 1.0, 1.5, 1.2], np.float32) if weighting == TF_IDF else None
    learned = Weights(
        "word", 2, weighting, ["good", "not", "not good", "bad"], np.array([1, -0.5, -2, -1], np.float32), rarity, 0.25
    )
    abilities = frozenset({Ability.CONTRIBUTIONS, Ability.PREFIXES})
    classifier = LinearClassifier("made", BINARY, abilities, None, Path(), learned, {}, Origin("", ""), None, None)
    view = classifier.view(LINEAR_TEXT)
    found = prefix_curve(classifier, view)
    assert found.one_pass
    np.testing.assert_allclose(found.log_odds, judged_alone(classifier, view, found.ends), atol=1e-5)
    if weighting == COUNTS:  # good 1, not -0.5, then good 1 and "not good" -2, nothing for the comma, bad -1
        np.testing.assert_allclose(found.log_odds[:5], [1.25, 0.75, -0.25, -0.25, -1.25])


def test_places_in_the_text_and_probabilities_belong_to_the_log_odds():
    classifier = network()
    view = classifier.view("the plot  was dull")
    found = prefix_curve(classifier, view)
    assert found.characters.tolist() == [3, 8, 13, 18]
    np.testing.assert_allclose(found.probability, 1 / (1 + np.exp(-found.log_odds)), rtol=1e-6)


@pytest.mark.parametrize(
    ("log_odds", "turns"),
    [
        ([-1, -1, -1, 1, 1, 1], [3]),
        ([-1, -1, -1, 1, 1, -1, -1, -1], []),  # taken back after two places
        ([-1, -1, -1, 1, 1, 1, -1, 1, 1, 1], [3]),
        ([1, 1, 1, -1], [3]),  # the text ends before three places
        ([1, 1, 1, -1, -1, -1, 1], [3, 6]),
        ([1, -1, -1, -1], []),  # a first word alone is no verdict
        ([0, 0, 0, 2, 2, 2], [3]),  # an equal chance is not positive
        ([-1, -1, -1, np.nan, 1, 1, 1], [4]),
        ([np.nan, np.nan], []),
        ([2], []),
        ([0, 0, 0, 0], []),
    ],
)
def test_a_turn_counts_if_it_holds(log_odds, turns):
    assert find_turns(np.array(log_odds, dtype=np.float32)).tolist() == turns
