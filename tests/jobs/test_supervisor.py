"""Jobs in real processes: found again, in their turn, paused, stepped, ended; and what happens to them when killed."""

import json
import shutil
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from sentiment_core.jobs import control, layout, queue
from sentiment_core.jobs.events import follow
from sentiment_core.jobs.folders import read_attempt, read_progress, worker_process, write_attempt
from sentiment_core.jobs.launch import keep_ready
from sentiment_core.jobs.limits import Limits
from sentiment_core.jobs.queue import living_jobs, read_job, start
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import ScoringRequest
from sentiment_core.jobs.supervisor import supervise
from sentiment_core.jobs.tending import Supervisor
from tests.full_disk import full_disk
from tests.jobs.conftest import wait_for, wait_until

Find = Callable[[], psutil.Process]
SLOW = Path(__file__).with_name("slow")
FAST, LONG = "60 0.005 -1", "60 0.005 30"  # the second has a step that takes very long


@pytest.fixture(autouse=True)
def small_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that a test starts do the jobs of `slow_job`, one at a time."""
    monkeypatch.setenv("PYTHONPATH", str(SLOW))
    monkeypatch.setenv("SENTIMENT_JOBS_AT_ONCE", "1")


def steps(count: int, seconds: float = 0.005, long: int = -1, number: int = 0) -> ScoringRequest:
    return ScoringRequest(f"{count} {seconds} {long}", "", f"{number:016}")


def result(folder: Path) -> int:
    return json.loads((folder / "result.json").read_text("utf-8"))["number"]


def expected(count: int) -> int:
    return pow(48271, count, 2147483647)


def has_ended(process: psutil.Process) -> bool:
    psutil.wait_procs([process], timeout=20)
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def wait_for_process(folder: Path) -> psutil.Process:
    wait_until(folder, lambda _: worker_process(folder) is not None)
    process = worker_process(folder)
    assert process is not None
    return process


def test_two_starts_at_once_are_one_job_that_ends_by_itself(root: Path, supervised: Find):
    """Neither its process nor the supervisor leaves anything behind."""
    folders: list[Path] = []
    starts = [threading.Thread(target=lambda: folders.append(start(steps(100), root))) for _ in range(2)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()
    assert folders[0] == folders[1]
    (job,) = living_jobs(root)
    supervisor, process = supervised(), wait_for_process(job.folder)
    job = wait_for(folders[0], State.DONE, State.FAILED)
    assert (job.problem, job.done, job.total, job.place, job.left) == (None, 100, 100, None, 0)
    assert result(job.folder) == expected(100)
    assert has_ended(process)
    assert has_ended(supervisor)
    assert {path.name for path in job.folder.iterdir()} == {
        *("job.json", "progress.json", "events.jsonl", "outcome.json", "attempt.json", "log.txt"),
        *("state.json", "result.json"),
    }
    assert not list((root / layout.JOBS).glob(f"{layout.SUPERVISOR}.*"))


def test_a_job_is_paused_stepped_passed_and_goes_on(root: Path, supervised: Find):
    """While it rests, the next one has its place. It goes on when it is its turn, and ends as if nothing had been."""
    first, second = start(steps(500, 0.01), root), start(steps(100, number=1), root)
    wait_until(first, lambda job: job.done > 0)
    assert (read_job(second).state, read_job(second).place) == (State.WAITING, 1)
    assert read_job(second).wait == pytest.approx(5, abs=1)
    control.pause(first)
    before = wait_for(first, State.PAUSED, seconds=5)
    assert before.place is None
    control.step(first)
    job = wait_until(first, lambda job: job.done > before.done and job.state == State.PAUSED, seconds=5)
    control.step(first)
    control.step(first)
    job = wait_until(first, lambda job: job.done > before.done + 1 and job.state == State.PAUSED, seconds=5)
    job = wait_until(first, lambda job: job.state == State.PAUSED and read_progress(first).steps == 3, seconds=5)
    assert job.done == before.done + 3
    assert wait_for(second, State.DONE, State.FAILED).problem is None
    control.go_on(first)
    assert wait_for(first, State.DONE, State.FAILED).problem is None
    assert (result(first), result(second)) == (expected(500), expected(100))
    states = [event["state"] for event in follow(first)[0] if event["kind"] == "state"]
    assert states[:2] == ["paused", "running"]


def test_a_step_of_a_job_that_works_is_the_one_under_way(root: Path, supervised: Find):
    """The next one is taken to its end, too, though it takes longer than a process may take to answer a pause."""
    folder = start(steps(20, 1.3), root)
    before = wait_until(folder, lambda job: job.done > 0).done
    control.step(folder)
    assert wait_for(folder, State.PAUSED, seconds=5).done == before + 1
    control.step(folder)
    wait_until(folder, lambda _: read_progress(folder).steps == 2, seconds=5)
    assert wait_for(folder, State.PAUSED, seconds=5).done == before + 2


def test_a_job_that_was_paused_before_it_began_takes_one_step(root: Path, supervised: Find):
    first = start(steps(2000, 0.01), root)
    folder = start(steps(100, number=1), root)
    control.pause(folder)
    assert read_job(folder).state == State.PAUSED
    control.cancel(first)
    wait_for(first, State.CANCELLED, seconds=10)
    assert worker_process(folder) is None
    control.step(folder)
    assert wait_until(folder, lambda job: job.done > 0 and job.state == State.PAUSED).done == 1


def test_processes_that_are_killed_leave_the_same_result(root: Path, supervised: Find):
    """kill -9 of the worker, of both, and of the supervisor."""
    folder = start(steps(800, 0.005), root)
    for number, kill in enumerate((("worker",), ("worker", "supervisor"), ("supervisor",)), start=1):
        reached = wait_until(folder, lambda job, least=number * 50: job.done > least)
        processes = {"worker": wait_for_process(folder), "supervisor": supervised()}
        for name in kill:
            processes[name].kill()
            assert has_ended(processes[name])
        assert not reached.state.ended
    job = wait_for(folder, State.DONE, State.FAILED)
    assert job.problem is None
    assert result(folder) == expected(800)
    resumed = [event["step"] for event in follow(folder)[0] if event["kind"] == "resumed"]
    assert resumed[0] == 0
    assert len(resumed) == 3
    assert all(step % 10 == 0 and step >= 40 for step in resumed[1:])


def test_a_job_whose_process_dies_twice_without_progress_says_so(root: Path, supervised: Find):
    folder = start(steps(60, 0.005, long=5), root)
    seen: set[int] = set()
    while not (job := read_job(folder)).state.ended:
        process = worker_process(folder)
        if process is not None and process.pid not in seen and job.done == 5:
            seen.add(process.pid)
            process.kill()
        time.sleep(0.02)
    assert (job.state, len(seen)) == (State.FAILED, 3), "the first one came farther than none"
    assert "ended twice without having come farther" in str(job.problem)


@pytest.mark.parametrize(("ask", "state"), [(control.stop, State.STOPPED), (control.cancel, State.CANCELLED)])
def test_in_the_middle_of_a_long_step_each_wish_is_followed(
    ask: Callable[[Path], None], state: State, root: Path, supervised: Find
):
    """The process cannot answer. It is held for a pause, goes on after it, and is ended for a stop."""
    folder = start(steps(60, 0.005, long=30), root)
    wait_until(folder, lambda job: job.done == 30)
    process = wait_for_process(folder)
    control.pause(folder)
    wait_until(folder, lambda job: job.state == State.PAUSED and not (folder / layout.TURN).exists(), seconds=5)
    assert (folder / layout.SUSPENDED).exists()
    control.go_on(folder)
    wait_until(folder, lambda job: job.state == State.RUNNING and not (folder / layout.SUSPENDED).exists(), seconds=5)
    assert process.status() != psutil.STATUS_STOPPED
    ask(folder)
    assert wait_for(folder, state, seconds=5).done == 30
    assert has_ended(process)


def test_a_supervisor_that_was_killed_leaves_no_held_process_for_good(root: Path, supervised: Find):
    folder = start(steps(60, 0.005, long=30), root)
    wait_until(folder, lambda job: job.done == 30)
    control.pause(folder)
    process = wait_for_process(folder)
    wait_until(folder, lambda _: process.status() == psutil.STATUS_STOPPED, seconds=5)
    supervisor = supervised()
    supervisor.kill()
    assert has_ended(supervisor)
    if sys.platform != "win32":  # there it stays held until somebody looks
        deadline = time.monotonic() + 5
        while process.status() == psutil.STATUS_STOPPED:
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert read_job(folder).state == State.PAUSED  # this look starts another supervisor, which holds it again
    wait_until(folder, lambda _: process.status() == psutil.STATUS_STOPPED, seconds=10)
    control.cancel(folder)
    wait_for(folder, State.CANCELLED, seconds=10)
    assert worker_process(folder) is None


def test_a_folder_that_is_deleted_ends_its_process(root: Path, supervised: Find):
    """Also in the middle of a long step."""
    folder = start(steps(60, 0.005, long=0), root)
    process = wait_for_process(folder)
    wait_until(folder, lambda job: job.total == 60)
    shutil.rmtree(folder, ignore_errors=True)
    assert has_ended(process)
    shutil.rmtree(folder, ignore_errors=True)
    assert living_jobs(root) == []


def test_a_second_supervisor_ends_at_once(root: Path, supervised: Find):
    start(steps(100, 0.02), root)
    first = supervised()
    supervise(root)  # returns, because the lock is held
    assert first.is_running()


def test_a_job_that_has_worked_for_as_long_as_it_may_is_stopped(root: Path, supervised: Find):
    """What it has made is kept, and its end says why."""
    folder = start(steps(10_000, 0.01), root, Limits(minutes=0.02))
    job = wait_for(folder, State.STOPPED, State.FAILED, seconds=20)
    assert str(job.problem) == "Stopped after 0.02 minutes of work, the most that this server allows a job."
    assert 60 < job.done < 300


def test_a_process_of_another_start_of_the_machine_is_not_taken_for_its_own(root: Path, supervised: Find):
    """After a restart another program may have the number of a worker. It is neither waited for nor killed."""
    folder = start(steps(5), root)
    wait_for(folder, State.DONE)
    wait_until(folder, lambda _: worker_process(folder) is None)
    mine = psutil.Process().ppid()
    attempt = read_attempt(folder)
    for other in ({"start": 0.0}, {"machine": "another start of it"}):
        write_attempt(folder, type(attempt)(attempt.process._replace(number=mine, **other)))
        assert worker_process(folder) is None


def test_the_wait_is_for_the_work_of_those_before(root: Path, supervised: Find):
    """As seen by everybody, without a process of its own."""
    jobs: list[Job | None] = []
    folders = [start(steps(400, 0.01, number=number), root) for number in range(3)]
    wait_until(folders[0], lambda job: job.done > 0)
    jobs = [read_job(folder) for folder in folders]
    assert [job.place for job in jobs] == [0, 1, 2]
    assert jobs[2].wait is None, "it is not known how long the second one takes"


def test_on_a_full_disk_the_supervisor_waits_for_room(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queue, "ensure_supervisor", lambda root: None)
    folder = start(steps(20), root)
    supervisor = Supervisor(root, Limits(at_once=1))
    with full_disk(0):
        for _ in range(3):
            assert supervisor.look(), "there is something left to do"
    assert worker_process(folder) is None
    assert read_attempt(folder).fruitless == 0
    while supervisor.look():
        time.sleep(0.02)
    assert read_job(folder).state == State.DONE
    assert result(folder) == expected(20)


def test_a_process_that_is_kept_ready_takes_the_next_job(root: Path, supervised: Find):
    """It prints into the log of the job from then on."""
    keep_ready(root)
    supervised()
    ready = root / layout.JOBS / "ready.txt"
    deadline = time.monotonic() + 20
    while not (ready.exists() and "ready" in ready.read_text("utf-8")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    (before,) = psutil.Process(supervised().pid).children()
    folder = start(steps(100), root)
    assert wait_for_process(folder).pid == before.pid
    assert wait_for(folder, State.DONE, State.FAILED).problem is None
    assert (folder / layout.LOG).exists()


@pytest.mark.parametrize("gone", ["job", "root"])
def test_nothing_lives_on_when_the_folder_of_a_held_job_or_all_are_deleted(gone: str, root: Path, supervised: Find):
    """A process that is held in the middle of a step cannot see it. Nobody makes the folder again."""
    folder = start(steps(60, 0.005, long=5), root)
    wait_until(folder, lambda job: job.done == 5)
    control.pause(folder)
    supervisor, process = supervised(), wait_for_process(folder)
    wait_until(folder, lambda _: process.status() == psutil.STATUS_STOPPED, seconds=5)
    shutil.rmtree(folder if gone == "job" else root, ignore_errors=True)  # something may be written meanwhile
    assert has_ended(process)
    if gone == "root":
        assert has_ended(supervisor)
        shutil.rmtree(root, ignore_errors=True)
        assert not root.exists()
