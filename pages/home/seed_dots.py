"""How far the seed alone moves each network: a dot for each seed, and which differences are larger than that."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import numpy as np
import streamlit as st

from pages.shared.layout import plain
from sentiment_core.analysis.seeds import Rise, compare_in_order, deviation
from sentiment_core.experiments.leaderboard import RunSummary
from sentiment_core.experiments.seed_results import SeedResult
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import percent, points

# Drawn as HTML, because a chart would delay the first page by almost a second.
_STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text(encoding='utf-8')}</style>"
_HEIGHTS = (50, 30, 70)  # percent of a lane, in turn, so that dots of almost the same accuracy are told apart


def show_seed_dots(summaries: Sequence[RunSummary], others: Mapping[str, Sequence[SeedResult]]) -> None:
    """Draw the test accuracies of the networks that were trained with several seeds, and say what differs.

    others: the other seeds of a run, by its name. Nothing is shown if no network has any.
    """
    found = {}
    for row in summaries:
        if (seeds := others.get(row.run.name)) and row.accuracy is not None:
            found[row.run.name] = [(row.run.recipe.seed, row.accuracy), *((one.seed, one.test) for one in seeds)]
    if not found:
        return
    st.header(tr("Luck of the seed"), anchor=False)
    st.caption(
        tr(
            "The same recipe, trained again with other random numbers. Each dot is the test accuracy of one seed; the "
            "filled one is in the table. The line is their mean, and ± is the standard deviation of one seed."
        )
    )
    st.html(dots_html(found))
    for sentence in _sentences(found):
        st.markdown(plain(sentence))
    if len(found) > 1:
        st.caption(
            tr(
                "Each network is compared with the next better one by a permutation test of their dots. The level is "
                "5%, corrected for the number of comparisons (Holm)."
            )
        )


def dots_html(found: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    """A lane of dots for each network, the best one last. found: seed and test accuracy, the published seed first."""
    values = [accuracy for dots in found.values() for _, accuracy in dots]
    low, high = (math.floor(100 * min(values)) / 100, math.ceil(100 * max(values)) / 100)
    high = max(high, low + 0.01)
    means = {name: float(values.mean()) for name, values in _accuracies(found).items()}
    deviations = {name: deviation(values) for name, values in _accuracies(found).items()}
    parts = []
    for name in sorted(found, key=lambda name: means[name]):
        dots = found[name]
        marks = [f'<i class="mean" style="left:{_place(means[name], low, high)}"></i>']
        for number, (seed, accuracy) in enumerate(dots):
            hint = escape(tr("seed {seed}: {share}", seed=str(seed), share=percent(accuracy, 2)))
            kind = "dot" if number else "published"
            look = f"left:{_place(accuracy, low, high)};top:{_HEIGHTS[number % 3]}%"
            marks.append(f'<i class="{kind}" title="{hint}" style="{look}"></i>')
        told = tr("Test accuracy by seed: {shares}", shares=[percent(accuracy, 2) for _, accuracy in dots])
        parts.append(
            f'<span class="name">{escape(name)}</span>'
            f'<div class="lane" role="img" aria-label="{escape(told)}">{"".join(marks)}</div>'
            f"<span>{percent(means[name], 2)} ± {percent(deviations[name], 2)}</span>"
        )
    parts.append(f'<div class="ends"><span>{percent(low)}</span><span>{percent(high)}</span></div>')
    return f'{_STYLE}<div class="seed-dots">{"".join(parts)}</div>'


def _place(accuracy: float, low: float, high: float) -> str:
    return f"{100 * (accuracy - low) / (high - low):.2f}%"


def _accuracies(found: Mapping[str, Sequence[tuple[int, float]]]) -> dict[str, np.ndarray]:
    """The accuracies [seeds] of each network."""
    return {name: np.array([accuracy for _, accuracy in dots]) for name, dots in found.items()}


def _sentences(found: Mapping[str, Sequence[tuple[int, float]]]) -> list[str]:
    """Which networks differ by more than their seeds."""
    rises = compare_in_order(_accuracies(found))
    said = []
    if real := [_pair(rise) for rise in rises if rise.decided]:
        said.append(tr("Larger than the luck of the seed: {pairs:and}.", pairs=real))
    if perhaps := [_pair(rise) for rise in rises if not rise.decided]:
        said.append(tr("May be the luck of the seed: {pairs:and}.", pairs=perhaps))
    return said


def _pair(rise: Rise) -> str:
    return tr("{better} over {worse} ({points} points)", better=rise.better, worse=rise.worse, points=points(rise.gain))
