"""The tokenizers on short texts."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from sentiment_core.errors import TokenizerError
from sentiment_core.text.hangul import find_language
from sentiment_core.text.tokenization import (
    PAD,
    PAD_ID,
    RAW_TOKENIZERS,
    TOKENIZERS,
    UNK,
    UNK_ID,
    WORDPIECE_RAW,
    compact_json,
    compared_kinds,
    is_word,
    load_tokenizer,
    token_spans,
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


TYPED = "정말 재미있는 영화. más que mas, schön schon がか 1½ Très น้ำ"


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_words_stay_as_typed(kind: str):
    """Each token occurs in the composed text: no Hangul syllable is split, and no accent is lost.

    For jamo, each token occurs in the text with its syllables split into letters.
    """
    tokenizer = train_tokenizer(kind, [unicodedata.normalize("NFD", TYPED)] * 5)
    composed = unicodedata.normalize("NFC", TYPED).lower()
    if kind == "jamo":
        for word, letters in (("정말", "ㅈㅓㅇㅁㅏㄹ"), ("재미있는", "ㅈㅐㅁㅣㅇㅣㅆㄴㅡㄴ"), ("영화", "ㅇㅕㅇㅎㅘ")):
            composed = composed.replace(word, letters)
    learned = {token.removeprefix("##") for token in tokenizer.get_vocab()} - {PAD, UNK}
    assert learned
    assert [token for token in learned if token not in composed] == []
    assert {"재미있는", "más", "mas,", "schön", "schon"} & learned
    korean = {"syllables": [*"재미있는"], "jamo": [*"ㅈㅐㅁㅣㅇㅣㅆㄴㅡㄴ"]}.get(kind, ["재미있는"])
    for form in ("NFC", "NFD"):
        tokens = encode(tokenizer, unicodedata.normalize(form, "재미있는 MÁS schön"))
        assert [token for token in tokens if not token.startswith("##")] == [*korean, "más", "schön"]


KOREAN = "값진 영화, OST도 10점! 꿀잼ㅋㅋ ^^ 뷁"


def test_syllables_stand_alone_and_other_scripts_as_words():
    tokens = encode(train_tokenizer("syllables", [KOREAN] * 2), KOREAN)
    assert tokens == [*"값진영화,", "ost", "도", "10", *"점!꿀잼ㅋㅋ^^뷁"]


def test_jamo_are_the_letters_that_a_keyboard_types():
    tokens = encode(train_tokenizer("jamo", [KOREAN] * 2), KOREAN)
    assert tokens == [*"ㄱㅏㅄㅈㅣㄴㅇㅕㅇㅎㅘ,", "ost", *"ㄷㅗ", "10", *"ㅈㅓㅁ!ㄲㅜㄹㅈㅐㅁㅋㅋ^^ㅂㅞㄺ"]


@pytest.mark.parametrize("kind", ["syllables", "jamo"])
def test_a_syllable_never_seen_is_unknown_and_its_letters_are_not(kind: str):
    tokens = encode(train_tokenizer(kind, ["나라 다리"] * 2), "디")
    assert tokens == ([UNK] if kind == "syllables" else ["ㄷ", "ㅣ"])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("kind", TOKENIZERS)
def test_the_offsets_of_a_token_are_its_characters(kind: str, form: str):
    """The characters at a token's offsets, composed and in lower case, are the token, or the syllable of its letter."""
    text = unicodedata.normalize(form, "정말 재미있는  MÁS, schön.")
    tokenizer = train_tokenizer(kind, ["정말 재미있는 más, schön."] * 5)
    encoding = tokenizer.encode(text, add_special_tokens=False)
    spans = token_spans(encoding, text)
    pieces = [unicodedata.normalize("NFC", text[start:end]).lower() for start, end in spans]
    if kind == "jamo":
        tail = ["más", ",", "schön", "."]
        assert pieces == [*"정정정말말말재재미미있있있는는는", *tail]
        assert encoding.tokens == [*"ㅈㅓㅇㅁㅏㄹㅈㅐㅁㅣㅇㅣㅆㄴㅡㄴ", *tail]
    else:
        assert pieces == [token.removeprefix("##") for token in encoding.tokens]
        assert "".join(pieces).startswith("정말재미있는más")


