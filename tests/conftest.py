"""Shared fixtures: fixed seeds, a toy corpus with a small run, the published corpus, and IMDB if available."""

import os
import secrets
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import psutil
import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from playwright.sync_api import Playwright, sync_playwright

from benchmarks.browser import CHROMIUM, Server
from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import Reviews, Split
from sentiment_core.text.toy import toy_reviews
from tests.chromium import Chromium
from tests.command_line import Result, Sentiment
from tests.served import Served

if "PYTEST_XDIST_WORKER" in os.environ:  # before torch loads: parallel test processes use one thread each
    os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).parents[1]
_MARK = "SENTIMENT_TEST_SESSION"  # names in the environment the tests that a process was started by
STOPPING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # stop signals of all systems
# On a busy machine an example may be slow for reasons outside the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
# Results are equal to the bit on the CPU only; tests of other devices name them.
os.environ["SENTIMENT_DEVICE"] = "cpu"
# Tests that train networks besides the small shared run.
TRAINING = (
    *("training", "runs", "experiments/reproduction", "test_formats.py"),
    *("cli/test_train.py", "cli/test_reproduce.py", "cli/test_device.py", "cli/test_signals.py"),
)
# Tests that start the app's server, besides the browser tests.
SERVERS = ("pages/test_serving.py", "pages/test_static_files.py", "benchmarks")
# Tests that use at most saved results of a network; all others compute with torch.
WITHOUT_TORCH = ("benchmarks", "browser", "figures", "hosting", "text", "pages", "cluster")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests of whole folders, so that a new test is marked too."""

    place = item.path.relative_to(ROOT / "tests").as_posix()

    def is_among(parts: tuple[str, ...]) -> bool:
        return any(place == part or place.startswith(f"{part}/") for part in parts)

    if is_among(TRAINING):
        item.add_marker("training")
    if is_among(("cluster",)):
        item.add_marker("cluster")
    if is_among(SERVERS):
        item.add_marker("server")
    if not is_among(WITHOUT_TORCH) or item.path.name.startswith("test_one_review"):
        item.add_marker("torch")


@pytest.fixture(scope="session", autouse=True)
def nothing_left() -> Iterator[None]:
    """At the end no process of a job lives on that these tests have started, however it was started."""
    os.environ[_MARK] = mine = secrets.token_hex(8)  # every process that is started from here inherits it
    yield
    deadline = time.monotonic() + 10
    while (left := _processes_of(mine)) and time.monotonic() < deadline:
        psutil.wait_procs(left, timeout=0.2)
    for process in left:
        process.kill()
    assert left == []


def _processes_of(mark: str) -> list[psutil.Process]:
    """Processes of jobs that have a mark in their environment."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            is_of_jobs = any(part.startswith("sentiment_core.jobs") for part in process.cmdline())  # empty for a zombie
            if is_of_jobs and process.environ().get(_MARK) == mark:
                found.append(process)
    return found


@pytest.fixture(autouse=True)
def seeded() -> None:
    import torch

    np.random.seed(0)
    torch.manual_seed(0)


