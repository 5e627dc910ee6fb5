"""The headline of the Test set page: how often each classifier is right, and whether they differ."""

from __future__ import annotations

import streamlit as st

from pages.compare.paired_words import accuracies_text, difference_text, method_text
from pages.compare.test_set_parts.view import TestSetView
from sentiment_core.analysis.comparison import seed_groups
from sentiment_core.analysis.evaluation.paired import accuracy, differences
from sentiment_core.figures.evaluation.accuracies import Dot, draw_accuracies
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import percent, probability_percent


def show_headline(view: TestSetView) -> None:
    """Say which classifier of the pair is right more often, and draw the accuracies of all."""
    compared = view.compared
    accuracies = {name: accuracy(compared.right(name, view.threshold)) for name in view.names}
    said = accuracies_text(accuracies, len(compared))
    left, right = st.columns([5, 3], gap="medium")
    with left:
        if view.pair is None:
            view.heading(said)
            view.say(tr("Choose a second classifier to see which one is better."), caption=True)
        else:
            found = differences(compared, view.threshold)
            view.heading(difference_text(found[view.pair]))
            view.say(said)
            view.say(method_text(found[view.pair], len(found)), caption=True)
            if view.slice_name:
                view.say(tr("This slice is one of many. The part Slices has each p, corrected for them."), caption=True)
        for sentence in _doubts(view):
            view.say(sentence, caption=True)
    with right:
        lines = {name: ", ".join(names) for names in seed_groups(list(view.runs.values())) for name in names}
        dots = [Dot(name, lines.get(name, name), view.names.index(name), found) for name, found in accuracies.items()]
        view.show(draw_accuracies(dots), "accuracies", said)


def _doubts(view: TestSetView) -> list[str]:
    """Why an accuracy says little: all reviews have one label, or a classifier always gives the same answer."""
    doubts = []
    labels = set(view.compared.labels.tolist())
    if labels == {1}:
        doubts.append(tr("All these reviews are positive, so one who always says positive is right on all of them."))
    if labels == {0}:
        doubts.append(tr("All these reviews are negative, so one who always says negative is right on all of them."))
    for name, neutral in view.compared.neutral.items():
        if neutral.any():
            share = percent(float(neutral.mean()))
            doubts.append(
                tr("{name} calls {share} of the reviews neutral. That counts as not right.", name=name, share=share)
            )
    for name in view.names:
        values = view.whole.log_odds[name]
        if values.min() == values.max():
            share = probability_percent(float(view.whole.probabilities(name)[0]))
            doubts.append(
                tr(
                    "{name} gives every review the same probability, {share}: it tells none apart.",
                    name=name,
                    share=share,
                )
            )
    return doubts
