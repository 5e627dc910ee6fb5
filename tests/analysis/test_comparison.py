"""Agreement, differences between recipes, and shared tokenizations, on records made by hand."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.analysis.comparison import (
    agreement,
    alike_views,
    differs,
    doubt,
    seed_groups,
    setting_differences,
    settings_of,
)
from sentiment_core.classifiers.prediction import Prediction
from sentiment_core.classifiers.tokens import TextView
from sentiment_core.model.config import Recipe
from sentiment_core.runs.reading import Run


def judged(probability: float, *, blind: bool = False) -> Prediction:
    return Prediction(math.log(probability / (1 - probability)), 3, 3, 3 if blind else 0, 3, 0 if blind else 3, 1.0)


def run(name: str, fingerprint: str = "a", **settings: object) -> Run:
    return Run(Path("runs") / name, "complete", Recipe(name).change(**settings), {"fingerprint": fingerprint}, {}, [])


@pytest.mark.parametrize(
    ("probabilities", "verdicts", "most_confident", "lead"),
    [
        ({"rnn": 0.7}, {"positive": ["rnn"]}, ["rnn"], 0),
        ({"rnn": 0.7, "gru": 0.9}, {"positive": ["rnn", "gru"]}, ["gru"], 0.2),
        ({"rnn": 0.1, "gru": 0.3}, {"negative": ["rnn", "gru"]}, ["rnn"], 0.2),
        ({"rnn": 0.7, "gru": 0.705}, {"positive": ["rnn", "gru"]}, ["gru", "rnn"], 0),
        ({"a": 0.7, "b": 0.8, "c": 0.95}, {"positive": ["a", "b", "c"]}, ["c"], 0.15),
        ({"a": 0.5004}, {"undecided": ["a"]}, [], 0),
        ({"a": 0.5004, "b": 0.4996}, {"undecided": ["a", "b"]}, [], 0),
        ({"a": 0.5004, "b": 0.9}, {"positive": ["b"], "undecided": ["a"]}, ["b"], 0),
        (
            {"a": 0.5, "b": 0.9, "c": 0.2, "d": 0.4999},
            {"positive": ["b"], "negative": ["c"], "undecided": ["a", "d"]},
            ["b"],
            0.1,
        ),
        ({"a": 0.4, "b": 0.8, "c": 0.1}, {"positive": ["b"], "negative": ["a", "c"]}, ["c"], 0.1),
    ],
)
def test_agreement(probabilities, verdicts, most_confident, lead):
    found = agreement({name: judged(value) for name, value in probabilities.items()})
    assert found.verdicts == verdicts
    assert found.most_confident == most_confident
    assert found.lead == pytest.approx(lead)
    assert found.blind == []


def test_a_neutral_verdict_has_no_share_in_confidence():
    found = agreement({"a": judged(0.9), "b": replace(judged(0.9), neutral=0.9)})
    assert found.verdicts == {"positive": ["a"], "neutral": ["b"]}
    assert (found.most_confident, found.deciding) == (["a"], 1)


def test_blind_networks_take_no_part_in_agreement():
    found = agreement({"a": judged(0.9, blind=True), "b": judged(0.2)})
    assert (found.verdicts, found.blind, found.most_confident) == ({"negative": ["b"]}, ["a"], ["b"])
    assert agreement({"a": judged(0.9, blind=True)}).verdicts == {}


def test_runs_that_share_all_but_cell_and_direction_do_not_differ():
    runs = [run("lstm", cell="lstm"), run("gru", cell="gru"), run("bilstm", cell="lstm", bidirectional=True)]
    assert setting_differences(runs) == {}


def test_each_setting_that_differs_has_every_runs_value():
    runs = [run("rnn", layers=2), run("lstm"), run("gru", clip=1.0)]
    assert setting_differences(runs) == {
        "layers": {"rnn": 2, "lstm": 1, "gru": 1},
        "clip": {"rnn": 0.0, "lstm": 0.0, "gru": 1.0},
    }


def test_other_training_reviews_are_a_difference():
    runs = [run("lstm"), run("gru", fingerprint="b", cell="gru")]
    assert list(setting_differences(runs)) == ["data"]


def test_a_variation_is_a_difference_and_kept_frames_are_not():
    plain, varied = run("lstm", frames=False), replace(run("gru", cell="gru"), variation={"averaging": 0.9})
    assert setting_differences([plain, varied]) == {"averaging": {"lstm": None, "gru": 0.9}}


def test_settings_side_by_side_are_all_that_affect_results():
    runs = [run("lstm", cell="lstm"), run("bilstm", cell="lstm", bidirectional=True, frames=False)]
    table = settings_of(runs)
    assert table["cell"] == {"lstm": "lstm", "bilstm": "lstm"}
    assert table["data"] == {"lstm": "a", "bilstm": "a"}
    assert "frames" not in table
    assert [name for name, row in table.items() if differs(row)] == ["preset", "bidirectional"]


@pytest.mark.parametrize(
    ("words", "known", "read", "found"),
    [
        (5, 5, 6, None),
        (5, 3, 6, None),
        (5, 2, 6, "few-known-words"),
        (5, 0, 6, "no-known-words"),
        (1, 0, 1, "no-known-words"),
        (0, 0, 3, "no-words"),
        (2, 2, 2, "few-tokens"),
        (1, 1, 1, "few-tokens"),
        (3, 3, 3, None),
    ],
)
def test_a_verdict_is_doubted_for_unknown_words_and_for_want_of_tokens(words, known, read, found):
    assert doubt(Prediction(1.0, read, read, 0, words, known, 1.0)) == found


def test_a_text_of_unknown_signs_is_nothing_known():
    assert doubt(Prediction(1.0, 2, 2, 2, 0, 0, 1.0)) == "nothing-known"


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


def test_runs_that_differ_in_their_seed_alone_are_together():
    first, longer, again = run("bilstm"), run("bilstm", seed=7, epochs=9), run("bilstm", seed=7)
    longer, again = replace(longer, path=Path("longer")), replace(again, path=Path("again"))
    other_data = replace(run("bilstm", "b"), path=Path("other"))
    varied = replace(first, path=Path("varied"), variation={"averaging": 0.9})
    unseen = replace(run("bilstm", frames=False), path=Path("unseen"))  # keeping frames changes no result
    groups = seed_groups([first, longer, again, other_data, varied, unseen])
    assert groups == [["bilstm", "again", "unseen"], ["longer"], ["other"], ["varied"]]
