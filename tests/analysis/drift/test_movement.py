"""Movement and neighbours, on embeddings small enough to check by hand."""

import numpy as np
import pytest

from sentiment_core.analysis.drift import movement
from sentiment_core.analysis.drift.movement import (
    MovementByLean,
    displacement,
    jaccard,
    measure_movement,
    movement_by_lean,
    nearest,
    neighbour_changes,
    relative_displacement,
    top_movers,
)
from sentiment_core.runs.frames import Frames

HALF = np.sqrt(0.5)
# [PAD] lies where word 1 does. Cosines of word 1 with words 2 to 5: 1, 0.71, 0, -1.
FAN = np.array([[9, 0], [1, 0], [2, 0], [1, 1], [0, 3], [-1, 0]], dtype=np.float32)
# The same words after training: word 2 has turned away, word 5 has come.
TURNED = np.array([[9, 0], [1, 0], [-2, 0], [1, 1], [0, 3], [4, 3]], dtype=np.float32)


def frames_of(*embeddings: np.ndarray) -> Frames:
    return Frames(np.array(embeddings, dtype=np.float32), np.arange(len(embeddings)))


@pytest.fixture
def embedding() -> np.ndarray:
    return np.random.default_rng(3).normal(size=(300, 8)).astype(np.float32)


def test_displacement_in_all_dimensions():
    start, end = [[0, 0, 0], [1, 1, 1], [0, 0, 2]], [[0, 0, 0], [3, 4, 7], [0, 0, 2]]
    np.testing.assert_allclose(displacement(frames_of(start, end)), [[0, 0, 0], [0, 7, 0]])


def test_nearest_words_by_cosine_nearest_first():
    found = nearest(FAN, np.array([1, 5]), 3)
    np.testing.assert_array_equal(found.ids[0], [2, 3, 4])
    np.testing.assert_array_equal(found.ids[1, :2], [4, 3])  # 1 and 2 are equally far behind
    np.testing.assert_allclose(found.cosines, [[1, HALF, 0], [0, -HALF, -1]], atol=1e-6)


def test_neither_the_word_nor_padding_is_its_own_neighbour():
    found = nearest(FAN, np.arange(1, 6), 10)
    assert found.ids.shape == (5, 4)  # all there are
    for word, ids in enumerate(found.ids, start=1):
        assert sorted(ids) == [other for other in range(1, 6) if other != word]


@pytest.mark.parametrize("words", [1, 2])
def test_a_vocabulary_of_one_word_or_none_has_no_neighbours(words):
    found = nearest(FAN[:words], np.array([words - 1]))
    assert found.ids.shape == found.cosines.shape == (1, 0)


def test_a_vector_of_zeros_has_cosine_0_with_everything():
    embedding = FAN.copy()
    embedding[3] = 0
    np.testing.assert_array_equal(nearest(embedding, np.array([3]), 4).cosines, [[0, 0, 0, 0]])
    found = nearest(embedding, np.array([1]), 4)
    assert found.ids[0, 0] == 2
    assert found.ids[0, -1] == 5
    np.testing.assert_allclose(found.cosines, [[1, 0, 0, -1]])


@pytest.mark.parametrize("cells", [1, 1000, 2**21])
def test_the_same_neighbours_whatever_is_held_at_a_time(embedding, cells, monkeypatch):
    monkeypatch.setattr(movement, "_CELLS", cells)
    units = embedding.astype(np.float64) / np.linalg.norm(embedding, axis=1, keepdims=True)
    cosines = units @ units.T
    np.fill_diagonal(cosines, -2)
    cosines[:, 0] = -2
    expected = np.argsort(-cosines, axis=1)[:, :10]
    rows = np.arange(1, 300)
    found = nearest(embedding, rows)
    np.testing.assert_array_equal(found.ids, expected[rows])
    np.testing.assert_allclose(found.cosines, np.take_along_axis(cosines, expected, axis=1)[rows], atol=1e-6)


def test_no_words_asked_no_neighbours(embedding):
    assert nearest(embedding, np.array([], dtype=np.int64)).ids.shape == (0, 10)


def test_jaccard_by_hand():
    """Two of four shared; all; none; and one of five."""
    before = np.array([[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3]])
    after = np.array([[4, 3, 2], [3, 1, 2], [4, 5, 6], [9, 1, 8]])
    np.testing.assert_allclose(jaccard(before, after), [0.5, 1, 0, 0.2])
    np.testing.assert_array_equal(jaccard(before[:, :0], after[:, :0]), [1, 1, 1, 1])


