"""The tokenizers on other scripts, Hangul above all, and on HTML entities."""

import unicodedata
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from sentiment_core.text.hangul import find_language
from sentiment_core.text.tokenization import (
    PAD,
    PAD_ID,
    TOKENIZERS,
    UNK,
    UNK_ID,
    compact_json,
    compared_kinds,
    load_tokenizer,
    token_spans,
    train_tokenizer,
    train_whitespace,
)


def encode(tokenizer: Tokenizer, text: str) -> list[str]:
    return tokenizer.encode(text, add_special_tokens=False).tokens


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
