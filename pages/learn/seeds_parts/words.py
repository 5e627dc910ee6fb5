"""Sentences about the dots of a seed lottery."""

from __future__ import annotations

import numpy as np

from sentiment_core.analysis.seeds import Gap, Spread, pairs_as_far_apart
from sentiment_core.messages import tr, tr_plural
from sentiment_core.messages.numbers import percent, points


def spread_text(recipe: str, found: Spread) -> str:
    """How far the seeds of a recipe lie apart, in words."""
    if found.count == 1:
        return tr(
            "{recipe}: one complete dot, {share}. One seed does not say how far others would lie from it.",
            recipe=recipe,
            share=percent(found.mean.value),
        )
    said = tr(
        "{recipe}: {count} complete dots, {mean} right on average, from {low} to {high}; standard deviation "
        "{deviation} points.",
        recipe=recipe,
        count=found.count,
        mean=percent(found.mean.value),
        low=percent(found.low),
        high=percent(found.high),
        deviation=points(found.deviation),
    )
    interval = tr(
        "The average of very many seeds would probably lie between {low} and {high} (95% interval).",
        low=percent(found.mean.low),
        high=percent(found.mean.high),
    )
    return f"{said} {interval}"


def gap_text(first: str, second: str, found: Gap) -> str:
    """Whether two recipes differ by more than the lottery."""
    gain = found.gain.value
    better, worse = (second, first) if gain >= 0 else (first, second)
    low, high = sorted((found.gain.low, found.gain.high)) if gain >= 0 else sorted((-found.gain.low, -found.gain.high))
    size = tr(
        "{better} gets {points} points more right than {worse} on average ({low} to {high}, Welch's 95% interval).",
        better=better,
        worse=worse,
        points=points(abs(gain)),
        low=points(low),
        high=points(high),
    )
    return f"{size} {_verdict(found)}"


def _verdict(found: Gap) -> str:
    if not found.decidable:
        return tr(
            "With {first} and {second} dots no difference is large enough to be told from luck: draw at least four of "
            "each recipe.",
            first=found.counts[0],
            second=found.counts[1],
        )
    share = percent(found.p) if found.p >= 0.001 else tr("less than 0.1%")
    if found.decided:
        return tr(
            "That is larger than the lottery: if the dots were shared out between the two recipes at random, only "
            "{share} of the ways would give a difference as large.",
            share=share,
        )
    return tr(
        "That can be the lottery: if the dots were shared out between the two recipes at random, {share} of the ways "
        "would give a difference as large.",
        share=share,
    )


def luck_text(accuracies: list[np.ndarray], difference: float) -> str:
    """How often two seeds of one recipe differ by as much as two chosen dots.

    accuracies: of the complete dots of each recipe, [seeds] each.
    """
    found = [pairs_as_far_apart(values, difference) for values in accuracies if len(values) > 1]
    apart, pairs = (sum(part) for part in zip(*found, strict=True)) if found else (0, 0)
    if not pairs:
        return tr("A third dot would show how often two equal recipes differ by as much.")
    return tr_plural(
        "By luck alone: of the {count} pair of dots of one recipe here, {apart} ({share}) differ by at least as much.",
        "By luck alone: of the {count} pairs of dots of one recipe here, {apart} ({share}) differ by at least as much.",
        pairs,
        apart=apart,
        share=percent(apart / pairs, 0),
    )