def test_relative_displacement_is_what_neighbours_did_not_move():
    """Word 1 moves (3, 4); words 2 and 3 move (3, 0) and (3, 2), on average (3, 1). (0, 3) is left."""
    start = np.zeros((4, 2))
    frames = frames_of(start, [[0, 0], [3, 4], [3, 0], [3, 2]])
    left = relative_displacement(frames, 1, np.array([1]), np.array([[2, 3]]))
    np.testing.assert_allclose(left, [3])
    np.testing.assert_allclose(relative_displacement(frames, 1, np.array([1]), np.empty((1, 0), np.int64)), [5])


def test_words_that_drift_together_have_no_relative_displacement(embedding):
    frames = frames_of(embedding, embedding + 3)
    words = np.arange(1, 300)
    left = relative_displacement(frames, 1, words, nearest(embedding, words).ids)
    np.testing.assert_allclose(left, 0, atol=1e-5)
    assert (displacement(frames)[1] > 8).all()


def test_every_measure_at_frame_0_and_after_twofold_growth():
    """Growth moves a word by its own length and changes no neighbour."""
    frames = frames_of(FAN, 2 * FAN)
    words = np.array([2, 1])
    before = nearest(frames.embeddings[0], words, 2)
    start, grown = (measure_movement(frames, frame, words, before) for frame in (0, 1))
    np.testing.assert_array_equal(start.displacement, [0, 0])
    np.testing.assert_array_equal(start.relative, [0, 0])
    np.testing.assert_array_equal(start.jaccard, [1, 1])
    np.testing.assert_allclose(start.norm, [2, 1])
    np.testing.assert_allclose(grown.displacement, [2, 1])
    np.testing.assert_array_equal(grown.jaccard, [1, 1])
    np.testing.assert_allclose(grown.norm, [4, 2])
    # Word 2 moves (2, 0), its neighbours 1 and 3 move (1, 0) and (1, 1): left is (1, -0.5). Word 1 moves (1, 0), its
    # neighbours 2 and 3 move (2, 0) and (1, 1): left is (-0.5, -0.5).
    np.testing.assert_allclose(grown.relative, [np.sqrt(1.25), HALF], rtol=1e-6)


def test_jaccard_of_a_word_whose_neighbour_left():
    """Word 1 had 2 and 3, and has 5 and 3: one of three."""
    frames = frames_of(FAN, TURNED)
    words = np.array([1])
    after = measure_movement(frames, 1, words, nearest(FAN, words, 2))
    np.testing.assert_allclose(after.jaccard, [1 / 3])


def test_neighbours_kept_lost_and_gained():
    changes = neighbour_changes(frames_of(FAN, TURNED), 1, 1, 2)
    assert changes.kept.ids.tolist() == [3]
    np.testing.assert_allclose([changes.kept.before, changes.kept.after], [[HALF], [HALF]], rtol=1e-6)
    assert changes.lost.ids.tolist() == [2]
    np.testing.assert_allclose([changes.lost.before, changes.lost.after], [[1], [-1]], rtol=1e-6)
    assert changes.gained.ids.tolist() == [5]
    np.testing.assert_allclose([changes.gained.before, changes.gained.after], [[-1], [0.8]], rtol=1e-6)


def test_changed_neighbours_are_sorted_and_add_up(embedding):
    frames = frames_of(embedding, embedding + np.random.default_rng(4).normal(size=embedding.shape))
    changes = neighbour_changes(frames, 7, 1)
    assert 0 < len(changes.kept.ids) < 10
    assert len(changes.kept.ids) + len(changes.lost.ids) == len(changes.kept.ids) + len(changes.gained.ids) == 10
    for cosines in (changes.kept.after, changes.lost.before, changes.gained.after):
        assert (np.diff(cosines) <= 0).all()


def test_nothing_changes_at_frame_0(embedding):
    changes = neighbour_changes(frames_of(embedding), 7, 0)
    assert len(changes.kept.ids) == 10
    assert len(changes.lost.ids) == len(changes.gained.ids) == 0
    np.testing.assert_array_equal(changes.kept.before, changes.kept.after)


def test_top_movers_are_chosen_among_the_words_given():
    words = np.array([7, 8, 9])
    movers = top_movers(np.array([1.0, 3.0, 2.0]), words, 2)
    assert movers.ids.tolist() == [8, 9]
    assert movers.values.tolist() == [3, 2]
    assert movers.median == 2
    assert top_movers(np.zeros(3), words, 5).ids.tolist() == [7, 8, 9]  # equal ones as given


def test_words_that_lean_are_measured_apart_from_the_others():
    moved, polarity = np.array([4.0, 1.0, 2.0, 9.0, 6.0]), np.array([1.5, 0.5, np.nan, -0.6, -2.0])
    assert movement_by_lean(moved, polarity) == MovementByLean(6.0, 1.5, (3, 2))
    alone = movement_by_lean(moved[:1], polarity[:1])
    assert (alone.leaning, alone.words) == (4.0, (1, 0))
    assert np.isnan(alone.neutral)
