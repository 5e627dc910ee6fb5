"""A sweep on a cluster of several nodes on this machine: whatever is lost, its runs are those of one process."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from operator import ge
from pathlib import Path
from typing import Any

import psutil
import pytest

from sentiment_core.cluster.connection import import_ray
from sentiment_core.cluster.sweeping import run_on_ray
from sentiment_core.errors import SweepError
from sentiment_core.experiments.sweeps.course import Course
from sentiment_core.experiments.sweeps.plan import Search, Sweep, read_sweep
from sentiment_core.experiments.sweeps.results import Stand
from sentiment_core.messages.packing import unpack
from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import Reviews, load_reviews
from tests.cluster.clusters import actors, add_node, rested, run_on_a_new_head, run_until_the_head_is_lost
from tests.cluster.small_sweeps import RATES, RECIPE, assert_equal, epochs, in_the_middle, made, trials
from tests.experiments.sweeps.sweeping import planned, run_here


@pytest.fixture
def sweep(tmp_path: Path, few: Reviews) -> Sweep:
    """Two settings that are not begun."""
    return made(tmp_path / "sweep", few)


@contextmanager
def watched(act: Callable[[], bool]) -> Iterator[list[float]]:
    """Call `act` again and again in the block until it says that it has acted. Yields the seconds when it did."""
    acted: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            if act():
                acted.append(time.monotonic())
                return

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield acted
    finally:
        over.set()
        thread.join()


def trainers(node: Any) -> list[psutil.Process]:
    """The processes of a node that train. Ray names them by the class or by its method, ResourceTrainable.train."""
    return actors(node, "Train")


def test_two_nodes_train_what_one_process_trains(two_nodes: Any, sweep: Sweep, whole: Sweep):
    looks = list(run_on_ray(sweep, two_nodes.address, 2))
    assert max(look.at_work for look in looks) == 2
    ended = [trial.name for look in looks for trial in look.ended]
    assert sorted(ended[:2]) == [trial.name for trial in sweep.trials]
    assert ended[2:] == [trial.trial.name for trial in trials(whole) if trial.stand == Stand.COMPLETE]
    assert_equal(sweep, whole)
    assert list(run_on_ray(sweep, two_nodes.address, 2)) == [], "nothing is left to do"


def test_asha_decides_as_in_one_process(two_nodes: Any, few: Reviews, tmp_path: Path):
    recipe = RECIPE.change(epochs=4)
    search = Search("asha", 2, first=2, reduction=2)
    ours, alone = (made(tmp_path / name, few, recipe, search) for name in ("ours", "alone"))
    run_here(alone, few)
    list(run_on_ray(ours, two_nodes.address, 1))
    assert [trial.epoch for trial in trials(ours)] == [trial.epoch for trial in trials(alone)]
    assert sorted(trial.epoch for trial in trials(ours)) == [2, 4]


@pytest.mark.parametrize("lost", ["node", "worker"])
def test_a_trial_that_is_lost_goes_on_from_its_state(lost: str, two_nodes: Any, sweep: Sweep, whole: Sweep):
    """A node without a word, or the process that trains, as the kernel ends it when memory is short."""
    seen: list[list[float]] = []

    def lose() -> bool:
        at_work = next((node for node in two_nodes.worker_nodes if trainers(node)), None)
        if at_work is None or not in_the_middle(sweep):
            return False
        if lost == "node":
            two_nodes.remove_node(at_work, allow_graceful=False)
        for process in [] if lost == "node" else trainers(at_work):
            process.kill()
        return True

    def follow() -> bool:
        if acted:
            seen.append(epochs(sweep))
        return False

    with watched(lose) as acted, watched(follow):
        list(run_on_ray(sweep, two_nodes.address, 1))
    assert acted
    assert all(all(map(ge, later, earlier)) for earlier, later in pairwise(seen)), "no trial began again"
    assert_equal(sweep, whole)


def test_a_node_that_joins_late_takes_part(two_nodes: Any, sweep: Sweep, whole: Sweep):
    """The node that was there rests until the new one trains."""
    two_nodes.remove_node(next(iter(two_nodes.worker_nodes)))
    (old,) = two_nodes.worker_nodes
    joined: list[Any] = []

    def wake() -> bool:
        if not joined or not trainers(joined[0]):
            return False
        rest.wake()
        return True

    with rested() as rest, watched(wake) as woken, closing(run_on_ray(sweep, two_nodes.address)) as looks:
        most = 0
        for look in looks:
            most = max(most, look.at_work)
            if not joined and (found := trainers(old)):
                rest.take(found)
                joined.append(add_node(two_nodes))
    assert woken
    assert most == 2
    assert_equal(sweep, whole)


def test_a_machine_with_other_reviews_says_so(two_nodes: Any, few: Reviews, tmp_path: Path):
    """Each trial has failed then, until the next command, and nothing was trained."""
    assert few.reading is not None
    texts = Path(few.reading.source)
    (tmp_path / "mine.csv").write_bytes(texts.read_bytes())
    sweep = made(tmp_path / "sweep", load_reviews(str(tmp_path / "mine.csv")))
    (tmp_path / "mine.csv").write_text(texts.read_text(encoding="utf-8").replace("film", "play"), encoding="utf-8")
    list(run_on_ray(sweep, two_nodes.address, 2))
    assert {trial.stand for trial in trials(sweep)} == {Stand.FAILED}
    assert all("holds other reviews on a machine" in str(trial.problem) for trial in trials(sweep))


def test_reviews_that_cannot_be_read_again_are_refused(tmp_path: Path, recipe: Recipe, reviews: Reviews):
    with pytest.raises(SweepError, match="cannot be read again"):
        next(run_on_ray(planned(tmp_path / "sweep", recipe, reviews)))


def test_a_trial_that_is_lost_too_often_has_failed(sweep: Sweep):
    """Tune tells the search so after its last try. The other trials go on."""
    import_ray()
    from sentiment_core.cluster.tuning import CourseSearch, Searcher

    said: list[dict[str, Any]] = []
    search = CourseSearch(Course(sweep), lambda **entries: said.append(entries))
    first, second = search.suggest("a"), search.suggest("b")
    assert [first["trial"], second["trial"]] == [trial.name for trial in sweep.trials]
    assert search.suggest("c") is None, "there is no third"
    search.on_trial_complete("a", None, error=True)
    search.on_trial_complete("b", None, error=True)
    assert said == [{"ended": trial.name} for trial in sweep.trials]
    assert all("lost 9 times" in str(trial.problem) for trial in trials(sweep))
    assert search.suggest("d") == Searcher.FINISHED


def problem_of(result: dict[str, Any]) -> str:
    return str(unpack(json.loads(result["problem"])))


def test_an_error_of_a_training_is_a_result(sweep: Sweep, monkeypatch: pytest.MonkeyPatch):
    """An exception would be tried again eight times, and be called a lost process."""
    import_ray()
    from sentiment_core.cluster import tuning

    def fail(*arguments: object) -> None:
        raise RuntimeError("not enough memory: you tried to allocate 8 bytes.")

    monkeypatch.setattr(tuning, "advance", fail)
    monkeypatch.setattr(tuning.TrainTrial, "_setup_logdir", lambda trainable: None)  # Tune's, which needs an actor
    trainable = tuning.TrainTrial({"sweep": str(sweep.folder), "trial": sweep.trials[0].name, "until": 1})
    result = trainable.step()
    assert result["done"]
    assert "ended with an error: not enough memory: you tried to allocate 8 bytes. Ray's" in problem_of(result)


def test_after_a_restart_of_the_head_the_same_command_goes_on(tmp_path: Path, few: Reviews):
    """No trial begins again."""
    assert few.reading is not None
    out = tmp_path / "sweep"
    small = ("--epochs", 12, "--hidden-size", 8, "--embedding-size", 8)
    words = ("sweep", "rnn", "--vary", RATES, "--seeds", 1, *small, "--out", out, "--data", few.reading.source)
    run_until_the_head_is_lost(words, lambda: bool(list(out.glob("runs/*/history.jsonl"))))
    kept = {path: path.read_bytes() for path in out.glob("runs/*/history.jsonl")}
    run_on_a_new_head(words)
    assert {Stand.TRAINED, Stand.COMPLETE} == {trial.stand for trial in trials(read_sweep(out))}
    # A line of the history holds the seconds of training, which another training would not repeat.
    assert kept
    assert all(path.read_bytes().startswith(lines) for path, lines in kept.items())
