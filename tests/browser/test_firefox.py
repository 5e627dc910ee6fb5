"""The app and its players in Firefox. The tests in Chromium check in depth what these check once."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect

from benchmarks.browser import Server, wait_until_drawn
from pages.shared.site import PAGES
from sentiment_core.jobs.queue import start
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.model.config import Recipe
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.reviews import Reading
from tests.browser.firefox_relay import write_launcher
from tests.conftest import ROOT
from tests.served import Served

pytestmark = pytest.mark.browser
FIREFOX = os.environ.get("FIREFOX")  # these tests need a Firefox, so they run where one is named
PATIENCE = 60_000  # milliseconds for what needs the machine's cores
SCREEN: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
CARD = ROOT / "checkpoints" / "toy"
SMALL = {"embedding_size": 8, "hidden_size": 8, "batch_size": 64, "epochs": 1, "learning_rate": 1e-2, "max_length": 40}
CSV = "text,label\n" + "".join(f"film {i} was {('dull', 'superb')[i % 2]},{i % 2}\n" for i in range(60))


@pytest.fixture(scope="module")
def firefox(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if not FIREFOX:
        pytest.skip("name a Firefox in FIREFOX to run its tests")
    launcher = write_launcher(tmp_path_factory.mktemp("firefox") / "firefox", FIREFOX)
    browser = playwright.firefox.launch(channel="moz-firefox", executable_path=launcher, timeout=PATIENCE)
    expect.set_options(timeout=PATIENCE)  # Firefox and the app share the machine's cores with whatever else runs
    yield browser
    expect.set_options(timeout=None)
    browser.close()


@pytest.fixture(scope="module")
def visitor(firefox: Browser, served_training: tuple[Served, Path]) -> Iterator[BrowserContext]:
    """A visitor whose browser keeps the app's scripts from test to test."""
    context = firefox.new_context(viewport=SCREEN, base_url=served_training[0].get().address)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def errors() -> Iterator[list[str]]:
    """Errors that a tab of the test reports. One fails the test."""
    found: list[str] = []
    yield found
    assert found == []


def open_tab(context: BrowserContext, errors: list[str], size: ViewportSize = SCREEN) -> Page:
    tab = context.new_page()
    tab.set_viewport_size(size)
    tab.on("pageerror", lambda error: errors.append(f"{tab.url}: {error}"))
    tab.on("console", lambda said: errors.append(f"{tab.url}: {said.text}") if said.type == "error" else None)
    return tab


@pytest.fixture
def tab(visitor: BrowserContext, errors: list[str]) -> Iterator[Page]:
    opened = open_tab(visitor, errors)
    yield opened
    exceptions = opened.get_by_test_id("stException").count()
    opened.close()
    assert exceptions == 0


def open_page(tab: Page, path: str) -> None:
    tab.goto(path)
    wait_until_drawn(tab)


def test_every_page_opens_and_fits_a_phone(tab: Page):
    tab.set_viewport_size(PHONE)
    open_page(tab, "/?lang=en")
    links = tab.get_by_test_id("stSidebarNavLink")
    for place, page in enumerate(PAGES):
        links.nth(place).evaluate("(link) => link.click()")  # the menu is folded on a phone
        expect(tab).to_have_title(page.browser_title)
        wait_until_drawn(tab)
        assert tab.get_by_test_id("stException").count() == 0, page.address
        assert tab.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE["width"], (
            page.address
        )


def test_the_drift_player_plays_steps_pins_and_obeys_keys(tab: Page):
    open_page(tab, "/drift?moment=0&pins=awful&lang=en")
    expect(tab.locator("[data-picture]").first).to_be_visible()
    name = tab.locator("[data-checkpoint-name]")
    expect(name).to_have_text("before")
    drawn = (
        "[...document.querySelectorAll('*')].flatMap((element) => element.shadowRoot ? [element.shadowRoot] : [])"
        ".concat(document).flatMap((root) => [...root.querySelectorAll('[data-picture] canvas')])"
        ".map((canvas) => canvas.toDataURL()).join()"
    )
    before = tab.evaluate(drawn)
    assert before
    play = tab.get_by_role("button", name="Play", exact=True)
    picture = tab.get_by_role("group", name=re.compile("Words in motion"))
    play.click()
    expect(name).to_contain_text("→")
    picture.focus()
    tab.keyboard.press("End")  # playing all of it takes its seconds
    expect(name).to_have_text("after")
    tab.keyboard.press("ArrowLeft")
    expect(name).not_to_have_text("after")
    play.click()
    expect(name).to_have_text("after")
    assert tab.evaluate(drawn) != before, "the words have moved"
    picture.focus()
    tab.keyboard.press("Home")
    expect(name).to_have_text("before")
    tab.keyboard.press("ArrowRight")
    expect(name).not_to_have_text("before")
    tab.keyboard.press("/")
    tab.keyboard.type("superb")
    tab.keyboard.press("Enter")
    pins = tab.get_by_role("list", name="Pinned words").locator("[data-pin]")
    expect(pins).to_have_text(["awful", "superb"])
    expect(tab).to_have_url(re.compile(r"pins=awful(,|%2C)superb"))


