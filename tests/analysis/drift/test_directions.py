"""Axes by name and analogies, on vectors small enough to check by hand."""

import numpy as np
import pytest

from sentiment_core.analysis.drift.directions import (
    NamedAxis,
    find_analogy,
    name_axis,
    positions_on,
    solve_analogy,
)
from sentiment_core.analysis.polarity import lean
from sentiment_core.analysis.usual_words import usual_words
from sentiment_core.analysis.vocabulary import find_words
from sentiment_core.errors import SentimentError, WordError
from sentiment_core.runs.frames import Frames
from sentiment_core.text.corpus import TokenTable, load_corpus, load_tokens

TOKENS = ["[PAD]", "[UNK]", "man", "woman", "king", "queen", "stone"]
TABLE = TokenTable(np.array(TOKENS, dtype=object), np.ones((7, 2), dtype=np.int64), np.zeros(7, dtype=np.float32))
HALF = np.sqrt(0.5)


def frames_of(*rows: list[float]) -> Frames:
    return Frames(np.array([rows], dtype=np.float32), np.arange(1))


def ids(*words: int) -> np.ndarray:
    return np.array(words, dtype=np.int64)


def test_an_axis_from_one_word_to_another():
    """From (-1, 0) to (1, 0): what points along it, at half a right angle, across, against, and nowhere."""
    frames = frames_of([9, 9], [1, 0], [-1, 0], [3, 3], [0, 2], [-5, 0], [0, 0])
    positions = positions_on(frames, NamedAxis(ids(1), ids(2), []))
    np.testing.assert_allclose(positions[:, 1:], [[1, -1, HALF, 0, -1, 0]], atol=1e-6)


def test_a_word_of_a_list_has_no_say_in_its_own_place():
    """Toward (1, 0) and (0, 1), away from (0, 0): the axis is (1, 1). Each of the two is measured on the other."""
    frames = frames_of([9, 9], [1, 0], [0, 1], [0, 0], [2, 2], [1, 0])
    positions = positions_on(frames, NamedAxis(ids(1, 2), ids(3), []))
    np.testing.assert_allclose(positions[0, 1:], [0, 0, 0, 1, HALF], atol=1e-6)


def test_lists_of_random_words_do_not_part_before_training():
    embedding = np.random.default_rng(0).normal(size=(1, 2001, 64)).astype(np.float32)
    axis = NamedAxis(np.arange(1, 401), np.arange(401, 801), [])
    positions = positions_on(Frames(embedding, np.arange(1)), axis)[0]
    assert abs(positions[axis.toward].mean() - positions[axis.away].mean()) < 0.03
    whole = embedding[0, axis.toward].mean(axis=0) - embedding[0, axis.away].mean(axis=0)
    cosines = embedding[0] @ whole / np.linalg.norm(embedding[0], axis=1) / np.linalg.norm(whole)
    assert cosines[axis.toward].mean() - cosines[axis.away].mean() > 0.07  # as they would with a say in it


def test_the_axis_the_other_way_round_turns_every_sign():
    embeddings = np.random.default_rng(1).normal(size=(3, 30, 5)).astype(np.float32)
    frames = Frames(embeddings, np.arange(3))
    there = positions_on(frames, NamedAxis(ids(1, 2, 3), ids(4, 5), []))
    back = positions_on(frames, NamedAxis(ids(4, 5), ids(1, 2, 3), []))
    assert there.shape == (3, 30)
    np.testing.assert_allclose(there, -back, atol=1e-6)


def test_lists_that_mean_the_same_give_zeros():
    frames = frames_of([0, 0], [1, 1], [1, 1], [5, 2])
    np.testing.assert_array_equal(positions_on(frames, NamedAxis(ids(1), ids(2), [])), [[0, 0, 0, 0]])


def test_lists_are_found_once_and_what_is_missing_is_named():
    axis = name_axis(TABLE, ["King", " queen ", "KING", "emperor"], ["man", "", "<b>"])
    assert axis.toward.tolist() == [4, 5]
    assert axis.away.tolist() == [2]
    assert axis.missing == ["emperor", "<b>"]


