"""Reviews as flat arrays: the ids of each, and the memory they take."""

import tracemalloc
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sentiment_core.errors import TextError
from sentiment_core.text import encoding
from sentiment_core.text.encoding import EncodedReviews, encode_reviews, encode_text
from sentiment_core.text.reviews import Split
from sentiment_core.text.tokenization import RAW_TOKENIZERS, TOKENIZERS, train_tokenizer, train_words
from tests.text.three_reviews import EXPECTED, SPLIT, TOKENIZER, contents


def test_reviews_lie_end_to_end():
    encoded = encode_reviews(SPLIT, TOKENIZER)
    assert contents(encoded) == EXPECTED
    assert encoded.lengths.tolist() == [2, 1, 4]
    assert len(encoded) == 3
    assert (encoded.ids.dtype, encoded.offsets.dtype, encoded.labels.dtype) == (np.uint16, np.int64, np.int64)


def test_a_review_in_which_nothing_is_found_is_one_unknown():
    assert encode_reviews(Split(["...", "good"], np.array([0, 1])), TOKENIZER).ids.tolist() == [1, 3]


@pytest.mark.parametrize("chunk", [1, 2, 3, 100])
def test_reviews_encoded_in_parts_are_the_same(chunk: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(encoding, "_CHUNK", chunk)
    assert contents(encode_reviews(SPLIT, TOKENIZER)) == EXPECTED


@pytest.mark.parametrize(
    ("text", "ids"),
    [("Good film", [3, 2]), ("zzz", [1]), ("?!", [1]), ("\0", [1]), ("\u202egood\u202c", [3]), ("<b>bad</b>", [4])],
)
def test_a_text_a_person_gave(text: str, ids: list[int]):
    assert encode_text(text, TOKENIZER).tolist() == ids


@pytest.mark.parametrize("text", ["", " ", "\n\t \u3000"])
def test_a_blank_text(text: str):
    with pytest.raises(TextError, match="no text to read"):
        encode_text(text, TOKENIZER)


def test_a_text_of_a_million_characters_is_the_longest():
    assert len(encode_text("good " * 200_000, TOKENIZER)) == 200_000
    with pytest.raises(TextError, match="1,000,001 characters"):
        encode_text("x" * 1_000_001, TOKENIZER)


def test_half_a_surrogate_pair():
    with pytest.raises(TextError, match="not valid Unicode"):
        encode_text("good \udcff film", TOKENIZER)


# Characters that rules for normalisation, splitting and tags depend on, and texts in which a rule could reach across a
# space.
FRAGMENTS = [
    *" <>/.,!?:;=-'#_&\n\t\r\0\x1c\x7f\xa0\u0301\u0338\u2028\u3000\u200d\u4e2d\ufffd",
    *"aA\u0130\u00df\u00e9\u01c4\u03a3\ufb01",
    *("film", "Good", "<br />", "<br", "/>", "<i>", "<3", ":)", ":-d", "=P", ";-(", "[PAD]", "[UNK]", "##", "  "),
    *(
        "&",
        "&amp;",
        "&#39;",
        "&#x27;",
        "&lt;br",
        "/&gt;",
        "&Eacute;",
        "&nbsp;",
        "&amp;quot;",
        "\u2019",
        "\u200b",
        "영화",
    ),
]
TRAINED = {
    kind: train_tokenizer(kind, ["Good film, a film :) <br /> bad \u4e2d \u00e9t\u00e9 =P don't 10/10 :-d & 영화"] * 5)
    for kind in (*TOKENIZERS, *RAW_TOKENIZERS)
}


def ids_of_each(encoded: EncodedReviews) -> list[list[int]]:
    return [encoded.ids[a:b].tolist() for a, b in pairwise(encoded.offsets)]


@pytest.mark.parametrize("kind", TRAINED)
@given(texts=st.lists(st.lists(st.sampled_from(FRAGMENTS)).map("".join), min_size=1, max_size=5))
@example(texts=["<a b> c<d e", "x < y > z <", "<<br /> <br", "a<br<br />/> b", "", "   ", "[PAD] x[UNK]y"])
def test_ids_are_the_tokenizers_own(kind: str, texts: list[str]):
    encoded = encode_reviews(Split(texts, np.zeros(len(texts), dtype=np.int64)), TRAINED[kind])
    alone = [TRAINED[kind].encode(text, add_special_tokens=False).ids for text in texts]
    assert ids_of_each(encoded) == [ids or [1] for ids in alone]


def test_words_met_in_an_earlier_part_or_forgotten_since_give_the_same(monkeypatch: pytest.MonkeyPatch):
    texts = ["good film", "film good bad", "...", "", "a <br /> film", "bad good film"]
    split = Split(texts, np.zeros(len(texts), dtype=np.int64))
    expected = ids_of_each(encode_reviews(split, TOKENIZER))
    monkeypatch.setattr(encoding, "_CHUNK", 2)
    assert ids_of_each(encode_reviews(split, TOKENIZER)) == expected
    monkeypatch.setattr(encoding, "_REMEMBERED", 1)
    assert ids_of_each(encode_reviews(split, TOKENIZER)) == expected


@pytest.mark.parametrize("text", ["<" * 300_000, "<>" * 150_000, "< " * 150_000, "<b> " * 75_000])
def test_tags_without_end_are_cut_in_one_pass(text: str):
    """In quadratic time the test would run for minutes, so it needs no clock."""
    assert "".join(encoding._split(text)).replace(encoding._HELD, "") == text.replace(" ", "")


def test_cached_and_uncached_are_the_same_through_many_parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(encoding, "_CHUNK", 3)
    split = Split(["good film " * n for n in range(1, 60)], np.zeros(59, dtype=np.int64))
    uncached, cached = encode_reviews(split, TOKENIZER), encode_reviews(split, TOKENIZER, tmp_path)
    assert contents(cached) == contents(uncached)
    assert (cached.ids.dtype, cached.ids.shape) == (uncached.ids.dtype, uncached.ids.shape)


def test_encoding_holds_no_more_than_a_part_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(encoding, "_CHUNK", 5)
    split = Split(["good bad film " * 100] * 1_000, np.zeros(1_000, dtype=np.int64))
    tracemalloc.start()
    try:
        encoded = encode_reviews(split, TOKENIZER, tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < encoded.ids.nbytes / 2  # 1.2 MB of ids, written in parts


@pytest.mark.parametrize(("words", "kind"), [(2**16 - 2, np.uint16), (2**16 - 1, np.int32)])
def test_ids_take_two_bytes_as_long_as_all_fit(words: int, kind: type[np.integer], tmp_path: Path):
    tokenizer = train_words([" ".join(f"w{number}" for number in range(words))])  # and [PAD], [UNK]
    split = Split([f"w{words - 1} w0"], np.array([1]))
    for encoded in (encode_reviews(split, tokenizer), encode_reviews(split, tokenizer, tmp_path)):
        assert encoded.ids.dtype == kind
        assert encoded.ids.tolist() == tokenizer.encode(split.texts[0]).ids