@pytest.fixture
def heard_signals() -> Iterator[None]:
    """Handle every stop signal here and in child processes, even if pytest's parent ignores it.

    A shell script's `&` makes a command ignore SIGINT, and nohup makes it ignore SIGHUP.
    """
    numbers = [getattr(signal, name) for name in STOPPING if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Each test process has one for all its tests, because a server takes seconds to start."""
    with closing(Served(SENTIMENT_RUNS=str(tmp_path_factory.mktemp("served-runs")))) as started:
        yield started


@pytest.fixture
def server(served: Served) -> Server:
    """The app on a server."""
    return served.get()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """A process can have one at a time, whatever browsers it starts."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Chromium]:
    found = Path(CHROMIUM or playwright.chromium.executable_path).exists()
    if not found and not os.environ.get("SENTIMENT_REQUIRE_BROWSER"):
        pytest.skip("no Chromium: install one, or name it in CHROMIUM, to run the browser tests")
    launched = Chromium(playwright)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def toy_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus folder of toy reviews with one run, `tiny`. Read only: change a copy.

    One process creates it for all.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "corpora" / "toy"
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not (folder / "tiny" / "test.parquet").exists():
            shutil.rmtree(folder, ignore_errors=True)
            _make_toy_corpus(folder)
    return folder


def _make_toy_corpus(folder: Path) -> None:
    from sentiment_core.model.config import Recipe
    from sentiment_core.text.reviews import load_reviews
    from sentiment_core.training.cards import build_corpus
    from sentiment_core.training.pipeline import train_run

    reviews = load_reviews("toy")
    build_corpus(reviews, folder, seed=0)
    # With max pooling the network finds a cue anywhere, after seconds of training.
    small = {"embedding_size": 8, "hidden_size": 8, "max_length": 60, "pooling": "max"}
    recipe = Recipe("tiny").change(cell="gru", epochs=2, learning_rate=2e-2, **small)
    for _ in train_run(recipe, reviews, folder / "tiny"):
        pass


@pytest.fixture(scope="session")
def toy_run(toy_corpus: Path) -> Path:
    """A trained run folder. Read only: change a copy."""
    return toy_corpus / "tiny"


@pytest.fixture
def toy_copy(toy_run: Path, tmp_path: Path) -> Path:
    """A copy of a trained run folder, to change."""
    return shutil.copytree(toy_run, tmp_path / "tiny")


@pytest.fixture(scope="session")
def published() -> Path:
    """The published corpus, or the one of the same form in $SENTIMENT_CHECKPOINTS."""
    return Path(os.environ.get("SENTIMENT_CHECKPOINTS", ROOT / "checkpoints")) / "imdb"


@pytest.fixture(scope="session")
def imdb() -> str:
    """A folder with the IMDB reviews; skips the test if there is none."""
    for folder in (os.environ.get("SENTIMENT_IMDB"), ROOT.parent / "shared" / "data" / "imdb"):
        if folder and Path(folder).is_dir():
            return str(folder)
    pytest.skip("no IMDB at hand: name its folder in SENTIMENT_IMDB")


@pytest.fixture
def sentiment(capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sentiment:
    """Runs `sentiment` with arguments in an empty folder, with separate caches."""
    import datasets

    from sentiment_core.cli.app import main

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "datasets")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("SENTIMENT_CACHE", str(tmp_path / "cache"))

    def run(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["sentiment", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as exit:
            main()
        return Result(exit.value.code or 0, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def reviews() -> Reviews:
    """100 train, 30 valid and 20 test reviews."""
    sizes = {"train": 100, "valid": 30, "test": 20}
    splits = {name: Split(*toy_reviews(size, seed=seed)) for seed, (name, size) in enumerate(sizes.items())}
    return Reviews("toy", **splits)


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    """Two epochs of seven steps: batches of 16, and a last batch of 4 in each epoch."""
    return Recipe("tiny").change(
        cell="gru", embedding_size=4, hidden_size=4, max_length=30, epochs=2, batch_size=16, dropout=0.2
    )


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tiny models by name, each with other labels."""
    from tests.classifiers.tiny_bert import save_bert

    folder = tmp_path_factory.mktemp("models")
    save_bert(folder / "two", ["negative", "positive"])
    save_bert(folder / "three", ["negative", "neutral", "positive"])
    save_bert(folder / "unnamed", [f"LABEL_{number}" for number in range(5)])
    save_bert(folder / "one", ["LABEL_0"])
    return folder


@pytest.fixture
def cached_model(tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Puts a tiny model into a Hub cache and returns its name. Processes that a test starts see the same cache."""
    from huggingface_hub import constants

    from tests.classifiers.tiny_bert import cache_model

    cache = tmp_path / "hub"
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(cache))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    for name, value in {"HF_HUB_CACHE": cache, "HF_HUB_OFFLINE": 1, "SENTIMENT_CACHE": tmp_path / "cache"}.items():
        monkeypatch.setenv(name, str(value))
    return lambda name: f"hub:{cache_model(tiny_models / name, cache, f'owner/{name}')}"
