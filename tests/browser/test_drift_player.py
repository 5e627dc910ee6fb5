"""The player's take-home page, opened from a file and used by keyboard and mouse, with six known words."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from sentiment_core.player.bundle import standalone_html, standalone_template
from sentiment_core.player.payload import pack
from tests.browser.six_words import CHECKPOINTS, MARKUP, checkpoint, expect_pinned, panel, pixel, stage

pytestmark = pytest.mark.browser


def write_page(folder: Path, start: dict[str, str] | None = None) -> str:
    """Write a take-home page that opens with a state, and return its address."""
    panels = [panel("rnn"), panel("bilstm")]
    payload = pack("Drift: rnn & bilstm", panels, CHECKPOINTS, ["great", "movie"], standalone_template())
    path = folder / "drift.html"
    path.write_text(standalone_html(payload, "Drift: rnn & bilstm", start), encoding="utf-8")
    return path.as_uri()


def row(page: Page) -> Locator:
    return page.get_by_role("group", name="Player controls")


def save(page: Page, what: str) -> None:
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name=f"Save as {what}").click()


@pytest.fixture
def tab(browser: Browser):
    """A tab without a network. The test fails if the browser reports an error or a request in it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.on(
        "request", lambda asked: complaints.append(asked.url) if not asked.url.startswith(("file:", "blob:")) else None
    )
    yield page
    page.close()
    assert complaints == []


@pytest.fixture
def player(tab: Page, tmp_path: Path) -> Page:
    """The opened page, at the last checkpoint."""
    tab.goto(write_page(tmp_path))
    expect(checkpoint(tab)).to_have_text("after")
    return tab


def test_page_opens_from_a_file_with_titles_and_figures_above_each_panel(player: Page):
    assert player.title() == "Drift: rnn & bilstm"
    for name in ("rnn", "bilstm"):
        region = player.get_by_role("region", name=name)
        expect(region.locator("[data-facts]")).to_have_text("epoch 2 · step 2,468 · validation accuracy 87.5%")
        expect(region).to_contain_text("axis 1")
    assert player.locator("#notice").count() == 0
    expect(player.get_by_role("heading", level=1)).to_have_text("Drift: rnn & bilstm")
    expect_pinned(player, "great", "movie")


def test_keys_step_through_the_checkpoints(player: Page):
    stage(player).focus()
    for key, name in [
        ("Home", "before"),
        ("ArrowLeft", "before"),
        ("ArrowRight", "epoch 1"),
        ("ArrowRight", "after"),
        ("ArrowRight", "after"),
        ("ArrowLeft", "epoch 1"),
        ("End", "after"),
    ]:
        player.keyboard.press(key)
        expect(checkpoint(player)).to_have_text(name)


