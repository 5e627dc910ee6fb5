"""A user's way through the app, on the published runs."""

import re

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import wait_for, wait_until_drawn

pytestmark = pytest.mark.browser
PAGES = {
    "/lengths": "Token lengths",
    "/reads": "What the model reads",
    "/three_words": "Three words",
    "/drift": "Drift",
    "/review": "One review",
    "/memory": "Memory",
    "/forgetting": "Forgetting",
    "/lessons": "Lessons",
    "/train": "Train",
    "/debug": "Debug lab",
}
LEARN = {
    "/lessons": "Lessons",
    "/train": "Train",
    "/seeds": "Seed lottery",
    "/sweeps": "Sweeps",
    "/debug": "Debug lab",
    "/own_data": "Own data",
    "/privacy": "Privacy",
}
PHONE = {"width": 390, "height": 844}


def open_page(page: Page, path: str) -> None:
    page.goto(path)
    wait_until_drawn(page)


def test_typed_review_leads_to_a_comparison_that_its_address_reproduces(page: Page, browser, server):
    open_page(page, "/")
    expect(page.get_by_role("heading", name="Sentiment Lab")).to_be_visible()
    page.get_by_label("Type a review").fill("A wonderful, moving film. I loved every minute.")
    page.get_by_role("button", name="Compare the networks").click()
    expect(page.get_by_role("heading", name="One review", exact=True)).to_be_visible()
    wait_until_drawn(page)
    expect(page.get_by_label("Review", exact=True)).to_have_value("A wonderful, moving film. I loved every minute.")
    verdict = page.get_by_role("heading", name=re.compile(r"say positive|They disagree"))
    expect(verdict).to_be_visible()
    assert "text=A+wonderful" in page.url or "text=A%20wonderful" in page.url

    shared = browser.new_page()
    open_page(shared, page.url)
    expect(shared.get_by_role("heading", name=verdict.inner_text())).to_be_visible()
    shared.close()


def test_the_language_is_chosen_by_keyboard_and_kept_from_page_to_page(page: Page):
    open_page(page, "/reads")
    expect(page.get_by_role("radio", name="English")).to_be_checked()
    page.get_by_role("radio", name="한국어").press("Space")
    expect(page.get_by_role("heading", name="모델이 읽는 것", exact=True)).to_be_visible()
    expect(page).to_have_title("모델이 읽는 것 · Sentiment Lab")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert "lang=ko" in page.url
    page.get_by_text("개요", exact=True).first.click()
    expect(page.get_by_role("heading", name="Sentiment Lab")).to_be_visible()
    page.wait_for_url("**lang=ko**")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "ko")


@pytest.mark.parametrize("language", ["", "&lang=ko"])
def test_back_leads_to_the_page_before_with_its_choices(page: Page, language: str):
    open_page(page, f"/reads?corpus=toy{language}")
    length = page.evaluate("history.length")
    open_page(page, f"/review?runs=rnn&runs=bilstm&text=A+fine+film.{language}")
    opened = page.url
    assert page.evaluate("history.length") == length + 1, "an opened link is one entry"
    page.get_by_test_id("stTopNavSection").first.click()
    page.get_by_test_id("stTopNavDropdownLink").first.click()
    page.wait_for_url("**/lengths*")
    wait_until_drawn(page)
    assert page.evaluate("history.length") == length + 2
    page.go_back()
    expect(page.get_by_label("리뷰" if language else "Review", exact=True)).to_have_value("A fine film.")
    assert page.url == opened
    page.go_back()
    page.wait_for_url("**/reads*")


MENU = [
    ("Reviews", "Token lengths"),
    ("Reviews", "What the model reads"),
    ("Embeddings", "Three words"),
    ("Embeddings", "Drift"),
    ("Compare", "One review"),
    ("Inside", "Memory"),
    ("Inside", "Forgetting"),
    ("Learn", "Lessons"),
    ("Learn", "Debug lab"),
    ("Learn", "Own data"),
    ("Learn", "Privacy"),
]


