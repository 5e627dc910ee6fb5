"""The reviews of each cell of the agreement matrix, and their order."""

import numpy as np

from sentiment_core.analysis.evaluation.agreement import CELLS, agreement, reviews_of
from sentiment_core.analysis.evaluation.compared import Compared

LABELS = np.array([1, 1, 1, 0, 0, 0, 0, 1])
FIRST = np.array([2, -4, -1, -2, 3, 1, -1, 1])
SECOND = np.array([1, -2, 3, -5, 2, 4, 5, -6])
COMPARED = Compared(LABELS, np.arange(8) + 10, {"a": FIRST.astype(np.float32), "b": SECOND.astype(np.float32)})


def test_cells_are_counted_by_label():
    found = agreement(COMPARED, ("a", "b"))
    # Columns: negative, positive, both labels.
    assert found.counts.tolist() == [[1, 1, 2], [1, 1, 2], [0, 1, 1], [2, 1, 3]]


def test_reviews_come_most_surely_wrong_first():
    found = agreement(COMPARED, ("a", "b"))
    # Both wrong: log-odds of the wrong label 4 and 2, 3 and 2, 1 and 4. The less sure one decides: 2, 2, 1.
    assert reviews_of(COMPARED, found, "neither-all").tolist() == [1, 4, 5]
    assert reviews_of(COMPARED, found, "neither-negative").tolist() == [4, 5]
    # Only a is right: b is wrong by 5 on row 6 and by 6 on row 7.
    assert reviews_of(COMPARED, found, "first-all").tolist() == [7, 6]
    assert reviews_of(COMPARED, found, "second-positive").tolist() == [2]
    assert reviews_of(COMPARED, found, "second-negative").tolist() == []
    # Both right: row 0 came within 1 of being wrong, row 3 within 2.
    assert reviews_of(COMPARED, found, "both-all").tolist() == [0, 3]


def test_each_review_is_in_one_cell_of_its_label():
    found = agreement(COMPARED, ("a", "b"), threshold=0.8)
    sides = [cell for cell in CELLS if not cell.endswith("all")]
    places = np.concatenate([reviews_of(COMPARED, found, cell) for cell in sides])
    assert sorted(places.tolist()) == list(range(8))
    assert found.counts[:, 2].sum() == 8


def test_one_label_alone_leaves_the_other_empty():
    only = COMPARED.take(LABELS == 1)
    found = agreement(only, ("a", "b"))
    assert found.counts[:, 0].tolist() == [0, 0, 0, 0]
    assert found.counts[:, 1].tolist() == found.counts[:, 2].tolist()
