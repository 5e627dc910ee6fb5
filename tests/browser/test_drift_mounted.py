"""The drift player as Streamlit mounts it: the address, new payloads, and reports to Python."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from sentiment_core.player.panels import Frame, Panel, Vocabulary
from sentiment_core.player.payload import pack, with_settings
from tests.browser.mounting import ADDRESS, component_tab, mount, open_with, payload
from tests.browser.six_words import checkpoint, expect_pinned, pixel
from tests.player.full_panel import full_panel

pytestmark = pytest.mark.browser
ODD = ["don't", ",", "good,bad", "100%", "%2C", "a&b=c#d+e f", "naïve"]


@pytest.fixture
def tab(browser: Browser):
    with component_tab(browser) as page:
        yield page


def pin(page: Page, word: str) -> None:
    page.get_by_role("combobox", name="Find a word and pin it").fill(word)
    page.get_by_role("option", name=word, exact=True).click()


def lasso_great_and_excellent(page: Page) -> None:
    page.get_by_role("button", name="Lasso words").click()
    (right, top), (_, bottom) = pixel(page, "great"), pixel(page, "excellent")
    page.mouse.move(right - 20, top - 10)
    page.mouse.down()
    for corner in ((right - 20, bottom + 10), (right + 10, bottom + 10), (right + 10, top - 10)):
        page.mouse.move(*corner, steps=4)
    page.mouse.up()


def sent(page: Page, name: str) -> list:
    return page.evaluate("(name) => window.sent.filter(([key]) => key === name).map(([, value]) => value)", name)


def expect_last_sent(page: Page, selection: dict) -> None:
    page.wait_for_function(
        "(wanted) => JSON.stringify(window.sent.at(-1)) === wanted",
        arg=json.dumps(["selection", selection], separators=(",", ":"), ensure_ascii=False),
        timeout=5000,
    )


def test_pins_and_a_lasso_are_reported_and_the_checkpoint_separately(tab: Page):
    open_with(tab, payload())
    lasso_great_and_excellent(tab)
    expect_last_sent(tab, {"pins": ["great"], "lasso": ["great", "excellent"], "encircled": 2})
    tab.get_by_role("slider", name="Checkpoint of training").fill("1000")
    tab.wait_for_function("window.sent.length === 2")
    assert (sent(tab, "checkpoint"), len(sent(tab, "selection"))) == (["epoch 1"], 1)


def test_the_checkpoint_is_reported_only_when_time_rests(tab: Page):
    open_with(tab, payload(), "?moment=0&speed=0.5")
    play = tab.get_by_role("button", name=re.compile("Play|Pause"))
    play.click()
    expect(checkpoint(tab)).to_have_text("before → epoch 1")
    tab.wait_for_timeout(600)
    assert sent(tab, "checkpoint") == []
    expect(checkpoint(tab)).to_have_text("epoch 1 → after")
    play.click()
    tab.wait_for_function("window.sent.length === 1")
    track = tab.get_by_role("slider", name="Checkpoint of training").bounding_box()
    assert track
    tab.mouse.move(track["x"] + track["width"] / 2, track["y"] + track["height"] / 2)
    tab.mouse.down()
    tab.mouse.move(track["x"] + 4, track["y"] + track["height"] / 2, steps=4)
    expect(checkpoint(tab)).to_have_text("before")
    tab.wait_for_timeout(600)
    assert len(sent(tab, "checkpoint")) == 1
    tab.mouse.up()
    tab.wait_for_function("window.sent.length === 2")
    assert sent(tab, "checkpoint")[1] == "before"


def test_a_player_starts_with_the_state_that_python_kept(tab: Page):
    left: dict[str, object] = {"at": "epoch 1", "pins": "awful,movie", "lasso": ["great", "zzqqxx"]}
    open_with(tab, with_settings(payload(), left))
    expect(checkpoint(tab)).to_have_text("epoch 1")
    expect_pinned(tab, "awful", "movie")
    expect(tab.get_by_text("lasso: 1 word")).to_be_visible()
    tab.wait_for_url(re.compile(r"moment=1&pins=awful,movie"))
    assert sent(tab, "checkpoint") == []
    open_with(tab, with_settings(payload(), left), "?at=before&pins=great")
    expect(checkpoint(tab)).to_have_text("before")
    expect_pinned(tab, "great")
    tab.wait_for_url(re.compile(r"\?moment=0$"))  # which names the checkpoint as the player does


def test_a_lasso_of_many_words_is_counted_in_full(tab: Page):
    large = full_panel("rnn", words=900, frames=2)
    open_with(tab, pack("Drift", [large], {"before": [0], "after": [1]}, []))
    tab.get_by_role("button", name="Lasso words").click()
    box = tab.locator("[data-picture]").bounding_box()
    assert box
    left, top = box["x"] + 2, box["y"] + 2
    right, bottom = left + box["width"] - 4, top + box["height"] - 4
    tab.mouse.move(left, top)
    tab.mouse.down()
    for corner in ((left, bottom), (right, bottom), (right, top)):
        tab.mouse.move(*corner, steps=3)
    tab.mouse.up()
    expect(tab.get_by_text("lasso: 900 words")).to_be_visible()
    tab.wait_for_function("window.sent.length > 0")
    (selection,) = sent(tab, "selection")
    assert selection["encircled"] == 900
    assert len(set(selection["lasso"])) == 500


def test_a_new_payload_keeps_the_lasso_words_that_it_has_and_reports_them(tab: Page):
    open_with(tab, payload())
    lasso_great_and_excellent(tab)
    expect_last_sent(tab, {"pins": ["great"], "lasso": ["great", "excellent"], "encircled": 2})
    mount(tab, payload("a", "excellent", "b", "c", "d", "e", pins=["a"]))
    expect(tab.get_by_text("lasso: 1 word")).to_be_visible()
    expect_last_sent(tab, {"pins": ["a"], "lasso": ["excellent"], "encircled": 1})
    mount(tab, payload("a", "b", "c", "d", "e", "f", pins=["b"]))
    expect_last_sent(tab, {"pins": ["b"], "lasso": [], "encircled": 0})
    expect(tab.get_by_text("lasso:")).to_have_count(0)


def test_default_pins_are_replaced_by_the_next_payloads_without_a_notice(tab: Page):
    open_with(tab, payload())
    mount(tab, payload("a", "b", "c", "d", "e", "f", pins=["b"]))
    expect_pinned(tab, "b")
    expect(tab.locator("[data-notice]")).to_be_empty()
    tab.wait_for_timeout(600)
    assert "pins" not in tab.url
    assert sent(tab, "selection") == []


def test_pins_that_a_payload_lacks_return_with_the_next(tab: Page):
    open_with(tab, payload())
    pin(tab, "awful")
    expect_pinned(tab, "great", "awful")
    mount(tab, payload("a", "great", "c", "d", "e", "f", pins=["a"]))
    expect_pinned(tab, "great")
    expect(tab.get_by_text("Not in the vocabulary: awful")).to_be_visible()
    expect_last_sent(tab, {"pins": ["great"], "lasso": [], "encircled": 0})
    mount(tab, payload("a", "b", "c", "d", "e", "f", pins=["a"]))
    expect_pinned(tab)
    mount(tab, payload())
    expect_pinned(tab, "great", "awful")
    expect(tab.locator("[data-notice]")).to_be_empty()


def test_a_checkpoint_is_kept_by_name_and_a_zoom_ends_with_its_axes(tab: Page):
    open_with(tab, payload(), "?moment=1&zoom=a:4,0,0")
    expect(checkpoint(tab)).to_have_text("epoch 1")
    everything = tab.get_by_role("button", name="Show everything")
    mount(tab, payload(checkpoints={"epoch 1": [1], "after": [2]}))
    expect(checkpoint(tab)).to_have_text("epoch 1")
    expect(everything).to_be_enabled()
    mount(tab, payload(axis="axis 1 of another plane"))
    expect(checkpoint(tab)).to_have_text("epoch 1")
    expect(everything).to_be_disabled()
    mount(tab, payload(checkpoints={"before": [0], "after": [2]}))
    expect(checkpoint(tab)).to_have_text("after")  # which is where it opens unasked


def read_once_decoded(page: Page) -> list[str]:
    """The pins as a server reads them from an address that was decoded once."""
    text = page.evaluate("new URLSearchParams(location.search).get('pins')")
    return [word.replace("%2C", ",").replace("%25", "%") for word in text.split(",")]


@pytest.mark.parametrize("reports", [True, False], ids=["changes reported", "changes not reported"])
def test_unusual_words_are_read_correctly_from_the_address(tab: Page, reports: bool):
    if not reports:
        tab.add_init_script("Object.defineProperty(window, 'navigation', { value: undefined })")
    data = pack(
        "Drift",
        [
            Panel(
                "odd",
                Vocabulary(np.array(ODD, dtype=object), np.zeros(7), np.ones((7, 2), int), np.full(7, True)),
                np.arange(14, dtype=np.float32).reshape(1, 7, 2) % 5,
                np.zeros((1, 7)),
                [("x", "y")],
                [Frame(0.0, 0, "now", None)],
            )
        ],
        {"now": [0]},
        [],
    )
    open_with(tab, data, "?look=kept")
    for word in ODD:
        pin(tab, word)
    expect_pinned(tab, *ODD)
    tab.wait_for_function("location.search.includes('pins=')")
    tab.wait_for_timeout(600)
    assert tab.evaluate("history.length") == 2  # replaced each time, never added; nor written without end
    assert "look=kept" in tab.url
    assert read_once_decoded(tab) == ODD
    open_with(tab, data, tab.url.removeprefix(ADDRESS))
    expect_pinned(tab, *ODD)
    # As Streamlit writes the query anew from what it decoded.
    rewritten = tab.evaluate("'?' + new URLSearchParams(location.search)")
    open_with(tab, data, rewritten)
    expect_pinned(tab, *ODD)
    assert read_once_decoded(tab) == ODD


def test_a_damaged_pin_in_the_address_does_not_affect_the_others(tab: Page):
    open_with(tab, payload(), "?pins=great,%FF,awful,%E9t%E9,100%")
    expect_pinned(tab, "great", "awful")
    expect(tab.locator("[data-notice]")).to_have_text(
        "Not in the vocabulary: \N{REPLACEMENT CHARACTER}, \N{REPLACEMENT CHARACTER}t\N{REPLACEMENT CHARACTER}, 100%"
    )


NO_CANVAS = "HTMLCanvasElement.prototype.getContext = () => null"
FAILING = "ResizeObserver.prototype.observe = () => { throw new Error('no') }"


@pytest.mark.parametrize("reason", [NO_CANVAS, FAILING, ""], ids=["no canvas", "failing", "damaged"])
def test_python_is_told_if_the_player_cannot_start(tab: Page, reason: str):
    if reason:
        tab.add_init_script(reason)
    tab.goto(f"{ADDRESS}?pins=awful")
    mount(tab, payload() if reason else b"SLP2")
    expect(tab.get_by_role("alert")).to_be_visible()
    assert sent(tab, "canvas") == [False]
    mount(tab, b"SLP2" if reason else payload())
    assert sent(tab, "canvas") == ([False] if reason else [False, True])
    assert "pins=awful" in tab.url