def test_menu_reaches_every_page(page: Page):
    """From one to the next, as a visitor goes: to open the first page anew for each takes seconds."""
    open_page(page, "/")
    for section, title in MENU:
        page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
        page.get_by_test_id("stTopNavDropdownLink").filter(has_text=title).click()
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        wait_until_drawn(page)
        assert page.get_by_test_id("stException").count() == 0, title


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["phone"])
def test_menu_of_a_phone_reaches_another_page(page: Page):
    open_page(page, "/")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Token lengths").first.click()
    expect(page.get_by_role("heading", name="Token lengths", exact=True)).to_be_visible()


def test_a_lower_cut_set_by_keyboard_cuts_more_reviews(page: Page):
    open_page(page, "/lengths?max_length=400")
    cut = page.get_by_test_id("stMetric").first
    before = float(cut.get_by_test_id("stMetricValue").inner_text().removesuffix("%"))
    page.get_by_role("slider").first.focus()
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile(r"max_length=(?!400)\d+"))
    wait_until_drawn(page)
    expect(cut.get_by_test_id("stMetricValue")).not_to_have_text(f"{before:.1f}%")
    after = float(cut.get_by_test_id("stMetricValue").inner_text().removesuffix("%"))
    assert after > before


def test_a_browser_that_is_to_be_forgotten_loses_its_cookie(page: Page):
    open_page(page, "/privacy")
    assert "sentiment_visitor" in {cookie["name"] for cookie in page.context.cookies()}
    with page.expect_response("**/forget-me") as answer:
        page.get_by_role("button", name="Forget this browser").click()
    assert answer.value.status == 204
    expect(page.get_by_text("The cookies of this app are deleted")).to_be_visible()
    assert "sentiment_visitor" not in {cookie["name"] for cookie in page.context.cookies()}


def test_scripts_in_a_review_are_shown_and_never_run(page: Page):
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_page(page, "/review?text=<script>alert(1)</script><img src=x onerror=alert(2)> a good film")
    expect(page.get_by_text("script").first).to_be_visible()
    assert dialogs == []
    assert page.locator("main img[src='x']").count() == 0


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["phone"])
@pytest.mark.parametrize(("path", "title"), {"/": "Sentiment Lab", **PAGES}.items())
def test_a_link_opens_its_page_that_names_the_tab_and_is_no_wider_than_a_phone(page: Page, path: str, title: str):
    """All in one visit, because each visit takes seconds."""
    open_page(page, path)
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(page).to_have_title(f"{title} · Sentiment Lab" if path != "/" else title)
    assert page.get_by_text("Page not found").count() == 0
    for width in (PHONE["width"], 320):  # the latter is 1280 at a zoom of 400 %
        page.set_viewport_size({"width": width, "height": 844})
        wait_for(page, f"document.querySelector('[data-testid=stMain]').scrollWidth <= {width}")  # once it is laid out


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["phone"])
@pytest.mark.parametrize(("path", "title"), LEARN.items())
def test_each_page_of_learn_opens_on_a_phone_and_ignores_invalid_values(page: Page, path: str, title: str):
    """All in one visit, because each visit takes seconds."""
    names = ("job", "lesson", "group", "upload", "hub_text", "data", "epochs", "a", "a_width", "most", "view", "scorer")
    open_page(page, f"{path}?{'&'.join(f'{name}=%00%3Cb%3E-1e99' for name in names)}")
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(page).to_have_title(f"{title} · Sentiment Lab")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("path", PAGES)
def test_invalid_values_in_the_address_are_ignored(page: Page, path: str):
    names = (
        "corpus",
        "runs",
        "text",
        "max_length",
        "split",
        "frame",
        "words",
        "pins",
        "top",
        "bottom",
        "search",
        "sort",
    )
    open_page(page, f"{path}?{'&'.join(f'{name}=%00%3Cb%3E-1e99' for name in names)}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0
