"""Tests with Ray, which is an extra: they are skipped where it is not installed."""

import importlib.util
import os

import pytest


@pytest.fixture(scope="session", autouse=True)
def ray_is_installed() -> None:
    """Skip every test here where Ray is not installed, unless CI requires it."""
    if importlib.util.find_spec("ray") is None and not os.environ.get("SENTIMENT_REQUIRE_RAY"):
        pytest.skip("no Ray: pip install -r requirements-cluster.txt to run the tests of clusters")
