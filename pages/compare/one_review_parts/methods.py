"""The methods that say what a word adds: their names, what each did here, and whether they agree."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

import streamlit as st

from pages.compare.one_review_parts import explanations
from pages.shared.layout import plain
from pages.shared.problems import told
from sentiment_core.analysis.explanation.salience import (
    EXACT,
    GRADIENT,
    INTEGRATED,
    METHODS,
    OCCLUSION,
    agreement_of_methods,
    sum_over_words,
)
from sentiment_core.errors import SentimentError
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.numbers import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from pages.compare.one_review_parts.view import Reader, ReviewView
    from sentiment_core.analysis.explanation.words import Words
    from sentiment_core.player.reading import Read

NAMES = {
    INTEGRATED: lazy("integrated gradients"),
    GRADIENT: lazy("gradient times input"),
    OCCLUSION: lazy("occlusion"),
}
_AGREE = 0.7  # rank correlation from which on two methods put the words into much the same order
_KEY = "methods"


def about(read: Sequence[Read], method: str) -> list[str]:
    """What the method did for each classifier, and how exact it is."""
    lines = [str(_MEANINGS[method])]
    for one in read:
        found = one.salience
        if found is None:
            lines.append(tr("{name} gives no gradients, so it has no bars. Choose occlusion.", name=one.name))
        elif found.method == EXACT:
            lines.append(
                tr(
                    "{name} is a sum, so its bars are exact: {start:+.2f} without any n-gram, {sum:+.2f} from all.",
                    name=one.name,
                    start=found.start,
                    sum=float(found.values.sum()),
                )
            )
        elif found.method == INTEGRATED and found.start is not None and found.error is not None:
            total = float(found.values.sum())
            lines.append(
                tr_plural(
                    "{name}, {count} step: from {start:+.2f} to {end:+.2f}. "
                    "The bars add up to {sum:+.2f}, which is off by {error:.3f} (completeness error).",
                    "{name}, {count} steps: from {start:+.2f} to {end:+.2f}. "
                    "The bars add up to {sum:+.2f}, which is off by {error:.3f} (completeness error).",
                    found.steps,
                    name=one.name,
                    start=found.start,
                    end=found.start + total - found.error,
                    sum=total,
                    error=abs(found.error),
                )
            )
        elif found.group > 1:
            lines.append(
                tr(
                    "{name}: {count} tokens are left out at a time, because the text is long.",
                    name=one.name,
                    count=found.group,
                )
            )
        if found is not None and found.longest:
            lines.append(
                tr(
                    "{name} also reads the polarity of n-grams of up to {count} tokens. What an n-gram adds is divided "
                    "evenly among its tokens.",
                    name=one.name,
                    count=found.longest,
                )
            )
    return lines


_MEANINGS = {
    INTEGRATED: lazy(
        "Integrated gradients follow the log-odds from zero vectors to the text, and share the change among the words."
    ),
    GRADIENT: lazy("Gradient times input is the slope at the text alone: a word can matter although it is flat there."),
    OCCLUSION: lazy("Occlusion leaves out one token and reads the rest: the bar is what the log-odds lose."),
}


def show_agreement(view: ReviewView, words: Words) -> None:
    """Show the rank correlation of the methods for each classifier. It is computed when a reader asks."""
    folded = st.expander(
        tr("Do the methods agree?"), key=_KEY, on_change="rerun", bind="query-params", icon=":material/compare:"
    )
    if not folded.open:
        return
    with folded:
        st.markdown(
            tr(
                "Spearman's rank correlation over the words: 1 if two methods put the words into the same order, "
                "0 if their orders have nothing in common, -1 if they are opposite."
            )
        )
        found, lines = {}, []
        for name, reader in view.readers.items():
            try:
                found[name] = agreement_of_methods(_sums(reader, view.text, words))
            except SentimentError as error:
                lines.append(told(error))
                continue
            if line := _verdict(name, list(found[name].values())):
                lines.append(line)
        rows = [[tr("methods"), *found]]
        for first, second in combinations(METHODS, 2):
            correlations = [_correlation(one.get((first, second))) for one in found.values()]
            rows.append([tr("{first} and {second}", first=NAMES[first], second=NAMES[second]), *correlations])
        cells = [" | ".join(map(plain, row)) for row in rows]
        cells.insert(1, " | ".join("---" for _ in rows[0]))
        st.markdown("\n".join(cells))
        for line in lines:
            st.markdown(plain(line))


def _sums(reader: Reader, text: str, words: Words) -> dict[str, np.ndarray]:
    """What each word adds by each method that the classifier can [words]."""
    found = {method: explanations.salience(reader, text, method) for method in METHODS}
    return {
        method: sum_over_words(one.values, reader.view, words.starts)
        for method, one in found.items()
        if one is not None
    }


def _correlation(value: float | None) -> str:
    return "-" if value is None or math.isnan(value) else number(value, "+.2f")


def _verdict(name: str, correlations: list[float]) -> str:
    """A sentence on whether the methods agree for a classifier; empty if there is nothing to compare."""
    known = [value for value in correlations if not math.isnan(value)]
    if not known:
        return ""
    if min(known) >= _AGREE:
        return tr("{name}: the methods put the words into much the same order.", name=name)
    return tr(
        "{name}: the methods disagree about which words matter (as low as {lowest:+.2f}). "
        "No single method is the truth: trust what several of them show.",
        name=name,
        lowest=min(known),
    )
