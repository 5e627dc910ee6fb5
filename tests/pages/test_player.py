"""The selection that a browser reports from the player."""

import pytest

from pages.shared.player import MOST_LASSOED, MOST_PINS, Selection, read_selection

CHECKPOINTS = ["0", "1/16", "1", "4"]
FORMER = {"before": "0", "1/16 of epoch 1": "1/16", "epoch 1": "1", "epoch 4": "4", "after": "4"}


def read(before: dict[str, object] | None = None, **sent: object) -> Selection:
    return read_selection(sent, before or {}, CHECKPOINTS, FORMER)


def test_without_a_report_the_payloads_pins_apply():
    assert read() == Selection(pins=None, lasso=[], encircled=0, checkpoint="4", canvas=True)


def test_the_address_names_the_pins_until_the_browser_does():
    # Streamlit has decoded the address once. The player has escaped %2C and %25 in a word.
    assert read({"pins": "good,%2C,bad%2C x,100%25,%252C,good"}).pins == ["good", ",", "bad, x", "100%", "%2C"]
    assert read({"pins": "good"}, selection={"pins": ["dull"]}).pins == ["dull"]
    assert read({"pins": "good"}, selection={"pins": []}).pins == []


def test_blank_pins_are_no_pins():
    assert read({"pins": " ,,good , "}).pins == ["good"]


def test_a_damaged_pin_does_not_affect_the_others():
    assert read({"pins": "good,\ufffd,dull"}).pins == ["good", "\ufffd", "dull"]


@pytest.mark.parametrize(
    ("before", "checkpoint"),
    [
        ({"moment": "0"}, "0"),
        ({"moment": "1.4"}, "1/16"),
        ({"moment": "1.5"}, "1"),
        ({"at": "1"}, "1"),
        ({"at": "1/16"}, "1/16"),
        ({"at": "epoch 1"}, "1"),  # form of version 0.2
        ({"at": "1/16 of epoch 1"}, "1/16"),
        ({"at": "before"}, "0"),
        ({"at": "after"}, "4"),
        ({"moment": "0", "at": "1"}, "0"),
        ({"moment": "99", "at": "1"}, "1"),
        *(({"moment": nonsense, "at": nonsense}, "4") for nonsense in ("", "-1", "1e0", "inf", "nan", "5", "\u0661")),
    ],
)
def test_the_address_names_the_checkpoint_until_the_playhead_rests(before: dict[str, object], checkpoint: str):
    assert read(before).checkpoint == checkpoint
    assert read(before, checkpoint="1").checkpoint == "1"
    assert read(before, checkpoint="of another payload").checkpoint == checkpoint


def test_an_earlier_selection_applies_until_the_browser_reports():
    left: dict[str, object] = {"pins": "good", "lasso": ["the", "a"], "at": "0"}
    assert read(left) == Selection(["good"], ["the", "a"], 2, "0", True)
    assert read(left, selection={"pins": ["good"], "lasso": []}).lasso == []


def test_a_selection_has_each_word_once():
    sent = {"pins": ["<b>", "good", "good"], "lasso": ["the", "a"], "encircled": 2}
    assert read(selection=sent, canvas=True) == Selection(["<b>", "good"], ["the", "a"], 2, "4", True)


@pytest.mark.parametrize("count", [0, 1, -1, "3", 2.5, None, [1]])
def test_a_count_below_the_number_of_words_is_ignored(count: object):
    assert read(selection={"lasso": ["the", "a"], "encircled": count}).encircled == 2


@pytest.mark.parametrize("words", ["good", 3, {"good": 1}, [1, None, ["good"], "", "x" * 201]])
def test_a_value_that_is_not_a_list_has_no_words(words: object):
    chosen = read(selection={"pins": words, "lasso": words})
    assert chosen.pins == []
    assert chosen.lasso == []


def test_too_many_words_are_cut():
    many = [f"word{index}" for index in range(10_000)]
    chosen = read(selection={"pins": many, "lasso": many, "encircled": len(many)})
    assert chosen.encircled == len(many)
    assert chosen.pins == many[:MOST_PINS]
    assert chosen.lasso == many[:MOST_LASSOED]
    assert len(read({"pins": ",".join(many)}).pins or []) == MOST_PINS


@pytest.mark.parametrize("sent", ["pins", 3, [], ["pins"], True])
def test_a_selection_of_another_form_is_ignored(sent: object):
    assert read(selection=sent, checkpoint=sent) == Selection(None, [], 0, "4", True)


def test_only_false_means_that_there_is_no_canvas():
    assert not read(canvas=False).canvas
    assert read(canvas=0).canvas
