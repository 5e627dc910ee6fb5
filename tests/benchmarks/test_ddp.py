"""The comparison of DDP with other ways to use two processes: it computes the same, and reckons right."""

import math

import numpy as np
import pytest

from benchmarks.ddp import GIGABIT, WAYS, Measured, measure, report, training_lengths
from benchmarks.ddp_processes import Processes, Subject
from sentiment_core.training.pipeline import build_model

LENGTHS = np.full(96, 6)


@pytest.mark.training
def test_two_processes_add_up_the_gradients_of_the_whole_batch():
    processes = Processes(steps=1)
    try:
        found = measure(processes, Subject("bilstm", 50, LENGTHS), rounds=1)
    finally:
        processes.close()
    assert found.difference < 1e-5
    weights = build_model(found.subject.recipe, 50).parameters()
    assert found.bytes == 4 * sum(weight.numel() for weight in weights)
    assert all(seconds > 0 for seconds in found.seconds.values())
    assert all(f"| {way} |" in report(found) for way in WAYS)
    assert [process.exitcode for process in processes.processes] == [0, 0, 0]


def test_gains_are_those_of_reviews_a_second():
    seconds = {"1 x 1": 0.1, "1 x 2": 0.08, "ddp": 0.06, "ddp 2 x": 0.11, "apart": 0.1, "half": 0.05, "sum": 0.01}
    found = Measured(Subject("bilstm", 10_000, np.full(320, 6)), 1_250_000, 0.0, seconds, seconds, start=4.0)
    assert found.gain("ddp") == pytest.approx(0.1 / 0.06)
    assert found.gain("apart") == pytest.approx(2.0)
    assert found.gain("ddp 2 x") == pytest.approx(2 * 0.1 / 0.11)
    assert found.subject.steps == 50
    assert found.gain_with_start() == pytest.approx(5.0 / (4.0 + 3.0))
    assert found.gain_on_paper(math.inf) == pytest.approx(2.0)
    assert found.gain_on_paper(GIGABIT) == pytest.approx(0.1 / (0.05 + 0.01))
    more = 20_000 * 32 * 4 / GIGABIT
    assert found.gain_on_paper(GIGABIT, 30_000) == pytest.approx(0.1 / (0.06 + more))


def test_the_lengths_are_those_of_the_training_reviews():
    assert len(training_lengths()) == 22_500
    assert 300 < training_lengths().mean() < 310
