"""Old trainings are removed with their runs, by age and by space; never one that lives or is pinned."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from sentiment_core.errors import JobError
from sentiment_core.jobs import control, layout, queue
from sentiment_core.jobs.cleaning import clean, used
from sentiment_core.jobs.folders import Outcome, write_outcome
from sentiment_core.jobs.limits import Limits
from sentiment_core.jobs.lottery import draw, find_lottery, open_lottery
from sentiment_core.jobs.queue import list_jobs, start
from sentiment_core.jobs.records import State
from sentiment_core.jobs.requests import Network
from tests.jobs.test_requests import RECIPE, SCORING, TRAINING

DAY = 86_400.0


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "ensure_supervisor", lambda root: None)


def trained(root: Path, name: str, state: State | None = State.DONE, size: int = 1000) -> Path:
    """A job with a run of so many bytes, in a corpus of its own."""
    place = root / layout.TRAINED / f"of-{name}"
    run = place / name
    run.mkdir(parents=True)
    (place / "corpus.json").write_text("{}", encoding="utf-8")
    (run / "recipe.json").write_text("{}", encoding="utf-8")
    (run / "model.safetensors").write_bytes(b"\0" * size)
    folder = start(replace(TRAINING, networks=(Network(name, RECIPE),), folder=str(place)), root, Limits())
    if state is not None:
        write_outcome(folder, Outcome(state))
    return folder


def test_a_job_is_removed_after_its_days_and_with_it_its_run(root: Path, monkeypatch: pytest.MonkeyPatch):
    now = time.time()
    old, pinned, living = trained(root, "old"), trained(root, "pinned"), trained(root, "living", None)
    control.pin(pinned)
    scores = start(SCORING, root)
    write_outcome(scores, Outcome(State.DONE))
    for day in range(10):
        monkeypatch.setattr("time.time", lambda day=day: now + day * DAY)
        clean(root, Limits(days=10))
    assert old.exists()
    monkeypatch.setattr("time.time", lambda: now + 10 * DAY)
    clean(root, Limits(days=10))
    assert not old.exists()
    assert not (root / "trained" / "of-old").exists(), "nor the corpus, which no other run needs"
    assert {job.folder for job in list_jobs(root)} == {pinned, living, scores}
    assert (root / "trained" / "of-pinned" / "pinned" / "recipe.json").exists()


def test_a_lottery_without_jobs_is_removed_after_its_days(root: Path, monkeypatch: pytest.MonkeyPatch):
    now = time.time()
    old, played = (open_lottery(root, TRAINING, 5) for _ in range(2))
    name = TRAINING.networks[0].name
    living = start(replace(TRAINING, networks=(Network(name, RECIPE),), group=played.code), root, Limits())
    for day in range(11):
        assert find_lottery(root, old.code) is not None
        monkeypatch.setattr("time.time", lambda day=day: now + day * DAY)
        clean(root, Limits(days=10))
    assert not old.folder.exists()
    assert find_lottery(root, played.code) == played, "its days begin when its last job is gone"
    with pytest.raises(JobError, match="not there any more"):
        draw(old, "anna", limits=Limits())
    assert not old.folder.exists(), "it is not made again"
    assert living.exists()


def test_a_clock_that_is_set_removes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch):
    """Neither forward by years nor back. A damaged note of it starts over."""
    folder, now = trained(root, "mine"), time.time()
    for at in (now, now + 1000 * DAY, now - 1000 * DAY, now + 0.5 * DAY, now - DAY, now):
        monkeypatch.setattr("time.time", lambda at=at: at)
        clean(root, Limits(days=5))
        assert folder.exists(), at - now
    (root / layout.JOBS / "clock.json").write_text(json.dumps({"seen": "?"}), encoding="utf-8")
    clean(root, Limits(days=5))
    assert folder.exists()


def test_the_oldest_make_room(root: Path):
    first, second, third = (trained(root, name, size=2**20) for name in ("first", "second", "third"))
    control.pin(first)
    clean(root, Limits(megabytes=3))
    assert [job.folder for job in list_jobs(root)] == [first, third]
    assert not second.exists()
    assert used(root) < 3 * 2**20


def test_without_room_a_training_is_refused_in_one_line(root: Path):
    control.pin(trained(root, "pinned", size=2 * 2**20))
    with pytest.raises(JobError, match=r"take the 1 MB that they may\. Cancel one"):
        start(TRAINING, root, Limits(megabytes=1))
    assert start(SCORING, root, Limits(megabytes=1)).exists(), "scores take no room"
    old = trained(root, "old", size=2**20)
    assert start(TRAINING, root, Limits(megabytes=3)) in [job.folder for job in list_jobs(root)]
    assert not old.exists(), "it made room"


def test_a_run_elsewhere_is_not_removed(root: Path, tmp_path: Path):
    """A request is a file, which anybody who may write there can change."""
    folder = trained(root, "mine")
    other = tmp_path / "precious" / "mine"
    other.mkdir(parents=True)
    request = layout.REQUEST
    content = json.loads((folder / request).read_text("utf-8"))
    content["request"]["folder"] = str(other.parent)
    (folder / request).write_text(json.dumps(content), encoding="utf-8")
    clean(root, Limits(megabytes=1, days=0.0))
    control.pin(folder, False)
    (root / layout.TRAINED / "big").mkdir()
    (root / layout.TRAINED / "big" / "recipe.json").write_bytes(b"\0" * 2**21)
    clean(root, Limits(megabytes=1))
    assert not folder.exists()
    assert other.exists()


def test_what_an_interrupted_removal_left_is_removed(root: Path):
    folder = trained(root, "mine")
    (folder / layout.REQUEST).unlink()
    clean(root, Limits())
    assert not folder.exists()