@pytest.mark.parametrize(
    ("toward", "away", "message"),
    [
        ([], ["man"], "One of the two lists of the axis is empty. Type at least one word for it."),
        (["man"], ["", " "], "One of the two lists of the axis is empty. Type at least one word for it."),
        (["duke"], ["man"], "Not in the vocabulary as one token: duke. Type at least one word that is."),
        (["king", "man"], ["Man"], "In both lists of the axis: man. Remove each from one of them."),
    ],
)
def test_lists_that_give_no_axis(toward, away, message):
    with pytest.raises(WordError) as raised:
        name_axis(TABLE, toward, away)
    assert str(raised.value) == message
    assert isinstance(raised.value, SentimentError)


def test_a_message_stays_one_line_whatever_is_typed():
    with pytest.raises(WordError) as raised:
        name_axis(TABLE, [f"{number}" * 1000 for number in range(1000)], ["man"])
    assert len(str(raised.value)) < 400


def test_an_analogy_by_hand():
    """king - man + woman, each of length 1, is (-0.29, 1, 0.71): nearest to queen; woman, nearer than stone, is asked.

    With queen its cosine is (0.71 + 0.5) / 1.26, with stone 0.71 / 1.26. Lengths do not matter.
    """
    embedding = np.array(
        [[-0.29, 1, 0.7], [-1, -1, -1], [4, 0, 0], [0, 1, 0], [2, 0, 2], [0, 3, 3], [0, 0, 7]], dtype=np.float32
    )
    words = find_analogy(TABLE, "king", "man", " Woman")
    assert words.tolist() == [4, 2, 3]
    answers = solve_analogy(embedding, words, np.arange(7))
    assert answers.ids.tolist() == [[5, 6, 1]]  # neither [PAD], which would be nearest, nor the three
    length = np.sqrt((HALF - 1) ** 2 + 1 + 0.5)
    np.testing.assert_allclose(answers.cosines[0, :2], [(HALF + 0.5) / length, HALF / length], rtol=1e-6)
    assert solve_analogy(embedding, words, np.arange(7), 1).ids.tolist() == [[5]]
    assert solve_analogy(embedding, words, np.array([1, 6, 3])).ids.tolist() == [[6, 1]]  # those that may be


def test_an_analogy_that_cancels_out_has_answers_of_cosine_0():
    embedding = np.array([[0, 0], [0, 0], [1, 0], [-1, 0], [0, 0], [1, 1], [1, 2]], dtype=np.float32)
    np.testing.assert_array_equal(solve_analogy(embedding, ids(2, 4, 3), np.arange(7)).cosines, [[0, 0, 0]])


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("king", "", "man"), "The analogy a - b + c needs three words. Type the missing one."),
        (("king", "duke", "earl"), "Not in the vocabulary as one token: duke, earl. Choose another word."),
        (("king", "King", "man"), "The analogy a - b + c needs three different words. Change the one typed twice."),
    ],
)
def test_words_that_give_no_analogy(typed, message):
    with pytest.raises(WordError) as raised:
        find_analogy(TABLE, *typed)
    assert str(raised.value) == message


@pytest.mark.parametrize("name", ["imdb", "korean"])
def test_the_words_offered_first_are_in_the_published_vocabulary_and_lean_as_they_say(name: str, published):
    corpus = load_corpus(published.parent / name)
    table, usual = load_tokens(corpus), usual_words(corpus.language)
    axis = name_axis(table, list(usual.good), list(usual.bad))
    assert axis.missing == []
    assert (table.polarity[axis.toward] > 0).all()
    assert (table.polarity[axis.away] < 0).all()
    pinned, missing = find_words(table, [*usual.pinned, usual.neutral, *usual.analogy])
    assert missing == []
    assert {"positive", "negative", "neutral"} == set(lean(table.polarity[pinned]))
    neutral, _ = find_words(table, [usual.neutral])
    assert lean(table.polarity[neutral]).tolist() == ["neutral"]
