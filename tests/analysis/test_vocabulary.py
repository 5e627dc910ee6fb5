"""Looking tokens up in a vocabulary of seven."""

import numpy as np
import pytest

from sentiment_core.analysis.vocabulary import MATCHES, ORDERS, search_vocabulary
from sentiment_core.text.corpus import TokenTable

TABLE = TokenTable(
    tokens=np.array(["[PAD]", "[UNK]", "won", "wonder", "##won", "bad", "*"], dtype=object),
    counts=np.array([[0, 0], [0, 1], [5, 5], [1, 8], [2, 2], [30, 3], [9, 9]]),
    polarity=np.array([0, 0, 0, 2.0, 0, -2.0, 0], dtype=np.float32),
)


def search(query: str, match: str = "starts with", order: str = "id") -> list[str]:
    return TABLE.tokens[search_vocabulary(TABLE, query, match, order)].tolist()


def test_start_and_middle():
    assert search("won") == ["won", "wonder"]
    assert search("won", "contains") == ["won", "wonder", "##won"]
    assert search("##") == ["##won"]


def test_capitals_and_white_space_around_do_not_matter():
    assert search("  WON ") == ["won", "wonder"]
    assert search("[unk]") == ["[UNK]"]


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("most frequent", ["bad", "*"]),
        ("most positive", ["wonder"]),
        ("most negative", ["bad"]),
        ("id", ["[PAD]", "[UNK]"]),
    ],
)
def test_orders(order: str, first: list[str]):
    assert search("", order=order)[: len(first)] == first


def test_equals_stand_by_id():
    assert search("won", "contains", "most negative") == ["won", "##won", "wonder"]


def test_a_blank_query_finds_all_and_a_strange_one_none():
    assert len(search(" ")) == len(TABLE.tokens)
    assert search("zzz") == []


def test_marks_are_letters_not_patterns():
    assert search("*", "contains") == ["*"]
    assert search(".", "contains") == []


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("match", MATCHES)
def test_every_match_and_order_that_is_offered_works(match: str, order: str):
    assert sorted(search("won", match, order)) == sorted(search("won", match))
