"""Names of slices, and what to do where the counts that they need are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.shared.slice_resources import BASELINE
from sentiment_core.messages import Message, lazy, lazy_plural, tr

if TYPE_CHECKING:
    from sentiment_core.analysis.evaluation.slices import Slice
    from sentiment_core.text.corpus import Corpus

_NEGATIONS = {
    "negations-0": lazy("no negation"),
    "negations-1": lazy("1 negation"),
    "negations-2": lazy("2 to 4 negations"),
    "negations-5": lazy("5 or more negations"),
}
_CONTRASTS = {
    "contrasts-0": lazy("no word of contrast"),
    "contrasts-1": lazy("1 word of contrast"),
    "contrasts-2": lazy("2 or more words of contrast"),
}
_UNKNOWN = {"unknown-0": lazy("no unknown token"), "unknown-1": lazy("unknown tokens")}


def slice_name(one: Slice) -> Message:
    """What the reviews of a slice have in common."""
    kind, _, part = one.code.partition("-")
    if one.code in (fixed := _NEGATIONS | _CONTRASTS | _UNKNOWN):
        return fixed[one.code]
    match kind:
        case "length" if one.low == one.high:
            return lazy_plural("{count} token", "{count} tokens", int(one.low))
        case "length":
            return lazy("{low} to {high} tokens", low=int(one.low), high=int(one.high))
        case "cut":
            return lazy("more than {limit} tokens (cut)", limit=int(part))
        case "whole":
            return lazy("up to {limit} tokens (read whole)", limit=int(part))
        case "pieces":
            return (
                lazy("few rare words (up to {high:.0%} of the tokens continue a word)", high=one.high),
                lazy(
                    "some rare words ({low:.0%} to {high:.0%} of the tokens continue a word)",
                    low=one.low,
                    high=one.high,
                ),
                lazy("many rare words (from {low:.0%} of the tokens on)", low=one.low),
            )[int(part) - 1]
        case _:
            return (
                lazy("{baseline} unsure (log-odds up to {high:.2f})", baseline=BASELINE, high=one.high),
                lazy(
                    "{baseline} fairly sure (log-odds {low:.2f} to {high:.2f})",
                    baseline=BASELINE,
                    low=one.low,
                    high=one.high,
                ),
                lazy("{baseline} sure (log-odds from {low:.2f})", baseline=BASELINE, low=one.low),
            )[int(part) - 1]


def fill_text(corpus: Corpus) -> str:
    """How to write the counts that a corpus folder lacks, as Markdown."""
    return tr(
        "Count them with `python -m sentiment_core fill {folder}/{corpus} --data YOUR_DATA`.",
        folder=corpus.path.parent.name,
        corpus=corpus.name,
    )
