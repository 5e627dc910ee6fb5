"""The drift player in Korean: its text, the keys of a Korean keyboard, and the widths of Hangul."""

import re
import unicodedata

import pytest
from playwright.sync_api import Browser, Page, expect

from sentiment_core.messages import in_language
from sentiment_core.player.payload import with_settings
from tests.browser.mounting import component_tab, mount, open_with, payload
from tests.browser.six_words import checkpoint, pixel

pytestmark = pytest.mark.browser
WORDS = ["재미있는", "훌륭한", "지루한", "영화", "시간이아까운정말로최악의영화였습니다그리고또길게", "##는"]
# Names of runs, formats and keys, the same in every language.
LATIN = {"rnn", "AUC", "PNG", "HTML", "Ctrl", "Home", "End", "Esc", "Shift", "F", "L"}
SEEN = """() => [...document.querySelectorAll(".player, .player *")].flatMap((element) => [
  ...["aria-label", "aria-valuetext", "title", "placeholder"].map((name) => element.getAttribute(name)),
  ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
]).filter(Boolean)"""


@pytest.fixture
def tab(browser: Browser):
    with component_tab(browser) as page:
        yield page


def spoken(language: str, *pins: str) -> bytes:
    with in_language(language):
        return with_settings(payload(*WORDS, pins=pins), {})


def test_all_text_is_korean_and_changes_with_the_language(tab: Page):
    open_with(tab, spoken("ko", "재미있는"))
    tab.mouse.move(*pixel(tab, "movie"))
    expect(tab.locator("[data-card]")).to_contain_text("긍정 리뷰에 5,001번, 부정 리뷰에 5,000번")
    expect(checkpoint(tab)).to_have_text("학습 후")
    expect(tab.get_by_role("button", name="재생")).to_have_attribute("title", "재생 (스페이스바)")
    english = {word for text in tab.evaluate(SEEN) for word in re.findall(r"[A-Za-z]+", text)} - LATIN
    assert english - {"axis", "epoch"} == set()  # which the test itself names
    mount(tab, spoken("en", "재미있는"))
    expect(tab.get_by_role("button", name="Play")).to_be_visible()
    expect(checkpoint(tab)).to_have_text("after")


def test_enter_ends_a_syllable_before_it_pins_a_word(tab: Page):
    open_with(tab, spoken("ko"))
    box = tab.get_by_role("combobox")
    box.fill("영화")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(box).to_have_value("영화")
    box.press("Enter")
    expect(tab.get_by_role("list", name="고정한 단어").locator("[data-pin]")).to_have_text("영화")
    box.fill(unicodedata.normalize("NFD", "지루"))  # as some keyboards send it
    expect(tab.get_by_role("option")).to_have_text(["지루한"])


def test_letter_shortcuts_work_on_a_korean_keyboard(tab: Page):
    open_with(tab, spoken("ko"))
    stage = tab.locator("[data-stage]")
    stage.dispatch_event("keydown", {"key": "ㅣ", "code": "KeyL"})
    expect(tab.get_by_role("button", name="올가미로 단어 고르기")).to_have_attribute("aria-pressed", "true")
    stage.dispatch_event("keydown", {"key": "ㅣ", "code": "KeyL", "isComposing": True})
    expect(tab.get_by_role("button", name="올가미로 단어 고르기")).to_have_attribute("aria-pressed", "true")


def test_hangul_is_measured_and_upright_beside_the_picture(tab: Page):
    open_with(tab, spoken("ko"))
    widths = tab.evaluate(
        """async (words) => {
          const { TextPictures } = await import("/src/picture/text.js");
          const pictures = new TextPictures();
          pictures.prepare({ paper: [255, 255, 255], ink: [0, 0, 0], font: "sans-serif" }, 1, 20);
          return words.map((word) => pictures.get(word, "plain").width);
        }""",
        ["영화", "영화영화", WORDS[4], WORDS[4] * 20],
    )
    assert widths[1] > 1.7 * widths[0] > 60  # two syllables of 20 pixels, and its outline
    assert widths[2] == pytest.approx(widths[3], abs=20)
    assert widths[2] <= 16 * 20  # cut to fit, not by the number of letters
    assert tab.locator(".axis-up").evaluate("(axis) => getComputedStyle(axis).textOrientation") == "sideways"
