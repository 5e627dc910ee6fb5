"""Files to try the Own data page with. They are what files from outside are: stars, a few damaged rows, copies."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import numpy as np
import streamlit as st

from sentiment_core.messages import Message, lazy
from sentiment_core.text.reviews import KOREAN_PART, load_reviews
from sentiment_core.text.toy import toy_reviews

_TOY_ROWS, _KOREAN_ROWS = 1_200, 1_000


@dataclass(frozen=True)
class ExampleFile:
    """A file that the page offers."""

    name: str  # of the file
    title: Message
    about: Message


EXAMPLES = {
    "toy": ExampleFile(
        "toy-stars.csv",
        lazy("Toy reviews with stars"),
        lazy("1,200 made-up film reviews with one to five stars, of which some rows are damaged or copied."),
    ),
    "korean": ExampleFile(
        "korean-films.csv",
        lazy("Korean film reviews"),
        lazy("1,000 Korean film reviews (CC0) with the labels 긍정 and 부정."),
    ),
}


@st.cache_data(max_entries=4, show_spinner=False)
def example_file(code: str) -> bytes:
    """The content of an example as CSV in UTF-8."""
    rows = _toy_rows() if code == "toy" else _korean_rows()
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def _toy_rows() -> list[list[str]]:
    """Reviews with stars: negative ones have 1 or 2, positive ones 4 or 5, one in thirty 3 or none."""
    rng = np.random.default_rng(7)
    texts, labels = toy_reviews(_TOY_ROWS, seed=7)
    rows = [[text, str(1 + 3 * label + rng.integers(2))] for text, label in zip(texts, labels.tolist(), strict=True)]
    for place in range(20, _TOY_ROWS, 30):
        rows[place][1] = "3"
    rows[40][1] = ""
    rows[70][0] = " "
    rows[100] = rows[100][:1]  # a row that ends too early
    rows[900:912] = rows[300:312]
    return [["review", "stars"], *rows]


def _korean_rows() -> list[list[str]]:
    reviews = load_reviews(KOREAN_PART)
    rows = [
        [text, "긍정" if label else "부정"]
        for split in reviews.splits.values()
        for text, label in zip(split.texts, split.labels.tolist(), strict=True)
    ]
    return [["document", "label"], *rows[:: len(rows) // _KOREAN_ROWS][:_KOREAN_ROWS]]
