"""A tab of a browser that fails its test on any browser error."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.browser import Server, serve
from sentiment_core.jobs import control
from sentiment_core.jobs.queue import living_jobs


@pytest.fixture(params=[{"width": 1280, "height": 800}], ids=["projector"])
def page(browser: Browser, server: Server, request: pytest.FixtureRequest):
    """A new tab. The test fails if the browser reports an error in it."""
    tab: Page = browser.new_page(viewport=request.param, base_url=server.address)
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield tab
    exceptions = tab.get_by_test_id("stException").count()
    tab.close()
    assert complaints == []
    assert exceptions == 0


@pytest.fixture(scope="session")
def training_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """The app on a server with a folder of live runs of its own, where jobs really train, and that folder.

    Jobs that still live are cancelled at the end.
    """
    root = tmp_path_factory.mktemp("live-runs")
    with serve(SENTIMENT_RUNS=str(root), SENTIMENT_TRAINING="on") as running:
        yield running, root
        for job in living_jobs(root):
            control.cancel(job.folder)
