"""A folder of live runs, a cache of Hub models with tiny ones, and the published toy corpus to score them on."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from huggingface_hub import constants

from sentiment_core.jobs.folders import Job, Request, State, job_folder, read_job, write_request
from sentiment_core.text.corpus import Corpus, load_corpus
from tests.classifiers.tiny_bert import cache_model, save_bert
from tests.conftest import ROOT

TWO = ["negative", "positive"]


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(ROOT / "checkpoints" / "toy")


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tiny models by name, each with other labels."""
    folder = tmp_path_factory.mktemp("models")
    save_bert(folder / "two", TWO)
    save_bert(folder / "three", ["negative", "neutral", "positive"])
    save_bert(folder / "unnamed", [f"LABEL_{number}" for number in range(5)])
    save_bert(folder / "one", ["LABEL_0"])
    return folder


@pytest.fixture
def hub(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Puts a model into the Hub's cache and returns its name. Processes that a test starts see the same cache."""
    cache = tmp_path / "hub"
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(cache))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    for name, value in {"HF_HUB_CACHE": cache, "HF_HUB_OFFLINE": 1, "SENTIMENT_CACHE": tmp_path / "cache"}.items():
        monkeypatch.setenv(name, str(value))
    return lambda name: f"hub:{cache_model(models / name, cache, f'owner/{name}')}"


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
