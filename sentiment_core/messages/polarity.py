"""Names of the polarity of a word for a reader."""

from __future__ import annotations

from collections.abc import Iterable

from sentiment_core.messages.message import lazy

LEANINGS = {"positive": lazy("positive"), "negative": lazy("negative"), "neutral": lazy("neutral")}


def name_leanings(codes: Iterable[str]) -> list[str]:
    """Names of the codes of `analysis.polarity.lean`, in the current language."""
    named = {code: str(label) for code, label in LEANINGS.items()}
    return [named[code] for code in codes]
