"""Six words with known coordinates in the drift player, and the positions of its parts on a page."""

import re

import numpy as np
from playwright.sync_api import Locator, Page, expect

from sentiment_core.analysis.drift.separation import Separation
from sentiment_core.player.panels import Frame, Panel, Vocabulary

MARKUP = "<img src=x onerror=alert(1)>"
WORDS = Vocabulary(
    np.array(["great", "excellent", "awful", "movie", MARKUP, "ing"], dtype=object),
    np.array([1.5, 1.25, -1.5, 0.0, -0.75, np.nan]),
    np.array([[10, 1200], [5, 400], [900, 20], [5000, 5001], [4, 1], [0, 0]]),
    np.array([True, True, True, True, False, False]),
)
# Before training all are near the middle. After it positive words are right and negative left, in a box of 8 by 4.
BEFORE = [[0, 0.5], [0, -0.5], [0.5, 0], [0, 0], [-0.5, 0], [0, 1]]
AFTER = [[4, 2], [4, -2], [-4, 2], [0, 0], [-4, -2], [0, -2]]
BETWEEN = [[2, 1.25], [2, -1.25], [-1.75, 1], [0, 0], [-2.25, -1], [0, -0.5]]
FRAMES = [Frame(0.0, 0, "before", 0.5), Frame(1.0, 1234, "epoch 1", 0.75), Frame(2.0, 2468, "epoch 2", 0.875)]
CHECKPOINTS = {"before": [0, 0], "epoch 1": [1, 1], "after": [2, 2]}
MARGIN = 1.05  # that the player leaves around the outermost words


def panel(title: str) -> Panel:
    coordinates = np.array([BEFORE, BETWEEN, AFTER], dtype=np.float32)
    moved = np.linalg.norm(coordinates - coordinates[0], axis=2)
    auc = Separation(np.array([0.5, 0.75, 1.0]), np.array([0.5, 1.0, 1.0]), 2, 2)
    return Panel(title, WORDS, coordinates, moved, [("axis 1", "axis 2")], FRAMES, separation=auc)


def checkpoint(page: Page) -> Locator:
    return page.locator("[data-checkpoint-name]")


def stage(page: Page) -> Locator:
    return page.get_by_role("group", name=re.compile("Words in motion"))


def expect_pinned(page: Page, *words: str) -> None:
    """Wait until exactly these words are pinned."""
    chips = page.get_by_role("list", name="Pinned words").locator("[data-pin]")
    expect(chips).to_have_text(list(words))


def pixel(page: Page, word: str, panel_index: int = 0) -> tuple[float, float]:
    """The position of a word in the window at the last checkpoint, without zoom."""
    x, y = AFTER[WORDS.words.tolist().index(word)]
    picture = page.locator("[data-picture]").nth(panel_index)
    box = picture.bounding_box()
    assert box
    width, height = picture.evaluate("(element) => [element.clientWidth, element.clientHeight]")
    unit = min(width / (8 * MARGIN), height / (4 * MARGIN))
    return box["x"] + box["width"] / 2 + unit * x, box["y"] + box["height"] / 2 - unit * y
