"""The side of each label of a classifier."""

import numpy as np
import pytest

from sentiment_core.classifiers.labels import BINARY, Labels, binary_logits, map_labels
from sentiment_core.errors import ClassifierError


@pytest.mark.parametrize(
    ("names", "sides"),
    [
        (["NEGATIVE", "POSITIVE"], ["negative", "positive"]),
        (["LABEL_0", "LABEL_1"], ["negative", "positive"]),
        (["pos", "neg"], ["positive", "negative"]),
        (["negative", "neutral", "positive"], ["negative", "neutral", "positive"]),
        (["1 star", "2 stars", "3 stars", "4 stars", "5 stars"], ["negative"] * 2 + ["neutral"] + ["positive"] * 2),
        (["부정", "긍정"], ["negative", "positive"]),
    ],
)
def test_known_names_have_their_side(names, sides):
    assert map_labels(names, "owner/name") == Labels(tuple(names), tuple(sides))


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["LABEL_0", "LABEL_1", "LABEL_2"], "LABEL_0, LABEL_1 or LABEL_2 says no side"),
        (["joy", "negative"], "calls its labels joy, negative, and joy says no side"),
        (["neutral", "positive"], "has no label for negative"),
    ],
)
def test_other_names_are_refused_with_advice_on_naming_them(names, says):
    with pytest.raises(ClassifierError) as caught:
        map_labels(names, "owner/name")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_table_maps_names_that_are_not_recognised():
    table = {"LABEL_0": "negative", "LABEL_1": "neutral", "LABEL_2": "positive"}
    assert map_labels(list(table), "owner/name", table).sides == ("negative", "neutral", "positive")


def test_log_odds_and_neutral_follow_from_the_probabilities_of_all_labels():
    labels = map_labels(["1 star", "2 stars", "3 stars", "4 stars", "5 stars"], "stars")
    shares = np.array([[0.1, 0.2, 0.3, 0.15, 0.25]])
    logits = np.log(shares) + 7  # softmax ignores a constant added to all logits
    np.testing.assert_allclose(labels.log_odds(logits), np.log(0.4 / 0.3))
    np.testing.assert_allclose(labels.neutral(logits), 0.3)


def test_two_labels_have_no_neutral_and_exact_log_odds():
    log_odds = np.array([-30.0, 0.1, 1e-7, 12.5], np.float32)
    assert (BINARY.log_odds(binary_logits(log_odds)) == log_odds).all()
    assert (BINARY.neutral(binary_logits(log_odds)) == 0).all()
