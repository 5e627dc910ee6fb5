"""Tests with Ray, which is an extra: they are skipped where it is not installed."""

import importlib.util
import os
from collections.abc import Iterator
from typing import Any

import pytest

from sentiment_core.experiments.sweeps.plan import Sweep
from sentiment_core.text.reviews import Reviews, load_reviews
from sentiment_core.text.toy import toy_reviews
from tests.cluster.clusters import add_node, start_cluster
from tests.cluster.small_sweeps import made
from tests.experiments.sweeps.sweeping import run_here


@pytest.fixture(scope="session", autouse=True)
def ray_is_installed() -> None:
    """Skip every test here where Ray is not installed, unless CI requires it."""
    if importlib.util.find_spec("ray") is None and not os.environ.get("SENTIMENT_REQUIRE_RAY"):
        pytest.skip("no Ray: pip install -r requirements-cluster.txt to run the tests of clusters")


@pytest.fixture(scope="session")
def cluster(ray_is_installed: None) -> Iterator[Any]:
    """A head, and two nodes of one core each."""
    running = start_cluster()
    add_node(running)
    add_node(running)
    yield running
    running.shutdown()


@pytest.fixture
def two_nodes(cluster: Any) -> Any:
    """The cluster with exactly two nodes besides its head, whatever a test before has done."""
    while len(cluster.worker_nodes) < 2:
        add_node(cluster)
    while len(cluster.worker_nodes) > 2:
        cluster.remove_node(next(iter(cluster.worker_nodes)))
    cluster.wait_for_nodes()
    return cluster


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reviews]:
    """Few reviews of a file, which every process can read again."""
    folder = tmp_path_factory.mktemp("reviews")
    texts, labels = toy_reviews(120, seed=0)
    rows = [f'"{text}",{label}' for text, label in zip(texts, labels, strict=True)]
    (folder / "few.csv").write_text("\n".join(["text,label", *rows]), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SENTIMENT_CACHE", str(folder / "cache"))
        yield load_reviews(str(folder / "few.csv"))


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, few: Reviews) -> Sweep:
    """The same sweep, trained by one process."""
    sweep = made(tmp_path_factory.mktemp("whole") / "sweep", few)
    run_here(sweep, few)
    return sweep
