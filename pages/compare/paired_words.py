"""Sentences about how two classifiers differ on the test reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sentiment_core.analysis.evaluation.paired import RESAMPLES, SIGNIFICANT
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.numbers import number, p_value, points

if TYPE_CHECKING:
    from sentiment_core.analysis.evaluation.paired import Difference, Interval

_SMALLEST = 1e-300  # p that is still shown as it is
_NO_BREAK = "\N{NO-BREAK SPACE}"
_RARE = 0.001  # p below which a difference is called rare


def accuracies_text(accuracies: dict[str, Interval], count: int) -> str:
    """A sentence with each classifier's accuracy on `count` reviews, by name, and its interval."""
    parts = [
        lazy(
            "{name} gets {share:.1%} right ({low:.1%} to {high:.1%})",
            name=name,
            share=found.value,
            low=found.low,
            high=found.high,
        )
        for name, found in accuracies.items()
    ]
    return tr_plural("Of {count} review, {parts:and}.", "Of {count} reviews, {parts:and}.", count, parts=parts)


def difference_text(found: Difference) -> str:
    """Which of two classifiers is right more often, by how much, and whether that could be chance."""
    first, second = found.pair
    if not found.test.first + found.test.second:
        return tr(
            "{first} and {second} are right on exactly the same reviews, so these do not tell which one is better.",
            first=first,
            second=second,
        )
    gain, low, high = found.gain.value, found.gain.low, found.gain.high
    if not gain:
        return tr(
            "{first} and {second} are right equally often (difference from {low} to {high} points).",
            first=first,
            second=second,
            low=points(low),
            high=points(high),
        )
    if gain < 0:
        first, second, gain, low, high = second, first, -gain, -high, -low
    more = tr(
        "{better} is right on {points} points more reviews than {worse} ({low} to {high}).",
        better=second,
        worse=first,
        points=points(gain),
        low=points(low),
        high=points(high),
    )
    return f"{more} {chance_text(found.corrected)}"


def chance_text(p: float) -> str:
    """Whether a difference could be chance, from the p of a test."""
    if p < _RARE:
        return tr("A difference this large would be rare if both were equally good: {p}.", p=p_text(p))
    if p < SIGNIFICANT:
        return tr("A difference this large would be unusual if both were equally good: {p}.", p=p_text(p))
    return tr("That could well be chance: {p}.", p=p_text(p))


def method_text(found: Difference, pairs: int) -> str:
    """How the interval and p were found. pairs: the number of pairs that are compared at once."""
    discordant = found.test.first + found.test.second
    sentences = [
        tr(
            "In brackets: 95% interval from {resamples} resamples of the reviews, each with both verdicts.",
            resamples=RESAMPLES,
        ),
        tr_plural(
            "McNemar's test of the {count} review that only one of them gets right: exact p {exact}, mid-p {mid}.",
            "McNemar's test of the {count} reviews that only one of them gets right: exact p {exact}, mid-p {mid}.",
            discordant,
            exact=_exactly(found.test.exact),
            mid=_exactly(found.test.mid),
        ),
    ]
    if pairs > 1:
        sentences.append(
            tr("The p above is the exact one, corrected for {pairs} comparisons (Holm).", pairs=pairs),
        )
    return " ".join(sentences)


def interval_text(found: Interval, spec: str, factor: float = 1) -> str:
    """A value with its interval as in a table: "6.5 (6.1 to 7.0)". spec: as in `number`, after multiplication."""
    value, low, high = (number(factor * part, spec) for part in (found.value, found.low, found.high))
    return tr("{value} ({low} to {high})", value=value, low=low, high=high)


def p_text(p: float) -> str:
    """A p-value, as 'p = 0.012' or 'p < 0.001', which no line break divides."""
    value = p_value(p)
    return (f"p {value}" if value.startswith("<") else f"p = {value}").replace(" ", _NO_BREAK)


def _exactly(p: float) -> str:
    """A p-value with two digits. The smallest numbers of a computer are not 0."""
    return number(p, ".2g") if p >= _SMALLEST else f"< {_SMALLEST:g}"
