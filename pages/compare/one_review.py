"""One review: the same text judged by several classifiers, side by side."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

from pages.compare.one_review_parts import contributions, edits, reading, smallest, tokens, verdicts
from pages.compare.one_review_parts.disagreements import disagreement_buttons
from pages.compare.one_review_parts.selection import selected_token
from pages.compare.one_review_parts.view import Reader, ReviewView
from pages.shared import resources
from pages.shared.classifier_box import classifier_box, model_box, open_choice
from pages.shared.examples import example_buttons
from pages.shared.layout import (
    corpus_header,
    plain,
    published_runs,
    show_setting_differences,
)
from pages.shared.problems import told
from pages.shared.text_box import read_button, text_box
from sentiment_core.analysis.comparison import setting_differences
from sentiment_core.analysis.examples import examples_in
from sentiment_core.classifiers.protocol import Classifier, judge_with_each
from sentiment_core.errors import SentimentError, TextError
from sentiment_core.messages import Message, tr

corpus = corpus_header(
    tr("One review"),
    tr("Several classifiers read the same review: their verdicts, and how each word led to them."),
    tr(
        """
Each network reads the text token by token, from the left, and returns one number. It gives the **probability** that the
review is positive. Above 50% the verdict is positive, below 50% it is negative. A classifier whose probability is 50.0%
is **undecided**.

- **Points from 50%** say how confident a classifier is, not how often it is right: compare its test accuracy. Only some
  classifiers from the Hub can answer "neither": **neutral**.
- The **curves** give the probability after each word. A mark shows where a verdict turned, if the new one held for
  three tokens; the largest mark is the last. Point at a word, or at a curve, to see both; click to select the word.
- The **bars** below a word are what it adds, in log-odds: up and blue for positive, down and orange for negative. Each
  classifier has a row in the colour of its curve, and all have one scale. A word of several tokens has their sum.
- A network **reads** a limited number of tokens from the start of a text. Tokens after the cut do not count.
- An **unknown** token (with a dashed outline and a question mark) is not in the vocabulary. All unknown tokens look the
  same to a network. Pieces of one word touch.
- **Without a network**, a classifier adds up a weight for each word or n-gram. What each adds is shown below.
- **Milliseconds** are measured on this server, from the text to the probability. The first review of a new length takes
  longer.
"""
    ),
)

runs = published_runs(corpus)
folders = {name: run.path for name, run in runs.items()} | resources.linear(corpus)


@cache
def differences_of(names: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Settings in which these runs differ besides cell and direction."""
    return setting_differences([runs[name] for name in names])


@st.fragment  # a new text does not rerun the rest of the page
def compare() -> None:
    """Show the text, the classifiers and their verdicts."""
    examples = examples_in(corpus.language)
    anew, usual = open_choice(folders, runs)
    # On a narrow screen the right column comes below the left: the text, the verdicts, then the choices.
    left, right = st.columns([3, 2], gap="medium")
    with right:
        chosen = classifier_box(folders, usual, runs)
        model = model_box()
        filled = example_buttons(examples, "text", anew)
        disputed = disagreement_buttons(corpus, chosen, folders, runs, "text")
        filled = disputed if disputed is not None else filled
    with left:
        text = text_box(tr("Review"), "text", default=examples[0].text, fill=filled, height=130)
        read_button()

    names = [*chosen, *([model] if model else [])]
    if not names:
        st.info(tr("Choose one or more classifiers to read this review."), icon=":material/compare_arrows:")
        return
    classifiers: dict[str, Classifier] = {}
    problems: dict[str, Message] = {}
    for name in names:
        try:
            is_here = name in chosen
            classifiers[name] = resources.classifier(folders[name]) if is_here else resources.hub_classifier(name)
        except SentimentError as error:
            problems[name] = error.words
    try:
        judged = judge_with_each(text, classifiers, problems)
    except TextError as error:
        st.error(plain(told(error)), icon=":material/error:")
        return
    readers = {
        name: Reader(
            name,
            classifiers[name],
            f"{folders[name]} {resources.stamp(folders[name])}" if name in chosen else "",
            found.view,
            found.prediction,
            runs.get(name) if name in chosen else None,
        )
        for name, found in judged.items()
    }

    if readers:
        with left:
            verdicts.show_headline(readers)
    with right:
        compared = tuple(name for name in chosen if name in runs)
        if len(names) == 1:
            st.caption(tr("Choose a second classifier to see whether it agrees."))
        elif len(compared) > 1:
            show_setting_differences(differences_of(compared))
    verdicts.show_cards(names, readers, problems, runs)
    if not readers:
        return
    view = ReviewView(corpus, text, readers, selected_token(text))
    reading.show(view)
    edits.show(view)
    smallest.show(view)
    contributions.show(view)
    tokens.show(view)


compare()
