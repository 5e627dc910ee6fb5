"""Agreement, differences of recipes and shared readings, on records made by hand."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.analysis.comparison import (
    agreement,
    alike_views,
    doubt,
    listed,
    setting_differences,
    setting_table,
)
from sentiment_core.classifiers.prediction import Prediction
from sentiment_core.classifiers.tokens import TextView
from sentiment_core.model.config import Recipe
from sentiment_core.runs.reading import Run


def judged(probability: float, *, blind: bool = False) -> Prediction:
    return Prediction(math.log(probability / (1 - probability)), 3, 3, 3 if blind else 0, 3, 0 if blind else 3, 1.0)


def run(name: str, fingerprint: str = "a", **settings: object) -> Run:
    return Run(Path("runs") / name, "complete", Recipe(name).change(**settings), {"fingerprint": fingerprint}, {}, [])


def test_listed():
    assert [listed(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("probabilities", "sentence"),
    [
        ({"rnn": 0.7}, "rnn says positive."),
        ({"rnn": 0.7, "gru": 0.9}, "Both say positive. gru is the surer, by 20.0 points."),
        ({"rnn": 0.1, "gru": 0.3}, "Both say negative. rnn is the surer, by 20.0 points."),
        ({"rnn": 0.7, "gru": 0.705}, "Both say positive. They are about equally sure."),
        ({"a": 0.7, "b": 0.8, "c": 0.95}, "All 3 say positive. c is the surest, by 15.0 points."),
        ({"a": 0.7, "b": 0.7, "c": 0.7}, "All 3 say positive."),
        ({"a": 0.5004}, "a is undecided."),
        ({"a": 0.5004, "b": 0.4996}, "Both are undecided."),
        ({"a": 0.5004, "b": 0.9}, "b says positive, a is undecided."),
        (
            {"a": 0.5, "b": 0.9, "c": 0.2, "d": 0.4999},
            "They disagree: b says positive, c says negative, a and d are undecided. b is the surer, by 10.0 points.",
        ),
        ({"a": 0.9, "b": 0.2}, "They disagree: a says positive, b says negative. a is the surer, by 10.0 points."),
        (
            {"a": 0.4, "b": 0.8, "c": 0.1},
            "They disagree: b says positive, a and c say negative. c is the surest, by 10.0 points.",
        ),
    ],
)
def test_agreement(probabilities, sentence):
    assert agreement({name: judged(value) for name, value in probabilities.items()}) == sentence


def test_blind_networks_take_no_part_in_agreement():
    assert agreement({"a": judged(0.9, blind=True), "b": judged(0.2, blind=True)}) == (
        "No word of this text is known, so the verdicts say nothing about it."
    )
    assert agreement({"a": judged(0.9, blind=True), "b": judged(0.2)}) == ("b says negative. a knows no word of it.")


def test_runs_that_share_all_but_cell_and_direction_have_an_empty_table():
    runs = [run("lstm", cell="lstm"), run("gru", cell="gru"), run("bilstm", cell="lstm", bidirectional=True)]
    assert setting_table(runs) == []


def test_a_row_for_each_setting_that_differs_with_every_runs_value():
    runs = [run("rnn", cell="rnn_relu", layers=2, batch_size=64), run("lstm", clip=1.0)]
    assert setting_table(runs) == [
        {"setting": "layers", "rnn": "2", "lstm": "1"},
        {"setting": "batch size", "rnn": "64", "lstm": "32"},
        {"setting": "clip", "rnn": "0.0", "lstm": "1.0"},
    ]


def test_among_several_every_one_has_its_value():
    runs = [run("rnn", layers=2), run("lstm"), run("gru", clip=1.0)]
    assert setting_table(runs) == [
        {"setting": "layers", "rnn": "2", "lstm": "1", "gru": "1"},
        {"setting": "clip", "rnn": "0.0", "lstm": "0.0", "gru": "1.0"},
    ]


def test_other_training_reviews_are_a_difference():
    runs = [run("lstm"), run("gru", fingerprint="b", cell="gru")]
    assert [row["setting"] for row in setting_table(runs)] == ["data"]


def test_a_variation_is_a_difference_and_a_kept_frame_is_none():
    plain, varied = run("lstm", frames=False), replace(run("gru", cell="gru"), variation={"averaging": 0.9})
    assert setting_differences([plain, varied]) == {"averaging": {"lstm": None, "gru": 0.9}}
    assert setting_table([plain, varied]) == [{"setting": "averaging", "lstm": "none", "gru": "0.9"}]


@pytest.mark.parametrize(
    ("words", "known", "read", "said"),
    [
        (5, 5, 6, ""),
        (5, 3, 6, ""),
        (5, 2, 6, "This classifier knows 2 of the 5 words: its verdict says little."),
        (5, 0, 6, "This classifier knows 0 of the 5 words: its verdict says nothing."),
        (1, 0, 1, "This classifier knows 0 of the 1 word: its verdict says nothing."),
        (0, 0, 3, "There is no word in this text: the verdict is about its signs alone."),
        (2, 2, 2, "A text of 2 tokens gives a classifier little to go by."),
        (1, 1, 1, "A text of 1 token gives a classifier little to go by."),
        (3, 3, 3, ""),
    ],
)
def test_a_verdict_is_doubted_for_unknown_words_and_for_want_of_tokens(words, known, read, said):
    assert doubt(Prediction(1.0, read, read, 0, words, known, 1.0)) == said


def test_a_text_of_unknown_signs_is_nothing_known():
    assert doubt(Prediction(1.0, 2, 2, 2, 0, 0, 1.0)).startswith("Nothing in this text is known")


def test_differing_settings_are_listed_by_run_in_the_order_of_a_recipe():
    runs = [run("rnn", layers=2, batch_size=64), run("lstm"), run("other", fingerprint="b")]
    assert setting_differences(runs) == {
        "layers": {"rnn": 2, "lstm": 1, "other": 1},
        "batch_size": {"rnn": 64, "lstm": 32, "other": 32},
        "data": {"rnn": "a", "lstm": "a", "other": "b"},
    }


def reading(ids: list[int], max_length: int) -> TextView:
    tokens, found = [str(number) for number in ids], np.array(ids)
    return TextView(" ".join(tokens), tokens, np.zeros((len(ids), 2), np.int64), found, found == 1, max_length)


def test_runs_that_read_alike_share_a_reading():
    groups = alike_views(
        {"a": reading([2, 3], 400), "b": reading([2, 4], 400), "c": reading([2, 3], 400), "d": reading([2, 3], 100)}
    )
    assert [names for names, _ in groups] == [["a", "c"], ["b"], ["d"]]
    assert groups[2][1].max_length == 100
