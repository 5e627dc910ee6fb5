"""Another model's embedding at rest: on the axes, with the colours and the measures that a run would have."""

import numpy as np
import pytest

from sentiment_core.analysis.drift.separation import auc
from sentiment_core.analysis.drift.snapshot import project_snapshot, spell_tokens
from sentiment_core.analysis.vocabulary import stand_alone
from sentiment_core.errors import EmbeddingError
from sentiment_core.text.corpus import TokenTable, token_polarity


@pytest.fixture
def table() -> TokenTable:
    counts = np.array([[0, 0], [1, 2], [10, 90], [20, 80], [90, 10], [80, 20], [50, 50]])
    tokens = np.array(["[PAD]", "[UNK]", "good", "great", "bad", "awful", "movie"], dtype=object)
    return TokenTable(tokens, counts, token_polarity(counts, smoothing=1.0))


TOKENS = ["bad", "good", "Good", "##ly", "awful", "great", "zebra"]
# Spread along (3, 4) / 5 with positive words on the negative side of it; a little across it, in the third number none.
ALONG, ACROSS = np.array([0.6, 0.8, 0]), np.array([-0.8, 0.6, 0])
PLACES = np.array([[4, 0], [-4, 0], [-1, 0.6], [0, -0.6], [3, 0.1], [-3, -0.1], [1, 0]])
MATRIX = (PLACES[:, :1] * ALONG + PLACES[:, 1:] * ACROSS + 10).astype(np.float32)


def test_places_by_hand(table: TokenTable):
    still = project_snapshot(TOKENS, MATRIX, table)
    np.testing.assert_allclose(np.abs(still.drift.coordinates[0]), np.abs(PLACES), atol=1e-5)
    assert (still.drift.coordinates[0, [1, 5], 0] > 0).all(), "positive words lie right"
    np.testing.assert_allclose(still.drift.coordinates[0, :, 0], -PLACES[:, 0], atol=1e-5)
    total = (PLACES**2).sum()
    np.testing.assert_allclose(still.drift.explained[0], (PLACES**2).sum(axis=0) / total, atol=1e-6)
    assert still.drift.dimensions == 3
    assert still.drift.displacement.shape == (1, 7)
    assert not still.drift.displacement.any()
    assert still.drift.steps.tolist() == [0]


def test_a_token_is_known_by_its_spelling(table: TokenTable):
    still = project_snapshot(TOKENS, MATRIX, table)
    assert still.table.tokens.tolist() == TOKENS
    assert (still.known, still.size) == (4, 7)
    expected = [table.polarity[4], table.polarity[2], np.nan, np.nan, table.polarity[5], table.polarity[3], np.nan]
    np.testing.assert_array_equal(still.table.polarity, np.array(expected, dtype=np.float32))
    assert still.table.counts.tolist() == [[90, 10], [10, 90], [0, 0], [0, 0], [80, 20], [20, 80], [0, 0]]
    assert stand_alone(still.table).tolist() == [True, True, True, False, True, True, True]


def test_row_0_is_a_token_like_any_other(table: TokenTable):
    """It is [PAD] in a run, and not here: the axes are the same wherever a token stands."""
    order = np.array([6, 0, 1, 2, 3, 4, 5])
    first = project_snapshot(TOKENS, MATRIX, table)
    turned = project_snapshot([TOKENS[row] for row in order], MATRIX[order], table)
    np.testing.assert_allclose(turned.drift.coordinates[0], first.drift.coordinates[0, order], atol=1e-5)
    np.testing.assert_allclose(turned.drift.explained, first.drift.explained)
    assert first.separation.positive == turned.separation.positive == 2


def test_separation_is_that_of_the_first_axis(table: TokenTable):
    still = project_snapshot(TOKENS, MATRIX, table)
    place = still.drift.coordinates[0, :, 0]
    assert still.separation.axis.tolist() == [auc(place[[1, 5]], place[[0, 4]])] == [1.0]
    assert still.separation.negative == 2


def test_known_tokens_are_kept_first_and_the_axes_are_those_of_all(table: TokenTable):
    whole = project_snapshot(TOKENS, MATRIX, table)
    few = project_snapshot(TOKENS, MATRIX, table, most=5)
    assert few.table.tokens.tolist() == ["bad", "good", "Good", "awful", "great"]
    np.testing.assert_array_equal(few.drift.coordinates, whole.drift.coordinates[:, [0, 1, 2, 4, 5]])
    assert (few.size, few.known) == (7, 4)
    assert len(few.table.tokens) == len(few.table.polarity) == few.drift.displacement.shape[1] == 5


def test_nothing_in_common_with_the_corpus(table: TokenTable):
    still = project_snapshot(["w", "x", "y", "z", "a", "b", "c"], MATRIX, table)
    assert (still.known, still.separation) == (0, None)
    assert np.isnan(still.table.polarity).all()
    assert np.isfinite(still.drift.coordinates).all()


@pytest.mark.parametrize(
    ("tokens", "matrix", "expected"),
    [
        (["a"], np.zeros((1, 3), np.float32), "two tokens or more"),
        (["a", "b"], np.zeros((3, 3), np.float32), "a row of numbers for each"),
        (["a", "b"], np.zeros(2, np.float32), "a row of numbers for each"),
        (["a", "b"], np.array([[0, 1], [np.nan, 0]], np.float32), "NaN or infinite"),
        (["a", "b"], np.array([[0, 1], [np.inf, 0]], np.float32), "NaN or infinite"),
    ],
)
def test_what_is_no_embedding(tokens: list[str], matrix: np.ndarray, expected: str, table: TokenTable):
    with pytest.raises(EmbeddingError, match=expected) as caught:
        project_snapshot(tokens, matrix, table)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (["[CLS]", "good", "##ly", "!"], ["[CLS]", "good", "##ly", "!"]),
        (["<s>", "Ġgood", "ly", "ĠÃ©tÃ©", "Ġ"], ["<s>", "good", "##ly", "été", "Ġ"]),
        (["<s>", "▁good", "ly", "▁", "▁It"], ["<s>", "good", "##ly", "▁", "It"]),
        (["good", "bad"], ["good", "bad"]),
        ([], []),
    ],
    ids=["WordPiece", "byte-level", "SentencePiece", "whole words", "nothing"],
)
def test_spellings(tokens: list[str], expected: list[str]):
    assert spell_tokens(tokens, {"<s>", "[CLS]"}) == expected
