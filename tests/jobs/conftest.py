"""A folder of live runs, and the published toy corpus, whose texts are always at hand."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sentiment_core.jobs.scoring_folders import Job, Request, State, job_folder, read_job, write_request
from sentiment_core.text.corpus import Corpus, load_corpus
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(ROOT / "checkpoints" / "toy")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "runs"


@pytest.fixture
def written(root: Path, corpus: Corpus) -> Callable[..., Job]:
    """Writes the folder of a job without starting a process, for tests that do its work themselves."""

    def write(model: str, **request: object) -> Job:
        folder = job_folder(root, corpus.fingerprint, model)
        folder.mkdir(parents=True, exist_ok=True)
        write_request(folder, Request(model, str(corpus.path), device="cpu", queued=time.time(), **request))
        job = read_job(folder)
        assert job is not None
        return job

    return write


def wait_for(folder: Path, *states: State, seconds: float = 120) -> Job:
    """The job, once it is in one of these states."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        job = read_job(folder)
        if job is not None and job.state in states:
            return job
        time.sleep(0.05)
    pytest.fail(f"{folder} is {read_job(folder)}; its log: {(folder / 'log.txt').read_text('utf-8')}")
