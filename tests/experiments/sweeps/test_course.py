"""What a sweep trains, in which order, and what it is worth. Every training here is a real one, of a second's part."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from sentiment_core.experiments.sweeps.course import Course, is_over, next_work
from sentiment_core.experiments.sweeps.plan import Search, Sweep, Trial
from sentiment_core.experiments.sweeps.results import (
    SettingResult,
    Stand,
    TrialResult,
    best_setting,
    describe,
    forget_problems,
    read_results,
)
from sentiment_core.messages import lazy
from sentiment_core.model.config import Recipe
from sentiment_core.runs.layout import STATE, TEST
from sentiment_core.runs.reading import Checkpoint, load_run
from sentiment_core.text.reviews import Reviews
from sentiment_core.training.pipeline import train_run
from tests.experiments.sweeps.sweeping import advance, planned, run_here

VARY = "learning_rate=0.0001,0.05"


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory, recipe: Recipe, reviews: Reviews) -> tuple[Sweep, list]:
    """A grid of two settings with two seeds that is done, and what was done. Read only."""
    torch.set_num_threads(1)
    sweep = planned(tmp_path_factory.mktemp("grid") / "sweep", recipe, reviews, VARY, seeds=2)
    return sweep, run_here(sweep, reviews)


def test_a_grid_trains_everything_then_reads_the_test_split_of_the_best_setting_alone(grid: tuple[Sweep, list]):
    sweep, done = grid
    results = read_results(sweep)
    best = best_setting(results)
    assert best is not None
    assert best.valid == max(result.valid for result in results)
    named = f"{best.number + 1}"
    assert done == [("1/0", 2), ("1/1", 2), ("2/0", 2), ("2/1", 2), (f"{named}/0", 0), (f"{named}/1", 0)]
    for result in results:
        stand = Stand.COMPLETE if result.number == best.number else Stand.TRAINED
        assert {trial.stand for trial in result.trials} == {stand}
        for trial in result.trials:
            folder = sweep.place(trial.trial)
            assert (folder / TEST).exists() == (stand == Stand.COMPLETE), "the test split was not read for the others"
            assert (trial.test is None) == (stand != Stand.COMPLETE)
    assert best.test == pytest.approx(sum(trial.test for trial in best.trials) / 2)
    assert best.spread is not None


def test_a_run_of_a_sweep_is_that_of_train_to_the_bit(grid: tuple[Sweep, list], reviews: Reviews, tmp_path: Path):
    sweep, _ = grid
    best = best_setting(read_results(sweep))
    assert best is not None
    trial = best.trials[1].trial
    for _ in train_run(trial.recipe, reviews, tmp_path / "run"):
        pass
    for name in ("model.safetensors", "frames.safetensors", "test.parquet", "valid.parquet", "config.json"):
        assert (sweep.place(trial) / name).read_bytes() == (tmp_path / "run" / name).read_bytes(), name


def test_all_settings_read_the_test_split_only_where_that_is_asked(
    tmp_path: Path, recipe: Recipe, reviews: Reviews, grid: tuple[Sweep, list]
):
    sweep = replace(planned(tmp_path / "sweep", recipe, reviews, VARY), test_all=True)
    assert run_here(sweep, reviews) == [("1/0", 0), ("2/0", 0)]
    assert all(result.test is not None for result in read_results(sweep))
    assert all(not (sweep.place(trial) / STATE).exists() for trial in sweep.trials)


def test_seeds_alone_need_no_choice_and_are_trained_to_the_end_at_once(
    tmp_path: Path, recipe: Recipe, reviews: Reviews
):
    sweep = planned(tmp_path / "sweep", recipe, reviews, seeds=2)
    assert run_here(sweep, reviews) == [("1/0", 0), ("1/1", 0)]


def test_a_killed_sweep_goes_on_and_trains_nothing_twice(
    grid: tuple[Sweep, list], tmp_path: Path, recipe: Recipe, reviews: Reviews
):
    whole, done = grid
    sweep = planned(tmp_path / "sweep", recipe, reviews, VARY, seeds=2)
    assert run_here(sweep, reviews, works=1) == done[:1]
    course = Course(sweep)
    work = course.ask()
    assert work is not None
    steps = advance(work, sweep.place(work.trial), reviews)
    for _ in range(4):
        assert next(steps)
    steps.close()  # in the middle of its training
    assert 0 < read_results(sweep)[0].trials[1].epoch < 2
    assert run_here(sweep, reviews) == done[1:]
    for one, other in zip(sweep.trials, whole.trials, strict=True):
        for name in ("model.safetensors", "frames.safetensors"):
            assert (sweep.place(one) / name).read_bytes() == (whole.place(other) / name).read_bytes()
    assert run_here(sweep, reviews) == [], "nothing is left"
    assert is_over(sweep, read_results(sweep))


def test_a_trial_that_fails_is_left_out_and_tried_again_by_the_next_command(
    tmp_path: Path, recipe: Recipe, reviews: Reviews
):
    sweep = planned(tmp_path / "sweep", recipe, reviews, VARY)
    course = Course(sweep)
    first = course.ask()
    assert first is not None
    course.tell(first.trial, lazy("The machine is on fire."))
    assert run_here(sweep, reviews) == [("2/0", 2), ("2/0", 0)]
    failed, best = read_results(sweep)
    assert (failed.trials[0].stand, str(failed.trials[0].problem)) == (Stand.FAILED, "The machine is on fire.")
    assert best_setting([failed, best]) is best
    forget_problems(sweep)
    assert run_here(sweep, reviews)[0] == ("1/0", 2)


def test_work_that_its_executor_calls_done_and_is_not_is_a_failure(tmp_path: Path, recipe: Recipe, reviews: Reviews):
    sweep = planned(tmp_path / "sweep", recipe, reviews)
    course = Course(sweep)
    work = course.ask()
    assert work is not None
    course.tell(work.trial)
    assert read_results(sweep)[0].trials[0].stand == Stand.FAILED
    assert course.ask() is None, "not again and again"


def test_asha_trains_few_settings_to_the_end(tmp_path: Path, recipe: Recipe, reviews: Reviews):
    search = Search("asha", 4, first=1, reduction=2)
    vary = "learning_rate=0.00001,0.001,0.02,0.05"
    sweep = planned(tmp_path / "sweep", recipe.change(epochs=3), reviews, vary, search=search)
    done = run_here(sweep, reviews)
    results = read_results(sweep)
    ends = sorted(result.epoch for result in results)
    assert ends[:2] == [1, 1], "half of them ended at the first rung"
    assert ends[-1] == 3
    best = best_setting(results)
    assert best is not None
    assert best.trials[0].stand == Stand.COMPLETE
    assert done[-1] == (f"{best.number + 1}/0", 0)
    assert [result.trials[0].stand for result in results].count(Stand.COMPLETE) == 1
    again = planned(tmp_path / "other" / "sweep", recipe.change(epochs=3), reviews, vary, search=search)
    assert run_here(again, reviews, works=3) + run_here(again, reviews) == done, "a kill changes no decision"


# The rest looks at decisions alone: what runs have shown is made up.


def made_up(sweep: Sweep, shown: dict[int, list[float]], failed: tuple[int, ...] = ()) -> list[SettingResult]:
    """Results in which setting `number` has these valid accuracies after epochs 1, 2, ..., with every seed."""

    def result(trial: Trial) -> TrialResult:
        accuracies = shown.get(trial.setting, [])
        history = tuple(Checkpoint(k, k, 1, 1, None, 1.0, share) for k, share in enumerate([0.5, *accuracies]))
        if trial.setting in failed:
            return TrialResult(trial, Stand.FAILED, 0.0)
        if not accuracies:
            return TrialResult(trial, Stand.WAITING)
        ended = len(accuracies) == trial.recipe.epochs
        return TrialResult(trial, Stand.TRAINED if ended else Stand.STARTED, len(accuracies), max(accuracies), history)

    seeds = len(sweep.seeds)
    found = [result(trial) for trial in sweep.trials]
    return [SettingResult(k, tuple(found[k * seeds : (k + 1) * seeds])) for k in range(len(sweep.settings))]


@pytest.fixture
def nine(tmp_path: Path, recipe: Recipe, reviews: Reviews) -> Sweep:
    vary = "hidden_size=1,2,3,4,5,6,7,8,9"
    return planned(tmp_path / "nine", recipe.change(epochs=9), reviews, vary, seeds=2, search=Search("asha"))


def decided(sweep: Sweep, results: list[SettingResult], busy: tuple = ()) -> tuple[int, int, int] | None:
    """The setting as its number of units, the seed, and the epoch of what comes next."""
    work = next_work(sweep, results, dict(busy))
    return work and (work.trial.recipe.network.hidden_size, work.trial.recipe.seed, work.until)


def test_asha_promotes_the_best_third_of_a_rung_as_soon_as_it_is_known(nine: Sweep):
    order = [setting["hidden_size"] for setting in nine.settings]
    assert decided(nine, made_up(nine, {})) == (order[0], 0, 1)
    assert decided(nine, made_up(nine, {0: [0.6], 1: [0.7]})) == (order[2], 0, 1), "of two none is in the best third"
    three = {0: [0.6], 1: [0.7], 2: [0.65]}
    assert decided(nine, made_up(nine, three)) == (order[1], 0, 3)
    assert decided(nine, made_up(nine, three | {1: [0.7, 0.7, 0.8]})) == (order[3], 0, 1), "it is promoted once"
    six = {number: [0.6 + number / 100] for number in range(6)}
    promoted = six | {5: [0.65, 0.7, 0.7]}
    assert decided(nine, made_up(nine, promoted)) == (order[4], 0, 3)
    assert decided(nine, made_up(nine, {0: [0.6], 1: [0.7]}, failed=(2,))) == (order[1], 0, 3), "a failure is the worst"


def test_a_setting_goes_on_with_all_of_its_seeds(nine: Sweep):
    order = [setting["hidden_size"] for setting in nine.settings]
    results = made_up(nine, {0: [0.6], 1: [0.7], 2: [0.65]})
    first = next_work(nine, results, {})
    assert first is not None
    assert decided(nine, results, ((first.trial.name, first),)) == (order[1], 1, 3)


def test_too_few_settings_for_a_promotion_still_give_one_that_is_trained_to_the_end(
    tmp_path: Path, recipe: Recipe, reviews: Reviews
):
    sweep = planned(tmp_path / "a", recipe.change(epochs=9), reviews, "clip=1,2", search=Search("asha"))
    assert decided(sweep, made_up(sweep, {0: [0.7], 1: [0.6]}))[2] == 3
    assert decided(sweep, made_up(sweep, {0: [0.7, 0.7, 0.7], 1: [0.6]}))[2] == 9
    assert decided(sweep, made_up(sweep, {0: [0.7] * 9, 1: [0.6]}))[2] == 0
    assert decided(sweep, made_up(sweep, {}, failed=(0, 1))) is None


def test_a_setting_with_a_seed_that_failed_is_never_the_best(grid: tuple[Sweep, list]):
    sweep, _ = grid
    results = read_results(sweep)
    best = best_setting(results)
    assert best is not None
    broken = SettingResult(best.number, (best.trials[0], TrialResult(best.trials[1].trial, Stand.FAILED)))
    others = [result for result in results if result.number != best.number]
    assert best_setting([broken, *others]) is others[0]


def test_everything_can_be_said_as_json(grid: tuple[Sweep, list]):
    sweep, _ = grid
    said = describe(sweep, read_results(sweep))
    assert said["settings"][0]["setting"] == {"learning_rate": 0.0001}
    run = said["settings"][0]["trials"][0]
    assert load_run(run["run"]).best.valid_accuracy == run["valid"]
