"""Texts of a corpus's reviews: those of its own data set alone, read where it is at hand, else what would show them."""

import os
import subprocess
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sentiment_core.text.corpus import Corpus, load_corpus, load_lengths
from sentiment_core.text.reviews import Reviews, load_reviews
from sentiment_core.text.texts import Texts, find_texts, keep_texts
from sentiment_core.training.cards import build_corpus
from tests.conftest import ROOT

CHECKPOINTS = ROOT / "checkpoints"


@pytest.fixture(autouse=True)
def nothing_at_hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting, and no Hub cache of this machine."""
    from huggingface_hub import constants

    for setting in ("SENTIMENT_IMDB", "SENTIMENT_KOREAN", "HF_DATASETS_CACHE"):
        monkeypatch.delenv(setting, raising=False)
    for setting in ("HF_HUB_CACHE", "HF_HOME"):  # for this process, and for those that it starts
        monkeypatch.setattr(constants, setting, str(tmp_path / "hub"))
        monkeypatch.setenv(setting, str(tmp_path / "hub"))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def write_reviews(path: Path, extra: str = "") -> Path:
    """A CSV with columns of its own names and labels of its own values."""
    lines = [f"{'gut' if n % 2 else 'schlecht'}, Review Nummer {n} {extra}" for n in range(120)]
    path.write_text("urteil, satz\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def own_corpus(path: Path, folder: Path, cache: Path) -> tuple[Corpus, Reviews]:
    """The corpus of such a file, as the command `corpus` writes it."""
    how = {"text_column": "satz", "label_column": "urteil", "label_names": ["schlecht", "gut"]}
    reviews = load_reviews(str(path), seed=3, **how)
    build_corpus(reviews, folder, seed=3, tokenizer="whitespace", cache=cache)
    return load_corpus(folder), reviews


def assert_all_at_hand(found: Texts, reviews: Reviews, split: str) -> None:
    want = reviews.splits[split]
    assert found.complete
    assert found.missing is None
    assert found.fingerprint == want.fingerprint
    assert np.array_equal(found.labels, want.labels)
    rows = np.random.default_rng(0).permutation(len(want))[:20]
    assert found.of(rows) == [want.texts[row] for row in rows]
    assert found.stretch(2, 5) == want.texts[2:5]
    assert len(found) == len(want)
    with pytest.raises(IndexError):
        found.of([len(want)])


@pytest.mark.parametrize("split", ["valid", "test"])
def test_the_toy_reviews_are_at_hand(split: str, cache: Path):
    assert_all_at_hand(find_texts(load_corpus(CHECKPOINTS / "toy"), split, cache), load_reviews("toy"), split)
    assert not cache.exists()


def test_of_the_published_korean_reviews_the_embedded_part_is_at_hand(cache: Path):
    """Their labels are those of the same rows of the published card, and the line names the setting for the others."""
    corpus = load_corpus(CHECKPOINTS / "korean")
    found, part = find_texts(corpus, "test", cache), load_reviews("korean").test
    assert found.rows is not None
    assert len(set(found.rows.tolist())) == len(part) == 5_556
    assert found.of(found.rows[::-1]) == part.texts[::-1]
    other = next(row for row in range(200) if row not in set(found.rows.tolist()))
    assert found.of([other, int(found.rows[0])]) == [None, part.texts[0]]
    lengths = load_lengths(corpus)
    assert np.array_equal(lengths.label[lengths.split == "test"][found.rows], found.labels)
    assert not found.complete
    assert found.missing is not None
    assert "SENTIMENT_KOREAN" in str(found.missing)
    assert len(find_texts(corpus, "valid", cache)) == 0


def test_the_whole_korean_set_is_read_from_its_folder(cache: Path, monkeypatch: pytest.MonkeyPatch):
    folder = Path(os.environ.get("SENTIMENT_KOREAN", ROOT.parent / "shared" / "data" / "korean"))
    if not folder.is_dir():
        pytest.skip("no Korean reviews at hand: name their folder in SENTIMENT_KOREAN")
    corpus = load_corpus(CHECKPOINTS / "korean")
    part = find_texts(corpus, "test", cache)
    monkeypatch.setenv("SENTIMENT_KOREAN", str(folder))
    whole = find_texts(corpus, "test", cache)
    assert_all_at_hand(whole, load_reviews(str(folder)), "test")
    assert part.of(part.rows) == whole.of(part.rows), "the rows of the embedded part in the whole set"


def test_imdb_is_read_from_the_folder_that_the_setting_names(imdb: str, cache: Path, monkeypatch: pytest.MonkeyPatch):
    corpus = load_corpus(CHECKPOINTS / "imdb")
    monkeypatch.setenv("SENTIMENT_IMDB", imdb)
    found = find_texts(corpus, "test", cache)
    lengths = load_lengths(corpus)
    assert np.array_equal(lengths.label[lengths.split == "test"], found.labels)
    assert found.complete
    assert all(len(text or "") > 30 for text in found.of(range(0, 25_000, 5_000)))


def test_without_imdb_one_line_says_what_would_show_it(cache: Path, monkeypatch: pytest.MonkeyPatch):
    """No process is started and nothing is downloaded."""
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a process was started"))
    for _ in range(2):
        found = find_texts(load_corpus(CHECKPOINTS / "imdb"), "test", cache)
        assert found.of([0, 24_999]) == [None, None]
        assert "SENTIMENT_IMDB" in str(found.missing)
    assert not cache.exists()


def test_the_hubs_cache_is_found_without_the_network(cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A corpus of a Hub data set whose files were downloaded: only the revision that the cache calls main is read."""
    from huggingface_hub import constants

    repository = Path(constants.HF_HUB_CACHE) / "datasets--owner--films"
    files = repository / "snapshots" / "abc"
    files.mkdir(parents=True)
    rows = load_reviews("toy").test
    pq.write_table(pa.table({"text": rows.texts, "label": rows.labels}), files / "train.parquet")
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("abc", encoding="ascii")
    reviews = load_reviews(str(files))
    build_corpus(Reviews("owner/films", **reviews.splits), tmp_path / "films", seed=0, tokenizer="whitespace")
    assert_all_at_hand(find_texts(load_corpus(tmp_path / "films"), "test", cache), reviews, "test")


