"""The views of the app: every page, and the states of those that have several. A tour leads a browser through them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect
from starlette.requests import HTTPConnection

from benchmarks.browser import wait_until_drawn
from pages.shared.admission import waiting_room
from pages.shared.site import PAGES

PATIENCE = 120_000  # milliseconds for what needs the machine's cores
SMALL = "data=toy&epochs=2&a=rnn&a_hidden_size=8&b=none"
# Addresses of the states of the pages that a choice leads to, by tour.
STATES = {
    "reviews": ["lengths?max_length=120", "reads?text=Not+a+bad+film.&corpus=toy"],
    "embeddings": [
        *("drift?moment=1", "drift?look=neighbours", "drift?look=axis", "drift?look=analogy"),
        *("drift?present=1", "drift?basis=epoch", "drift?corpus=korean"),
    ],
    "review": ["review?runs=rnn&runs=bilstm&runs=nb-svm-bigrams&text=Not+a+bad+film.", "review?text=+"],
    "test_set": [f"test_set?part={part}" for part in ("curves", "calibration", "slices", "words", "training")],
    "forgetting": [f"forgetting?part={part}" for part in ("distance", "training", "start")],
    "mechanics": [
        f"mechanics?step={step}"
        for step in (
            *("table", "padding", "packing", "states", "both-ways", "layers", "heads", "generate"),
            *("parameters", "bank", "trap", "far", "analogy"),
        )
    ],
    "problems": [
        *("review?runs=none-such&corpus=none-such", "train?job=aaaaaaaaaaaaaaaa", "debug?job=aaaaaaaaaaaaaaaa"),
        *("own_data?upload=aaaaaaaaaaaaaaaa", "seeds?group=aaaaaa", "nowhere"),
    ],
}


@dataclass(frozen=True)
class Place:
    """A browser's context with a base address, and the language to open the pages in."""

    context: BrowserContext
    language: str

    @staticmethod
    def settings(theme: str) -> dict[str, Any]:
        """Of the context: as a projector shows the app."""
        return {"viewport": {"width": 1280, "height": 800}, "color_scheme": theme, "accept_downloads": True}

    def address(self, path: str) -> str:
        """A path with the language."""
        return f"/{path}{'&' if '?' in path else '?'}lang={self.language}"

    def open(self, path: str) -> Page:
        """A new tab with a page of the app, drawn, with everything unfolded."""
        tab = self.context.new_page()
        tab.goto(self.address(path))
        wait_until_drawn(tab)
        unfold(tab)
        return tab


Stop = tuple[str, Page]
Tour = Callable[[Place], Iterator[Stop]]


def unfold(page: Page) -> None:
    """Open all that is folded away."""
    folded = page.locator("[data-testid=stExpander] details:not([open]) > summary")
    folded.evaluate_all("(found) => found.forEach((summary) => summary.click())")
    wait_until_drawn(page)


def press(page: Page, key: str) -> None:
    """Press the button with a key, in any language."""
    page.locator(f".st-key-{key} button").first.click()


def every_page(place: Place) -> Iterator[Stop]:
    """All pages of the menu as they open."""
    for page in PAGES:
        tab = place.open(page.address)
        yield page.address or "overview", tab
        tab.close()


def _states(paths: list[str]) -> Tour:
    def tour(place: Place) -> Iterator[Stop]:
        for path in paths:
            tab = place.open(path)
            yield path, tab
            tab.close()

    return tour


def menu(place: Place) -> Iterator[Stop]:
    """What lies above a page: a list of the menu, the sidebar of a phone, a list to choose from, the main menu."""
    tab = place.open("lengths")
    tab.get_by_test_id("stTopNavSection").first.click()
    expect(tab.get_by_test_id("stTopNavDropdownLink").first).to_be_visible()
    yield "a section of the menu", tab
    tab.keyboard.press("Escape")
    tab.goto(place.address("review"))
    wait_until_drawn(tab)
    tab.get_by_role("combobox").first.click()
    expect(tab.get_by_role("listbox").first).to_be_visible()
    yield "a list to choose from", tab
    tab.keyboard.press("Escape")
    tab.set_viewport_size({"width": 390, "height": 844})
    yield "a page on a phone", tab
    tab.get_by_test_id("stExpandSidebarButton").click()
    expect(tab.get_by_test_id("stSidebarNavLink").first).to_be_visible()
    yield "the menu of a phone", tab
    tab.close()


def training(place: Place) -> Iterator[Stop]:
    """A training from its start to its end, and a lesson."""
    tab = place.open(f"train?{SMALL}")
    press(tab, "start_training")
    tab.wait_for_url(re.compile("job=[a-z2-7]{16}"))
    expect(tab.locator("[data-live]").first).to_be_attached(timeout=PATIENCE)
    yield "running", tab
    expect(
        tab.get_by_test_id("stDownloadButton").or_(tab.get_by_role("link", name=re.compile("rnn"))).first
    ).to_be_visible(timeout=PATIENCE)
    unfold(tab)
    yield "finished", tab
    tab.close()


def own_data(place: Place) -> Iterator[Stop]:
    """An example file, read and checked."""
    tab = place.open("own_data")
    press(tab, "own_data-try-toy")
    tab.wait_for_url(re.compile("upload="))
    wait_until_drawn(tab)
    unfold(tab)
    yield "a file is read", tab
    tab.close()


