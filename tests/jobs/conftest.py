"""A folder of live runs, and the published toy corpus, whose texts are always at hand."""

import math
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from benchmarks.processes import end_jobs
from sentiment_core.jobs import desk, launch, layout
from sentiment_core.jobs.desk import Desk
from sentiment_core.jobs.folders import read_folder, write_request
from sentiment_core.jobs.queue import read_job
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import ScoringRequest
from sentiment_core.jobs.scoring import work
from sentiment_core.storage.locks import living_writer
from sentiment_core.text.corpus import Corpus, load_corpus
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def no_help(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that is done in a test's own process has no supervisor, which would start it a second time or end it here.

    To end it is to kill the test's process with its servers and browsers.
    """
    monkeypatch.setattr(desk, "_HELP_EVERY", math.inf)
    enter = Desk.__enter__

    def enter_alone(self: Desk) -> Desk:
        assert self._root.resolve() not in launch._started, "this test starts a supervisor and does a job itself"
        return enter(self)

    monkeypatch.setattr(Desk, "__enter__", enter_alone)


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(ROOT / "checkpoints" / "toy")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "runs"


@pytest.fixture
def written(root: Path, corpus: Corpus) -> Callable[..., Job]:
    """Writes the folder of a job that has its turn, for tests that do its work themselves."""

    def write(model: str, **request: object) -> Job:
        folder = layout.scoring_folder(root, corpus.fingerprint, model)
        folder.mkdir(parents=True, exist_ok=True)
        asked = {"corpus": str(corpus.path), "fingerprint": corpus.fingerprint, "device": "cpu"}
        write_request(folder, ScoringRequest(model, **asked | request), 1, time.time())
        (folder / layout.TURN).touch()
        job = read_folder(folder)
        assert job is not None
        return job

    return write


@pytest.fixture
def supervised(root: Path) -> Callable[[], psutil.Process]:
    """The supervisor of the folder of live runs, which `start` has started. It ends with the test."""

    def find() -> psutil.Process:
        deadline = time.monotonic() + 20
        while (writer := living_writer(root / layout.JOBS / layout.SUPERVISOR)) is None:
            assert time.monotonic() < deadline, (root / layout.JOBS / "supervisor.txt").read_text("utf-8")
            time.sleep(0.02)
        return psutil.Process(writer.pid)

    yield find
    end_jobs(root)


def score(job: Job) -> None:
    """Do the work of a scoring job in this process."""
    with Desk(job) as desk:
        work(desk)


def wait_for(folder: Path, *states: State, seconds: float = 120) -> Job:
    """The job, once it is in one of these states."""
    return wait_until(folder, lambda job: job.state in states, seconds)


def wait_until(folder: Path, is_so: Callable[[Job], bool], seconds: float = 120) -> Job:
    """The job, once something is so."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        job = read_job(folder)
        if job is not None and is_so(job):
            return job
        time.sleep(0.02)
    log = folder / layout.LOG
    pytest.fail(f"{folder} is {read_job(folder)}; its log: {log.read_text('utf-8') if log.exists() else ''}")
