"""A tab of a browser that fails its test on any browser error."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page

from benchmarks.browser import Server
from sentiment_core.jobs import control
from sentiment_core.jobs.queue import living_jobs
from tests.chromium import Chromium
from tests.served import Served


@pytest.fixture(params=[{"width": 1280, "height": 800}], ids=["projector"])
def page(browser: Chromium, server: Server, request: pytest.FixtureRequest):
    """A new tab of a new visitor. The test fails if the browser reports an error in it."""
    with browser.visit(server.address) as context:
        tab: Page = context.new_page()
        tab.set_viewport_size(request.param)
        complaints: list[str] = []
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        yield tab
        exceptions = tab.get_by_test_id("stException").count()
    assert complaints == []
    assert exceptions == 0


@pytest.fixture(scope="session")
def served_training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """Each test process has one. Jobs that still live are cancelled at the end."""
    root = tmp_path_factory.mktemp("live-runs")
    with closing(Served(SENTIMENT_RUNS=str(root), SENTIMENT_TRAINING="on")) as started:
        yield started, root
        for job in living_jobs(root):
            control.cancel(job.folder)


@pytest.fixture
def training_server(served_training: tuple[Served, Path]) -> tuple[Server, Path]:
    """The app on a server with a folder of live runs of its own, where jobs really train, and that folder."""
    served, root = served_training
    return served.get(), root
