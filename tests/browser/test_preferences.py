"""What the browser asks for on behalf of its reader: forced colours, less motion, and a page for the printer."""

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_drawn

pytestmark = pytest.mark.browser


def style(page: Page, selector: str, name: str) -> str:
    """The computed value of a CSS property of the first element."""
    return page.locator(selector).first.evaluate("(element, name) => getComputedStyle(element)[name]", name)


def test_a_page_follows_what_the_browser_asks_for(page: Page):
    page.goto("/review?runs=rnn&runs=bilstm&text=A+fine+film.")
    wait_until_drawn(page)
    chosen, button = "[data-selected=true]", "button[kind]"
    assert style(page, chosen, "outlineStyle") == "none"
    page.emulate_media(forced_colors="active")
    assert style(page, chosen, "outlineStyle") == "solid", "a chosen option is told by its colour alone"
    page.emulate_media(forced_colors="none", reduced_motion="reduce")
    durations = style(page, button, "transitionDuration").split(", ")
    assert {float(duration.removesuffix("s")) for duration in durations} == {0.001}
    page.emulate_media(reduced_motion="no-preference", media="print")
    expect(page.get_by_test_id("stToolbar").first).to_be_hidden()
    assert style(page, "[data-testid=stPlotlyChart]", "breakInside") == "avoid"
    page.emulate_media(media="screen")
    expect(page.get_by_test_id("stToolbar").first).to_be_visible()
