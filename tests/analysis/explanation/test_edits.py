"""Edits of a text: its words, the edited text, what an address may hold."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment_core.analysis.explanation.edits import (
    DROPPED,
    MOST_EDITS,
    NEW,
    Edit,
    apply_edits,
    find_word,
    match_case,
    pieces,
    read_edits,
    word_spans,
)


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in word_spans(text).tolist()]


def edited(text: str, *changes: tuple[str, str]) -> str:
    """The text after each word that is named becomes another, or nothing."""
    return apply_edits(text, [Edit(text.index(was), was, becomes) for was, becomes in changes])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I don't like it, at all!!", ["I", "don't", "like", "it", ",", "at", "all", "!!"]),
        ("A well-made film :)", ["A", "well", "-", "made", "film", ":)"]),
        ("one<br /><br />two", ["one", "two"]),
        ("진짜 재밌다ㅋㅋ", ["진짜", "재밌다ㅋㅋ"]),
        ("cafe\u0301 e\u0301te\u0301", ["cafe\u0301", "e\u0301te\u0301"]),
        ("   ", []),
    ],
)
def test_words_are_what_a_reader_sees_as_one(text, found):
    assert words(text) == found


def test_only_words_that_begin_before_the_end_are_found():
    assert word_spans("one two three", 5).tolist() == [[0, 3], [4, 7]]


@pytest.mark.parametrize(
    ("text", "change", "after"),
    [
        ("a dull film", ("dull", "superb"), "a superb film"),
        ("a dull film", ("dull", ""), "a film"),
        ("Dull film", ("Dull", ""), " film"),
        ("it is dull.", ("dull", ""), "it is."),
        ("good,bad", (",", ""), "good bad"),
        ("a  dull\nfilm", ("dull", ""), "a\nfilm"),
        ("film", ("film", ""), ""),
    ],
)
def test_one_edit(text, change, after):
    assert edited(text, change) == after


def test_several_edits_refer_to_the_text_as_it_was_typed():
    assert edited("a dull plot but superb acting", ("acting", "x"), ("dull", ""), ("plot", "story")) == (
        "a story but superb x"
    )


def test_of_two_edits_of_one_word_the_later_counts():
    assert edited("a dull film", ("dull", "bad"), ("dull", "good")) == "a good film"


def test_the_pieces_show_both_texts():
    text = "It is not bad at all."
    edits = [Edit(6, "not", ""), Edit(10, "bad", "good")]
    parts = pieces(text, edits)
    assert [(part.text, part.kind) for part in parts if part.kind in (DROPPED, NEW)] == [
        (" not", DROPPED),
        ("bad", DROPPED),
        ("good", NEW),
    ]
    assert "".join(part.text for part in parts if part.kind != NEW) == text
    assert apply_edits(text, edits) == "It is good at all."


@given(st.text(alphabet="ab .,!-한글<>\n", max_size=40), st.data())
def test_pieces_without_new_ones_are_the_text_and_dropping_never_joins_words(text, data):
    spans = word_spans(text).tolist()
    chosen = data.draw(st.lists(st.sampled_from(spans), unique_by=tuple)) if spans else []
    edits = [Edit(start, text[start:end], "") for start, end in chosen]
    parts = pieces(text, edits)
    assert "".join(part.text for part in parts if part.kind != NEW) == text
    dropped = {place for start, end in chosen for place in range(start, end)}
    left = [letter for place, letter in enumerate(text) if place not in dropped and letter.isalnum()]
    assert [letter for letter in apply_edits(text, edits) if letter.isalnum()] == left
    kept = {text[start:end] for start, end in spans if [start, end] not in chosen and text[start:end].isalnum()}
    assert kept <= set(re.split(r"\W+", apply_edits(text, edits))), "no two words are joined"


def test_an_address_holds_edits_and_gives_them_back():
    text = "Not bad: a film, I said"
    edits = [Edit(4, "bad", "very good"), Edit(7, ":", ""), Edit(0, "Not", "1:2:3")]
    assert read_edits([edit.code for edit in edits], text, word_spans(text)) == (edits, 0)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "dull",
        "2:dull",
        "3:dull:good",  # no word begins there
        "2:dul:good",  # part of a word
        "2:good:bad",  # another word
        "99999999999:dull:x",
        "-2:dull:x",
        "٢:dull:x",  # digits of another script
        "2:dull:dull",
        f"2:dull:{'x' * 41}",
        "2:dull:a\x00b",
        "2:dull:a\u202eb",
    ],
)
def test_an_edit_that_does_not_fit_the_text_is_counted(code):
    text = "a dull film"
    assert read_edits([code, "7:film:play"], text, word_spans(text)) == ([Edit(7, "film", "play")], 1)


def test_edits_past_the_limit_are_counted():
    text = "a " * 30
    codes = [f"{2 * place}:a:b" for place in range(30)]
    found, unfit = read_edits(codes, text, word_spans(text))
    assert (len(found), unfit) == (MOST_EDITS, 30 - MOST_EDITS)


def test_a_replacement_takes_the_case_of_the_word():
    assert match_case("bad", "Good") == "Bad"
    assert match_case("bad", "GOOD") == "BAD"
    assert match_case("bad", "good") == "bad"
    assert match_case("나쁜", "Good") == "나쁜"


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("A dull, Dull film", "dull", 2),
        ("undull film", "dull", None),
        ("영화가 영화 좋다", "영화", 4),
        ("이 영화가 좋다", "영화", 2),
        ("a film", "fil", None),
        ("a film", "", None),
        ("", "film", None),
    ],
)
def test_a_word_of_a_vocabulary_is_found_in_a_text(text, word, place):
    assert find_word(text, word) == place


def test_only_the_first_words_are_looked_for():
    assert word_spans("a bad film", most=2).tolist() == [[0, 1], [2, 5]]
    assert word_spans("a bad film", end=2, most=2).tolist() == [[0, 1]]
