"""The worker's side of the controls, in a thread in place of a process."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sentiment_core.errors import JobError
from sentiment_core.jobs import control, desk, layout
from sentiment_core.jobs.desk import Cancelled, Desk, Left, Stopped
from sentiment_core.jobs.events import follow
from sentiment_core.jobs.folders import read_folder, read_progress, write_progress
from sentiment_core.jobs.records import Job, Stage, State
from sentiment_core.jobs.requests import JobLimits
from tests.full_disk import full_disk

Written = Callable[..., Job]


@pytest.fixture
def at_desk(written: Written, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(control, "ensure_supervisor", lambda root: None)
    with Desk(written("hub:owner/any", limits=JobLimits(reviews=10, tokens=100))) as found:
        yield found


def in_thread(check: Callable[[], None]) -> tuple[threading.Thread, list[BaseException]]:
    raised: list[BaseException] = []

    def run() -> None:
        try:
            check()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


def until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_it_rests_while_paused_and_takes_single_steps(at_desk: Desk):
    folder = at_desk.folder
    at_desk.check()
    control.pause(folder)
    until(lambda: at_desk._control.want == control.Want.PAUSE)
    thread, raised = in_thread(at_desk.check)
    until(lambda: read_progress(folder).paused)
    assert not (folder / layout.TURN).exists()
    assert thread.is_alive()
    control.step(folder)
    thread.join(10)
    assert not thread.is_alive()
    assert raised == []
    assert (read_progress(folder).steps, read_progress(folder).paused) == (1, False)
    thread, _ = in_thread(at_desk.check)
    until(lambda: read_progress(folder).paused)
    control.go_on(folder)
    until(lambda: [event["state"] for event in follow(folder)[0] if "state" in event][-1] == "waiting")
    assert thread.is_alive(), "it has given back its place"
    (folder / layout.TURN).touch()
    thread.join(10)
    states = [event["state"] for event in follow(folder)[0] if event["kind"] == "state"]
    assert states == ["paused", "running", "paused", "waiting", "running"]


def test_preparations_go_on_to_the_first_step_that_was_asked_for(written: Written, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(control, "ensure_supervisor", lambda root: None)
    job = written("hub:owner/any")
    control.pause(job.folder)
    control.step(job.folder)
    with Desk(job) as at_desk:
        for _ in range(3):
            at_desk.check(step=False)
        assert read_progress(job.folder).steps == 0
        at_desk.check()
        assert at_desk._progress.steps == 1
        thread, _ = in_thread(at_desk.check)
        until(lambda: read_progress(job.folder).paused)
        control.cancel(job.folder)
        thread.join(10)
    with Desk(job) as at_desk, pytest.raises(Cancelled):
        at_desk.check(step=False)


def test_it_ends_at_its_limits_and_says_which(at_desk: Desk):
    at_desk.check_reviews(10)
    with pytest.raises(JobError, match="There are 11 reviews to train on, and this server allows 10"):
        at_desk.check_reviews(11)
    at_desk.check_tokens(99)
    with pytest.raises(Stopped) as stop:
        at_desk.check_tokens(100)
    assert str(stop.value.reason) == "Stopped after 100 tokens, the most that this server allows a job."


def test_a_stop_is_acknowledged_before_what_is_kept_is_written(at_desk: Desk):
    control.stop(at_desk.folder)
    until(lambda: at_desk._control.want == control.Want.STOP)
    with pytest.raises(Stopped) as stop:
        at_desk.check()
    assert stop.value.reason is None
    assert read_progress(at_desk.folder).ending
    assert read_folder(at_desk.folder).state == State.STOPPING


def test_after_a_long_rest_its_process_ends_and_the_job_stays_paused(at_desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(desk, "_PATIENCE", 0.2)
    control.pause(at_desk.folder)
    until(lambda: at_desk._control.want == control.Want.PAUSE)
    with pytest.raises(Left):
        at_desk.check()
    assert read_folder(at_desk.folder).state == State.PAUSED


def test_it_shows_that_it_lives(at_desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(desk, "BEAT_EVERY", 0.1)
    until(lambda: [event for event in follow(at_desk.folder)[0] if event["kind"] == "beat"])
    at_desk.stage(Stage.TRAINING, total=5)
    at_desk.advance(3, left=2.0)
    at_desk.saved(2)
    at_desk.saved(1)
    until(lambda: read_progress(at_desk.folder).done == 3)
    found = read_progress(at_desk.folder)
    assert (found.stage, found.total, found.left, found.saved) == (Stage.TRAINING, 5, 2.0, 2)
    assert found.seconds > 0


def test_the_clock_set_back_changes_nothing_that_is_decided(at_desk: Desk, monkeypatch: pytest.MonkeyPatch):
    """The times of events then go back; their order in the log does not."""
    at_desk.report({"kind": "steps", "step": 1})
    monkeypatch.setattr("time.time", lambda: 1000.0)
    at_desk.report({"kind": "steps", "step": 2})
    before = at_desk.seconds
    until(lambda: at_desk.seconds > before)
    assert [event["step"] for event in follow(at_desk.folder)[0] if event["kind"] == "steps"] == [1, 2]


def test_a_full_disk_does_not_end_the_work_between_two_reports(written: Written):
    job = written("hub:owner/any")
    write_progress(job.folder, read_progress(job.folder))
    with full_disk(100), Desk(job) as at_desk:
        at_desk.advance(1, 2)
        at_desk.check()
        with pytest.raises(OSError, match="events"):
            at_desk.report({"kind": "steps", "text": "x" * 200})
    assert read_progress(job.folder).done == 1 or read_progress(job.folder).done == 0
    assert not list(Path(job.folder).glob(".*.writing"))
