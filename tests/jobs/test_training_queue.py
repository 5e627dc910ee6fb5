"""The queue of jobs and what people ask of them, without any process."""

from dataclasses import replace
from pathlib import Path

import pytest

from sentiment_core.errors import JobError
from sentiment_core.jobs import control, layout, queue
from sentiment_core.jobs.control import Control, Want, read_control
from sentiment_core.jobs.folders import Outcome, Progress, write_outcome, write_progress
from sentiment_core.jobs.limits import Limits
from sentiment_core.jobs.queue import find_job, list_jobs, read_job, start, wait_of_new
from sentiment_core.jobs.records import State
from tests.full_disk import full_disk
from tests.jobs.test_requests import TRAINING

LIMITS = Limits(at_once=1, minutes=5)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """No supervisor starts. The roots for which one was asked."""
    asked: list[Path] = []
    monkeypatch.setattr(queue, "ensure_supervisor", asked.append)
    monkeypatch.setattr(control, "ensure_supervisor", asked.append)
    monkeypatch.setenv("SENTIMENT_JOBS_AT_ONCE", "1")
    return asked


def test_jobs_wait_in_the_order_in_which_they_were_queued(
    root: Path, alone: list[Path], monkeypatch: pytest.MonkeyPatch
):
    """Also when the clock is set back between two of them. A job expects to wait for the work of those before it."""
    first = start(TRAINING, root, LIMITS)
    monkeypatch.setattr(queue.time, "time", lambda: 5.0)
    second, third = start(TRAINING, root, LIMITS), start(replace(TRAINING, expected=None), root, LIMITS)
    fourth = start(TRAINING, root, LIMITS)
    jobs = list_jobs(root)
    assert [job.folder for job in jobs] == [first, second, third, fourth]
    assert [(job.place, job.wait) for job in jobs] == [(1, 0.0), (2, 12.5), (3, 25.0), (4, None)]
    assert {job.state for job in jobs} == {State.WAITING}
    assert read_job(second) == jobs[1] == find_job(root, second.name)
    assert find_job(root, layout.new_id()) is find_job(root, "../" + second.name) is None
    assert jobs[0].request.limits.minutes == 5
    assert set(alone) == {root}


def test_a_job_that_works_keeps_the_next_waiting_for_what_it_has_left(root: Path):
    first, second = start(TRAINING, root, LIMITS), start(TRAINING, root, LIMITS)
    (first / layout.TURN).touch()
    write_progress(first, Progress(left=4.0))
    jobs = list_jobs(root)
    assert [(job.state, job.place, job.wait) for job in jobs] == [(State.LOST, 0, None), (State.WAITING, 1, 4.0)]
    assert wait_of_new(jobs) == (2, 16.5)
    write_outcome(first, Outcome(State.DONE))
    assert [(job.place, job.wait) for job in list_jobs(root)] == [(None, None), (1, 0.0)]
    assert second == list_jobs(root)[1].folder


def test_a_new_job_waits_for_the_first_place_that_becomes_free(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_JOBS_AT_ONCE", "2")
    first = start(TRAINING, root, LIMITS)
    assert wait_of_new(list_jobs(root)) == (0, 0.0)
    start(TRAINING, root, LIMITS)
    (first / layout.TURN).touch()
    write_progress(first, Progress(left=4.0))
    assert wait_of_new(list_jobs(root)) == (2, 4.0)
    start(replace(TRAINING, expected=None), root, LIMITS)
    assert wait_of_new(list_jobs(root)) == (3, None)


def test_too_many_jobs_are_refused_in_all_and_of_one_visitor(root: Path):
    start(TRAINING, root, LIMITS)
    with pytest.raises(JobError, match="1 jobs of yours work, wait or pause already"):
        start(TRAINING, root, replace(LIMITS, per_visitor=1))
    start(replace(TRAINING, visitor=""), root, replace(LIMITS, per_visitor=1))
    with pytest.raises(JobError, match="2 jobs wait already"):
        start(replace(TRAINING, visitor="another"), root, replace(LIMITS, most=2))
    assert len(list_jobs(root)) == 2


def test_a_folder_that_cannot_be_written_is_named(root: Path):
    root.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(JobError, match="Set SENTIMENT_RUNS to a folder"):
        start(TRAINING, root, LIMITS)


def test_wishes_are_kept_until_the_worker_follows(root: Path):
    folder = start(TRAINING, root, LIMITS)
    control.pause(folder)
    assert read_job(folder).state == State.PAUSED, "it has not begun, so it rests at once"
    control.step(folder)
    control.step(folder)
    assert read_control(folder) == Control(Want.PAUSE, 2, 3, stepped=True)
    assert read_job(folder).state == State.WAITING, "for its turn to take the steps"
    write_progress(folder, Progress(steps=2))
    assert read_job(folder).state == State.PAUSED
    control.go_on(folder)
    assert read_job(folder).state == State.WAITING
    control.stop(folder)
    control.go_on(folder)
    assert read_control(folder).want == Want.STOP, "a job that is ending does not go on"
    assert read_job(folder).state == State.STOPPING
    control.cancel(folder)
    control.stop(folder)
    assert read_control(folder).want == Want.CANCEL


def test_wishes_to_a_job_that_has_ended_or_is_gone(root: Path):
    folder = start(TRAINING, root, LIMITS)
    write_outcome(folder, Outcome(State.DONE))
    control.pause(folder)
    assert read_control(folder) == Control()
    control.pin(folder)
    assert read_job(folder).pinned
    control.pin(folder, False)
    assert not read_job(folder).pinned
    for ask in (control.pause, control.go_on, control.step, control.stop, control.cancel, control.pin):
        with pytest.raises(JobError, match="There is no job in"):
            ask(root / layout.JOBS / layout.new_id())


def test_on_a_full_disk_a_job_is_not_queued_by_half(root: Path):
    with full_disk(500), pytest.raises(JobError, match="Cannot start a job"):
        start(TRAINING, root, LIMITS)
    assert list_jobs(root) == []
    start(TRAINING, root, LIMITS)
    assert len(list_jobs(root)) == 1