def test_a_typed_review_is_judged_and_its_words_and_curves_are_linked(tab: Page):
    open_page(tab, "/review?runs=rnn&runs=bilstm&lang=en")
    box = tab.get_by_label("Review", exact=True)
    box.press("Control+a")
    box.press_sequentially("A dull plot, but superb acting.")  # `fill` does not tell React in Firefox
    box.press("Control+Enter")
    words = tab.locator("[data-reading] .word")
    expect(words).to_have_count(8)
    wait_until_drawn(tab)
    words.nth(5).hover()
    expect(tab.locator("[data-reading] .after")).to_have_text("after “superb”")
    words.nth(5).click()
    expect(tab).to_have_url(re.compile(r"[?&]token=17(&|$)"))
    tab.keyboard.press("ArrowLeft")
    expect(words.nth(4)).to_be_focused()


def test_a_file_is_brought_and_the_language_is_kept(tab: Page):
    open_page(tab, "/own_data?lang=en")
    tab.locator("input[type=file]").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    )
    tab.wait_for_url(re.compile("upload="))
    expect(tab.get_by_text("mine.csv").filter(visible=True).first).to_be_visible()
    wait_until_drawn(tab)
    tab.get_by_role("radio", name="한국어").press("Space")
    expect(tab.locator("html")).to_have_attribute("lang", "ko")
    expect(tab).to_have_url(re.compile("lang=ko"))
    expect(tab.get_by_text("mine.csv").filter(visible=True).first).to_be_visible()


def test_a_training_is_followed_to_its_end(tab: Page, training_server: tuple[Server, Path]):
    _, root = training_server
    networks = (Network("rnn-firefox", Recipe("tiny").change(cell="rnn_tanh", **SMALL)),)
    place = root / "trained" / load_corpus(CARD).fingerprint
    folder = start(TrainingRequest(networks, Reading("toy"), str(place), str(CARD), ("a superb film",)), root)
    tab.goto(f"/train?job={folder.name}&lang=en")
    expect(tab.locator(".live-what")).to_have_text("Done")
    assert int(tab.locator("[data-stage]").get_attribute("data-moments") or 0) > 1
    assert "step 57 of 57" in tab.locator(".live-how").inner_text()


def test_a_dark_screen_gets_dark_pages(tab: Page):
    tab.add_init_script("""const ask = window.matchMedia.bind(window);
      window.matchMedia = (query) => ask(query.replace(/\\(prefers-color-scheme: dark\\)/, "all")
        .replace(/\\(prefers-color-scheme: light\\)/, "not all"));""")
    open_page(tab, "/drift?lang=en")
    expect(tab.locator("[data-picture]").first).to_be_visible()
    shade = "(element) => getComputedStyle(element).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    assert max(tab.get_by_test_id("stApp").evaluate(shade)) < 60
    text = tab.get_by_role("heading", name="Drift", exact=True)
    ink = text.evaluate("(element) => getComputedStyle(element).color.match(/\\d+/g).slice(0, 3).map(Number)")
    assert min(ink) > 180


def test_a_phone_votes_and_the_projector_shows_it(
    tab: Page, firefox: Browser, training_server: tuple[Server, Path], errors: list[str]
):
    phone = open_tab(firefox.new_context(base_url=training_server[0].address), errors, PHONE)
    open_page(tab, "/class?lang=en")
    tab.get_by_role("button", name="Open a class").click()
    stage = tab.locator(".stage")
    expect(stage).to_have_attribute("data-phase", "lobby")
    phone.goto(f"/join/{stage.get_attribute('data-class')}?lang=en")
    expect(tab.locator(".stage-here")).to_have_text("1 here")
    tab.locator(".stage-main").click()
    phone.get_by_role("radio", name="positive").check()
    phone.get_by_role("radio", name="certain").check()
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("button", name="Sent")).to_be_visible()
    expect(tab.get_by_text("1 has voted: everybody.").first).to_be_visible()
    for phase in ("closed", "verdicts", "truth"):
        tab.locator("body").focus()
        tab.keyboard.press("ArrowRight")
        expect(stage).to_have_attribute("data-phase", phase)
    expect(phone.get_by_text("You were right.", exact=True)).to_be_visible()
    phone.context.close()