def test_which_tokenizers_a_corpus_compares():
    assert compared_kinds(["good film", "나쁜 영화"]) == ["wordpiece", "words", "whitespace"]
    assert compared_kinds(["ost 나쁜 영화"]) == ["wordpiece", "whitespace", "syllables", "jamo"]


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["좋은 영화 ost 10점"], "ko"),
        (["ㅋㅋㅋ"], "ko"),
        ([unicodedata.normalize("NFD", "영화")], "ko"),
        (["a film, 영화"], ""),
        (["映画は面白い"], ""),
        (["...", "10/10"], ""),
        ([], ""),
    ],
)
def test_the_language_of_texts(texts: list[str], language: str):
    assert find_language(texts) == language


@pytest.mark.parametrize("kind", TOKENIZERS)
@pytest.mark.parametrize(
    ("written", "plain"),
    [
        *(
            (f"don{mark}t", "don't")
            for mark in ("&#39;", "&#039;", "&#x27;", "&#X27;", "&apos;", "&rsquo;", "\u2019", "\u00b4")
        ),
        *((f"{mark}good{mark}", '"good"') for mark in ("&quot;", "&#34;", "&ldquo;", "\u201c", "\u201d", "\u00ab")),
        *((f"caf{mark}", "café") for mark in ("&eacute;", "&Eacute;", "&#233;", "&#xE9;", "e\u0301", "&amp;eacute;")),
        *((f"a{mark}b", "a b") for mark in ("&nbsp;", "&#160;", "&lt;br /&gt;", "&lt;br/&gt;", "&lt;BR&gt;")),
        *((f"r{mark}b", "r&b") for mark in ("&amp;", "&#38;", "&#x26;")),
        ("good &lt; b", "good < b"),
        ("so\u00adso\u200b", "soso"),
        ("5&nbsp;&euro; &mdash; ok&hellip;", "5 \u20ac \u2014 ok\u2026"),
    ],
)
def test_an_entity_is_its_character(written: str, plain: str, kind: str):
    tokenizer = train_tokenizer(kind, ['don\'t good "good" café a b r&b < soso 5 \u20ac \u2014 ok\u2026'] * 5)
    assert encode(tokenizer, written) == encode(tokenizer, plain)
    assert UNK not in encode(tokenizer, plain)
    assert train_tokenizer(kind, [written] * 5).get_vocab() == train_tokenizer(kind, [plain] * 5).get_vocab()


def test_other_text_with_ampersands_stays_unchanged():
    tokenizer = train_whitespace(["at&t &foo; &# 50&more &ampere q&a;"], min_frequency=1)
    assert encode(tokenizer, "AT&T &foo; &# 50&more &ampere q&a;") == [
        "at&t",
        "&foo;",
        "&#",
        "50&more",
        "&ampere",
        "q&a;",
    ]


def test_the_tokenizers_of_the_recipes_read_entities_as_they_are_written():
    assert encode(train_tokenizer("words-raw", ["don&#39;t"] * 5), "don&#39;t") == ["don", "39", "t"]
    assert encode(train_tokenizer("whitespace-raw", ["don\u2019t"] * 5), "Don\u2019t don't") == ["don\u2019t", UNK]
    assert encode(train_tokenizer("wordpiece-raw", ["schön"] * 5), "schön") == ["schon"]


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_a_typed_special_token_is_text(kind: str, tmp_path: Path):
    """For a newly trained tokenizer and for the same one loaded from its file."""
    fresh = train_tokenizer(kind, ["a [ pad ] [pad] and a film"] * 5)
    path = tmp_path / "tokenizer.json"
    path.write_text(compact_json(fresh), encoding="utf-8")
    ids = load_tokenizer(path).encode("a [PAD] film").ids
    assert PAD_ID not in ids
    assert UNK_ID not in ids
    assert fresh.encode("a [PAD] film").ids == ids
