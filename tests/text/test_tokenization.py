"""The tokenizers on short texts."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from sentiment_core.errors import TokenizerError
from sentiment_core.text.tokenization import (
    PAD,
    RAW_TOKENIZERS,
    TOKENIZERS,
    UNK,
    WORDPIECE_RAW,
    compact_json,
    is_word,
    load_tokenizer,
    train_tokenizer,
    train_whitespace,
    train_wordpiece,
    train_words,
)
from sentiment_core.text.toy import toy_reviews

LETTERS = "abcdefghéABCDÉ"
# Every letter at the start of a word and inside one, so that no word of LETTERS is unknown.
PIECES = train_wordpiece([f"{letter} a{letter}" for letter in LETTERS] + ["abba abba cafe"], vocab_size=60)


def encode(tokenizer: Tokenizer, text: str) -> list[str]:
    return tokenizer.encode(text, add_special_tokens=False).tokens


@pytest.mark.parametrize("kind", [*TOKENIZERS, *RAW_TOKENIZERS])
def test_padding_is_0_and_unknown_is_1(kind: str):
    tokenizer = train_tokenizer(kind, ["good film"] * 5)
    assert (tokenizer.token_to_id(PAD), tokenizer.token_to_id(UNK)) == (0, 1)
    assert tokenizer.encode("ω", add_special_tokens=False).ids == [1]


def test_an_unknown_kind():
    with pytest.raises(TokenizerError, match="No tokenizer 'sentences'"):
        train_tokenizer("sentences", ["good film"])


def test_wordpiece_splits_at_pieces_and_punctuation():
    tokenizer = train_wordpiece(["good goods film"] * 3, vocab_size=100)
    assert encode(tokenizer, "Good FILM") == ["good", "film"]
    assert encode(tokenizer, "gooddo") == ["good", "##d", "##o"]
    assert encode(tokenizer, "good!") == ["good", UNK]


def test_a_wordpiece_word_with_a_character_never_seen_there_is_unknown():
    tokenizer = train_wordpiece(["good goods film"] * 3, vocab_size=100)
    assert encode(tokenizer, "goodf film") == [UNK, "film"]  # f occurs, but never inside a word


def test_wordpiece_reads_a_line_break_as_a_space():
    tokenizer = train_wordpiece(["good<br /><br />film"] * 3, vocab_size=100)
    assert encode(tokenizer, "good<br />film<br />") == ["good", "film"]
    assert not {"<", "/", ">", "br"} & set(tokenizer.get_vocab())


def test_recipe_a_reads_a_line_break_as_four_pieces():
    tokenizer = train_tokenizer(WORDPIECE_RAW, ["good<br /><br />film"] * 3)
    assert encode(tokenizer, "Good<br />film") == ["good", "<", "br", "/", ">", "film"]
    assert [tokenizer.id_to_token(index) for index in range(4)] == [PAD, UNK, "[CLS]", "[SEP]"]


def test_no_corpus_publishes_the_tokenizers_of_the_recipes():
    assert not set(RAW_TOKENIZERS) & set(TOKENIZERS)
    with pytest.raises(TokenizerError, match="Choose one of wordpiece, words, whitespace, syllables, jamo"):
        train_tokenizer("sentences", ["good film"])


def test_wordpiece_keeps_to_its_size():
    texts, _ = toy_reviews(50)
    assert train_wordpiece(texts, vocab_size=80).get_vocab_size() == 80


def test_words_are_runs_of_word_characters():
    tokenizer = train_words(["Good film, good_plot! It's 10/10."])
    assert encode(tokenizer, "Good film, good_plot! It's 10/10.") == [
        *("good", "film", "good_plot", "it", "s", "10", "10")
    ]


def test_words_drop_tags_and_keep_emoticons_where_they_stand():
    text = "Fine :) <br /><b>film</b> ;-( =D"
    assert encode(train_words([text]), text) == ["fine", ":)", "film", ";-(", "=d"]


def test_a_colon_within_a_line_is_no_emoticon():
    text = "note:dry, score:perfect"
    assert encode(train_words([text]), text) == ["note", "dry", "score", "perfect"]


def test_the_commonest_word_has_the_lowest_id():
    tokenizer = train_words(["film film good", "film good plot"])
    assert [tokenizer.id_to_token(index) for index in range(5)] == [PAD, UNK, "film", "good", "plot"]


def test_whitespace_keeps_what_stands_between_spaces():
    tokenizer = train_whitespace(["Good<br />film, so good."], min_frequency=1)
    assert encode(tokenizer, "Good<br />film, so good.") == ["good<br", "/>film,", "so", "good."]


@pytest.mark.parametrize("train", [train_words, train_whitespace])
def test_a_word_below_the_minimum_frequency_is_unknown(train):
    tokenizer = train(["film film", "film good good", "plot"], min_frequency=2)
    assert encode(tokenizer, "film good plot") == ["film", "good", UNK]
    assert train(["film"], min_frequency=2).get_vocab_size() == 2


@pytest.mark.parametrize("kind", [*TOKENIZERS, *RAW_TOKENIZERS])
def test_another_process_learns_the_same_vocabulary(kind: str):
    """Hash maps are ordered by a seed that differs between processes; ids must not depend on it."""
    script = (
        "import sys; from sentiment_core.text.tokenization import compact_json, train_tokenizer;"
        "from sentiment_core.text.toy import toy_reviews;"
        "sys.stdout.write(compact_json(train_tokenizer(sys.argv[1], toy_reviews(200)[0])))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script, kind], capture_output=True, encoding="utf-8", check=True, cwd=root
    )
    assert done.stdout == compact_json(train_tokenizer(kind, toy_reviews(200)[0]))


@pytest.mark.parametrize("kind", [*TOKENIZERS, *RAW_TOKENIZERS])
def test_a_file_gives_the_tokenizer_back(kind: str, tmp_path: Path):
    texts, _ = toy_reviews(30)
    tokenizer = train_tokenizer(kind, texts)
    (tmp_path / "tokenizer.json").write_text(compact_json(tokenizer), encoding="utf-8")
    loaded = load_tokenizer(tmp_path / "tokenizer.json")
    assert loaded.get_vocab() == tokenizer.get_vocab()
    assert [encode(loaded, text) for text in texts] == [encode(tokenizer, text) for text in texts]


def test_a_missing_file(tmp_path: Path):
    with pytest.raises(TokenizerError, match="No tokenizer at"):
        load_tokenizer(tmp_path / "tokenizer.json")


@pytest.mark.parametrize("content", [b"", b"{}", b'{"model": ', b"\xff\xfe\x00", b"[1, 2]"])
def test_a_damaged_file(content: bytes, tmp_path: Path):
    path = tmp_path / "tokenizer.json"
    path.write_bytes(content)
    with pytest.raises(TokenizerError, match="is damaged") as caught:
        load_tokenizer(path)
    assert "\n" not in str(caught.value)


def test_a_tokenizer_that_numbers_its_padding_otherwise(tmp_path: Path):
    path = tmp_path / "tokenizer.json"
    Tokenizer(models.WordLevel({UNK: 0, PAD: 1}, unk_token=UNK)).save(str(path))
    with pytest.raises(TokenizerError, match=r"does not have \[PAD\] as id 0"):
        load_tokenizer(path)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        *(("good", True), ("é", False), ("##ing", False), (PAD, False), ("10", False), ("a-b", False)),
        *(("왜", True), ("ㅋ", True), ("영화", True), ("##는", False), ("中", False)),
    ],
)
def test_which_tokens_are_words(token: str, expected: bool):
    assert is_word(token) is expected


words = st.lists(st.text("abcxyzéß019_", min_size=1, max_size=6), min_size=1, max_size=8)


@given(words)
def test_words_survive_the_words_tokenizer(words: list[str]):
    text = " ".join([*words, ":)"])
    tokenizer = train_words([text])
    assert tokenizer.decode(tokenizer.encode(text).ids) == text


@given(st.lists(st.text("abcé.,!<>/:)#'-", min_size=1, max_size=6), min_size=1, max_size=8))
def test_words_survive_the_whitespace_tokenizer(words: list[str]):
    text = " ".join(words)
    tokenizer = train_whitespace([text], min_frequency=1)
    assert tokenizer.decode(tokenizer.encode(text).ids) == text


@given(st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=8))
def test_wordpieces_join_to_the_normalised_text(words: list[str]):
    text = "  ".join(words)
    assert PIECES.decode(PIECES.encode(text).ids) == " ".join(text.lower().split())


def test_equal_files_share_one_tokenizer(tmp_path: Path):
    """The runs of a corpus have copies of one file, and a tokenizer takes megabytes."""
    text = Tokenizer(models.WordPiece({"[PAD]": 0, "[UNK]": 1, "film": 2}, unk_token="[UNK]")).to_str()
    for name in ("first.json", "second.json"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "other.json").write_text(text.replace("film", "plot"), encoding="utf-8")
    first, second, other = (load_tokenizer(tmp_path / name) for name in ("first.json", "second.json", "other.json"))
    assert first is second
    assert (first.token_to_id("film"), other.token_to_id("film"), other.token_to_id("plot")) == (2, None, 2)
