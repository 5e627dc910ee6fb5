"""What a training will take: figures from measured steps, one measurement at a time, and each only once."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.jobs import estimate as module
from sentiment_core.jobs.estimate import FORMAT, Estimate, Measured, estimate, lock_of, path_of, read_measured
from sentiment_core.jobs.measuring import main, measure
from sentiment_core.messages import lazy
from sentiment_core.model.config import Recipe
from sentiment_core.storage.files import write_json
from sentiment_core.storage.locks import hold

RECIPE = Recipe("tiny").change(embedding_size=4, hidden_size=4, max_length=20, epochs=2, batch_size=10)
LENGTHS = {"train": np.full(100, 16), "valid": np.full(64, 16), "test": np.full(128, 16)}
# 0.1 s for a step of 10 tokens and 0.2 s for one of 20.
LINE = Measured((10, 20), (0.1, 0.2), (0.01, 0.02), (300.0, 310.0))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands of processes that would have been started."""
    commands: list[list[str]] = []
    monkeypatch.setattr(module, "start_detached", lambda command, *_: commands.append(command))
    monkeypatch.setattr(module, "_asked", {})
    return commands


def keep(cache: Path, recipe: Recipe, measured: Measured, vocab: int = 50) -> None:
    (cache / "estimates").mkdir(exist_ok=True)
    write_json(path_of(cache / "estimates", recipe, vocab), FORMAT.stamp(asdict(measured)))


def test_the_figures_follow_from_the_measured_steps(started, tmp_path):
    keep(tmp_path, RECIPE, LINE)
    found = estimate([RECIPE], LENGTHS, 50, tmp_path)
    steps = 2 * 10 * 0.16
    reading = (2 + 3 + 1) * 0.016 + 2 * 0.016  # valid at the start, twice in the first epoch, after each, at the end
    assert found.seconds == pytest.approx(1.0 + steps + reading + 5 * 0.25)
    assert found.tokens_per_second == pytest.approx(2 * 1600 / steps)
    assert found.megabytes == pytest.approx(306, abs=0.1)
    assert not started


def test_two_networks_take_turns(started, tmp_path):
    other = RECIPE.change(cell="gru")
    keep(tmp_path, RECIPE, LINE)
    keep(tmp_path, other, LINE)
    one, both = (estimate(recipes, LENGTHS, 50, tmp_path) for recipes in ([RECIPE], [RECIPE, other]))
    assert both.seconds == pytest.approx(2 * one.seconds - 1.0)
    assert both.tokens_per_second == pytest.approx(one.tokens_per_second / 2)
    assert one.megabytes < both.megabytes < 2 * one.megabytes, "the program is loaded once"


def test_longer_reviews_are_on_the_line_through_the_last_widths(started, tmp_path):
    wide = RECIPE.change(max_length=40)
    keep(tmp_path, wide, LINE)
    long = {"train": np.full(100, 100)}
    found = estimate([wide], long, 50, tmp_path)
    assert found.tokens_per_second == pytest.approx(2 * 4000 / (2 * 10 * 0.4)), "cut at 40 tokens"


def test_one_measurement_is_started_and_others_wait_for_it(started, tmp_path):
    assert estimate([RECIPE], LENGTHS, 50, tmp_path) == Estimate(measuring=True)
    assert estimate([RECIPE.change(cell="gru")], LENGTHS, 50, tmp_path) == Estimate(measuring=True)
    assert len(started) == 1
    module._asked.clear()
    with hold(lock_of(tmp_path / "estimates"), lazy("Steps are being measured."), wait=0):
        assert estimate([RECIPE], LENGTHS, 50, tmp_path).measuring
    assert len(started) == 1, "another process measures"
    estimate([RECIPE], LENGTHS, 50, tmp_path)
    assert len(started) == 2


def test_the_process_measures_what_was_asked(started, tmp_path):
    estimate([RECIPE], LENGTHS, 50, tmp_path)
    folder, task = started[0][-2:]
    main(Path(folder), task)
    measured = read_measured(Path(folder), RECIPE, 50)
    assert measured.widths[-1] == RECIPE.max_length
    assert all(value > 0 for values in (measured.steps, measured.readings, measured.memory) for value in values)
    found = estimate([RECIPE], LENGTHS, 50, tmp_path)
    assert found.seconds > 1
    assert not found.measuring
    assert len(started) == 1
    changed = RECIPE.change(learning_rate=0.5, epochs=9, seed=3)
    assert not estimate([changed], LENGTHS, 50, tmp_path).measuring, "the same shape"
    assert estimate([RECIPE.change(batch_size=11)], LENGTHS, 50, tmp_path).measuring
    assert estimate([RECIPE], LENGTHS, 51, tmp_path).measuring


def test_what_does_not_fit_into_memory_has_no_figures_and_is_not_measured_again(started, tmp_path):
    huge = RECIPE.change(embedding_size=2**40)
    assert measure(huge, 50) == Measured((), (), (), ())
    keep(tmp_path, huge, measure(huge, 50))
    assert estimate([huge], LENGTHS, 50, tmp_path) == Estimate(measuring=False)
    assert not started


@pytest.mark.parametrize("content", ["", "[]", '{"widths": 3}', '{"widths": [1, 2], "steps": [1]}'])
def test_a_damaged_measurement_is_made_again(content, started, tmp_path):
    keep(tmp_path, RECIPE, LINE)
    path_of(tmp_path / "estimates", RECIPE, 50).write_text(content, encoding="utf-8")
    assert estimate([RECIPE], LENGTHS, 50, tmp_path).measuring
    assert len(started) == 1
