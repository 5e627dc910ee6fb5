"""Trainings in lockstep read the same batches, and each has the weights that it would have alone."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.errors import RunError
from sentiment_core.experiments.reproduction.procedure import VariedProcedure, make_procedure
from sentiment_core.experiments.reproduction.variation import Variation
from sentiment_core.model.config import Recipe
from sentiment_core.runs.reading import load_run
from sentiment_core.text.reviews import Reviews
from sentiment_core.training.lockstep import Lockstep, common_order
from sentiment_core.training.loop import Progress
from sentiment_core.training.pipeline import resume_run, train_run
from tests.training.test_resume import check_same


@pytest.fixture(scope="module")
def recipes() -> list[Recipe]:
    """Two networks with everything random in training, which read different numbers of tokens."""
    shape = {"embedding_size": 4, "hidden_size": 4, "pooling": "maxmean"}
    training = {"epochs": 2, "batch_size": 4, "dropout": 0.3, "embedding_dropout": 0.2, "learning_rate": 2e-2}
    base = Recipe("tiny").change(tokenizer="words", **shape, **training)
    return [
        base.change(cell="rnn_tanh", max_length=6, clip=1.0),
        base.change(cell="lstm", bidirectional=True, max_length=30),
    ]


@pytest.fixture(scope="module")
def alone(recipes: list[Recipe], reviews: Reviews, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of each network's run without the other. Read only."""
    folder = tmp_path_factory.mktemp("alone")
    for number, (recipe, length) in enumerate(zip(recipes, common_order(recipes), strict=True)):
        procedure = VariedProcedure(Variation(bucketed_by=length))
        for _ in train_run(recipe, reviews, folder / str(number), procedure=procedure):
            pass
    return folder


class Noted(VariedProcedure):
    """Notes the rows of each batch."""

    def __init__(self, bucketed_by: int) -> None:
        super().__init__(Variation(bucketed_by=bucketed_by))
        self.rows: list[list[int]] = []

    def order_batches(self, *arguments: object) -> list[np.ndarray]:
        batches = super().order_batches(*arguments)
        self.rows += [rows.tolist() for rows in batches]
        return batches


def start(recipes: list[Recipe], reviews: Reviews, folder: Path) -> Lockstep:
    procedures = [make_procedure({"bucketed_by": length} if length else {}) for length in common_order(recipes)]
    return Lockstep(
        [
            train_run(recipe, reviews, folder / str(number), procedure=procedure, stretch=1)
            for number, (recipe, procedure) in enumerate(zip(recipes, procedures, strict=True))
        ]
    )


def go_on(steps: Lockstep, until: Callable[[int, Progress], bool] = lambda *_: False) -> list[int]:
    """Train to the end, or until the condition holds. Returns whose turn each step was."""
    turns = []
    while steps.living:
        number, progress = steps.take()
        if progress is not None:
            turns.append(number)
            if until(number, progress):
                break
    return turns


def test_the_weights_are_those_of_trainings_of_their_own(recipes, reviews, alone, tmp_path):
    turns = go_on(start(recipes, reviews, tmp_path))
    assert turns == [0, 1] * 50, "they take turns, one step at a time"
    for number in "01":
        check_same(tmp_path / number, alone / number)


@pytest.mark.parametrize("step", [1, 25, 33])
def test_stopped_and_resumed_the_weights_are_the_same(step, recipes, reviews, alone, tmp_path):
    steps = start(recipes, reviews, tmp_path)
    go_on(steps, lambda number, progress: number == 0 and progress.step == step)  # the second is a step behind
    steps.close()
    outs = [tmp_path / number for number in "01"]
    assert load_run(outs[0]).status == "interrupted"
    if step == 1:  # the second has not begun
        assert not outs[1].exists()
        return
    resumed = [resume_run(out, reviews, procedure=make_procedure(load_run(out).variation), stretch=1) for out in outs]
    turns = go_on(Lockstep(resumed))
    assert len(turns) == 2 * 50 - step - (step - 1), "not one step is lost or taken twice"
    for number in "01":
        check_same(tmp_path / number, alone / number)


def test_both_read_the_same_reviews_in_the_same_order(recipes, reviews, tmp_path):
    procedures = [Noted(length) for length in common_order(recipes)]
    trainings = [
        train_run(recipe, reviews, tmp_path / str(number), procedure=procedures[number])
        for number, recipe in enumerate(recipes)
    ]
    go_on(Lockstep(trainings))
    assert procedures[0].rows == procedures[1].rows
    assert len(procedures[0].rows) == 50
    assert sorted(np.concatenate(procedures[0].rows[:25]).tolist()) == list(range(len(reviews.train)))
    assert load_run(tmp_path / "0").variation == {"bucketed_by": 30}, "recipe.json says how it was ordered"
    assert load_run(tmp_path / "1").variation == {}
    plain = Noted(0)
    next(train_run(recipes[0], reviews, tmp_path / "plain", procedure=plain))
    assert plain.rows != procedures[0].rows[:25], "else this test could not fail"


def test_a_network_that_fails_leaves_the_other_alone(recipes, reviews, alone, tmp_path):
    wild = [recipes[0].change(cell="rnn_relu", learning_rate=1e30, clip=0.0), recipes[1]]
    steps = start(wild, reviews, tmp_path)
    with pytest.raises(RunError, match="not a number"):
        go_on(steps)
    assert steps.living == [1]
    go_on(steps)
    check_same(tmp_path / "1", alone / "1")


def test_one_that_pretrains_goes_first(recipes, reviews, tmp_path, monkeypatch):
    monkeypatch.setattr("sentiment_core.training.pretraining.WINDOW", 4)
    monkeypatch.setattr("sentiment_core.training.pretraining.BATCH", 4)
    varied = [{}, {"labelled_texts": True}]
    trainings = [
        train_run(recipe, reviews, tmp_path / str(number), procedure=make_procedure(varied[number]), stretch=1)
        for number, recipe in enumerate([recipes[0], recipes[1].change(pretraining_epochs=1)])
    ]
    seen: list[tuple[int, int]] = []
    go_on(Lockstep(trainings), lambda number, progress: bool(seen.append((number, progress.epoch))))
    assert [number for number, epoch in seen if epoch] == [0, 1] * 50
    first = seen.index((1, 1))
    assert set(seen[1:first]) == {(1, 0)}, "the other has taken its first step and waits"
