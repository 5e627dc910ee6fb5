"""The drift player by keyboard, touch and screen reader, on its own page."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from sentiment_core.analysis.drift.separation import Separation
from sentiment_core.player.bundle import standalone_html, standalone_template
from sentiment_core.player.panels import Panel
from sentiment_core.player.payload import pack
from tests.browser.six_words import CHECKPOINTS, FRAMES, checkpoint, expect_pinned, panel, pixel, stage

pytestmark = pytest.mark.browser


@pytest.fixture
def tab(browser: Browser):
    """A tab with touch. The test fails if the browser reports an error in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, has_touch=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


def open_page(page: Page, folder: Path, panels: list[Panel], start: dict[str, str] | None = None) -> Page:
    checkpoints = {name: frames[: len(panels)] for name, frames in CHECKPOINTS.items()}
    if len(panels[0].frames) == 1:
        checkpoints = {"now": [0] * len(panels)}
    payload = pack("Drift", panels, checkpoints, ["great", "movie"], standalone_template())
    path = folder / "drift.html"
    path.write_text(standalone_html(payload, "Drift", start), encoding="utf-8")
    page.goto(path.as_uri())
    expect(page.locator("[data-stage]")).to_be_visible()
    return page


@pytest.fixture
def player(tab: Page, tmp_path: Path) -> Page:
    return open_page(tab, tmp_path, [panel("rnn"), panel("bilstm")])


def live(page: Page) -> Locator:
    return page.locator("[data-live]")


def controls(page: Page) -> Locator:
    return page.get_by_role("group", name="Player controls")


def empty_place(page: Page) -> tuple[float, float]:
    """A point in the first picture that is far from every word."""
    box = page.locator("[data-picture]").first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2 + 60, box["y"] + 25


def test_unpinning_by_keyboard_moves_the_focus_to_the_next_chip_then_the_stage(player: Page):
    player.get_by_role("combobox", name="Find a word and pin it").fill("awful")
    player.keyboard.press("Enter")
    expect_pinned(player, "great", "movie", "awful")
    player.get_by_role("button", name="Unpin movie").press("Enter")
    expect_pinned(player, "great", "awful")
    expect(player.get_by_role("button", name="Unpin awful")).to_be_focused()
    player.keyboard.press("Enter")
    expect(player.get_by_role("button", name="Unpin great")).to_be_focused()
    player.keyboard.press("Enter")
    expect_pinned(player)
    expect(stage(player)).to_be_focused()


def test_a_chips_word_is_shown_and_announced_while_it_has_the_focus(player: Page):
    player.get_by_role("button", name="Presentation").focus()
    player.keyboard.press("Tab")
    expect(player.get_by_role("button", name="Unpin great")).to_be_focused()
    card = player.locator("[data-card]")
    expect(card).to_contain_text("polarity +1.50, positive")
    expect(live(player)).to_have_text(
        "after. great. polarity +1.50, positive. 1,200 times in positive reviews, 10 in negative. "
        "4.27 from where it began (rnn). 4.27 from where it began (bilstm)"  # from (0, 0.5) to (4, 2)
    )
    player.keyboard.press("Home")
    expect(live(player)).to_contain_text("before. great. ")
    expect(live(player)).to_contain_text("0.00 from where it began (rnn)")
    player.keyboard.press("Shift+Tab")
    expect(card).to_be_hidden()
    expect(live(player)).to_contain_text("before. rnn: before")


def test_only_one_part_announces_time(player: Page):
    assert player.locator("output").count() == 0
    assert checkpoint(player).get_attribute("role") is None


def test_a_panel_of_one_frame_does_not_mention_movement(tab: Page, tmp_path: Path):
    moving = panel("rnn")
    still = replace(
        moving,
        coordinates=moving.coordinates[2:],
        displacement=moving.displacement[2:] * 0,
        frames=FRAMES[2:],
        separation=None,
    )
    open_page(tab, tmp_path, [still])
    tab.mouse.move(*pixel(tab, "awful"))
    card = tab.locator("[data-card]")
    expect(card).to_contain_text("20 times in positive reviews")
    assert "began" not in card.inner_text()


