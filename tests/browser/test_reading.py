"""The reading on the One review page: words and curves point at each other, by mouse, keyboard and touch."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import wait_for, wait_until_drawn

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


def test_on_a_phone_a_tap_selects_a_finger_reads_along_the_curves_and_the_page_still_scrolls(browser, server):
    phone = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, base_url=server.address
    )
    page = phone.new_page()
    page.goto(f"/review?text={quote(TEXT)}&runs=rnn&runs=bilstm")
    wait_until_drawn(page)
    words = page.locator("[data-reading] .word")
    after = page.locator("[data-reading] .after")
    words.nth(5).tap()
    expect(page).to_have_url(re.compile(r"[?&]token=17(&|$)"))
    expect(after).to_have_text("after “superb”")
    words.nth(5).tap()
    expect(page).not_to_have_url(re.compile("token="))
    expect(after).to_have_text("after the last word")

    curves = page.locator("[data-curves]")
    curves.scroll_into_view_if_needed()
    wait_until_drawn(page)
    box = curves.bounding_box()
    touch = phone.new_cdp_session(page)

    def finger(kind: str, across: float, down: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": box["x"] + across, "y": box["y"] + down}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    middle = box["height"] / 2
    finger("touchStart", 60, middle)
    for across in range(70, round(box["width"]), 20):
        finger("touchMove", across, middle)
    expect(after).to_have_text("after “.”")
    finger("touchEnd", 0, 0)
    expect(after).to_have_text("after the last word")
    expect(page).not_to_have_url(re.compile("token="))

    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    before = page.evaluate(scrolled)
    finger("touchStart", 200, middle)
    for up in range(10, 200, 10):
        finger("touchMove", 200, middle - up)
    finger("touchEnd", 0, 0)
    wait_for(page, f"{scrolled} > {before} + 50")
    phone.close()
