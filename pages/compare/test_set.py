"""Test set: classifiers compared on every review of the test split."""

from __future__ import annotations

import streamlit as st

from pages.compare.exports import show_exports
from pages.compare.headline import show_headline
from pages.compare.test_set_parts import agreement, calibration, curves, slices, training, words
from pages.compare.test_set_parts.hub_scoring import scoring_box
from pages.compare.test_set_parts.slice_filter import slice_chip
from pages.compare.test_set_parts.view import TestSetView
from pages.shared import evaluation_resources as resources
from pages.shared.address import choice
from pages.shared.classifier_box import classifier_box, open_choice
from pages.shared.layout import corpus_header, errors_shown, plain, published_runs
from pages.shared.problems import told
from sentiment_core.errors import SentimentError
from sentiment_core.messages import lazy, tr

PARTS = {
    "agreement": (lazy("Agreement"), agreement.show),
    "curves": (lazy("Curves"), curves.show),
    "calibration": (lazy("Calibration"), calibration.show),
    "slices": (lazy("Slices"), slices.show),
    "words": (lazy("Words"), words.show),
    "training": (lazy("Training"), training.show),
}

corpus = corpus_header(
    tr("Test set"),
    tr(
        "Several classifiers on every test review: which is right more often, where they differ, and whether by chance."
    ),
    tr(
        """
Each classifier was applied to the **test reviews** once, and its answers are stored. Those of this project did not see
them in training. What a model from the Hub has seen is not known here.

- **Accuracy** is the share of reviews that a classifier gets right. With other test reviews it would be a little
  different: its **95% interval** says how much.
- Two classifiers judge the same reviews. Reviews on which both are right, or both wrong, say nothing about which one is
  better. Only the reviews count that **one gets right and the other wrong**.
- **p** is the probability that two equally good classifiers differ by as much as these do, or more. Below 0.05,
  such a difference would be unusual. A large p does not show that they are equal.
- A review is called positive if its probability is above the **threshold**. A higher threshold calls fewer reviews
  positive.
- **Colour is polarity**: blue and a circle for positive, orange and a diamond for negative.
"""
    ),
)
runs = published_runs(corpus)
folders = resources.testable(corpus, runs)


def choose_pair(names: list[str]) -> tuple[str, str] | None:
    """The two classifiers that are compared with each other. With more than two, the reader chooses."""
    pairs = {f"{first},{second}": (first, second) for place, first in enumerate(names) for second in names[place + 1 :]}
    if len(pairs) < 2:
        return next(iter(pairs.values()), None)
    options = {code: tr("{first} and {second}", first=first, second=second) for code, (first, second) in pairs.items()}
    return pairs[choice(st.selectbox, tr("Pair"), options, "pair")]


@st.fragment  # a control does not rerun the rest of the page
def compare() -> None:
    """Show the choices, the headline, and the chosen part."""
    _, usual = open_choice(folders, runs)
    controls = st.columns([5, 3, 3], gap="medium")
    with controls[0]:
        chosen = classifier_box(folders, usual, runs)
    scored = {}
    for name in chosen:
        with errors_shown():
            scored[name] = resources.scored(name, folders[name], runs.get(name))
    if not scored:
        if not chosen:
            st.info(tr("Choose one or more classifiers to compare."), icon=":material/compare_arrows:")
        return
    try:
        whole = resources.compared(scored, folders)
    except SentimentError as error:
        st.error(plain(told(error)), icon=":material/error:")
        return
    with controls[1]:
        threshold = st.slider(
            tr("Threshold"),
            0.01,
            0.99,
            0.5,
            0.01,
            key="threshold",
            bind="query-params",
            help=tr("A review is called positive if its probability of positive is above this."),
        )
    with controls[2]:
        pair = choose_pair(whole.names)
    part_of = slice_chip(corpus, whole)
    view = TestSetView(
        corpus,
        {name: folders[name] for name in whole.names},
        {name: runs[name] for name in whole.names if name in runs},
        whole,
        whole.take(part_of.members) if part_of else whole,
        str(part_of.name) if part_of else "",
        threshold,
        pair,
    )
    show_headline(view)
    names = {code: name for code, (name, _) in PARTS.items()}
    part = choice(
        st.segmented_control, tr("Part of the comparison"), names, "part", required=True, label_visibility="collapsed"
    )
    with errors_shown():
        PARTS[part][1](view)
    show_exports(view, part, str(names[part]))


compare()
scoring_box(corpus)  # below, so that the first screen shows the comparison
