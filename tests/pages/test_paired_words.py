"""Sentences about the difference of two classifiers, and p-values as a class reads them."""

import numpy as np
import pytest

from pages.compare.paired_words import accuracies_text, chance_text, difference_text, method_text, p_text
from sentiment_core.analysis.evaluation.paired import Difference, Interval, McNemar
from sentiment_core.messages import in_language


def difference(gain: tuple[float, float, float], p: float, first: int = 10, second: int = 20) -> Difference:
    return Difference(("rnn", "bilstm"), np.zeros(4), Interval(*gain), McNemar(first, second, p, p / 2), p)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            difference((0.019, 0.014, 0.024), 1e-9),
            "bilstm is right on 1.9 points more reviews than rnn (1.4 to 2.4). A difference this large would be rare "
            "if both were equally good: p < 0.001.",
        ),
        (
            difference((-0.004, -0.009, 0.001), 0.22),
            "rnn is right on 0.4 points more reviews than bilstm (-0.1 to 0.9). That could well be chance: p = 0.22.",
        ),
        (
            difference((0.0004, -0.0002, 0.001), 0.012),
            "bilstm is right on 0.04 points more reviews than rnn (-0.02 to 0.1). A difference this large would be "
            "unusual if both were equally good: p = 0.012.",
        ),
        (
            difference((0.0, -0.002, 0.002), 1.0, 5, 5),
            "rnn and bilstm are right equally often (difference from -0.2 to 0.2 points).",
        ),
        (
            difference((0.0, 0.0, 0.0), 1.0, 0, 0),
            "rnn and bilstm are right on exactly the same reviews, so these do not tell which one is better.",
        ),
    ],
)
def test_a_difference_is_worded_for_a_class(found, said):
    assert difference_text(found).replace("\xa0", " ") == said


def test_accuracies_have_their_intervals():
    found = {"rnn": Interval(0.826, 0.821, 0.83), "bilstm": Interval(0.877, 0.873, 0.881)}
    assert accuracies_text(found, 25_000) == (
        "Of 25,000 reviews, rnn gets 82.6% right (82.1% to 83.0%) and bilstm gets 87.7% right (87.3% to 88.1%)."
    )


def test_several_pairs_say_that_p_is_corrected():
    found = difference((0.01, 0.0, 0.02), 0.04)
    assert "corrected" not in method_text(found, 1)
    assert "corrected for 6 comparisons (Holm)" in method_text(found, 6)
    assert "exact p 0.04, mid-p 0.02" in method_text(found, 1)
    assert "exact p < 1e-300, mid-p < 1e-300" in method_text(difference((0.1, 0.09, 0.11), 0.0), 1)


@pytest.mark.parametrize(
    ("p", "said"), [(0.0, "p < 0.001"), (0.00099, "p < 0.001"), (0.0456, "p = 0.046"), (0.5, "p = 0.50")]
)
def test_a_p_value_is_rounded(p, said):
    assert p_text(p) == said.replace(" ", "\xa0")  # no line break divides it


def test_the_words_follow_p():
    assert "rare" in chance_text(0.0001)
    assert "unusual" in chance_text(0.01)
    assert "could well be chance" in chance_text(0.05)


def test_in_korean():
    with in_language("ko"):
        said = difference_text(difference((0.019, 0.014, 0.024), 1e-9))
    assert (
        said.replace("\xa0", " ")
        == "정확도: bilstm이 rnn보다 1.9%p 높습니다(1.4~2.4). 실력이 같다면 이만한 차이는 매우 드뭅니다: p < 0.001."
    )
