"""A lesson seen from both sides: the teacher's page on a projector, a phone beside it, and a view that both show."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks.browser import Server, wait_until_drawn

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # milliseconds for what needs the machine's cores


@pytest.fixture
def teacher(browser: Browser, training_server: tuple[Server, object]) -> Iterator[Page]:
    """The teacher's browser. The test fails if it reports an error."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=training_server[0].address)
    context.set_default_timeout(PATIENCE)
    yield from _tab(context)


@pytest.fixture
def phone(browser: Browser, training_server: tuple[Server, object]) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=training_server[0].address, has_touch=True
    )
    yield from _tab(context)


def _tab(context: BrowserContext) -> Iterator[Page]:
    tab, errors = context.new_page(), []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    exceptions = tab.get_by_test_id("stException").count()
    context.close()
    assert (errors, exceptions) == ([], 0)


def phase(teacher: Page, name: str) -> None:
    expect(teacher.locator(".stage")).to_have_attribute("data-phase", name, timeout=PATIENCE)


def test_a_lesson_from_the_code_to_the_end(teacher: Page, phone: Page):
    teacher.goto("/class?lang=en")
    teacher.get_by_role("button", name="Open a class").click()
    phase(teacher, "lobby")
    code = teacher.locator(".stage").get_attribute("data-class")
    phone.goto(f"/join/{code}?lang=en")
    expect(teacher.locator(".stage-here")).to_have_text("1 here")

    teacher.locator(".stage-main").click()
    phase(teacher, "voting")
    phone.get_by_role("radio", name="positive").check()
    phone.get_by_role("radio", name="certain").check()
    expect(teacher.get_by_text("0 of 1 have voted").first).to_be_visible()
    phone.get_by_role("button", name="Send").tap()
    expect(teacher.get_by_text("1 has voted: everybody.").first).to_be_visible()
    assert teacher.locator(".stage").get_by_text("positive").count() == 0, (
        "how the class votes is hidden until it is over"
    )

    for key, name in ((" ", "closed"), ("ArrowRight", "verdicts"), ("ArrowRight", "truth")):
        teacher.locator(".stage-main").focus() if key == " " else teacher.locator("body").focus()
        teacher.keyboard.press("Enter" if key == " " else key)
        phase(teacher, name)
    expect(phone.get_by_text("You were right.", exact=True)).to_be_visible()
    teacher.get_by_role("button", name="Show the results").click()
    expect(teacher.locator(".standings-said")).to_have_text(re.compile("are level|ahead"), timeout=PATIENCE)

    teacher.reload()
    phase(teacher, "results")
    teacher.goto("/drift?moment=1&lang=en")
    wait_until_drawn(teacher)
    teacher.get_by_role("button", name="Show this view to the class").click()
    frame = phone.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Drift", exact=True)).to_be_visible(timeout=PATIENCE)
    assert "moment=1" in (phone.locator("iframe").get_attribute("src") or "")
    expect(frame.locator(".class-bar")).to_have_count(0)
    teacher.get_by_role("button", name="To the class").click()
    phase(teacher, "following")
    teacher.locator(".stage-main").click()
    phase(teacher, "results")

    teacher.get_by_text("Export, second device, end of the class").click()
    with teacher.expect_download() as download:
        teacher.get_by_role("link", name="Table (CSV)").click()
    assert download.value.suggested_filename == "class.csv"
    teacher.get_by_role("button", name="End the class").click()
    teacher.get_by_role("button", name="Yes, end it").click()
    expect(teacher.get_by_role("button", name="Open a class")).to_be_visible()
    expect(phone.get_by_role("heading", name=re.compile("ended|over"))).to_be_visible(timeout=PATIENCE)
