"""Each page's main task by the keyboard alone. On the way, what has the focus is on the screen and has a mark."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from benchmarks.browser import Server, wait_until_drawn
from tests.browser.views import PATIENCE
from tests.chromium import Chromium

pytestmark = pytest.mark.browser
MOST_STOPS = 120  # a page has fewer places that the Tab key reaches
# What is wrong with the place of the focus. A mark is a ring or a shadow, of the element or of a box around it.
FLAW = """() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (!focused || focused === document.body) return "";
    const name = `${focused.localName} ${focused.getAttribute("aria-label") ?? focused.textContent.slice(0, 40)}`;
    if (focused.localName === "canvas" || focused.closest("[data-testid=stDataFrame]")) return "";
    const { left, top, right, bottom } = focused.getBoundingClientRect();
    if (right < 0 || bottom < 0 || left > innerWidth || top > innerHeight) return `off the screen: ${name}`;
    let box = focused;
    for (let level = 0; box && level < 6; level++) {
        const style = getComputedStyle(box);
        if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) return "";
        if (style.boxShadow !== "none" || getComputedStyle(box, "::before").boxShadow !== "none") return "";
        box = box.parentElement ?? box.getRootNode().host;
    }
    return `without a mark: ${name}`;
}"""


@pytest.fixture
def context(browser: Chromium, training_server: tuple[Server, Path]) -> Iterator[BrowserContext]:
    server, _ = training_server
    with browser.visit(server.address, viewport={"width": 1280, "height": 800}) as opened:
        opened.set_default_timeout(PATIENCE)
        yield opened


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    return context.new_page()


def open_page(page: Page, path: str) -> None:
    page.goto(f"/{path}{'&' if '?' in path else '?'}lang=en")
    wait_until_drawn(page)


def reach(page: Page, target: Locator) -> None:
    """Press Tab until a place has the focus. Each place on the way must be seen."""
    expect(target).to_be_visible()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(FLAW) == ""
        if target.evaluate("(one) => one.getRootNode().activeElement === one"):
            return
    raise AssertionError(f"Tab does not reach {target}")


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("button", name=name).first


def test_a_review_is_typed_and_compared(tab: Page):
    open_page(tab, "")
    reach(tab, tab.get_by_label("Type a review"))
    tab.keyboard.press("Control+a")
    tab.keyboard.type("A dull film.")
    reach(tab, button(tab, "Compare the networks"))
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="One review", exact=True)).to_be_visible()
    expect(tab.get_by_label("Review", exact=True)).to_have_value("A dull film.")


def test_the_menu_opens_a_page_and_closes_by_escape(tab: Page):
    open_page(tab, "lessons")
    section = tab.get_by_test_id("stTopNavSection").first
    reach(tab, section)
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("menuitem").first).to_be_focused()
    tab.keyboard.press("Escape")
    expect(section).to_be_focused()
    tab.keyboard.press("Enter")
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_role("menuitem").nth(1)).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="What the model reads", exact=True)).to_be_visible()


def test_a_word_is_pinned_and_the_player_stepped_and_presented(tab: Page):
    open_page(tab, "drift")
    reach(tab, button(tab, "Previous checkpoint"))
    before = tab.url
    tab.keyboard.press("Enter")
    expect(tab).not_to_have_url(before)
    reach(tab, tab.get_by_role("combobox", name="Find a word and pin it"))
    tab.keyboard.type("superb")
    tab.keyboard.press("Enter")
    expect(button(tab, "Unpin superb")).to_be_visible()
    reach(tab, button(tab, "Presentation"))
    tab.keyboard.press("Enter")
    player = tab.locator(".player.presenting")
    expect(player).to_be_visible()
    for _ in range(12):  # the focus stays in what fills the screen
        tab.keyboard.press("Tab")
        assert player.evaluate("(one) => one.contains(one.getRootNode().activeElement) || !document.activeElement")
    tab.keyboard.press("Escape")
    expect(player).to_have_count(0)


def test_the_reviews_of_a_cell_of_the_test_set_are_chosen(tab: Page):
    open_page(tab, "test_set")
    reach(tab, tab.get_by_role("combobox", name=re.compile("Reviews to read")))
    tab.keyboard.press("ArrowDown")
    expect(tab.locator("[role=option][data-focused=true][aria-selected=false]")).to_be_visible()
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("cell="))


def test_a_training_is_started_and_cancelled(tab: Page):
    open_page(tab, "train?epochs=200&a_hidden_size=8&b=none")
    reach(tab, tab.locator(".st-key-start_training button"))
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("job=[a-z2-7]{16}"))
    wait_until_drawn(tab)
    reach(tab, button(tab, "Cancel and delete"))
    tab.keyboard.press("Enter")
    reach(tab, button(tab, "Yes, delete it"))
    tab.keyboard.press("Enter")
    expect(button(tab, "Start")).to_be_visible()


def test_a_file_is_brought_and_its_preview_read(tab: Page, tmp_path: Path):
    file = tmp_path / "films.csv"
    file.write_text("text,label\n" + "".join(f"film {n} was {('dull', 'superb')[n % 2]},{n % 2}\n" for n in range(60)))
    # The listener comes first: a busy Chromium may take the key before it takes the order to intercept the chooser.
    tab.on("filechooser", lambda chooser: chooser.set_files(file))
    open_page(tab, "own_data")
    reach(tab, tab.get_by_test_id("stFileUploaderDropzone").locator("button"))
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="How it is read")).to_be_visible()


def test_a_class_is_led_and_voted_in_from_its_opening_to_its_end(tab: Page, context: BrowserContext):
    open_page(tab, "class")
    reach(tab, button(tab, "Open a class"))
    tab.keyboard.press("Enter")
    stage = tab.locator(".stage")
    expect(stage).to_have_attribute("data-phase", "lobby")
    phone = context.new_page()
    phone.goto("/join?lang=en")
    expect(phone.get_by_role("textbox")).to_be_focused()
    phone.keyboard.type(stage.get_attribute("data-class") or "")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="You are in.")).to_be_visible()

    tab.bring_to_front()
    reach(tab, tab.locator(".stage-main"))
    tab.keyboard.press("Enter")
    expect(stage).to_have_attribute("data-phase", "voting")
    phone.bring_to_front()
    expect(phone.get_by_role("radio")).to_have_count(6)
    reach(phone, phone.get_by_role("radio", name="positive"))
    phone.keyboard.press("Space")
    reach(phone, phone.get_by_role("radio", name="a guess"))
    phone.keyboard.press("ArrowDown")
    expect(phone.get_by_role("radio", name="rather sure").or_(phone.get_by_role("radio").nth(3))).to_be_checked()
    reach(phone, button(phone, "Send"))
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("main").get_by_text("Your vote has arrived.")).to_be_visible()

    tab.bring_to_front()
    for phase in ("closed", "verdicts", "truth"):  # the large button keeps the focus
        expect(tab.locator(".stage-main")).to_be_focused()
        tab.keyboard.press("Enter")
        expect(stage).to_have_attribute("data-phase", phase)
    reach(tab, tab.get_by_text("Export, second device, end of the class").locator("xpath=ancestor::summary"))
    tab.keyboard.press("Enter")
    reach(tab, button(tab, "End the class"))
    tab.keyboard.press("Enter")
    reach(tab, button(tab, "Yes, end it"))
    tab.keyboard.press("Enter")
    expect(button(tab, "Open a class")).to_be_visible()
    expect(phone.get_by_role("heading", name=re.compile("ended|over"))).to_be_visible()
