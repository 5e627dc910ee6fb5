"""The reading on the One review page: words and curves point at each other, by mouse, keyboard and touch."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_drawn

pytestmark = pytest.mark.browser
TEXT = "A dull plot, but superb acting."


def test_words_and_curves_are_linked_and_a_word_is_selected_in_the_address(page: Page):
    page.goto(f"/review?text={quote(TEXT)}&runs=rnn&runs=bilstm")
    wait_until_drawn(page)
    words = page.locator("[data-reading] .word")
    expect(words).to_have_count(8)
    after = page.locator("[data-reading] .after")
    dots = page.locator("[data-reading] .dot:visible")
    expect(after).to_have_text("after the last word")
    expect(dots).to_have_count(0)

    words.nth(5).hover()
    expect(after).to_have_text("after “superb”")
    expect(dots).to_have_count(2)
    curves = page.locator("[data-curves]")
    box = curves.bounding_box()
    curves.hover(position={"x": box["width"] - 16, "y": box["height"] / 2})
    expect(words.nth(7)).to_have_class(re.compile("pointed"))
    page.mouse.move(0, 0)
    expect(after).to_have_text("after the last word")

    words.nth(5).click()
    expect(page).to_have_url(re.compile(r"[?&]token=17(&|$)"))
    expect(words.nth(5)).to_have_attribute("aria-pressed", "true")
    page.mouse.move(0, 0)
    expect(after).to_have_text("after “superb”")

    page.keyboard.press("ArrowLeft")
    expect(words.nth(4)).to_be_focused()
    page.keyboard.press("Home")
    expect(words.nth(0)).to_be_focused()
    page.keyboard.press("ArrowRight")
    assert re.match(
        r"dull\. rnn: \d+\.\d% after it, adds -\d\.\d\d\. bilstm: ", words.nth(1).get_attribute("aria-label")
    )
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]token=2(&|$)"))
    expect(words.nth(1)).to_be_focused()
    expect(words.nth(5)).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("token="))

    page.reload()
    wait_until_drawn(page)
    expect(words).to_have_count(8)
    expect(page.locator("[data-reading] .bar.up").first).to_be_visible()
    expect(page.locator("[data-reading] .bar.down").first).to_be_visible()
