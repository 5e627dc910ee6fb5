"""The reviews on which two classifiers disagree most, on log-odds made by hand."""

import numpy as np
import pytest

from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.analysis.evaluation.disagreement import most_disagreeing


def compared(first: list[float], second: list[float]) -> Compared:
    log_odds = {"a": np.array(first, np.float32), "b": np.array(second, np.float32)}
    return Compared(np.zeros(len(first), np.int64), np.arange(len(first)), log_odds)


def test_the_largest_differences_come_first_and_equal_verdicts_never():
    both = compared([4, 9, -1, 0.1, -3], [-4, 1, 1, -0.1, 3])
    assert most_disagreeing(both, "a", "b", 4).tolist() == [0, 4, 2, 3]
    assert most_disagreeing(both, "b", "a", 4).tolist() == [0, 4, 2, 3]


@pytest.mark.parametrize(("count", "found"), [(2, [0, 3]), (3, [0, 1, 3]), (4, [0, 1, 2, 3]), (9, [0, 1, 2, 3])])
def test_neither_classifier_is_the_positive_one_in_most_reviews(count, found):
    both = compared([9, 8, 7, -1], [-9, -8, -7, 1])
    assert most_disagreeing(both, "a", "b", count).tolist() == found


def test_equal_logits_disagree_nowhere():
    assert len(most_disagreeing(compared([1, -1, 0], [1, -1, 0]), "a", "b", 6)) == 0
