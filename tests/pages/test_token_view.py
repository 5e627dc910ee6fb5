"""The tokens of a review drawn on a page: pieces, unknown words, and the cut."""

import re
from html import unescape

import pytest

from pages.shared.token_view import MOST_SHOWN, SHOWN, tokens_html
from sentiment_core.classifiers.tokens import view_text
from sentiment_core.text.tokenization import load_tokenizer


@pytest.fixture(scope="module")
def tokenizer(toy_run):
    return load_tokenizer(toy_run / "tokenizer.json")


def chips(html: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<bdi[^>]*>([^<]*)", html)]


def test_chips_are_the_tokens_in_order(tokenizer):
    assert chips(tokens_html(view_text("the plot was superb", tokenizer, 400))) == ["the", "plot", "was", "superb"]


def test_pieces_of_one_word_join_without_their_mark(tokenizer):
    reading = view_text("plotless", tokenizer, 400)
    assert len(reading.tokens) > 1
    assert "".join(chips(tokens_html(reading))) == "plotless"


def test_the_pieces_of_a_word_stay_on_one_line(tokenizer):
    """Each word is a box of its own, and the cut leaves none open."""
    reading = view_text("the plotless the", tokenizer, 2)
    assert reading.tokens[2].startswith("##"), "the cut is to fall within a word"
    read, beyond = tokens_html(reading).split("The 2 tokens above are read")
    assert "".join(chips(read) + chips(beyond)) == "theplotlessthe"
    assert "".join(chips(read)) == "the" + reading.tokens[1]
    whole = tokens_html(view_text("the plotless the", tokenizer, 400))
    (word,) = re.findall(r"<div [^>]*>((?:<bdi[^>]*>[^<]*</bdi>)+)</div>", whole.removeprefix("<div"))
    assert "".join(chips(word)) == "plotless"
    for html in (whole, tokens_html(reading)):
        assert html.count("<div") == html.count("</div>")


def test_a_token_has_little_markup(tokenizer):
    """A class reads at once, and each of its readers is sent every token."""
    text = "the plot was superb " * 100
    assert len(tokens_html(view_text(text, tokenizer, 400))) < 90 * 400


def test_an_unknown_token_is_shown_as_written_and_marked(tokenizer):
    html = tokens_html(view_text("the 漢 plot", tokenizer, 400))
    assert chips(html) == ["the", "漢", "plot"]
    assert html.count("<sup>?</sup>") == 1
    assert html.count("dashed") == 1


def test_the_cut_is_after_the_last_token_that_is_read(tokenizer):
    html = tokens_html(view_text("the plot was superb", tokenizer, 3))
    read, beyond = html.split("The 3 tokens above are read; 1 token below is cut off.")
    assert chips(read) == ["the", "plot", "was"]
    assert chips(beyond) == ["superb"]
    assert "line-through" not in read
    assert "line-through" in beyond


def test_a_long_text_is_drawn_in_part(tokenizer):
    html = tokens_html(view_text("plot " * (SHOWN + 25), tokenizer, 400))
    assert len(chips(html)) == SHOWN
    assert "25 more tokens are not shown." in html


def test_a_cut_far_into_a_text_is_drawn(tokenizer):
    html = tokens_html(view_text("plot " * (SHOWN + 100), tokenizer, SHOWN))
    read, beyond = html.split(f"The {SHOWN} tokens above are read; 100 tokens below are cut off.")
    assert len(chips(read)) == SHOWN
    assert 0 < len(chips(beyond)) < 100


def test_a_cut_too_far_to_draw_is_reported(tokenizer):
    html = tokens_html(view_text("plot " * (MOST_SHOWN + 30), tokenizer, MOST_SHOWN + 10))
    assert len(chips(html)) == MOST_SHOWN
    assert "30 more tokens are not shown. The last 20 are cut off." in html


def test_a_very_long_token_is_shortened(tokenizer):
    assert len(chips(tokens_html(view_text("漢" + "é" * 5_000, tokenizer, 400)))[-1]) < 50
