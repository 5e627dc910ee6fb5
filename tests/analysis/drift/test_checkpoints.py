"""Checkpoints of several runs on one time axis, their codes, and what readers and older addresses call them."""

import pytest

from sentiment_core.analysis.drift.checkpoints import checkpoint_code, common_checkpoints, former_names
from sentiment_core.messages import in_language
from sentiment_core.messages.checkpoints import checkpoint_label, checkpoint_phrase
from sentiment_core.runs.reading import Checkpoint


def history(*epochs: float) -> list[Checkpoint]:
    return [Checkpoint(epoch, round(epoch * 100), 0.0, 0, None, 0.7, 0.5) for epoch in epochs]


@pytest.mark.parametrize(
    ("epoch", "code", "label", "phrase"),
    [
        (0.0, "0", "before", "before training"),
        (0.0625, "1/16", "1/16 of epoch 1", "after 1/16 of epoch 1"),
        (24 / 391, "1/16", "1/16 of epoch 1", "after 1/16 of epoch 1"),  # 25,000 reviews in batches of 64
        (49 / 782, "1/16", "1/16 of epoch 1", "after 1/16 of epoch 1"),  # and of 32
        (0.5, "1/2", "1/2 of epoch 1", "after 1/2 of epoch 1"),
        (1.0, "1", "epoch 1", "after epoch 1"),
        (2.25, "9/4", "1/4 of epoch 3", "after 1/4 of epoch 3"),
        (12.0, "12", "epoch 12", "after epoch 12"),
        (1e-6, "1/64", "1/64 of epoch 1", "after 1/64 of epoch 1"),  # something was trained
    ],
)
def test_a_checkpoint_has_a_code_and_its_words_follow_from_it(epoch, code, label, phrase):
    assert checkpoint_code(epoch) == code
    assert (str(checkpoint_label(code)), str(checkpoint_phrase(code))) == (label, phrase)


def test_the_last_checkpoint_of_all_runs_is_after_training():
    assert [str(name("3", "3")) for name in (checkpoint_label, checkpoint_phrase)] == ["after", "after training"]
    assert [str(name("0", "0")) for name in (checkpoint_label, checkpoint_phrase)] == ["before", "before training"]


def test_its_words_are_the_readers():
    with in_language("ko"):
        assert [str(checkpoint_label(code, "3")) for code in ("0", "9/4", "3")] == [
            "학습 전",
            "에폭 3의 1/4",
            "학습 후",
        ]
        assert [str(checkpoint_phrase(code)) for code in ("0", "9/4", "3")] == [
            "학습 전",
            "에폭 3의 1/4 후",
            "에폭 3 후",
        ]


def test_checkpoints_of_two_runs_meet_at_equal_shares_of_the_data():
    """The second has other steps an epoch, so that its sixteenth is rounded otherwise, and one epoch less."""
    checkpoints = common_checkpoints([history(0, 1 / 16, 1 / 2, 1, 2, 3), history(0, 24 / 391, 1, 2)])
    assert list(checkpoints) == ["0", "1/16", "1/2", "1", "2", "3"]
    assert list(checkpoints.values()) == [[0, 0], [1, 1], [2, 1], [3, 2], [4, 3], [5, 3]]


def test_a_run_stopped_at_once_has_only_its_start():
    assert common_checkpoints([history(0), history(0)]) == {"0": [0, 0]}
    assert common_checkpoints([history(0), history(0, 1)]) == {"0": [0, 0], "1": [0, 1]}


def test_names_of_older_addresses_lead_to_codes():
    former = former_names(["0", "1/16", "1", "9/4", "3"])
    assert {name: former[name] for name in ("before", "1/16 of epoch 1", "epoch 1", "1/4 of epoch 3", "after")} == {
        "before": "0",
        "1/16 of epoch 1": "1/16",
        "epoch 1": "1",
        "1/4 of epoch 3": "9/4",
        "after": "3",
    }
    assert former_names(["0"]) == {"before": "0"}