def test_space_plays_from_the_start_to_the_end_and_stops_there(player: Page):
    stage(player).focus()
    player.keyboard.press("Space")
    expect(player.get_by_role("button", name="Pause")).to_be_visible()
    expect(checkpoint(player)).to_have_text("before → epoch 1")
    player.keyboard.press("Space")
    expect(player.get_by_role("button", name="Play", exact=True)).to_be_visible()
    held = checkpoint(player).inner_text()
    assert "→" in held
    player.wait_for_timeout(300)
    assert checkpoint(player).inner_text() == held
    player.keyboard.press("Space")
    expect(checkpoint(player)).to_have_text("after")
    expect(player.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_scrubbing_shows_each_panel_its_figures_at_the_checkpoint(player: Page):
    slider = player.get_by_role("slider", name="Checkpoint of training")
    slider.fill("1000")
    expect(checkpoint(player)).to_have_text("epoch 1")
    assert slider.get_attribute("aria-valuetext") == "epoch 1"
    for facts in player.locator("[data-facts]").all():
        expect(facts).to_have_text("epoch 1 · step 1,234 · validation accuracy 75.0%")
    slider.fill("500")
    expect(checkpoint(player)).to_have_text("before → epoch 1")


def test_search_offers_words_and_pins_the_one_chosen(player: Page):
    stage(player).focus()
    player.keyboard.press("/")
    box = player.get_by_role("combobox", name="Find a word and pin it")
    expect(box).to_be_focused()
    player.keyboard.type("e")
    expect(player.get_by_role("listbox", name="Words").get_by_role("option")).to_have_text(
        ["excellent", "movie", "great", MARKUP]
    )
    player.keyboard.press("Enter")
    expect_pinned(player, "great", "movie", "excellent")
    expect(box).to_have_value("")
    player.keyboard.press("Escape")
    expect(stage(player)).to_be_focused()


def test_a_word_that_is_not_there_is_named_and_one_that_is_markup_is_text(player: Page):
    box = player.get_by_role("combobox", name="Find a word and pin it")
    box.fill("zzz")
    expect(player.get_by_text("“zzz” is not in the vocabulary")).to_be_visible()
    box.fill("<img")
    player.get_by_role("option", name=MARKUP).click()
    expect_pinned(player, "great", "movie", MARKUP)
    assert player.locator("img").count() == 0


def test_pointing_shows_a_words_numbers_and_clicking_pins_it(player: Page):
    player.mouse.move(*pixel(player, "awful"))
    card = player.locator("[data-card]")
    expect(card).to_contain_text("polarity -1.50, negative")
    expect(card).to_contain_text("20 times in positive reviews, 900 in negative")
    expect(card).to_contain_text("4.92 from where it began (rnn)")  # from (0.5, 0) to (-4, 2)
    player.mouse.click(*pixel(player, "awful"))
    expect_pinned(player, "great", "movie", "awful")
    player.mouse.click(*pixel(player, "awful", 1))  # pinned in both panels: this click unpins it
    expect_pinned(player, "great", "movie")


def test_a_lasso_selects_the_words_inside_it(player: Page):
    player.get_by_role("button", name="Lasso words").click()
    (right, top), (_, bottom) = pixel(player, "great"), pixel(player, "excellent")
    corners = [(right - 20, top - 10), (right - 20, bottom + 10), (right + 10, bottom + 10), (right + 10, top - 10)]
    player.mouse.move(*corners[0])
    player.mouse.down()
    for corner in corners[1:]:
        player.mouse.move(*corner, steps=4)
    player.mouse.up()
    expect(player.get_by_text("lasso: 2 words")).to_be_visible()
    stage(player).focus()
    player.keyboard.press("Escape")
    expect(player.get_by_text("lasso: 2 words")).to_have_count(0)


def test_zoom_can_be_reset(player: Page):
    everything = player.get_by_role("button", name="Show everything")
    expect(everything).to_be_disabled()
    stage(player).focus()
    player.keyboard.press("+")
    expect(everything).to_be_enabled()
    everything.press("Enter")
    expect(everything).to_be_disabled()
    expect(everything).to_be_focused()


def test_more_is_closed_by_escape_and_by_a_click_on_the_picture(player: Page):
    more = player.get_by_role("button", name="More")
    speed = player.get_by_role("combobox", name="Speed")
    more.click()
    expect(speed).to_be_visible()
    speed.select_option("4")
    player.keyboard.press("Escape")
    expect(speed).to_be_hidden()
    expect(more).to_be_focused()
    more.click()
    expect(speed).to_have_value("4")
    player.get_by_role("button", name="Trails of pinned words").click()
    expect(player.get_by_role("button", name="Trails of pinned words", pressed=False)).to_be_visible()
    player.mouse.click(*pixel(player, "movie"))
    expect(speed).to_be_hidden()


def test_presentation_hides_the_controls_and_escape_brings_them_back(player: Page):
    stage(player).focus()
    player.keyboard.press("f")
    expect(player.get_by_role("button", name="Lasso words")).to_be_hidden()
    expect(row(player)).to_have_css("opacity", "0")
    expect(stage(player)).to_be_focused()
    player.keyboard.press("Home")
    expect(player.locator("[data-facts]").first).to_contain_text("before")
    if player.evaluate("document.fullscreenElement === null"):
        player.keyboard.press("Escape")
    else:
        player.evaluate("document.exitFullscreen()")  # what the browser does with Escape
    expect(row(player)).to_have_css("opacity", "1")
    expect(player.get_by_role("button", name="Lasso words")).to_be_visible()


def test_the_page_saves_itself_as_it_is_shown(player: Page, browser: Browser, tmp_path: Path):
    player.get_by_role("combobox", name="Find a word and pin it").fill(MARKUP)
    player.keyboard.press("Enter")
    player.get_by_role("slider", name="Checkpoint of training").fill("1000")
    with player.expect_download() as saving:
        save(player, "an HTML file")
    assert saving.value.suggested_filename == "drift-rnn-bilstm-epoch-1.html"
    saved = tmp_path / "saved.html"
    saving.value.save_as(saved)
    copy = browser.new_page()
    errors: list[str] = []
    copy.on("pageerror", lambda error: errors.append(str(error)))
    copy.goto(saved.as_uri())
    expect(checkpoint(copy)).to_have_text("epoch 1")
    expect_pinned(copy, "great", "movie", MARKUP)
    assert copy.title() == "Drift: rnn & bilstm"
    copy.get_by_role("button", name="More").click()
    expect(copy.get_by_role("button", name="Save as an HTML file")).to_be_visible()
    copy.close()
    assert errors == []


def test_the_checkpoint_is_saved_as_a_picture(player: Page, tmp_path: Path):
    with player.expect_download() as saving:
        save(player, "a PNG picture")
    saved = tmp_path / "checkpoint.png"
    saving.value.save_as(saved)
    picture = saved.read_bytes()
    assert saving.value.suggested_filename == "drift-rnn-bilstm-after.png"
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20], "big") > 1000  # pixels wide: both panels


