"""Jobs in real processes: found again, one at a time, in order, cancelled at once; a second start changes nothing."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from sentiment_core.errors import JobError
from sentiment_core.jobs import scoring_queue as queue
from sentiment_core.jobs.kept import kept_scores, list_kept
from sentiment_core.jobs.scoring_folders import (
    LOCK,
    OUTCOME,
    REQUEST,
    Job,
    Request,
    Stage,
    State,
    living_jobs,
    read_job,
)
from sentiment_core.jobs.scoring_queue import cancel, start
from sentiment_core.messages import lazy
from sentiment_core.runs import layout
from sentiment_core.storage.locks import hold, read_writer
from sentiment_core.text.corpus import Corpus
from tests.conftest import ROOT
from tests.jobs.conftest import wait_for

Hub = Callable[[str], str]


def test_two_starts_at_once_are_one_job_that_ends_by_itself(cached_model: Hub, root: Path, corpus: Corpus):
    """It is niced, in a session of its own, and leaves no process or lock behind."""
    request, folders = Request(cached_model("two"), "", device="cpu"), []
    starts = [threading.Thread(target=lambda: folders.append(start(request, corpus, root))) for _ in range(2)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()
    assert folders[0] == folders[1]
    (job,) = living_jobs(root)
    process = psutil.Process(job.request.process[0])
    assert str(folders[0]) in process.cmdline()
    job = wait_for(folders[0], State.DONE, State.FAILED)
    assert job.problem is None
    assert list_kept(corpus, root).keys() == {"hub:owner/two"}
    assert len(kept_scores(folders[0], layout.TEST).logits) == 1000
    process.wait(10)
    assert not list(folders[0].glob(f"{LOCK}.*"))
    assert start(request, corpus, root) == folders[0], "what is done is not done again"
    assert read_job(folders[0]).state == State.DONE


def test_jobs_wait_in_order_and_end_at_once_when_cancelled(cached_model: Hub, root: Path, corpus: Corpus):
    """A waiting job loads no torch. One that is killed shows it; started again, it is behind the others."""
    with hold(root_ready(root) / ".working", lazy("A job works.")):
        folders = [start(Request(cached_model(name), "", device="cpu"), corpus, root) for name in ("two", "three")]
        for folder in folders:
            wait_for_stage(folder, Stage.WAITING)
        assert [job.folder for job in living_jobs(root)] == folders
        cancel(folders[1])
        assert read_job(folders[1]).state == State.CANCELLED
        writer = read_writer(folders[0] / LOCK)
        assert writer is not None
        psutil.Process(writer.pid).kill()
        wait_for(folders[0], State.STOPPED, seconds=10)
        assert living_jobs(root) == []
        assert start(Request(hub_name("two"), "", device="cpu"), corpus, root) == folders[0]
        wait_for_stage(folders[0], Stage.WAITING)
        cancel(folders[0])
    assert read_job(folders[0]).state == State.CANCELLED
    cancel(folders[0])
    assert read_job(folders[0]).state == State.CANCELLED, "to cancel twice changes nothing"


def hub_name(name: str) -> str:
    return f"hub:owner/{name}"


def root_ready(root: Path) -> Path:
    root.mkdir()
    return root


def wait_for_stage(folder: Path, stage: Stage) -> None:
    import time

    deadline = time.monotonic() + 60
    while (job := read_job(folder)) is None or job.progress.stage != stage:
        assert time.monotonic() < deadline, job
        time.sleep(0.05)


def test_too_many_jobs_are_refused(root: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queue, "MOST", 0)
    with pytest.raises(JobError, match="0 jobs wait already"):
        start(Request("hub:owner/name", ""), corpus, root)
    assert living_jobs(root) == []


def test_a_folder_that_cannot_be_written_is_named(root: Path, corpus: Corpus):
    root.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(JobError, match="Set SENTIMENT_RUNS to a folder"):
        start(Request("hub:owner/name", ""), corpus, root)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"model": 1}', '{"format": {"version": 99, "needs": "9.0.0"}}'])
def test_a_damaged_request_is_no_job(written: Callable[..., Job], content: str):
    job = written("hub:owner/name")
    (job.folder / REQUEST).write_text(content, encoding="utf-8")
    assert read_job(job.folder) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"state": "unheard of", "problem": null, "labels": []}'])
def test_a_damaged_outcome_counts_as_stopped(written: Callable[..., Job], content: str):
    job = written("hub:owner/name")
    (job.folder / OUTCOME).write_text(content, encoding="utf-8")
    assert read_job(job.folder).state == State.STOPPED


def test_another_process_with_the_number_of_a_job_is_not_killed(written: Callable[..., Job]):
    """After a restart of the machine another program may have it."""
    job = written("hub:owner/name")
    me = psutil.Process()
    queue._kill(replace(job, request=replace(job.request, process=(me.ppid(), 0.0))))
    assert psutil.pid_exists(me.ppid())


def test_the_published_folder_is_never_written(root: Path, corpus: Corpus):
    """The folder of a job is below the live runs, also for a published corpus."""
    from sentiment_core.jobs.scoring_folders import job_folder

    folder = job_folder(root, corpus.fingerprint, "hub:owner/name")
    assert folder == root / "scores" / corpus.fingerprint / "owner--name"
    assert not folder.is_relative_to(ROOT / "checkpoints")
