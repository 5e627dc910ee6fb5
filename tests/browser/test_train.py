"""A training in the page, in a real browser: two networks in one job are followed to their end, a second job is not."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks.browser import Server, serve, wait_until_drawn
from sentiment_core.jobs.folders import read_progress

pytestmark = pytest.mark.browser
SMALL = "epochs=2&a_hidden_size=8&a_layers=1&b_hidden_size=8"
PATIENCE = 60_000  # milliseconds for what needs the machine's cores


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def training_server(runs: Path) -> Iterator[Server]:
    """A server with a folder of live runs of its own."""
    with serve(SENTIMENT_RUNS=str(runs), SENTIMENT_JOBS_AT_ONCE="1", SENTIMENT_TRAINING="auto") as running:
        yield running


@pytest.fixture
def context(browser: Browser, training_server: Server) -> Iterator[BrowserContext]:
    """A browser that keeps its cookies from tab to tab."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=training_server.address)
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


def start(context: BrowserContext, query: str) -> Page:
    """A tab that shows the job which it has just started."""
    tab = context.new_page()
    tab.goto(f"/train?{query}")
    wait_until_drawn(tab)
    tab.get_by_role("button", name="Start", exact=True).click()
    tab.wait_for_url(re.compile("job=[a-z2-7]{16}"))
    return tab


def job_folder(runs: Path, tab: Page) -> Path:
    found = re.search("job=([a-z2-7]{16})", tab.url)
    assert found is not None
    return runs / "jobs" / found[1]


def wait(done: object, seconds: float = 60) -> None:
    """Wait until `done()` is true."""
    deadline = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def test_two_networks_are_followed_over_reload_and_link_to_their_end_and_another_job_is_cancelled(
    context: BrowserContext, runs: Path
):
    tab = start(context, SMALL)
    folder, link = job_folder(runs, tab), tab.url
    expect(tab.get_by_text(re.compile(r"step \d+ of \d+")).first).to_be_visible(timeout=PATIENCE)
    tab.get_by_role("button", name="Pause", exact=True).first.click()
    expect(tab.get_by_role("button", name="Go on")).to_be_visible(timeout=PATIENCE)
    expect(tab.get_by_text("It rests between two steps")).to_be_visible(timeout=PATIENCE)

    tab.reload()
    expect(tab.get_by_role("button", name="Go on")).to_be_visible()
    tab.close()
    tab = context.new_page()
    tab.goto(link)
    expect(tab.get_by_text("It rests between two steps")).to_be_visible()

    assert read_progress(folder).steps == 0
    tab.get_by_role("button", name="One step").click()
    wait(lambda: read_progress(folder).steps == 1 and read_progress(folder).paused)
    expect(tab.get_by_text("It rests between two steps")).to_be_visible(timeout=PATIENCE)

    other = start(context, "b=none&epochs=200")
    second = job_folder(runs, other)
    expect(other.get_by_text(re.compile(r"step \d+ of \d+")).first).to_be_visible(timeout=PATIENCE)
    other.get_by_role("button", name="Cancel and delete").click()
    other.get_by_role("button", name="Yes, delete it").click()
    expect(other.get_by_role("button", name="Start", exact=True)).to_be_visible()
    wait(lambda: not (second / "events.jsonl").exists())

    tab.get_by_role("button", name="Go on").click()
    expect(tab.get_by_role("link", name="Drift").last).to_be_visible(timeout=PATIENCE)
    names = [path.parent.name for path in runs.glob("trained/*/*/test.parquet")]
    assert sorted(name.split("-")[0] for name in names) == ["bilstm", "rnn"], "the cancelled run is gone"

    with tab.expect_download() as download:
        tab.get_by_role("link", name=re.compile("Download rnn")).click()
    assert download.value.suggested_filename.startswith("rnn-")
    tab.get_by_role("link", name="Test set").last.click()
    expect(tab.get_by_role("heading", name="Test set", exact=True)).to_be_visible()
    wait_until_drawn(tab)
    for name in names:
        expect(tab.get_by_text(name).first).to_be_visible()
    assert tab.get_by_test_id("stException").count() == 0


def test_who_opens_the_link_in_another_browser_sees_the_job(browser: Browser, training_server: Server, runs: Path):
    """A local visitor sees all jobs, also without the cookie of the browser that started one."""
    done = next(path.parent.name for path in runs.glob("jobs/*/outcome.json"))
    with browser.new_context(base_url=training_server.address) as another:
        tab = another.new_page()
        tab.goto(f"/train?job={done}")
        expect(tab.get_by_role("button", name="Train again with a change")).to_be_visible(timeout=PATIENCE)
        tab.goto("/train")
        expect(tab.get_by_text("All jobs on this machine")).to_be_visible(timeout=PATIENCE)
