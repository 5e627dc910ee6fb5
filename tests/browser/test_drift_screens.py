"""The drift player on screens of all sizes: text size, long titles, equal scales and contrast."""

import tomllib
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Locator, Page

from benchmarks.browser import ROOT
from sentiment_core.player.payload import pack
from tests.browser.mounting import component_tab, open_with
from tests.browser.six_words import CHECKPOINTS, MARGIN, expect_pinned, panel

pytestmark = pytest.mark.browser
LONG = "bilstm-of-many-layers-trained-for-very-long (control: shuffled labels)"


@pytest.fixture
def tab(browser: Browser):
    with component_tab(browser) as page:
        yield page


def two(title: str = "bilstm", shrunk: float = 1.0) -> bytes:
    right = panel(title)
    return pack("Drift", [panel("rnn"), replace(right, coordinates=right.coordinates * shrunk)], CHECKPOINTS, ["great"])


def font_size(part: Locator) -> float:
    return float(part.evaluate("(element) => parseFloat(getComputedStyle(element).fontSize)"))


def box_of(part: Locator) -> dict[str, float]:
    box = part.bounding_box()
    assert box
    return {**box}


@pytest.mark.parametrize(("width", "height", "least"), [(1280, 720, 15), (1920, 1080, 22), (3840, 2160, 44)])
def test_a_presentations_text_grows_with_the_screen_and_its_chart_is_there(
    tab: Page, width: int, height: int, least: float
):
    tab.set_viewport_size({"width": width, "height": height})
    open_with(tab, two(LONG), "?present=1")
    for part in (".axis-along", ".legend", ".panel-facts", ".chart-title"):
        assert font_size(tab.locator(part).first) >= least, part
    names = tab.locator(".chart-picture text")
    assert box_of(names.last)["height"] >= least
    chart = box_of(tab.locator("[data-chart]"))
    assert 0 < chart["y"] < chart["y"] + chart["height"] < height
    for picture in tab.locator("[data-picture]").all():
        assert box_of(picture)["height"] > 0.4 * height
    title, leave = box_of(tab.locator(".panel-title").last), box_of(tab.locator(".leave"))
    assert title["x"] + title["width"] <= leave["x"]
    assert tab.locator(".panel-title").last.evaluate("(title) => title.scrollWidth <= title.clientWidth")


def test_long_titles_and_facts_are_not_cut_off(tab: Page):
    tab.set_viewport_size({"width": 1280, "height": 720})
    open_with(tab, two("bilstm-shuffled (control: shuffled labels)"))
    for part in tab.locator(".panel-title, .panel-facts").all():
        assert part.evaluate("(element) => element.scrollWidth <= element.clientWidth")


def great_in_the_second_panel(page: Page, extent: float) -> tuple[float, float]:
    """The position of a word at (2, 1), if the picture shows a box of 2 by 1 times `extent` around the origin."""
    box = box_of(page.locator("[data-picture]").nth(1))
    unit = min(box["width"] / (4 * extent * MARGIN), box["height"] / (2 * extent * MARGIN))
    return box["x"] + box["width"] / 2 + 2 * unit, box["y"] + box["height"] / 2 - unit


def test_equal_scales_show_a_smaller_movement_smaller_and_are_in_the_address(tab: Page):
    open_with(tab, two(shrunk=0.5), "?pins=movie")
    tab.mouse.click(*great_in_the_second_panel(tab, 1))
    expect_pinned(tab, "movie", "great")
    tab.get_by_role("button", name="More").click()
    tab.get_by_role("button", name="Equal scales").click()
    tab.keyboard.press("Escape")
    tab.wait_for_url("**scales=equal**")
    tab.mouse.click(*great_in_the_second_panel(tab, 2))
    expect_pinned(tab, "movie")
    open_with(tab, two(shrunk=0.5), "?pins=movie&scales=equal")
    tab.mouse.click(*great_in_the_second_panel(tab, 2))
    expect_pinned(tab, "movie", "great")


# The WCAG 2 contrast of each text in the player with its background: [text, ratio].
CONTRASTS = """
() => {
  const channels = (css) => css.match(/[\\d.]+/g).map(Number);
  const over = (top, share, below) => below.map((channel, place) => channel + (top[place] - channel) * share);
  const light = (colour) => colour.slice(0, 3)
    .map((channel) => channel / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
  const ratio = (some, others) => {
    const [high, low] = [light(some), light(others)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const alpha = (colour) => colour[3] ?? 1;
  const parents = (element) => element ? [element, ...parents(element.parentElement)] : [];
  const behind = (element) => parents(element)
    .map((one) => channels(getComputedStyle(one).backgroundColor)).find((colour) => alpha(colour) > 0.5);
  const opacity = (element) => parents(element).reduce((all, one) => all * getComputedStyle(one).opacity, 1);
  const measure = (what, colour, share, below) =>
    [what, ratio(over(colour, share * alpha(colour), below), below)];
  const found = [];
  for (const element of document.querySelectorAll(".player *")) {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
    if (!text || !element.getClientRects().length || element.matches(".unseen, .hint:not(.shown), option")) continue;
    const style = getComputedStyle(element);
    const colour = channels(element instanceof SVGElement ? style.fill : style.color);
    found.push(measure(text, colour, opacity(element), behind(element)));
  }
  const box = document.querySelector(".search-box");
  const placeholder = getComputedStyle(box, "::placeholder");
  found.push(measure("placeholder", channels(placeholder.color), placeholder.opacity, behind(box)));
  const probe = getComputedStyle(document.querySelector(".theme-probe"));
  const [ink, paper] = [channels(probe.color), channels(probe.backgroundColor)];
  found.push(measure("pale on the picture", ink, PALE, paper));
  for (const lean of LEAN_COLOURS) {
    const [red, green, blue] = [1, 3, 5].map((place) => parseInt(lean.slice(place, place + 2), 16));
    const chip = over([red, green, blue], 0.16, paper);
    found.push([`chip ${lean}`, ratio(ink, chip)]);
  }
  return found;
}
"""
THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_has_enough_contrast(tab: Page, theme: str):
    names = {
        "text": "textColor",
        "background": "backgroundColor",
        "secondary-background": "secondaryBackgroundColor",
        "primary": "primaryColor",
    }
    colours = "".join(f"--st-{name}-color: {THEMES[theme][key]};" for name, key in names.items())
    tab.add_init_script(
        f"addEventListener('DOMContentLoaded', () => document.documentElement.setAttribute('style', '{colours}'))"
    )
    open_with(tab, two("bilstm-shuffled (control: shuffled labels)"), "?pins=great,awful,movie,zzqqxx")
    tab.get_by_role("button", name="More").click()
    tab.keyboard.press("Shift")
    imports = "const { LEAN_COLOURS, PALE } = await import('/src/page/theme.js');"
    found = dict(tab.evaluate(f"async () => {{ {imports} return ({CONTRASTS})(); }}"))
    assert {"great", "after", "More", "Trails", "PNG", "chance", "negative", "axis 1", "Unpin all"} <= set(found)
    assert {what: ratio for what, ratio in found.items() if ratio < 4.5} == {}
