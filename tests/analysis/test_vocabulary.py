"""Searching vocabularies of seven and eight tokens."""

import numpy as np
import pytest

from sentiment_core.analysis.vocabulary import (
    MATCHES,
    ORDERS,
    UNSAID,
    find_words,
    frequent_words,
    named_unasked,
    search_vocabulary,
)
from sentiment_core.text.corpus import TokenTable

TABLE = TokenTable(
    tokens=np.array(["[PAD]", "[UNK]", "won", "wonder", "##won", "bad", "*"], dtype=object),
    counts=np.array([[0, 0], [0, 1], [5, 5], [1, 8], [2, 2], [30, 3], [9, 9]]),
    polarity=np.array([0, 0, 0, 2.0, 0, -2.0, 0], dtype=np.float32),
)


def search(query: str, match: str = "start", order: str = "id") -> list[str]:
    return TABLE.tokens[search_vocabulary(TABLE, query, match, order)].tolist()


def test_start_and_middle():
    assert search("won") == ["won", "wonder"]
    assert search("won", "part") == ["won", "wonder", "##won"]
    assert search("##") == ["##won"]


def test_capitals_and_white_space_around_do_not_matter():
    assert search("  WON ") == ["won", "wonder"]
    assert search("[unk]") == ["[UNK]"]


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("frequent", ["bad", "*"]),
        ("positive", ["wonder"]),
        ("negative", ["bad"]),
        ("id", ["[PAD]", "[UNK]"]),
    ],
)
def test_orders(order: str, first: list[str]):
    assert search("", order=order)[: len(first)] == first


def test_ties_are_ordered_by_id():
    assert search("won", "part", "negative") == ["won", "##won", "wonder"]


def test_a_blank_query_finds_all_and_a_strange_one_none():
    assert len(search(" ")) == len(TABLE.tokens)
    assert search("zzz") == []


def test_marks_are_letters_not_patterns():
    assert search("*", "part") == ["*"]
    assert search(".", "part") == []


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("match", MATCHES)
def test_every_match_and_order_that_is_offered_works(match: str, order: str):
    assert sorted(search("won", match, order)) == sorted(search("won", match))


@pytest.fixture
def table() -> TokenTable:
    tokens = np.array(["[PAD]", "[UNK]", "the", "##ing", "a", "good", "!", "dull"], dtype=object)
    counts = np.array([[0, 0], [1, 1], [50, 50], [70, 70], [90, 90], [5, 20], [30, 30], [12, 0]])
    return TokenTable(tokens, counts, np.array([0, 0, 0, 0, 0, 1.2, 0, -1.1], dtype=np.float32))


def test_frequent_words_are_whole_words_in_order(table):
    np.testing.assert_array_equal(frequent_words(table, 2), [2, 5])
    np.testing.assert_array_equal(frequent_words(table, 100), [2, 5, 7])


def test_words_are_found_once_in_any_case_and_the_missing_named(table):
    ids, missing = find_words(table, ["good", " Dull ", "GOOD", "", "  ", "<b>", "superb", "superb", "!"])
    np.testing.assert_array_equal(ids, [5, 7, 6])
    assert missing == ["<b>", "superb"]


def test_nothing_to_find(table):
    ids, missing = find_words(table, [])
    assert ids.dtype == np.int64
    assert (len(ids), missing) == (0, [])


def test_what_a_class_need_not_read_is_named_only_when_asked_for():
    tokens = np.array(["[PAD]", "[UNK]", "porn", "film", "##porn", "Slut", "classic"], dtype=object)
    table = TokenTable(tokens, np.array([[0, 0], [0, 0], [90, 1], [9, 9], [5, 5], [50, 1], [1, 8]]), np.zeros(7))
    assert tokens[named_unasked(table)].tolist() == ["film", "classic"]
    assert tokens[frequent_words(table, 10)].tolist() == ["film", "classic"]
    assert find_words(table, ["porn", "Slut"])[0].tolist() == [2, 5]
    assert tokens[search_vocabulary(table, "porn", "start", "id")].tolist() == ["porn"]
    assert all(word == word.lower() and word.isalpha() for word in UNSAID), "they are compared in lower case"
