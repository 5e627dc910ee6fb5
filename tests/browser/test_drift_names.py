"""The word that a click on a panel selects."""

from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from sentiment_core.player.payload import pack
from tests.browser.mounting import component_tab, open_with
from tests.browser.six_words import AFTER, FRAMES, WORDS, expect_pinned, panel, pixel

pytestmark = pytest.mark.browser
# "great" is surrounded by fragments of other words, which moved as far and lean more.
CROWD = replace(
    WORDS,
    words=np.array(["great", "vulner", "##antee", "movie", "boring", "ing"], dtype=object),
    polarity=np.array([1.5, 3.0, 3.0, 0.0, -2.0, np.nan]),
    counts=np.array([[10, 1200], [1, 2], [0, 1], [150_000, 149_000], [300, 3], [0, 0]]),
    whole=np.array([True, True, False, True, True, False]),
)
CHECKPOINTS = {"before": [0], "after": [1]}


@pytest.fixture
def tab(browser: Browser):
    with component_tab(browser) as page:
        yield page


def crowd(*beside: tuple[int, float, float]) -> bytes:
    """The words at the coordinates of the six, except those placed beside "great"."""
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
    return pack("Drift", [shown], CHECKPOINTS, [])


def test_a_click_into_a_crowd_selects_the_common_word_and_elsewhere_the_nearest(tab: Page):
    open_with(tab, crowd((1, -0.06, 0), (2, -0.03, 0.02)))
    right, top = pixel(tab, "great")
    tab.mouse.click(right - 4, top)
    expect_pinned(tab, "great")
    open_with(tab, crowd((1, -2, 0), (2, -2.03, 0)))
    right, top = pixel(tab, "great")
    left, _ = pixel(tab, "movie")  # four units from "great"
    tab.mouse.click((right + left) / 2, top)
    expect_pinned(tab, "vulner")
