"""Reviews as flat arrays, and their cache on disk."""

from pathlib import Path

import numpy as np
import pytest

from sentiment_core.errors import DataError, TextError
from sentiment_core.text import encoding
from sentiment_core.text.encoding import EncodedReviews, default_cache, encode_reviews, encode_text
from sentiment_core.text.reviews import Split
from sentiment_core.text.tokenization import train_whitespace, train_words

# film = 2, good = 3, bad = 4, by how often they stand here.
TOKENIZER = train_words(["film film film good good bad"])
SPLIT = Split(["good film", "!!!", "bad BAD film, zzz"], np.array([1, 1, 0]))


def contents(encoded: EncodedReviews) -> tuple[list[int], list[int], list[int]]:
    return encoded.ids.tolist(), encoded.offsets.tolist(), encoded.labels.tolist()


EXPECTED = ([3, 2, 1, 4, 4, 2, 1], [0, 2, 3, 7], [1, 1, 0])


def entry(cache: Path) -> Path:
    """The one folder that a split left in the cache."""
    (folder,) = cache.iterdir()
    return folder


def test_reviews_lie_end_to_end():
    encoded = encode_reviews(SPLIT, TOKENIZER)
    assert contents(encoded) == EXPECTED
    assert encoded.lengths.tolist() == [2, 1, 4]
    assert len(encoded) == 3
    assert (encoded.ids.dtype, encoded.offsets.dtype, encoded.labels.dtype) == (np.int32, np.int64, np.int64)


def test_a_review_in_which_nothing_is_found_is_one_unknown():
    assert encode_reviews(Split(["...", "good"], np.array([0, 1])), TOKENIZER).ids.tolist() == [1, 3]


@pytest.mark.parametrize("chunk", [1, 2, 3, 100])
def test_reviews_encoded_in_parts_are_the_same(chunk: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(encoding, "_CHUNK", chunk)
    assert contents(encode_reviews(SPLIT, TOKENIZER)) == EXPECTED


def test_a_second_reading_comes_from_the_same_files(tmp_path: Path):
    first = encode_reviews(SPLIT, TOKENIZER, tmp_path)
    inode = (entry(tmp_path) / "ids.npy").stat().st_ino
    second = encode_reviews(SPLIT, TOKENIZER, tmp_path)
    for encoded in (first, second):
        assert isinstance(encoded.ids, np.memmap)
        assert contents(encoded) == EXPECTED
    assert (entry(tmp_path) / "ids.npy").stat().st_ino == inode


def test_the_arrays_cannot_be_written_to(tmp_path: Path):
    encoded = encode_reviews(SPLIT, TOKENIZER, tmp_path)
    with pytest.raises(ValueError, match="read-only"):
        encoded.ids[0] = 0


def test_other_texts_labels_or_tokenizers_are_cached_apart(tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    encode_reviews(Split(SPLIT.texts, 1 - SPLIT.labels), TOKENIZER, tmp_path)
    encode_reviews(Split(SPLIT.texts[::-1], SPLIT.labels), TOKENIZER, tmp_path)
    encode_reviews(SPLIT, train_whitespace(["film film"], min_frequency=1), tmp_path)
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("name", ["ids", "offsets", "labels"])
@pytest.mark.parametrize("kept", [0, 5, 100, -1])
def test_a_truncated_cache_is_made_again(name: str, kept: int, tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    path = entry(tmp_path) / f"{name}.npy"
    path.write_bytes(path.read_bytes()[:kept])
    assert contents(encode_reviews(SPLIT, TOKENIZER, tmp_path)) == EXPECTED
    assert np.load(path).size > 0


def test_a_missing_array_is_made_again(tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    (entry(tmp_path) / "labels.npy").unlink()
    assert contents(encode_reviews(SPLIT, TOKENIZER, tmp_path)) == EXPECTED


@pytest.mark.parametrize(
    ("name", "value"), [("ids", [3, 2]), ("offsets", [0, 2, 3, 9]), ("offsets", [0, 7]), ("labels", [1])]
)
def test_arrays_that_do_not_add_up_are_made_again(name: str, value: list[int], tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    np.save(entry(tmp_path) / f"{name}.npy", np.array(value))
    assert contents(encode_reviews(SPLIT, TOKENIZER, tmp_path)) == EXPECTED


def test_pickles_are_never_read(tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    np.save(entry(tmp_path) / "ids.npy", np.array([{"a": 1}] * 7, dtype=object), allow_pickle=True)
    assert contents(encode_reviews(SPLIT, TOKENIZER, tmp_path)) == EXPECTED


def test_nothing_half_written_stays(tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    assert sorted(path.name for path in entry(tmp_path).iterdir()) == ["ids.npy", "labels.npy", "offsets.npy"]


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path: Path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(DataError, match=r"Cannot write the cache in .*Set SENTIMENT_CACHE") as caught:
        encode_reviews(SPLIT, TOKENIZER, tmp_path / "cache")
    assert "\n" not in str(caught.value)


def test_a_file_where_the_cached_split_should_be_is_one_line(tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    folder = entry(tmp_path)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("")
    with pytest.raises(DataError, match="Cannot write the cache"):
        encode_reviews(SPLIT, TOKENIZER, tmp_path)
    assert list(tmp_path.iterdir()) == [folder]


def test_the_environment_names_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SENTIMENT_CACHE", str(tmp_path))
    assert default_cache() == tmp_path
    monkeypatch.delenv("SENTIMENT_CACHE")
    assert default_cache().is_relative_to(Path.home())


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
