"""The player on the Drift page, with the address and the page's controls."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.browser import wait_for, wait_until_drawn

pytestmark = pytest.mark.browser


def open_drift(page: Page, query: str = "") -> None:
    page.goto(f"/drift{query}")
    wait_until_drawn(page)
    expect(page.locator("[data-picture]").first).to_be_visible(timeout=30_000)


def checkpoint(page: Page) -> Locator:
    return page.locator("[data-checkpoint-name]")


def expect_pinned(page: Page, *words: str) -> None:
    expect(page.get_by_role("list", name="Pinned words").locator("[data-pin]")).to_have_text(list(words))


def in_sight(page: Page, selector: str) -> tuple[float, float]:
    """The visible pixels of an element's height below Streamlit's header, and its whole height."""
    box = page.locator(selector).first.bounding_box()
    header = page.get_by_test_id("stHeader").bounding_box()
    assert box
    assert header
    top, bottom = max(box["y"], header["height"]), min(box["y"] + box["height"], page.evaluate("innerHeight"))
    return max(bottom - top, 0), box["height"]


def expect_on_the_first_screen(page: Page) -> None:
    """Expect the picture to be visible without scrolling on a small projector, and after Play on a phone."""
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(page.locator(".player:not(.narrow)")).to_be_visible()
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    seen, whole = in_sight(page, "[data-picture]")
    assert seen >= 0.9 * whole
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".player.narrow")).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    picture = page.locator("[data-picture]").first
    wait_for(picture, "(picture) => picture.getBoundingClientRect().top < innerHeight - 200")
    assert in_sight(page, "[data-picture]")[0] >= 200
    seen, whole = in_sight(page, ".play")
    assert seen == whole


def test_a_link_opens_at_its_checkpoint_with_its_words_on_the_first_screen(page: Page):
    open_drift(page, "?moment=0&pins=awful,excellent&right=lstm")
    expect(checkpoint(page)).to_have_text("before")
    expect_pinned(page, "awful", "excellent")
    page.get_by_role("button", name="Jump to the end").click()
    expect(page).to_have_url(re.compile(r"/drift\?(?!.*moment=)"))  # the last checkpoint is the one shown unasked
    expect_on_the_first_screen(page)


def test_the_pictures_of_three_words_are_on_the_first_screen_too(page: Page):
    page.goto("/three_words")
    wait_until_drawn(page)
    expect(page.locator("[data-picture]").first).to_be_visible(timeout=30_000)
    expect_on_the_first_screen(page)


def test_a_control_of_the_page_keeps_the_players_part_of_the_address(page: Page):
    open_drift(page, "?pins=awful")
    page.get_by_role("button", name="Jump to the start").click()
    expect(page).to_have_url(re.compile("moment=0"))
    page.get_by_label("Axes", exact=True).click()
    page.get_by_role("option", name="a separate PCA for each frame").click()
    wait_until_drawn(page)
    expect(page).to_have_url(re.compile(r"basis="))
    expect(page).to_have_url(re.compile("moment=0"))
    expect(page).to_have_url(re.compile("pins=awful"))
    expect(page.get_by_role("region", name="rnn", exact=True)).to_contain_text("Each frame's own two axes")
    expect(checkpoint(page)).to_have_text("before")
    expect_pinned(page, "awful")


@pytest.mark.parametrize("reports", [True, False], ids=["changes reported", "changes not reported"])
def test_the_player_restores_its_part_of_the_address(page: Page, reports: bool):
    if not reports:  # a browser without the Navigation API
        page.add_init_script("Object.defineProperty(window, 'navigation', { value: undefined })")
    open_drift(page)
    page.get_by_role("button", name="Jump to the start").click()
    expect(page).to_have_url(re.compile("moment=0"))
    # As Streamlit does when a program sets a bound widget: the query as the server last knew it.
    page.evaluate("history.pushState({}, '', '/drift?basis=kept&moment=2')")
    expect(page).to_have_url(re.compile(r"\?basis=kept&moment=0$"))


def test_the_players_part_of_the_address_is_only_on_its_own_page(page: Page):
    open_drift(page, "?pins=awful,%FF,zzqqxx")
    page.get_by_role("button", name="Jump to the start").click()
    expect(page.get_by_text("Checkpoint: before training")).to_be_visible(timeout=30_000)
    page.get_by_test_id("stTopNavSection").filter(has_text="Reviews").click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Token lengths").click()
    wait_until_drawn(page)
    page.wait_for_timeout(1000)  # longer than the player waits before it writes
    assert "moment" not in page.url
    assert "pins" not in page.url
    page.get_by_test_id("stTopNavSection").filter(has_text="Embeddings").click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Drift").click()
    expect(page.get_by_text("Checkpoint: before training")).to_be_visible(timeout=30_000)
    expect(checkpoint(page)).to_have_text("before")
    expect_pinned(page, "awful")
    expect(page).to_have_url(re.compile(r"/drift\?moment=0&pins=awful$"))


def test_a_word_pinned_in_the_player_has_details_below(page: Page):
    open_drift(page, "?look=neighbours&pins=")
    expect(page.get_by_text("Pin a word in the picture")).to_be_visible()
    page.get_by_role("combobox", name="Find a word and pin it").fill("superb")
    page.keyboard.press("Enter")
    expect_pinned(page, "superb")
    expect(page.get_by_text(re.compile("words nearest to superb by cosine"))).to_be_visible()
    expect(page.get_by_role("combobox", name="Pinned word")).to_have_value("superb")


def test_scrubbing_and_playing_reach_the_server_only_when_time_rests(page: Page):
    asked: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: asked.append("sent")))
    open_drift(page, "?moment=0")
    expect(page.get_by_text("Nothing has moved yet.")).to_have_count(2)
    before = len(asked)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_timeout(1000)
    track = page.get_by_role("slider", name="Checkpoint of training").bounding_box()
    assert track
    middle = track["y"] + track["height"] / 2
    page.mouse.move(track["x"] + track["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] - 4, middle, steps=3)
    expect(checkpoint(page)).to_have_text("after")
    page.wait_for_timeout(600)
    assert len(asked) == before
    page.mouse.up()
    expect(page.get_by_text("Nothing has moved yet.")).to_have_count(0, timeout=30_000)
    expect(page.get_by_text("Checkpoint: after")).to_be_visible(timeout=30_000)
    assert len(asked) == before + 1


def test_a_browser_without_a_canvas_gets_snapshots(page: Page):
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto("/drift")
    expect(page.get_by_role("alert").filter(has_text="cannot draw moving words")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("figure", name=re.compile("words of rnn on two axes: before"))).to_be_visible(
        timeout=30_000
    )


def test_a_choice_is_kept_in_another_language_and_back_undoes_it(page: Page):
    open_drift(page)
    page.get_by_label("Axes", exact=True).click()
    page.get_by_role("option", name="a separate PCA for each frame").click()
    expect(page).to_have_url(re.compile("basis=epoch"))
    page.get_by_text("한국어", exact=True).click()
    axes = page.get_by_label("축", exact=True)
    expect(axes).to_have_value("프레임마다 따로 PCA", timeout=30_000)
    axes.click()
    page.get_by_role("option", name="따로 PCA, 회전으로 맞춤").click()
    expect(page).to_have_url(re.compile("basis=aligned"))
    page.go_back()
    expect(axes).to_have_value("프레임마다 따로 PCA", timeout=30_000)
    expect(page).to_have_url(re.compile("basis=epoch"))