def test_an_own_corpus_is_read_as_it_was_written_while_its_file_is_there(cache: Path, tmp_path: Path):
    """With its own columns, labels and seed. The corpus folder itself does not name the path."""
    path = write_reviews(tmp_path / "filme.csv")
    corpus, reviews = own_corpus(path, tmp_path / "filme", cache)
    assert str(tmp_path) not in (tmp_path / "filme" / "corpus.json").read_text("utf-8")
    assert_all_at_hand(find_texts(corpus, "test", cache), reviews, "test")
    path.unlink()
    assert_all_at_hand(find_texts(corpus, "valid", cache), reviews, "valid")  # kept when test was read


def test_of_a_file_that_is_gone_no_text_is_shown(cache: Path, tmp_path: Path):
    path = write_reviews(tmp_path / "filme.csv")
    corpus, _ = own_corpus(path, tmp_path / "filme", cache)
    path.rename(tmp_path / "moved.csv")
    found = find_texts(corpus, "test", cache)
    assert found.of([0]) == [None]
    assert "--data filme.csv" in str(found.missing)
    assert str(tmp_path) not in str(found.missing), "a visitor need not know the server's folders"


def test_a_file_that_has_changed_is_refused(cache: Path, tmp_path: Path):
    path = write_reviews(tmp_path / "filme.csv")
    corpus, _ = own_corpus(path, tmp_path / "filme", cache)
    write_reviews(path, extra="!")
    found = find_texts(corpus, "test", cache)
    assert found.of([0]) == [None]
    assert "The reviews in filme.csv are not those" in str(found.missing)
    assert not list(cache.glob("texts/*"))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"source": 3, "form": {}}', '{"source": "x"}', "\0"])
def test_a_damaged_note_counts_as_none(content: str, cache: Path, tmp_path: Path):
    corpus, _ = own_corpus(write_reviews(tmp_path / "filme.csv"), tmp_path / "filme", cache)
    (note,) = cache.glob("sources/*.json")
    note.write_text(content, encoding="utf-8")
    assert "write the corpus again" in str(find_texts(corpus, "test", cache).missing)


def test_a_damaged_file_of_texts_is_made_again(cache: Path, tmp_path: Path):
    corpus, reviews = own_corpus(write_reviews(tmp_path / "filme.csv"), tmp_path / "filme", cache)
    keep_texts(corpus, cache)
    path = cache / "texts" / f"{corpus.fingerprint}-test.arrow"
    path.write_bytes(path.read_bytes()[:-40])
    assert_all_at_hand(find_texts(corpus, "test", cache), reviews, "test")


def test_a_cache_that_cannot_be_written_is_named(cache: Path, tmp_path: Path):
    corpus, _ = own_corpus(write_reviews(tmp_path / "filme.csv"), tmp_path / "filme", cache)
    (cache / "texts").write_text("a file where the folder should be", encoding="utf-8")
    found = find_texts(corpus, "test", cache)
    assert "Set SENTIMENT_CACHE to a folder with space" in str(found.missing)


def test_the_texts_are_mapped_and_not_held(cache: Path, tmp_path: Path):
    """Arrow allocates no memory for the 24 test reviews of 10 kB each, only for the one that is read."""
    path = write_reviews(tmp_path / "lang.csv", extra="Wort " * 2_000)
    corpus, _ = own_corpus(path, tmp_path / "lang", cache)
    find_texts(corpus, "test", cache)
    before = pa.total_allocated_bytes()
    found = find_texts(corpus, "test", cache)
    assert len(found.of([3])[0] or "") > 10_000
    assert pa.total_allocated_bytes() - before < 12_000
