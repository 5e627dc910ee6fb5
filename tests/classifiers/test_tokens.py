"""A text token by token, with tokenizers trained on a line."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from sentiment_core.classifiers.tokens import TextView, tokenizer_files, view_text, words_of
from sentiment_core.errors import TextError
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.encoding import encode_text
from sentiment_core.text.tokenization import train_jamo, train_whitespace, train_wordpiece, train_words

PIECES = train_wordpiece(["good goods un able unable film . :) ñ"] * 5, vocab_size=60)
WORDS = train_words(["good film :)"])
SPACED = train_whitespace(["good film."], min_frequency=1)


def test_tokens_pieces_and_ids_have_the_same_positions():
    reading = view_text("Good  GOODS", WORDS, 400)
    assert reading.tokens == ["good", "[UNK]"]
    assert reading.pieces == ["Good", "GOODS"]
    assert reading.ids.tolist() == [WORDS.token_to_id("good"), 1]
    assert reading.unknown.tolist() == [False, True]


@pytest.mark.parametrize(("max_length", "cut"), [(1, 2), (2, 1), (3, 0), (400, 0)])
def test_tokens_past_max_length_are_cut(max_length: int, cut: int):
    assert view_text("good good good", WORDS, max_length).cut == cut


def test_only_the_whitespace_tokenizer_makes_a_line_break_tag_a_token():
    text = "good<br /><br />good"
    assert view_text(text, PIECES, 400).tokens == ["good", "good"]
    assert view_text(text, WORDS, 400).tokens == ["good", "good"]
    assert view_text(text, SPACED, 400).pieces == ["good<br", "/><br", "/>good"]


def test_each_jamo_is_a_piece_of_its_syllable():
    reading = view_text("꿀잼 film", train_jamo(["꿀잼 film"] * 2), 4)
    assert reading.tokens == [*"ㄲㅜㄹㅈㅐㅁ", "film"]
    assert reading.pieces == [*"꿀꿀꿀잼잼잼", "film"]
    assert reading.cut == 3


def test_a_text_without_tokens_is_one_unknown_token():
    reading = view_text("  !?  ", WORDS, 400)
    assert (reading.tokens, reading.pieces, reading.ids.tolist()) == (["[UNK]"], ["!?"], [1])


@pytest.mark.parametrize("text", ["", " \n\t", "a" * 1_000_001])
def test_a_blank_or_too_long_text_is_refused(text: str):
    with pytest.raises(TextError) as raised:
        view_text(text, PIECES, 400)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("tokenizer", [PIECES, WORDS, SPACED], ids=["wordpiece", "words", "whitespace"])
@pytest.mark.parametrize(
    "text", ["a\0b", "👍 good", "فيلم good", "e\u0301 n\u0303", "<script>alert(1)</script>", "[PAD]"]
)
def test_unusual_texts_are_tokenized_as_for_the_network(text: str, tokenizer: Tokenizer):
    reading = view_text(text, tokenizer, 400)
    assert reading.ids.tolist() == encode_text(text, tokenizer).tolist()
    assert len(reading.tokens) == len(reading.pieces) == len(reading.ids)


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_every_piece_is_a_part_of_the_text(text: str):
    reading = view_text(text, PIECES, 400)
    assert all(piece in text for piece in reading.pieces)
    assert (reading.unknown == np.array([token == "[UNK]" for token in reading.tokens])).all()


def test_pieces_that_continue_join_their_word():
    tokens = ["un", "##ab", "##le", "film", "##s", "."]
    assert words_of(tokens) == [("unable", [0, 1, 2]), ("films", [3, 4]), (".", [5])]


def test_a_first_piece_marked_as_continuing_is_a_word():
    assert words_of(["##able", "film"]) == [("##able", [0]), ("film", [1])]


def test_a_text_that_just_fits_is_not_cut():
    reading = TextView("a b", ["a", "b"], np.array([[0, 1], [2, 3]]), np.array([5, 6]), np.zeros(2, bool), 2)
    assert reading.cut == 0


def test_tokenizer_files_start_with_the_one_that_runs_share(toy_corpus: Path):
    files = tokenizer_files(load_corpus(toy_corpus))
    assert next(iter(files.items())) == ("wordpiece", toy_corpus / "tokenizer.json")
    assert set(files) == {"wordpiece", "words", "whitespace"}
    assert all(path.is_file() for path in files.values())


def test_a_place_in_the_text_leads_to_the_tokens_of_its_word():
    text = "An unlikable hero."
    spans = np.array([[0, 2], [3, 5], [5, 12], [13, 17], [17, 18]])
    view = TextView(text, ["An", "un", "##likable", "hero", "."], spans, np.arange(5), np.zeros(5, bool), 2)
    assert [view.word_at(place) for place in (0, 3, 7, 13, 17)] == [[0], [1, 2], [1, 2], [3], [4]]
    assert view.word_at(2) == [1, 2], "a space leads to the next word"
    assert view.word_at(18) == []
