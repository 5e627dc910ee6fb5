"""The published linear classifiers on texts with obvious answers. Needs no torch."""

import os
from pathlib import Path

import pytest

from sentiment_core.classifiers.linear import LinearClassifier
from sentiment_core.classifiers.linear_files import list_linear, load_linear

ROOT = Path(os.environ.get("SENTIMENT_CHECKPOINTS", Path(__file__).parents[2] / "checkpoints"))
FOLDERS = [folder for corpus in ("imdb", "toy") for folder in list_linear(ROOT / corpus)]
IMDB = ["bag-of-words", "nb-svm-bigrams", "nb-svm-trigrams", "tf-idf"]
CLEAR = {
    "A wonderful film. I loved every minute of it.": "positive",
    "A terrible film. I hated every minute of it.": "negative",
    "What a waste of time. Boring, badly acted and far too long.": "negative",
    "Superb acting and a moving story, one of the best films I have seen.": "positive",
}


@pytest.fixture(scope="module")
def classifiers(published: Path) -> dict[str, LinearClassifier]:
    return {folder.name: load_linear(folder) for folder in list_linear(published)}


def test_they_are_there_and_small():
    assert [folder.name for folder in FOLDERS if folder.parent.name == "imdb"] == IMDB
    assert sum(file.stat().st_size for folder in FOLDERS for file in folder.iterdir()) < 2_000_000


@pytest.mark.parametrize("name", IMDB)
def test_what_the_file_says_of_its_accuracy_is_that_of_its_scores(classifiers, name: str):
    about = classifiers[name].about
    valid, test = classifiers[name].valid_scores(), classifiers[name].scores()
    assert (len(valid.labels), len(test.labels)) == (2_500, 25_000)
    assert valid.accuracy == pytest.approx(about["valid_accuracy"], abs=4e-4), "float16 may turn a logit near 0"
    assert test.accuracy == pytest.approx(about["test_accuracy"], abs=4e-5)
    assert about["before_pruning"]["test_accuracy"] - about["test_accuracy"] < 0.002


@pytest.mark.parametrize("name", IMDB)
def test_clear_reviews_get_their_verdict_and_a_sum_that_adds_up(classifiers, name: str):
    for text, verdict in CLEAR.items():
        (judged,) = classifiers[name].judge([text])
        assert judged.prediction.verdict == verdict, text
        found = classifiers[name].contributions(judged.view)
        assert found.intercept + found.sum == pytest.approx(judged.prediction.logit, abs=1e-5)


def test_a_pair_can_reverse_its_words(classifiers):
    found = classifiers["tf-idf"].contributions(classifiers["tf-idf"].view("Not good."))
    values = dict(zip(found.ngrams, found.values, strict=True))
    assert values["not good"] < 0 < values["good"]
