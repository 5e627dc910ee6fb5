"""What a browser says was chosen in the player."""

import pytest

from pages.shared.player import MOST_LASSOED, MOST_PINS, Selection, read_selection


def test_nothing_sent_leaves_the_payloads_pins():
    assert read_selection(None, None, None) == Selection(pins=None, lasso=[], encircled=0, canvas=True)


def test_the_address_names_the_pins_until_the_browser_does():
    # As Streamlit hands it over, decoded once: %2C and %25 are what the player escaped in a word.
    assert read_selection(None, None, "good,%2C,bad%2C x,100%25,%252C,good").pins == [
        "good",
        ",",
        "bad, x",
        "100%",
        "%2C",
    ]
    assert read_selection({"pins": ["dull"]}, None, "good").pins == ["dull"]
    assert read_selection({"pins": []}, None, "good").pins == []


def test_blank_pins_are_none():
    assert read_selection(None, None, " ,,good , ").pins == ["good"]


def test_a_selection_comes_back_with_each_word_once():
    sent = {"pins": ["<b>", "good", "good"], "lasso": ["the", "a"], "encircled": 2}
    assert read_selection(sent, True, None) == Selection(["<b>", "good"], ["the", "a"], 2, True)


@pytest.mark.parametrize("count", [0, 1, -1, "3", 2.5, None, [1]])
def test_a_count_below_what_was_sent_is_none(count: object):
    assert read_selection({"lasso": ["the", "a"], "encircled": count}, None, None).encircled == 2


@pytest.mark.parametrize("words", ["good", 3, {"good": 1}, [1, None, ["good"], "", "x" * 201]])
def test_what_is_no_list_of_words_holds_none(words: object):
    chosen = read_selection({"pins": words, "lasso": words}, None, None)
    assert chosen.pins == []
    assert chosen.lasso == []


def test_too_many_words_are_cut():
    many = [f"word{index}" for index in range(10_000)]
    chosen = read_selection({"pins": many, "lasso": many, "encircled": len(many)}, None, None)
    assert chosen.encircled == len(many)
    assert chosen.pins == many[:MOST_PINS]
    assert chosen.lasso == many[:MOST_LASSOED]
    assert len(read_selection(None, None, ",".join(many)).pins or []) == MOST_PINS


@pytest.mark.parametrize("sent", ["pins", 3, [], ["pins"], True])
def test_a_selection_of_another_form_is_none(sent: object):
    assert read_selection(sent, None, None) == Selection(None, [], 0, True)


def test_only_false_means_that_there_is_no_canvas():
    assert not read_selection(None, False, None).canvas
    assert read_selection(None, 0, None).canvas
