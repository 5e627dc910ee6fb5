"""Filling a corpus folder: what it lacks is written, what it has is kept."""

import json
import shutil
from pathlib import Path

import pytest

from sentiment_core.errors import DataError
from sentiment_core.experiments.filling import fill_corpus
from sentiment_core.runs.error_tokens import load_error_tokens
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.reviews import Reviews, load_reviews


@pytest.fixture(scope="module")
def toy() -> Reviews:
    return load_reviews("toy")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


FILLED = ("features.parquet", "test_tokens.parquet", "tiny/valid.parquet", "tiny/error_tokens.parquet")


def test_the_files_that_a_corpus_and_a_training_write(toy: Reviews, toy_corpus: Path, tmp_path: Path):
    corpus = load_corpus(shutil.copytree(toy_corpus, tmp_path / "toy"))
    whole = files(corpus.path)
    for name in FILLED:
        (corpus.path / name).unlink()
    lines = list(fill_corpus(corpus, toy))
    assert [line.split(": ")[0] for line in lines] == [str(corpus.path / name) for name in FILLED]
    assert files(corpus.path) == whole
    assert list(fill_corpus(corpus, toy)) == [], "nothing is left to write"


def test_counts_by_another_tokenizer_are_written_again(toy: Reviews, toy_corpus: Path, tmp_path: Path):
    corpus = load_corpus(shutil.copytree(toy_corpus, tmp_path / "toy"))
    tokenizer = corpus.path / "tokenizer.json"
    tokenizer.write_bytes(tokenizer.read_bytes() + b" ")
    assert load_error_tokens(corpus.path / "tiny", corpus) is None
    names = [line.split(": ")[0] for line in fill_corpus(corpus, toy)]
    assert names == [str(corpus.path / name) for name in FILLED if "valid" not in name]
    assert load_error_tokens(corpus.path / "tiny", corpus) is not None


def test_what_cannot_be_filled_is_named_and_left_as_it_is(toy: Reviews, toy_corpus: Path, tmp_path: Path):
    corpus = load_corpus(shutil.copytree(toy_corpus, tmp_path / "toy"))
    folder = corpus.path / "tiny"
    (folder / "valid.parquet").unlink()
    recipe = json.loads((folder / "recipe.json").read_text(encoding="utf-8"))
    recipe["data"]["fingerprint"] = "other"
    (folder / "recipe.json").write_text(json.dumps(recipe), encoding="utf-8")
    assert list(fill_corpus(corpus, toy)) == [f"{folder}: of other reviews, left as it is"]
    (folder / "model.safetensors").write_bytes(b"")
    (line,) = fill_corpus(corpus, toy)
    assert str(folder) in line
    assert not (folder / "valid.parquet").exists()


def test_other_reviews_are_refused(toy_corpus: Path):
    with pytest.raises(DataError, match="describes other reviews"):
        next(fill_corpus(load_corpus(toy_corpus), load_reviews("toy", seed=5)))
