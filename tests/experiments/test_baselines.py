"""Linear baselines on reviews with known answers."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

from sentiment_core.experiments.baselines import BASELINES, BaselineResult, log_count_ratio, measure_baseline
from sentiment_core.text.reviews import Reviews, Split

ROOT = Path(__file__).parents[2]
NAIVE_BAYES = ["nb-svm-bigrams", "nb-svm-trigrams", "nb-svm-characters"]


def split(count: int, seed: int) -> Split:
    """Half "not good" and "bad" (0), half "good" and "not bad" (1), among neutral words: only pairs tell them apart."""
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(count, dtype=np.int64) % 2)
    cues = [[("not good", "bad"), ("good", "not bad")][label][rng.integers(2)] for label in labels]
    fillers = ["the plot", "a film", "we saw it", "in the hall"]
    return Split([f"{rng.choice(fillers)}<br />was {cue}. {rng.choice(fillers)}" for cue in cues], labels)


@pytest.fixture(scope="module")
def reviews() -> Reviews:
    return Reviews("pairs", split(200, 0), split(60, 1), split(80, 2))


@pytest.fixture(scope="module")
def results(reviews: Reviews) -> dict[str, BaselineResult]:
    return {name: measure_baseline(name, reviews) for name in BASELINES}


def test_the_ratio_is_that_of_smoothed_shares():
    counts = csr_array(np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1]], dtype=np.float32))
    # Positive reviews 0 and 1 count 2, 1, 0, smoothed 3, 2, 1 of 6; negative review 2 counts 0, 1, 1, so 1, 2, 2 of 5.
    expected = np.log(np.array([3, 2, 1]) / 6) - np.log(np.array([1, 2, 2]) / 5)
    assert log_count_ratio(counts, np.array([1, 1, 0])) == pytest.approx(expected)


def test_pairs_of_words_tell_what_words_alone_cannot(results: dict[str, BaselineResult]):
    assert results["bag-of-words"].test_accuracy < 0.9
    for name in ("tf-idf", *NAIVE_BAYES):
        assert results[name].test_accuracy == results[name].valid_accuracy == 1.0, name


def test_characters_tell_what_endings_hide_from_words():
    """Every word of test is new; only its stem, one syllable, is known."""
    syllables = "가나다라마바사아자차카타파하"

    def words(seed: int, first: str) -> Split:
        rng = np.random.default_rng(seed)
        labels = np.arange(60, dtype=np.int64) % 2
        texts = [f"영화 {first}{'굿헐'[1 - label]}{''.join(rng.choice(list(syllables), 4))}" for label in labels]
        return Split(texts, labels)

    korean = Reviews("stems", words(0, "참"), words(1, "정"), words(2, "꽤"))
    assert measure_baseline("bag-of-words", korean).test_accuracy == 0.5
    assert measure_baseline("nb-svm-characters", korean).test_accuracy > 0.95


def test_each_says_what_it_was_and_read(reviews: Reviews, results: dict[str, BaselineResult]):
    for name, result in results.items():
        assert (result.source, result.fingerprint) == ("pairs", reviews.fingerprint)
        fits = [(result.settings["loss"], result.settings["C"])] if result.settings else []
        assert set(fits) <= set(BASELINES[name].fits), name
        assert (result.features > 0) == bool(fits), name
        assert ("share" in result.settings) == (name in NAIVE_BAYES)
    assert results["nb-svm-trigrams"].features > results["bag-of-words"].features


def test_the_majority_is_that_of_train():
    texts = ["a", "b", "c", "d"]
    labels = [np.array(row) for row in ([1, 1, 1, 0], [1, 0, 0, 0], [1, 1, 0, 0])]
    result = measure_baseline("majority", Reviews("few", *(Split(texts, row) for row in labels)))
    assert (result.valid_accuracy, result.test_accuracy) == (0.25, 0.5)


@pytest.mark.parametrize("name", ["bag-of-words", "nb-svm-bigrams"])
def test_the_test_split_decides_nothing(name: str, reviews: Reviews, results: dict[str, BaselineResult]):
    turned = replace(reviews, test=Split(reviews.test.texts, 1 - reviews.test.labels))
    result = measure_baseline(name, turned)
    assert (result.valid_accuracy, result.settings) == (results[name].valid_accuracy, results[name].settings)
    assert result.test_accuracy == pytest.approx(1 - results[name].test_accuracy)


def test_refitting_reads_the_valid_split_too(reviews: Reviews):
    """The words of the test split occur in valid only, so only the refitted baseline knows them."""
    new = Split(["superb film", "dreadful film"] * 20, np.array([1, 0] * 20))
    result = measure_baseline("bag-of-words", replace(reviews, valid=new, test=new))
    assert (result.test_accuracy, result.refitted_accuracy) == (0.5, 1.0)


def test_scikit_learn_loads_only_to_fit():
    script = (
        "import sys; from sentiment_core.cli.app import app; import sentiment_core.experiments.reproduction.tables;"
        "assert not {'sklearn', 'scipy', 'torch'} & set(sys.modules), sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)
