"""The live view as a component on a page without the app, fed by the real routes from a job's folder."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Route, expect
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.shared import live_answers, live_routes
from sentiment_core.jobs import layout
from sentiment_core.jobs.events import append
from sentiment_core.jobs.folders import Outcome, Progress, write_outcome, write_progress, write_request
from sentiment_core.jobs.live import append_frame, frequent_ids
from sentiment_core.jobs.records import Stage, State
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.messages import in_language
from sentiment_core.model.config import Recipe
from sentiment_core.player.bundle import live_script, live_stylesheet
from sentiment_core.player.speech import speech
from sentiment_core.text.corpus import load_corpus, load_tokens
from sentiment_core.text.reviews import Reading

ID = "abcdefgh234567ab"
TICK = 200  # milliseconds that a tick may take in the browser
PINS = ["a superb film", "a <b>dull</b> plot"]


class Training:
    """A training of two networks that a test moves on by hand. No process works on it, so its state is lost."""

    def __init__(self, root: Path, corpus: Path) -> None:
        self.folder = layout.training_folder(root, ID)
        self.folder.mkdir(parents=True)
        networks = Network("rnn-7f3a", Recipe("rnn")), Network("lstm-2k4c", Recipe("lstm"))
        write_request(self.folder, TrainingRequest(networks, Reading("toy"), str(corpus), pins=tuple(PINS)), 1, 0.0)
        table = load_tokens(load_corpus(corpus))
        self._ids = frequent_ids(table.counts.sum(axis=1))
        self._start = np.random.default_rng(0).standard_normal((len(table.tokens), 8)).astype(np.float32)
        self._lean = np.sign(table.polarity)
        self.log(kind="start", runs=[{"name": n.name, "steps": 400, "steps_per_epoch": 100} for n in networks])

    def log(self, **event: object) -> None:
        append(self.folder, event)

    def step(self, step: int) -> None:
        """All that a worker writes at a moment, for both networks."""
        for run in range(2):
            embedding = self._start.copy()
            embedding[:, 2 + run] += 0.01 * step * self._lean
            index = append_frame(self.folder, run, self._ids, embedding, step)
            self.log(kind="frame", run=run, step=step, index=index)
            loss = 0.7 - step / 1000 - run / 10
            row = {"loss": loss, "accuracy": 1 - loss, "gradient_norm": 0.5, "tokens": 900 * step, "seconds": step}
            self.log(kind="steps", run=run, step=step, epoch=step / 100, **row)
            self.log(kind="checkpoint", run=run, step=step, epoch=step / 100, valid_loss=loss, valid_accuracy=1 - loss)
            self.log(kind="pins", run=run, step=step, probabilities=[0.6, 0.4])
            self.log(kind="reach", run=run, step=step, distances=[0, 1, 8], logit=[0, -1, -2], last=[0, -1, -4])

    def end(self) -> None:
        write_outcome(self.folder, Outcome(State.DONE))


@pytest.fixture
def training(toy_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Training:
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path))
    monkeypatch.setattr(live_answers, "FRESH", 0.0)
    # A job that is not worked on would be started: these tests are its worker.
    monkeypatch.setattr("sentiment_core.jobs.queue.ensure_supervisor", lambda root: None)
    live_routes._followed.clear()
    (layout.training_folder(tmp_path, ID).parent).mkdir(parents=True)
    made = Training(tmp_path, toy_corpus)
    (made.folder / layout.TURN).touch()
    write_progress(made.folder, Progress(Stage.TRAINING))
    return made


class Tab:
    """A tab with the live view. `connected` False answers as if the server were away."""

    def __init__(self, browser: Browser, client: TestClient) -> None:
        self.page = browser.new_page(viewport={"width": 1280, "height": 900})
        self.connected, self.asked, self._client, self._lock = True, 0, client, threading.Lock()
        script = "<script type='module'>import live from '/live.js'; window.component = live;</script>"
        body = f"<!doctype html><style>{live_stylesheet()}</style><main></main>{script}"
        self.page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
        self.page.route("**/live.js", lambda r: r.fulfill(body=live_script(), content_type="text/javascript"))
        self.page.route("**/live/**", self._answer)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto("http://live.test/train")

    def _answer(self, route: Route) -> None:
        self.asked += 1
        if not self.connected:
            return route.abort()
        found = self._client.get(route.request.url.removeprefix("http://live.test"))
        kind = found.headers["Content-Type"]
        return route.fulfill(status=found.status_code, body=found.content, content_type=kind)

    def mount(self, state: str = "lost", language: str = "en", parts: tuple[str, ...] = ()) -> None:
        """Call the component as Streamlit does after each rerun."""
        with in_language(language):
            said = speech()
        networks = [
            {"title": "RNN", "colour": "#6f5fc0", "dash": None},
            {"title": "LSTM", "colour": "#2a9d76", "dash": "8 3"},
        ]
        shown = list(parts or ("curves", "drift", "pins", "forgetting"))
        data = {"job": ID, "state": state, "parts": shown, "networks": networks, "pins": PINS, "speech": said}
        self.page.evaluate(
            """(data) => {
              window.sent ??= [];
              const send = (name, value) => window.sent.push([name, value]);
              const parentElement = document.querySelector("main");
              window.component({ parentElement, data, setTriggerValue: send, setStateValue: send });
            }""",
            data,
        )

    def moments(self, count: int) -> None:
        """Wait until so many moments of the drift are drawn."""
        expect(self.page.locator("[data-stage]")).to_have_attribute("data-moments", str(count), timeout=15_000)

    def sent(self) -> list:
        return self.page.evaluate("window.sent")


@pytest.fixture
def tab(browser: Browser, training: Training) -> Iterator[Tab]:
    with TestClient(Starlette(routes=live_routes.live_routes())) as client:
        opened = Tab(browser, client)
        yield opened
        opened.page.close()
        assert opened.complaints == []


def value(page: Page, chart: str, row: int, column: int) -> str:
    figure = page.get_by_role("figure", name=chart, exact=True)
    return figure.locator("tr:has(.live-value)").nth(row).locator(".live-value").nth(column).inner_text()


def test_what_comes_is_drawn_without_a_rerun_and_each_tick_keeps_its_budget(tab: Tab, training: Training):
    training.step(0)
    tab.mount()
    tab.moments(1)
    for count, step in enumerate((1, 5, 20), start=2):
        training.step(step)
        tab.moments(count)
    page = tab.page
    assert value(page, "Loss", 0, 0) == "0.680"
    assert value(page, "Loss", 1, 1) == "0.580"
    assert value(page, "Tokens a second", 0, 0) == "900"
    expect(page.get_by_text("“a <b>dull</b> plot”")).to_be_visible()
    expect(page.get_by_text("A thousandth and more arrives from up to 1 token back.")).to_have_count(2)
    expect(page.get_by_text("step 20 of 400")).to_be_visible()
    assert tab.sent() == []
    slowest = float(page.locator("[data-live-job]").get_attribute("data-slowest") or "nan")
    print(f"the slowest tick took {slowest:.0f} ms of {TICK}")


def test_the_page_hears_once_of_a_changed_state(tab: Tab, training: Training):
    training.step(0)
    tab.mount()
    expect(tab.page.locator(".live-what")).to_have_text("Interrupted: it will go on by itself")
    training.end()
    expect(tab.page.locator(".live-what")).to_have_text("Done", timeout=10_000)
    tab.mount("done")
    assert tab.sent() == [["moved", "done"]]
    asked = tab.asked
    tab.page.wait_for_timeout(1400)
    assert tab.asked == asked, "an ended job is not asked for again"


def test_the_reader_looks_back_and_follows_again(tab: Tab, training: Training):
    for step in (0, 10, 20):
        training.step(step)
    tab.mount()
    tab.moments(3)
    page = tab.page
    page.get_by_role("button", name="Previous moment").click()
    expect(page.locator("[data-moment]")).to_contain_text("step 10")
    assert value(page, "Loss", 0, 0) == "0.690"
    training.step(30)
    tab.moments(4)
    expect(page.locator("[data-moment]")).to_contain_text("step 10")
    page.get_by_role("button", name="Follow").click()
    expect(page.locator("[data-moment]")).to_contain_text("step 30")
    page.locator("[data-stage]").focus()
    page.keyboard.press("Home")
    expect(page.locator("[data-moment]")).to_contain_text("step 0")


def test_axes_move_only_when_the_reader_asks(tab: Tab, training: Training):
    training.step(0)
    training.step(1)
    tab.mount()
    tab.moments(2)
    page = tab.page
    names = page.locator(".axis-along").all_inner_texts()
    for step in (5, 40, 80, 120):
        training.step(step)
    tab.moments(6)
    assert page.locator(".axis-along").all_inner_texts() == names
    expect(page.get_by_text("fitted on the first 2 of 6 moments")).to_be_visible()
    page.get_by_role("button", name="Fit again").click()
    expect(page.get_by_text("fitted on all 6 moments")).to_be_visible()
    page.get_by_label("What the axes are fitted to").select_option("variance")
    expect(page.locator(".axis-along").first).to_contain_text("of variance")


def test_a_kill_takes_back_what_was_not_saved(tab: Tab, training: Training):
    for step in (0, 10, 20):
        training.step(step)
    tab.mount()
    tab.moments(3)
    for run in range(2):
        training.log(kind="resumed", run=run, step=12)
    training.step(15)
    tab.page.wait_for_timeout(500)
    tab.moments(3)
    expect(tab.page.locator("[data-moment]")).to_contain_text("step 15")


def test_a_lost_connection_is_said_and_mended(tab: Tab, training: Training):
    training.step(0)
    tab.mount()
    tab.moments(1)
    tab.connected = False
    expect(tab.page.get_by_text("The connection is lost.")).to_be_visible(timeout=15_000)
    training.step(5)
    tab.connected = True
    tab.moments(2)
    expect(tab.page.get_by_text("The connection is lost.")).to_be_hidden()
    shutil.rmtree(training.folder)
    expect(tab.page.get_by_text("This job is not there any more.")).to_be_visible(timeout=15_000)


def test_numbers_are_a_table_too_and_in_the_readers_language(tab: Tab, training: Training):
    training.step(0)
    training.step(8)
    tab.mount(language="ko")
    tab.moments(2)
    page = tab.page
    page.get_by_text("수치를 표로 보기").click()
    row = page.get_by_role("row", name="검증 손실")
    expect(row).to_contain_text("0.692")
    expect(row).to_contain_text("0.592")
    expect(page.locator("[data-live-job]")).to_have_attribute("lang", "ko")


def test_a_page_that_drew_an_older_state_is_told_of_it_although_nothing_new_has_come(tab: Tab, training: Training):
    training.step(0)
    tab.mount()
    tab.moments(1)
    tab.mount(state="paused")  # the page ran while the job rested, before the last answer came here
    tab.page.wait_for_function("window.sent.length > 0")
    assert tab.sent() == [["moved", "lost"]]


def test_a_hidden_tab_asks_nothing_and_catches_up(tab: Tab, training: Training):
    training.step(0)
    tab.mount()
    tab.moments(1)
    hide = "state => { Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });"
    hide += " document.dispatchEvent(new Event('visibilitychange')); }"
    tab.page.evaluate(hide, "hidden")
    asked = -1
    while asked != tab.asked:  # what was asked before may still be on its way
        asked = tab.asked
        tab.page.wait_for_timeout(500)
    training.step(5)
    tab.page.wait_for_timeout(1400)
    assert tab.asked == asked
    tab.page.evaluate(hide, "visible")
    tab.moments(2)
