"""Which words of a panel are named unasked, and which one a click means, in the player's own modules."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from sentiment_core.player import bundle
from sentiment_core.player.payload import pack
from tests.browser.mounting import component_tab, open_with
from tests.browser.six_words import AFTER, FRAMES, WORDS, expect_pinned, panel, pixel

pytestmark = pytest.mark.browser
# "great" stands among what a tokenizer left of other words, which moved as far and lean more.
CROWD = replace(
    WORDS,
    words=np.array(["great", "vulner", "##antee", "movie", "boring", "ing"], dtype=object),
    polarity=np.array([1.5, 3.0, 3.0, 0.0, -2.0, np.nan]),
    counts=np.array([[10, 1200], [1, 2], [0, 1], [150_000, 149_000], [300, 3], [0, 0]]),
    whole=np.array([True, True, False, True, True, False]),
)
MOMENTS = {"before": [0], "after": [1]}


@pytest.fixture
def tab(browser: Browser):
    with component_tab(browser) as page:
        yield page


def crowd(*beside: tuple[int, float, float]) -> bytes:
    """The words at the places of six, but for those moved to a place beside "great"."""
    places = np.array([AFTER, AFTER], dtype=np.float32)
    for word, right, up in beside:
        places[:, word] = places[:, 0] + [right, up]
    shown = replace(
        panel("rnn"),
        vocabulary=CROWD,
        coordinates=places,
        displacement=np.ones((2, 6)),
        frames=FRAMES[:2],
        separation=None,
    )
    return pack("Drift", [shown], MOMENTS, [])


def test_common_whole_words_are_named_first_and_pieces_never(tab: Page):
    open_with(tab, crowd())
    script = bundle.bundle(Path(bundle.__file__).parent / "js" / "labels.js")
    ranked = tab.evaluate(
        "([words, whole, polarity, negative, positive]) => {"
        + script
        + """const vocabulary = { words, whole, polarity, negative, positive };
            const { ranked, common } = rankWords({
              vocabulary, frames: [0], displacement: new Uint16Array(words.length).fill(1),
            });
            return [common, [...ranked].map((id) => words[id])];
        }""",
        [
            CROWD.words.tolist(),
            CROWD.whole.tolist(),
            np.nan_to_num(CROWD.polarity).tolist(),
            *CROWD.counts.T.tolist(),
        ],
    )
    assert ranked == [3, ["boring", "great", "movie", "vulner"]]


def test_a_click_into_a_crowd_means_the_common_word_and_beside_it_whatever_is_there(tab: Page):
    open_with(tab, crowd((1, -0.06, 0), (2, -0.03, 0.02)))
    right, top = pixel(tab, "great")
    tab.mouse.click(right - 4, top)
    expect_pinned(tab, "great")
    open_with(tab, crowd((1, -2, 0), (2, -2.03, 0)))
    right, top = pixel(tab, "great")
    left, _ = pixel(tab, "movie")  # four units from "great"
    tab.mouse.click((right + left) / 2, top)
    expect_pinned(tab, "vulner")


def test_names_cover_no_other_after_the_text_has_grown(tab: Page):
    """As when a presentation begins: names shown before it are placed by their new size."""
    open_with(tab, crowd())
    script = bundle.bundle(Path(bundle.__file__).parent / "js" / "labels.js")
    boxes = tab.evaluate(
        "() => {"
        + script
        + """const words = 12;
            const labels = new Labels({ ranked: Uint32Array.from(Array(words).keys()), common: words });
            const scene = {
              width: 2000, height: 1200, pinned: [], hovered: -1, chosen: null, rare: false, more: true, moving: false,
              seconds: 1,
              screen: Float32Array.from({ length: 2 * words }, (_, i) => 600 + [70, 25][i % 2] * (i >> 1)),
            };
            for (const size of [1, 3]) {
              const measure = () => ({ width: 60 * size, height: 18 * size });
              labels.layOut({ ...scene, size, measure });
              labels.layOut({ ...scene, size, measure }); // those that left are gone
            }
            return [...labels.shown.values()].map(({ id, x, y, width, height }) => {
              const [left, top] = [scene.screen[2 * id] + x - width / 2, scene.screen[2 * id + 1] + y - height / 2];
              return [left, top, left + width, top + height];
            });
        }""",
    )
    assert len(boxes) > 2
    for place, (left, top, right, bottom) in enumerate(boxes):
        assert (right - left, bottom - top) == (180, 54)
        for other in boxes[:place]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
