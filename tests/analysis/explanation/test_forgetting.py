"""How far back gradients reach: shares, cues and checkpoints, worked by hand."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from sentiment_core.analysis.explanation.forgetting import (
    GAPS,
    SENTENCES,
    Fade,
    cue_place,
    fades,
    logs_of,
    moment_of,
    recorded_lines,
    sentences_in,
    values_of,
)
from sentiment_core.classifiers.memory import DirectionGradients
from sentiment_core.classifiers.tokens import tokenize
from sentiment_core.runs.forgetting import Forgetting, Reach
from sentiment_core.text.tokenization import train_words

HALVES = 0.5 ** np.arange(6)[::-1]  # a forward network in which each step halves a change: 1/32 ... 1/2, 1


def test_the_reach_of_a_gradient_that_halves_at_each_step():
    forward = Fade("rnn", False, False, HALVES)
    backward = Fade("rnn", True, True, HALVES[::-1])
    for fade in (forward, backward):
        assert fade.reach(0.5) == 2, "a half arrives from one token back, a quarter from two"
        assert fade.reach(0.1) == 4
        assert fade.reach(0.001) is None
        assert fade.by_distance.tolist() == (0.5 ** np.arange(6)).tolist()


def test_a_gradient_that_comes_back_further_away_has_not_ended():
    assert Fade("gru", False, False, np.array([1.0, 0.0, 0.0, 0.01])).reach(0.1) is None
    assert Fade("gru", False, False, np.array([0.0, 1.0, 0.0, 0.01])).reach(0.1) == 3


def test_logs_end_at_the_floor():
    assert logs_of(np.array([0.0, 1e-30, 1e-3])).tolist() == pytest.approx([-12, -12, -3])
    assert Fade("rnn", False, False, np.zeros(2)).reach(0.1) == 0


def test_the_chosen_gradient():
    part = DirectionGradients(False, np.array([1.0]), np.array([2.0]), np.array([3.0]))
    assert [float(values_of(part, of)[0]) for of in ("logit", "cell", "last")] == [1, 2, 3]
    plain = DirectionGradients(True, np.array([1.0]), None, np.array([3.0]))
    assert values_of(plain, "cell") == [1.0]
    assert [fade.both for fade in fades("bilstm", (part, plain), "last")] == [True, True]


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_keeps_its_cue_at_each_distance(name: str):
    sentence = SENTENCES[name]
    tokenizer = train_words([sentence.text(GAPS[-1])])
    for gap in GAPS:
        text = sentence.text(gap)
        between = text.removeprefix(sentence.before).removesuffix(sentence.after).split()
        assert gap <= len(between) < gap + 7
        view = tokenize(text, tokenizer, 400)
        place = cue_place(view, sentence.cue)
        assert view.pieces[place].casefold() == sentence.cue.casefold()
        assert text.count(sentence.cue) == 1, "the filler says nothing of it"


def test_sentences_of_a_language():
    assert sentences_in("") == ["film", "complaint", "dog"]
    assert sentences_in("ko") == ["korean", "korean-complaint"]


def test_a_cue_of_several_pieces_is_read_at_its_last_and_a_cut_one_not_at_all():
    view = SimpleNamespace(text="a superb b", spans=np.array([[0, 1], [2, 5], [5, 8], [9, 10]]), read=4)
    assert cue_place(view, "superb") == 2
    assert cue_place(view, "dull") is None
    view.read = 1
    assert cue_place(view, "superb") is None


def reach(step: int, directions: int) -> Reach:
    figures = [np.full((directions, 2), value, np.float32) for value in (-1, 0.1, -2, 0.2)]
    return Reach(step, 0.5, np.array([0, 1]), np.array([3, 3]), *figures)


def test_recorded_lines_and_the_checkpoint_at_a_share_of_the_training():
    lines = recorded_lines("bilstm", reach(0, 2), "last")
    assert [(line.backward, line.both) for line in lines] == [(False, True), (True, True)]
    assert float(lines[0].means[0]) == -2
    rare = replace(reach(0, 1), reviews=np.array([20, 4]))
    assert recorded_lines("rnn", rare, "last")[0].distances.tolist() == [0], "a fifth of the reviews are that long"
    assert float(recorded_lines("rnn", reach(0, 1), "logit")[0].means[0]) == -1
    found = Forgetting([reach(step, 1) for step in (0, 10, 40, 160)], again=False)
    assert [moment_of(found, share).step for share in (0, 0.1, 0.3, 1)] == [0, 10, 40, 160]
