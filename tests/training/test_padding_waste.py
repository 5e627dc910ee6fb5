"""The share of a batch that is padding, on batches made by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment_core.training.batching import padding_waste

LENGTHS = np.array([1, 2, 3, 4])


def batches(*rows: list[int]) -> list[np.ndarray]:
    return [np.array(batch) for batch in rows]


@pytest.mark.parametrize(
    ("rows", "max_length", "waste"),
    [
        (batches([0, 1, 2, 3]), 9, 6 / 16),  # four rows of 4, 10 tokens
        (batches([0, 1], [2, 3]), 9, 2 / 12),  # two rows of 2 and two of 4
        (batches([0, 3], [1, 2]), 9, 4 / 14),  # two rows of 4 and two of 3
        (batches([0, 1, 2, 3]), 2, 1 / 8),  # four rows of 2, 7 tokens left
        (batches([0, 1, 2, 3]), 1, 0),
        (batches([0], [1], [2], [3]), 9, 0),
    ],
)
def test_by_hand(rows: list[np.ndarray], max_length: int, waste: float):
    assert padding_waste(LENGTHS, rows, max_length) == pytest.approx(waste)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=40), st.integers(1, 60))
def test_a_share_and_none_for_batches_of_one(lengths: list[int], max_length: int):
    together, alone = batches(list(range(len(lengths)))), batches(*([row] for row in range(len(lengths))))
    assert 0 <= padding_waste(np.array(lengths), together, max_length) < 1
    assert padding_waste(np.array(lengths), alone, max_length) == pytest.approx(0)