def test_a_phones_picture_names_the_checkpoint_below_the_title(tab: Page, tmp_path: Path):
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(write_page(tmp_path))
    with tab.expect_download() as saving:
        save(tab, "a PNG picture")
    saved = tmp_path / "checkpoint.png"
    saving.value.save_as(saved)
    picture = np.array(Image.open(saved).convert("L")).astype(int)
    assert picture.shape[1] < 560
    first, second = picture[26:46], picture[54:70]  # where each line's letters are
    assert np.ptp(first[:, 24:200]) > 100
    assert np.ptp(first[:, -100:]) == 0
    assert np.ptp(second[:, 24:80]) > 100
    assert np.ptp(picture[47:51]) == 0


def test_an_initial_state_can_start_playing_in_a_presentation(tab: Page, tmp_path: Path):
    tab.goto(write_page(tmp_path, {"play": "1", "present": "1", "pins": "awful"}))
    facts = tab.locator("[data-facts]").first
    expect(facts).to_contain_text("before")
    expect(row(tab)).to_have_css("opacity", "0")
    expect(facts).to_contain_text("epoch 1")


def test_an_invalid_initial_state_is_ignored(tab: Page, tmp_path: Path):
    nonsense = {
        "moment": "1e99",
        "zoom": "a:NaN,,;q:-1,0,0",
        "speed": "-3",
        "size": "<b>",
        "pins": f"great,{MARKUP},qqq",
    }
    tab.goto(write_page(tmp_path, nonsense))
    expect(checkpoint(tab)).to_have_text("after")
    expect_pinned(tab, "great", MARKUP)
    expect(tab.get_by_text("Not in the vocabulary: qqq")).to_be_visible()
    expect(tab.get_by_role("button", name="Show everything")).to_be_disabled()


def test_without_scripts_or_a_canvas_the_page_says_what_it_needs(browser: Browser, tmp_path: Path):
    address = write_page(tmp_path)
    without = browser.new_context(java_script_enabled=False).new_page()
    without.goto(address)
    expect(without.get_by_text("It needs scripts and a browser of 2022 or later")).to_be_visible()
    without.context.close()
    flat = browser.new_page()
    flat.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    flat.goto(address)
    expect(flat.get_by_role("alert")).to_contain_text("cannot draw moving words")
    flat.close()
