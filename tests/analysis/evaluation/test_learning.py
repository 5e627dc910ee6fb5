"""Learning curves from a history that can be read by hand."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.analysis.evaluation.learning import learning_of
from sentiment_core.runs.reading import Checkpoint, Run, load_run


def with_losses(run: Run, valid: list[float], train: list[float]) -> Run:
    """The run with a history of these losses, a checkpoint an epoch; accuracy rises by a tenth each epoch."""
    losses = zip(valid, [None, *train], strict=True)
    return replace(
        run,
        recipe=run.recipe.change(keep="accuracy"),
        history=[
            Checkpoint(epoch, epoch * 10, 0, 0, lost, left, epoch / 10) for epoch, (left, lost) in enumerate(losses)
        ],
    )


@pytest.fixture(scope="module")
def run(toy_run: Path) -> Run:
    return load_run(toy_run)


def test_loss_in_training_lies_half_way_between_the_checkpoints_that_it_is_the_mean_of(run: Run):
    found = learning_of(with_losses(run, [0.7, 0.5, 0.4], [0.6, 0.45]))
    assert found.epochs.tolist() == [0, 1, 2]
    assert found.train_epochs.tolist() == [0.5, 1.5]
    assert found.train_loss.tolist() == [0.6, 0.45]
    assert found.valid_loss.tolist() == [0.7, 0.5, 0.4]
    assert (found.kept, found.lowest, found.overfits) == (2, 2, False)


@pytest.mark.parametrize(
    ("valid", "train", "overfits"),
    [
        ([0.7, 0.4, 0.5], [0.5, 0.3], True),
        ([0.7, 0.4, 0.405], [0.5, 0.3], False),  # too little to tell
        ([0.7, 0.4, 0.6], [0.5, 0.7], False),  # the loss in training rises too: it diverges
        ([0.7, 0.8, 0.9], [0.5, 0.3], True),
    ],
)
def test_overfitting_is_a_valid_loss_that_rises_while_that_in_training_falls(run: Run, valid, train, overfits: bool):
    assert learning_of(with_losses(run, valid, train)).overfits is overfits


def test_a_run_that_has_only_begun(run: Run):
    found = learning_of(replace(run, history=run.history[:1]))
    assert len(found.train_loss) == 0
    assert not found.overfits


def test_a_real_run(run: Run):
    found = learning_of(run)
    assert len(found.epochs) == len(run.history)
    assert found.valid_accuracy[found.kept] == run.best.valid_accuracy
    assert np.isfinite(found.train_loss).all()