def lesson(place: Place) -> Iterator[Stop]:
    """A class from its opening to its end, on the projector and on a phone."""
    teacher = place.open("class")
    press(teacher, "open_class")
    stage = teacher.locator(".stage")
    expect(stage).to_have_attribute("data-phase", "lobby")
    phone = place.context.new_page()
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.goto(place.address("join"))
    expect(phone.get_by_role("textbox")).to_be_visible()
    yield "phone: which class", phone
    phone.goto(place.address(f"join/{stage.get_attribute('data-class')}"))
    expect(phone.get_by_role("heading").first).to_be_visible()
    unfold(teacher)
    yield "teacher: lobby", teacher
    yield "phone: lobby", phone
    teacher.locator(".stage-main").click()
    expect(stage).to_have_attribute("data-phase", "voting", timeout=PATIENCE)
    expect(phone.get_by_role("radio")).to_have_count(6)
    yield "phone: voting", phone
    phone.get_by_role("radio").first.check()
    phone.get_by_role("radio").last.check()
    phone.get_by_role("button").last.click()
    yield "phone: voted", phone
    yield "teacher: voting", teacher
    for phase in ("closed", "verdicts", "truth"):
        teacher.locator(".stage-main").click()
        expect(stage).to_have_attribute("data-phase", phase, timeout=PATIENCE)
        wait_until_drawn(teacher)
        yield f"teacher: {phase}", teacher
        yield f"phone: {phase}", phone
    teacher.locator(".stage [data-act=results]").click()
    expect(stage).to_have_attribute("data-phase", "results", timeout=PATIENCE)
    wait_until_drawn(teacher)
    unfold(teacher)
    yield "teacher: results", teacher
    yield "phone: results", phone
    report = teacher.request.get(f"/class/{stage.get_attribute('data-class')}/export.html")
    yield from _file(place, "report of the class", report.text())
    yield from _led(place, phone)
    teacher.goto(place.address("class"))
    wait_until_drawn(teacher)
    unfold(teacher)
    opens = teacher.get_by_test_id("stPopover").last.get_by_role("button")
    ends = teacher.locator(".st-key-end_class button")
    opens.click()
    wait_until_drawn(teacher)
    if not ends.is_visible():  # a page that was drawn again meanwhile has closed it
        opens.click()
    expect(ends).to_be_visible()
    yield "teacher: asked whether to end", teacher
    if not ends.is_visible():
        opens.click()
    ends.press("Enter")
    expect(teacher.locator(".st-key-open_class")).to_be_visible()
    yield "phone: ended", phone
    teacher.close()
    phone.close()


def _led(place: Place, phone: Page) -> Iterator[Stop]:
    """All phones see a view of the app."""
    view = place.open("three_words")
    view.locator(".class-bar button").first.click()
    expect(phone.locator("iframe")).to_be_visible(timeout=PATIENCE)
    yield "teacher: the bar on a page", view
    yield "phone: following", phone
    view.close()


def lottery(place: Place) -> Iterator[Stop]:
    """A seed lottery from its opening to its first dot, and as a class sees it."""
    tab = place.open("seeds?data=toy&first_recipe=rnn")
    press(tab, "open_lottery")
    tab.wait_for_url(re.compile("group="))
    wait_until_drawn(tab)
    unfold(tab)
    yield "open", tab
    press(tab, "draw")
    expect(tab.get_by_test_id("stPlotlyChart").first).to_be_visible(timeout=PATIENCE)
    wait_until_drawn(tab)
    yield "a dot", tab
    tab.goto(f"{tab.url}&view=projector")
    wait_until_drawn(tab)
    yield "on the projector", tab
    tab.close()


def sweep(place: Place) -> Iterator[Stop]:
    """A sweep that the server has among its runs."""
    tab = place.open("sweeps")
    expect(tab.get_by_test_id("stPlotlyChart").first).to_be_visible()
    yield "done", tab
    tab.close()


def waiting(place: Place) -> Iterator[Stop]:
    """The waiting room of a full server."""
    asked = HTTPConnection({"type": "http", "query_string": f"lang={place.language}".encode(), "headers": []})
    yield from _file(place, "waiting room", bytes(waiting_room(asked, before=3, seconds=20).body).decode())


def take_home(place: Place) -> Iterator[Stop]:
    """The files to keep: the report of the test set, and the player."""
    tab = place.open("test_set")
    with tab.expect_download() as report:
        press(tab, "report")
    tab.close()
    yield from _file(place, "report of the test set", report.value.path().read_text(encoding="utf-8"))
    tab = place.open("drift")
    tab.locator(".more > button").first.click()
    with tab.expect_download() as player:
        tab.get_by_role("button", name=re.compile("HTML")).first.click()
    tab.close()
    yield from _file(place, "take-home player", player.value.path().read_text(encoding="utf-8"))


def _file(place: Place, name: str, html: str) -> Iterator[Stop]:
    """A saved page, opened in a browser that has no server."""
    file = place.context.new_page()
    file.set_content(html)
    yield name, file
    file.close()


TOURS: dict[str, Tour] = {
    "pages": every_page,
    "menu": menu,
    **{name: _states(paths) for name, paths in STATES.items()},
    "training": training,
    "own_data": own_data,
    "class": lesson,
    "lottery": lottery,
    "sweep": sweep,
    "waiting": waiting,
    "take_home": take_home,
}
