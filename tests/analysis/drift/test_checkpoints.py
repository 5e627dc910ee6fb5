"""Checkpoints of several runs on one time axis."""

import pytest

from sentiment_core.analysis.drift.checkpoints import common_checkpoints, name_checkpoint
from sentiment_core.runs.reading import Checkpoint


def history(*epochs: float) -> list[Checkpoint]:
    return [Checkpoint(epoch, round(epoch * 100), 0.0, 0, None, 0.7, 0.5) for epoch in epochs]


@pytest.mark.parametrize(
    ("epoch", "name"),
    [
        (0.0, "before"),
        (0.0625, "1/16 of epoch 1"),
        (24 / 391, "1/16 of epoch 1"),  # 25,000 reviews in batches of 64
        (49 / 782, "1/16 of epoch 1"),  # and of 32
        (0.5, "1/2 of epoch 1"),
        (1.0, "epoch 1"),
        (2.25, "1/4 of epoch 3"),
        (12.0, "epoch 12"),
        (1e-6, "1/64 of epoch 1"),  # something was trained
    ],
)
def test_checkpoints_are_named_by_the_epochs_trained(epoch, name):
    assert name_checkpoint(epoch) == name


def test_checkpoints_of_two_runs_meet_at_equal_shares_of_the_data():
    """The second has other steps an epoch, so that its sixteenth is rounded otherwise, and one epoch less."""
    checkpoints = common_checkpoints([history(0, 1 / 16, 1 / 2, 1, 2, 3), history(0, 24 / 391, 1, 2)])
    assert list(checkpoints) == ["before", "1/16 of epoch 1", "1/2 of epoch 1", "epoch 1", "epoch 2", "after"]
    assert list(checkpoints.values()) == [[0, 0], [1, 1], [2, 1], [3, 2], [4, 3], [5, 3]]


def test_a_run_stopped_at_once_has_only_a_before():
    assert common_checkpoints([history(0), history(0)]) == {"before": [0, 0]}
    assert common_checkpoints([history(0), history(0, 1)]) == {"before": [0, 0], "after": [0, 1]}
