"""What a browser says was chosen in the player."""

import pytest

from pages.shared.player import MOST_LASSOED, MOST_PINS, Selection, read_selection


def test_nothing_sent_leaves_the_payloads_pins():
    assert read_selection(None, None, None, 8) == Selection(pins=None, lasso=[], moment=None, canvas=True)


def test_the_address_names_the_pins_until_the_browser_does():
    assert read_selection(None, None, "good,bad%2C%20x,good", 8).pins == ["good", "bad, x"]
    assert read_selection({"pins": ["dull"], "moment": 2}, None, "good", 8).pins == ["dull"]
    assert read_selection({"pins": []}, None, "good", 8).pins == []


def test_a_selection_comes_back_with_each_word_once():
    sent = {"pins": ["<b>", "good", "good"], "lasso": ["the", "a"], "moment": 7}
    assert read_selection(sent, True, None, 8) == Selection(["<b>", "good"], ["the", "a"], 7, True)


@pytest.mark.parametrize("moment", [8, -1, "3", 2.5, True, None, [1]])
def test_a_moment_that_is_none_of_the_payloads_is_no_moment(moment: object):
    assert read_selection({"moment": moment}, None, None, 8).moment is None


@pytest.mark.parametrize("words", ["good", 3, {"good": 1}, [1, None, ["good"], "", "x" * 201]])
def test_what_is_no_list_of_words_holds_none(words: object):
    chosen = read_selection({"pins": words, "lasso": words}, None, None, 8)
    assert chosen.pins == []
    assert chosen.lasso == []


def test_too_many_words_are_cut():
    many = [f"word{index}" for index in range(10_000)]
    chosen = read_selection({"pins": many, "lasso": many}, None, None, 8)
    assert chosen.pins == many[:MOST_PINS]
    assert chosen.lasso == many[:MOST_LASSOED]
    assert len(read_selection(None, None, ",".join(many), 8).pins or []) == MOST_PINS


@pytest.mark.parametrize("sent", ["pins", 3, [], ["pins"], True])
def test_a_selection_of_another_form_is_none(sent: object):
    assert read_selection(sent, None, None, 8) == Selection(None, [], None, True)


def test_only_false_means_that_there_is_no_canvas():
    assert not read_selection(None, False, None, 8).canvas
    assert read_selection(None, 0, None, 8).canvas
