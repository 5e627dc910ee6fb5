"""Filling a corpus folder: what it lacks is written, what it has is kept."""

import shutil
from pathlib import Path

import pytest

from sentiment_core.errors import DataError
from sentiment_core.experiments.filling import fill_corpus
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.reviews import Reviews, load_reviews


@pytest.fixture(scope="module")
def toy() -> Reviews:
    return load_reviews("toy")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_files_that_training_would_have_written(toy: Reviews, toy_corpus: Path, tmp_path: Path):
    corpus = load_corpus(shutil.copytree(toy_corpus, tmp_path / "toy"))
    whole = files(corpus.path)
    (corpus.path / "tiny" / "valid.parquet").unlink()
    lines = list(fill_corpus(corpus, toy))
    assert [line.split(":")[0] for line in lines] == [str(corpus.path / "tiny" / "valid.parquet")]
    assert files(corpus.path) == whole
    assert list(fill_corpus(corpus, toy)) == [], "nothing is left to write"


def test_other_reviews_are_refused(toy_corpus: Path):
    with pytest.raises(DataError, match="describes other reviews"):
        next(fill_corpus(load_corpus(toy_corpus), load_reviews("toy", seed=5)))
