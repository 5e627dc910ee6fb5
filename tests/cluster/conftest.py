"""Tests with Ray, which is an extra: they are skipped where it is not installed."""

import importlib.util
import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cluster.clusters import add_node, start_cluster


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
