"""The class against the models. The expected values are computed by hand or by another library."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from statsmodels.stats.inter_rater import fleiss_kappa as their_fleiss

from sentiment_core.classroom.records import Vote
from sentiment_core.classroom.room import Classroom
from sentiment_core.classroom.statistics import (
    calibration,
    class_calibration,
    class_probability,
    class_side,
    cohen_kappa,
    fleiss_kappa,
    model_calibration,
    score,
    standings,
)
from tests.classroom.conftest import question


def by_seat(*votes: int) -> dict[int, Vote]:
    return {seat: Vote("q", vote > 0, abs(vote)) for seat, vote in enumerate(votes)}


@pytest.mark.parametrize(
    ("votes", "side"),
    [((1, 1, -4), 1), ((-1,), 0), ((4, -1), None), ((), None)],
)
def test_the_majority_of_votes_decides_however_sure_they_are(votes: tuple[int, ...], side: int | None):
    assert class_side(by_seat(*votes)) == side


def test_the_class_states_the_mean_of_its_votes():
    assert class_probability(by_seat(4, -4, 1)) == pytest.approx((1 + 0 + 0.5) / 3)
    assert math.isnan(class_probability({}))


def test_the_class_stands_beside_each_model_on_the_same_questions(room: Classroom, answer: Callable[..., None]):
    answer(question("first", 1, rnn=0.9, lstm=0.4), 4, 4, -1)  # the class is right, rnn too
    answer(question("second", 0, rnn=0.8), 4, 1, -1)  # the class is wrong, rnn too; lstm did not judge
    answer(question("third", None, rnn=0.5, lstm=0.5), 4, 4, 4)  # nobody knows: counts nowhere
    answer(question("fourth", 0, rnn=0.1, lstm=0.2), 0, 0, 0)  # nobody voted: counts nowhere
    ours, rnn, lstm = standings(room.judged())
    assert [(one.name, one.right, one.of, one.class_right) for one in (ours, rnn, lstm)] == [
        ("", 1, 2, 1),
        ("rnn", 1, 2, 1),
        ("lstm", 0, 1, 1),  # on the first question alone, where the class was right
    ]
    first, second = (1 + 1 + 0.5) / 3, (1 + 0.5 + 0.5) / 3
    assert ours.confidence == pytest.approx((first + second) / 2)
    assert ours.brier == pytest.approx(((1 - first) ** 2 + second**2) / 2)
    assert rnn.brier == pytest.approx((0.01 + 0.64) / 2)
    assert lstm.confidence == pytest.approx(0.6)
    assert calibration(room.judged(), "rnn").count.sum() == 2
    assert calibration(room.judged(), "").count.sum() == 6  # votes


def test_a_tie_of_the_class_is_not_right(room: Classroom, answer: Callable[..., None]):
    answer(question("first", 1), 2, -2)
    assert (standings(room.judged())[0].right, standings(room.judged())[0].of) == (0, 1)


def test_calibration_compares_what_votes_state_with_how_often_they_are_right(
    room: Classroom, answer: Callable[..., None]
):
    answer(question("first", 1), 4, 4, -1)
    answer(question("second", 0), 4, -4, -1)
    found = class_calibration(room.judged())
    assert found.count.tolist() == [2, 0, 0, 4]
    np.testing.assert_allclose(found.right, [0.5, np.nan, np.nan, 0.75])
    assert found.error == pytest.approx((2 * abs(0.5 - 0.5) + 4 * abs(0.75 - 1.0)) / 6)


def test_a_models_calibration_has_bins_of_its_confidence(room: Classroom, answer: Callable[..., None]):
    answer(question("first", 1, rnn=0.95), 1)
    answer(question("second", 1, rnn=0.06), 1)
    answer(question("third", 0, rnn=1.0), 1)
    answer(question("fourth", 0, rnn=0.45), 1)
    found = model_calibration(room.judged(), "rnn")
    assert found.count.tolist() == [1, 0, 0, 0, 3]
    assert found.right[[0, 4]].tolist() == pytest.approx([1.0, 1 / 3])
    assert found.stated[4] == pytest.approx((0.95 + 0.94 + 1.0) / 3)
    assert found.error == pytest.approx((abs(1 - 0.55) + 3 * abs(1 / 3 - (0.95 + 0.94 + 1.0) / 3)) / 4)


def test_fleiss_kappa_is_that_of_statsmodels(room: Classroom, answer: Callable[..., None]):
    tables = [(1, 4), (3, 2), (5, 0), (2, 3)]
    for at, (negative, positive) in enumerate(tables):
        answer(question(str(at)), *([-1] * negative + [1] * positive))
    assert fleiss_kappa(room.judged()) == pytest.approx(their_fleiss(np.array(tables)))


def test_fleiss_kappa_with_missing_votes_by_hand(room: Classroom, answer: Callable[..., None]):
    answer(question("first"), 1, 1, 1)  # agreed: 1
    answer(question("second"), 1, -1, 0)  # 0
    answer(question("third"), 0, 0, 1)  # one vote: does not count
    shares = np.array([4 / 5, 1 / 5])
    by_chance = (shares**2).sum()
    assert fleiss_kappa(room.judged()) == pytest.approx((0.5 - by_chance) / (1 - by_chance))


def test_cohens_kappa_by_hand(room: Classroom, answer: Callable[..., None]):
    for at, (vote, probability) in enumerate([(1, 0.9), (1, 0.2), (-1, 0.1), (-1, 0.3)]):
        answer(question(str(at), None, rnn=probability), vote)
    # Both say positive once, both negative twice; the class says positive in 2 of 4, the model in 1 of 4.
    assert cohen_kappa(room.judged(), "rnn") == pytest.approx((0.75 - 0.5) / 0.5)


@pytest.mark.parametrize("votes", [(), (1,), (1, 1)])
def test_agreement_without_a_chance_to_differ_is_no_number(
    room: Classroom, answer: Callable[..., None], votes: tuple[int, ...]
):
    answer(question("first", 1, rnn=0.9), *votes)
    assert math.isnan(fleiss_kappa(room.judged()))
    assert math.isnan(cohen_kappa(room.judged(), "rnn"))


def test_a_phone_is_scored_on_what_the_class_has_seen():
    votes = [Vote("a", True, 4), Vote("b", True, 1), Vote("c", False, 4), Vote("d", True, 2)]
    found = score(votes, {"a": 1, "b": 0, "c": None, "d": 1}, {"a", "b", "c"})
    assert (found.right, found.of) == (1, 2)
    assert found.steps == ((0, 1), (0, 0), (0, 0), (1, 1))
