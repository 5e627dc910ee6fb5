"""Slices of a test split, worked by hand."""

import numpy as np
import pytest

from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.analysis.evaluation.slices import (
    FEW,
    GROUPS,
    ReviewFacts,
    evaluate_slices,
    find_slice,
    make_slices,
)
from sentiment_core.text.review_counts import ReviewFeatures

EIGHT = ReviewFacts(
    labels=np.array([0, 1] * 4),
    tokens=np.array([1, 2, 3, 4, 5, 6, 7, 8]),
    features=ReviewFeatures(
        negations=np.array([0, 0, 1, 2, 4, 5, 9, 0]),
        contrasts=np.array([0, 1, 2, 3, 0, 0, 0, 0]),
        unknown=np.array([0, 0, 0, 0, 0, 0, 0, 3]),
        pieces=np.array([0, 0, 0, 0, 5, 6, 7, 8]),
    ),
    confidence=np.array([0.1, 0.2, 3.0, 4.0, 5.0, 6.0, 0.3, 7.0]),
)


def rows(facts: ReviewFacts, code: str) -> list[int]:
    return np.flatnonzero(find_slice(facts, code).members).tolist()


def test_quarters_by_length():
    assert [rows(EIGHT, f"length-{part}") for part in (1, 2, 3, 4)] == [[0, 1], [2, 3], [4, 5], [6, 7]]
    one = find_slice(EIGHT, "length-2")
    assert (one.low, one.high) == (3, 4)


def test_a_review_as_long_as_the_limit_is_read_whole():
    assert rows(EIGHT, "whole-5") == [0, 1, 2, 3, 4]
    assert rows(EIGHT, "cut-5") == [5, 6, 7]


def test_counts_and_the_last_slice_of_each():
    assert [rows(EIGHT, f"negations-{n}") for n in (0, 1, 2, 5)] == [[0, 1, 7], [2], [3, 4], [5, 6]]
    assert [rows(EIGHT, f"contrasts-{n}") for n in (0, 1, 2)] == [[0, 4, 5, 6, 7], [1], [2, 3]]
    assert [rows(EIGHT, f"unknown-{n}") for n in (0, 1)] == [list(range(7)), [7]]


def test_thirds_of_the_confidence():
    assert [rows(EIGHT, f"confidence-{part}") for part in (1, 2, 3)] == [[0, 1, 6], [2, 3], [4, 5, 7]]


def test_equal_values_stay_together_and_an_empty_slice_is_left_out():
    """Half of the reviews have no piece and half are all pieces: there is no middle third."""
    assert rows(EIGHT, "pieces-1") == [0, 1, 2, 3]
    assert rows(EIGHT, "pieces-2") == [4, 5, 6, 7]
    codes = [one.code for one in make_slices(EIGHT, [])]
    assert sum(code.startswith("pieces") for code in codes) == 2


@pytest.mark.parametrize("code", ["", "length", "length-5", "cut-0", "cut-8", "whole-x", "cut-99999999999", "../x"])
def test_no_such_slice(code: str):
    assert find_slice(EIGHT, code) is None


def test_every_review_is_in_one_slice_of_each_group():
    slices = make_slices(EIGHT, [5])
    for group in GROUPS:
        members = sum(one.members.astype(int) for one in slices if one.group == group)
        assert members.tolist() == [1] * 8, group


def test_what_is_not_recorded_makes_no_slice():
    facts = ReviewFacts(EIGHT.labels, EIGHT.tokens, None, None)
    assert {one.group for one in make_slices(facts, [])} == {"length"}
    same = ReviewFacts(EIGHT.labels, np.full(8, 3), None, None)
    assert make_slices(same, [3]) == [], "one slice would be the whole split"


def many(count: int) -> tuple[Compared, ReviewFacts]:
    """Half of the reviews are short. The second classifier is right on all; the first only on the long ones."""
    labels, tokens = np.ones(count, np.int64), np.repeat([1, 9], count // 2)
    log_odds = {"first": np.where(tokens > 5, 1.0, -1.0), "second": np.ones(count)}
    facts = ReviewFacts(labels, tokens, None, None)
    return Compared(
        labels, np.arange(count), {name: values.astype(np.float32) for name, values in log_odds.items()}
    ), facts


def test_a_difference_is_found_where_it_is():
    compared, facts = many(200)
    slices = make_slices(facts, [5])
    found = {result.slice.code: result for result in evaluate_slices(compared, slices, ("first", "second"), 0.5)}
    short, long = found["whole-5"], found["cut-5"]
    assert (short.count, short.accuracies["first"].value, short.accuracies["second"].value) == (100, 0, 1)
    assert (short.gain.value, short.gain.low, short.gain.high) == (1, 1, 1)
    assert short.p == pytest.approx(2 * 0.5**100)
    assert (long.gain.value, long.p, long.differs) == (0, 1, False)
    assert short.differs
    assert short.corrected == pytest.approx(len(slices) * short.p), "Holm: the smallest of all p"
    assert all(result.small for result in found.values())


def test_the_threshold_moves_the_accuracies():
    compared, facts = many(200)
    results = evaluate_slices(compared, make_slices(facts, []), ("first", "second"), 0.9)
    assert all(interval.value == 0 for result in results for interval in result.accuracies.values())


def test_few_reviews_get_no_verdict_and_do_not_count_as_a_comparison():
    compared, facts = many(2 * (FEW - 1))
    results = evaluate_slices(compared, make_slices(facts, [5]), ("first", "second"), 0.5)
    assert [(result.gain, result.p, result.corrected, result.enough) for result in results] == [
        (None, None, None, False)
    ] * 4


def test_one_classifier_has_accuracies_alone():
    compared, facts = many(200)
    results = evaluate_slices(compared, make_slices(facts, []), None, 0.5)
    assert all(result.gain is None and result.enough and not result.differs for result in results)
