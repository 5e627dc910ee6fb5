"""Several classifiers on one test split: which can be compared, and what they say at a threshold."""

import numpy as np
import pytest

from sentiment_core.analysis.evaluation.compared import (
    Compared,
    Scored,
    compare,
    probability,
    scored_run,
    threshold_log_odds,
)
from sentiment_core.classifiers.protocol import Origin
from sentiment_core.errors import ClassifierError
from sentiment_core.runs.reading import load_run
from sentiment_core.runs.scores import Scores

LABELS = np.array([1, 1, 0, 0])


def scored(name: str, logits: list[float], labels: np.ndarray = LABELS, fingerprint: str = "f") -> Scored:
    return Scored(name, Origin("toy", fingerprint), Scores(labels, np.array(logits, np.float32)))


def test_classifiers_of_one_split_are_side_by_side():
    found = compare([scored("a", [2, -1, 0.5, -3]), scored("b", [1, 1, 1, 1])])
    assert found.names == ["a", "b"]
    assert found.rows.tolist() == [0, 1, 2, 3]
    assert found.right("a").tolist() == [True, False, False, True]
    assert found.right("b").tolist() == [True, True, False, False]
    part = found.take(np.array([False, True, False, True]))
    assert part.rows.tolist() == [1, 3]
    assert part.labels.tolist() == [1, 0]
    assert part.log_odds["a"].tolist() == [-1, -3]
    assert len(part) == 2


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (scored("b", [1, 1, 1, 1], fingerprint="other"), "different reviews cannot be compared"),
        (scored("b", [1, 1, 1, 1], np.array([1, 0, 1, 0])), "The test labels of a (4 reviews) and b (4) differ"),
        (scored("b", [1, 1], np.array([1, 0])), "The test labels of a (4 reviews) and b (2) differ"),
    ],
)
def test_classifiers_of_different_splits_are_refused(other, said):
    with pytest.raises(ClassifierError) as error:
        compare([scored("a", [2, -1, 0.5, -3]), other])
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_the_threshold_itself_is_not_positive():
    found = Compared(np.array([1, 1, 1]), np.arange(3), {"a": np.array([-0.1, 0.0, 0.1], np.float32)})
    assert threshold_log_odds(0.5) == 0.0
    assert found.positive("a").tolist() == [False, False, True]
    nine_to_one = np.array([np.log(9) - 0.01, np.log(9) + 0.01], np.float32)
    found = Compared(np.array([1, 1]), np.arange(2), {"a": nine_to_one})
    assert found.positive("a", 0.9).tolist() == [False, True]


def test_probabilities_do_not_overflow():
    np.testing.assert_allclose(
        probability(np.array([-6e4, -np.log(3), 0.0, np.log(3), 6e4], np.float32)), [0, 0.25, 0.5, 0.75, 1], rtol=1e-6
    )


def test_a_run_without_test_scores_says_what_to_do(toy_copy):
    run = load_run(toy_copy)
    assert len(scored_run(run).scores.labels) == run.data["sizes"]["test"]
    (toy_copy / "test.parquet").unlink()
    with pytest.raises(ClassifierError, match=r"tiny has no test scores .* Train it again"):
        scored_run(run)