def test_an_unknown_separation_is_a_gap_and_equal_spacing_is_mentioned(tab: Page, tmp_path: Path):
    gap = Separation(np.array([0.5, np.nan, 1.0]), np.array([0.5, 0.75, 1.0]), 2, 2)
    open_page(tab, tmp_path, [replace(panel("rnn"), separation=gap)])
    chart = tab.locator("[data-chart]")
    lines = [line.get_attribute("d") or "" for line in chart.locator("> path").all()]
    assert [(line.count("M"), line.count("L")) for line in lines] == [(2, 0), (1, 2)]
    assert "NaN" not in chart.evaluate("(element) => element.outerHTML")
    assert "spaced equally" in (chart.get_attribute("aria-label") or "")
    expect(tab.get_by_text("Checkpoints are spaced equally, not by time.")).to_be_visible()
    tab.get_by_role("slider", name="Checkpoint of training").fill("1000")
    expect(tab.locator(".chart-number")).to_have_text(["unknown", "0.75"])


def drag_around_great(page: Page) -> None:
    """Start a lasso around "great" and keep the button down."""
    page.get_by_role("button", name="Lasso words").click()
    right, top = pixel(page, "great")
    page.mouse.move(right - 25, top - 15)
    page.mouse.down()
    for corner in ((right - 25, top + 20), (right + 8, top + 20), (right + 8, top - 15)):
        page.mouse.move(*corner, steps=4)


def expect_no_lasso(page: Page) -> None:
    page.mouse.move(*pixel(page, "awful"))
    expect(page.locator("[data-card]")).to_be_visible()  # which hides while a lasso is being drawn
    assert page.get_by_text("lasso:").count() == 0


def test_escape_during_a_drag_cancels_it(player: Page):
    drag_around_great(player)
    player.keyboard.press("Escape")
    player.mouse.move(*pixel(player, "movie"), steps=4)
    player.mouse.up()
    expect_no_lasso(player)


def test_a_second_finger_cancels_a_lasso(player: Page):
    player.get_by_role("button", name="Lasso words").click()
    right, top = pixel(player, "great")
    finger = """(box, [type, id, x, y]) => box.dispatchEvent(new PointerEvent(type,
        { pointerId: id, pointerType: "touch", clientX: x, clientY: y, button: 0, bubbles: true }))"""
    box = player.locator("[data-picture]").first
    for told in (
        ["pointerdown", 7, right - 25, top - 15],
        ["pointermove", 7, right - 25, top + 20],
        ["pointermove", 7, right + 8, top + 20],
        ["pointerdown", 8, right - 90, top + 60],
        ["pointerup", 8, right - 90, top + 60],
        ["pointermove", 7, right + 8, top - 15],
        ["pointerup", 7, right + 8, top - 15],
    ):
        box.evaluate(finger, told)
    expect_no_lasso(player)


def test_a_tap_plays_and_pauses_a_presentation(tab: Page, tmp_path: Path):
    tab.clock.install()
    player = open_page(tab, tmp_path, [panel("rnn"), panel("bilstm")], {"present": "1", "moment": "0"})
    expect(controls(player)).to_have_css("opacity", "0")
    player.touchscreen.tap(*empty_place(player))
    expect(controls(player)).to_have_css("opacity", "1")
    expect(controls(player).get_by_role("button", name="Pause")).to_be_visible()
    player.touchscreen.tap(*empty_place(player))
    expect(controls(player).get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect_pinned_unseen(player)
    player.get_by_role("slider", name="Checkpoint of training").fill("1000")
    expect(player.locator("[data-facts]").first).to_contain_text("epoch 1")
    player.evaluate("document.activeElement.blur()")
    player.clock.fast_forward(3100)  # longer than they stay
    expect(controls(player)).to_have_css("opacity", "0")


def expect_pinned_unseen(page: Page) -> None:
    """Expect these words to be pinned, even if the chips are hidden, as in a presentation."""
    pinned = page.locator("[data-pin]").evaluate_all("(chips) => chips.map((chip) => chip.dataset.pin)")
    assert pinned == ["great", "movie"]


def test_the_focus_shows_a_presentations_controls_and_keeps_them(tab: Page, tmp_path: Path):
    tab.clock.install()
    player = open_page(tab, tmp_path, [panel("rnn"), panel("bilstm")], {"present": "1"})
    expect(stage(player)).to_be_focused()
    player.keyboard.press("Shift+Tab")
    expect(player.get_by_role("slider", name="Checkpoint of training")).to_be_focused()
    expect(controls(player)).to_have_css("opacity", "1")
    player.clock.fast_forward(3500)
    expect(controls(player)).to_have_css("opacity", "1")
    player.keyboard.press("Tab")
    player.clock.fast_forward(3100)
    expect(controls(player)).to_have_css("opacity", "0")
