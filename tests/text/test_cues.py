"""Negations and words of contrast, counted in texts of our own."""

import pytest

from sentiment_core.text.cues import count_cues
from sentiment_core.text.hangul import KOREAN


def negations(text: str, language: str = "") -> int:
    return int(count_cues([text], language)[0, 0])


def contrasts(text: str, language: str = "") -> int:
    return int(count_cues([text], language)[0, 1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A superb film.", 0),
        ("Not bad, and NEVER dull.", 2),
        ("I don't know and didn\u2019t care.", 2),
        ("I cant say that it isnt good", 2),
        ("Nothing works, neither the plot nor the cast.", 3),
        ("I could hardly follow it.", 1),
        ("A knot, a notable snow and a nothingness.", 0),
    ],
)
def test_negations_in_english(text: str, expected: int):
    assert negations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A dull plot but superb acting.", 1),
        ("Although long, it is good. However, the end is not, in spite of the cast.", 3),
        ("The butler wrote a button.", 0),
        ("Not yet seen, while it rains.", 0),  # about time
    ],
)
def test_contrasts_in_english(text: str, expected: int):
    assert contrasts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("정말 좋은 영화", 0),
        ("안 봤다", 1),
        ("안봤다. 못봤어요", 2),  # written together
        ("별로 좋지 않다", 1),
        ("끝까지 보지 못했다", 1),
        ("재미없고 감동도 없다", 2),
        ("이건 영화가 아니다", 1),
        ("절대 보지 마세요. 속지마세요", 2),
        ("안녕하세요, 안타까운 영화", 0),
        ("안전한 연못과 못생긴 배우", 0),
        ("아니 이게 뭐야", 0),  # an exclamation
        ("끝까지 마지막까지 좋다", 0),
    ],
)
def test_negations_in_korean(text: str, expected: int):
    assert negations(text, KOREAN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("연기는 좋지만 내용이 없다", 1),
        ("재미있다. 하지만 길다. 그래도 추천", 2),
        ("한 가지만 말하면 끝까지만 좋다", 0),  # "only"
        ("좋은데 길다", 0),  # often no contrast
    ],
)
def test_contrasts_in_korean(text: str, expected: int):
    assert contrasts(text, KOREAN) == expected


def test_the_language_chooses_the_words():
    assert negations("not 않다") == 1
    assert negations("not 않다", KOREAN) == 1
    assert contrasts("좋지만 but") == 1
    assert count_cues([], KOREAN).shape == (0, 2)
