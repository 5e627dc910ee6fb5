"""Keys and the wheel on a page with other content, in a saved file, and in a presentation."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from sentiment_core.player.bundle import standalone_html, standalone_template
from sentiment_core.player.payload import pack
from tests.browser.mounting import component_tab, open_with, payload
from tests.browser.six_words import CHECKPOINTS, checkpoint, panel, stage

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser):
    """The player on a page that scrolls, below a text box."""
    with component_tab(browser) as tab:
        open_with(tab, payload())
        tab.evaluate(
            """() => {
              const [box, rest] = ["input", "div"].map((tag) => document.createElement(tag));
              rest.style.height = "3000px";
              document.body.prepend(box);
              document.body.append(rest);
            }"""
        )
        yield tab


@pytest.fixture
def file(browser: Browser, tmp_path: Path):
    """The player's take-home page, as it opens."""
    packed = pack("Drift", [panel("rnn"), panel("bilstm")], CHECKPOINTS, ["great"], standalone_template())
    (tmp_path / "drift.html").write_text(standalone_html(packed, "Drift"), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1280, "height": 600})
    tab.goto((tmp_path / "drift.html").as_uri())
    expect(checkpoint(tab)).to_have_text("after")
    yield tab
    tab.close()


def play(page: Page) -> Locator:
    return page.get_by_role("button", name="Play", exact=True)


def everything(page: Page) -> Locator:
    return page.get_by_role("button", name="Show everything")


def scrolled(page: Page) -> int:
    return page.evaluate("window.scrollY")


def wheel(page: Page, *turns: int) -> None:
    box = page.locator("[data-picture]").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for turn in turns:
        page.mouse.wheel(0, turn)


def test_keys_work_before_any_click(page: Page):
    page.keyboard.press("ArrowLeft")
    expect(checkpoint(page)).to_have_text("epoch 1")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Find a word and pin it")).to_be_focused()
    assert scrolled(page) == 0


def test_the_page_keeps_typed_keys_and_keys_that_scroll(page: Page):
    box = page.locator("body > input")
    box.press_sequentially("f /l 0")
    expect(box).to_have_value("f /l 0")
    expect(play(page)).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("PageDown")
    page.wait_for_function("window.scrollY > 300")
    expect(checkpoint(page)).to_have_text("after")
    page.keyboard.press("End")
    # The browser scrolls smoothly, and the parts below the stage leave the window after it.
    page.wait_for_function("window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1")
    page.keyboard.press("ArrowLeft")  # the player is out of sight
    expect(checkpoint(page)).to_have_text("after")


def test_a_clicker_steps_if_the_player_has_the_focus_or_presents(page: Page):
    stage(page).focus()
    for key, name in (("PageUp", "epoch 1"), ("PageUp", "before"), ("PageDown", "epoch 1")):
        page.keyboard.press(key)
        expect(checkpoint(page)).to_have_text(name)
    page.keyboard.press("f")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("PageDown")
    expect(page.locator("[data-facts]").first).to_contain_text("epoch 2")
    assert scrolled(page) == 0


def test_a_plain_wheel_scrolls_the_page_in_both_directions_and_control_zooms(page: Page):
    expect(everything(page)).to_be_disabled()
    wheel(page, 120)
    page.wait_for_function("window.scrollY === 120")
    expect(page.locator(".hint.shown")).to_have_text("Ctrl + wheel zooms")
    wheel(page, -120)
    page.wait_for_function("window.scrollY === 0")
    expect(everything(page)).to_be_disabled()
    page.keyboard.down("Control")
    wheel(page, -120)
    expect(everything(page)).to_be_enabled()
    wheel(page, 400, 400)  # beyond the zoom's limit, and the page still does not scroll
    expect(everything(page)).to_be_disabled()
    page.keyboard.up("Control")
    assert scrolled(page) == 0


def test_in_a_presentation_a_plain_wheel_zooms(page: Page):
    page.keyboard.press("f")
    wheel(page, -120)
    expect(page.locator(".picture.zoomed")).to_have_count(1)
    wheel(page, 400)
    expect(page.locator(".picture.zoomed")).to_have_count(0)


def test_a_file_accepts_keys_and_the_wheel_immediately(file: Page):
    for key, name in (("PageUp", "epoch 1"), ("Home", "before"), ("PageDown", "epoch 1"), ("End", "after")):
        file.keyboard.press(key)
        expect(checkpoint(file)).to_have_text(name)
    wheel(file, -120)
    expect(everything(file)).to_be_enabled()
    wheel(file, 400)
    expect(everything(file)).to_be_disabled()
    assert scrolled(file) == 0
    file.keyboard.press("Space")
    expect(file.get_by_role("button", name="Pause")).to_be_visible()
    file.keyboard.press("Space")
    file.keyboard.press("f")
    expect(file.locator(".player.presenting")).to_be_visible()
