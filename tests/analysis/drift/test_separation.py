"""AUC by hand, and separation that random vectors do not have."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from sentiment_core.analysis.drift.projection import load_word_frames, project_frames
from sentiment_core.analysis.drift.separation import auc, measure_separation
from sentiment_core.runs.frames import Frames
from sentiment_core.runs.reading import load_run
from sentiment_core.text.corpus import load_corpus, load_tokens

# [PAD], two positive words, two negative, and one that does not lean.
POLARITY = np.array([3.0, 1.0, 1.0, -1.0, -1.0, 0.5])


def one_wide(*places: float) -> Frames:
    return Frames(np.array(places, dtype=np.float32).reshape(1, -1, 1), np.arange(1))


def test_auc_by_hand_with_ties():
    """Of nine pairs 1 > 0 and 2 > 0 twice are right, 2 = 2 twice is half: 4 of 9."""
    assert auc(np.array([1, 2, 2]), np.array([0, 2, 3])) == pytest.approx(4 / 9)
    assert auc(np.array([2, 3]), np.array([0, 1])) == 1
    assert auc(np.array([0, 1]), np.array([2, 3])) == 0
    assert auc(np.array([1, 1]), np.array([1])) == 0.5


def test_auc_of_nothing_is_nan():
    assert np.isnan(auc(np.array([]), np.array([1.0])))
    assert np.isnan(auc(np.array([1.0]), np.array([])))


def test_auc_is_that_of_scikit_learn():
    rng = np.random.default_rng(0)
    scores, positive = rng.integers(0, 20, 500), rng.random(500) < 0.3
    assert auc(scores[positive], scores[~positive]) == pytest.approx(roc_auc_score(positive, scores))


def test_the_first_axis_orders_the_leaning_words_alone():
    """3 and 1 against 2 and 0: three of four pairs. [PAD] and the neutral word lie far off and are not asked."""
    coordinates = np.array([[[-9, 5], [3, 0], [1, 0], [2, 9], [0, 9], [-9, 0]]])
    separation = measure_separation(one_wide(0, 0, 0, 0, 0, 0), coordinates, POLARITY)
    np.testing.assert_allclose(separation.axis, [0.75])
    assert (separation.positive, separation.negative) == (2, 2)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((9, 3, 2, 0, 1, -9), 1.0),  # either half points right, and the other half agrees
        ((9, -3, -2, 0, -1, -9), 1.0),  # either half points left: the direction has no sign of its own
        ((9, 3, 1, 0, 2, -9), 0.0),  # 3 over 0 says right, where 1 lies behind 2; and those say left
        ((9, 3, 1, 0, 1, -9), 0.5),  # 1 and 1 are level, and point nowhere
    ],
)
def test_each_half_of_the_words_is_measured_on_the_direction_of_the_other(places, expected):
    separation = measure_separation(one_wide(*places), np.zeros((1, 6, 2)), POLARITY)
    np.testing.assert_allclose(separation.space, [expected])


def test_both_ways_are_averaged():
    """3 and -4 over 0 say left, where 1 lies beyond 2: 1. 1 over 2 says left, where one of 3 and -4 passes 0: 0.5."""
    polarity = np.array([0.0, 1.0, 1.0, 1.0, -1.0, -1.0])
    separation = measure_separation(one_wide(9, 3, 1, -4, 0, 2), np.zeros((1, 6, 2)), polarity)
    np.testing.assert_allclose(separation.space, [0.75])


def test_random_vectors_do_not_part_though_they_would_on_their_own_direction():
    rng = np.random.default_rng(1)
    embedding = rng.normal(size=(401, 300)).astype(np.float32)
    polarity = np.concatenate([[0], np.tile([1.0, -1.0], 200)])
    direction = embedding[1::2].mean(axis=0) - embedding[2::2].mean(axis=0)
    assert auc(embedding[1::2] @ direction, embedding[2::2] @ direction) > 0.85
    separation = measure_separation(Frames(embedding[None], np.arange(1)), np.zeros((1, 401, 2)), polarity)
    assert abs(separation.space[0] - 0.5) < 0.1
    embedding[1::2] += 1.0
    separation = measure_separation(Frames(embedding[None], np.arange(1)), np.zeros((1, 401, 2)), polarity)
    assert separation.space[0] > 0.99


def test_too_few_words_that_lean_give_none():
    frames, coordinates = one_wide(0, 3, 2, 0, 1, 0), np.zeros((1, 6, 2))
    for polarity in (
        np.array([3.0, 1.0, 0.5, -1.0, -1.0, 0.0]),  # 0.5 does not lean yet
        np.array([3.0, 1.0, 1.0, -1.0, np.nan, 0.0]),
        np.full(6, np.nan),
        np.zeros(6),
    ):
        assert measure_separation(frames, coordinates, polarity) is None


@pytest.mark.parametrize("name", ["rnn", "bilstm"])
def test_published_runs_begin_mixed_and_end_apart(published, name):
    table = load_tokens(load_corpus(published))
    frames = load_word_frames(load_run(published / name), table)
    coordinates = project_frames(frames, table.polarity).coordinates
    separation = measure_separation(frames, coordinates, table.polarity)
    for line in (separation.axis, separation.space):
        assert len(line) == len(frames)
        assert abs(line[0] - 0.5) < 0.06
        assert line[-1] > 0.9
