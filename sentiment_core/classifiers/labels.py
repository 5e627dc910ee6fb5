"""The labels of a classifier and where each stands: negative, neutral or positive. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sentiment_core.errors import ClassifierError

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
SIDES = (NEGATIVE, NEUTRAL, POSITIVE)
# What models of the Hub call their labels, in lower case. Another name is refused: a wrong guess turns verdicts round.
_KNOWN: dict[str, str] = {
    **dict.fromkeys(("negative", "neg", "bad", "부정"), NEGATIVE),
    **dict.fromkeys(("neutral", "neu", "mixed", "중립"), NEUTRAL),
    **dict.fromkeys(("positive", "pos", "good", "긍정"), POSITIVE),
    **dict.fromkeys(("very negative", "very_negative", "1 star", "2 stars"), NEGATIVE),
    **dict.fromkeys(("3 stars",), NEUTRAL),
    **dict.fromkeys(("very positive", "very_positive", "4 stars", "5 stars"), POSITIVE),
}
# What transformers calls two labels that nobody named. Of two, the data sets of sentiment have the positive second.
_UNNAMED = {"label_0": NEGATIVE, "label_1": POSITIVE}


@dataclass(frozen=True)
class Labels:
    """The labels of a classifier, in the order of its logits, and which side each is on."""

    names: tuple[str, ...]  # as the classifier calls them
    sides: tuple[str, ...]  # one of SIDES for each

    def log_odds(self, logits: np.ndarray) -> np.ndarray:
        """Log-odds of positive against negative [...] from logits [..., labels]; what is neutral has no say in them."""
        return self._sum(logits, POSITIVE) - self._sum(logits, NEGATIVE)

    def neutral(self, logits: np.ndarray) -> np.ndarray:
        """Probability of neither [...], 0 to 1, from logits [..., labels]; 0 where no label is neutral."""
        if NEUTRAL not in self.sides:
            return np.zeros(logits.shape[:-1], logits.dtype)
        return np.exp(self._sum(logits, NEUTRAL) - np.logaddexp.reduce(logits, axis=-1))

    def _sum(self, logits: np.ndarray, side: str) -> np.ndarray:
        """Log of the summed weights of a side's labels [...]."""
        return np.logaddexp.reduce(logits[..., [at == side for at in self.sides]], axis=-1)


BINARY = Labels((NEGATIVE, POSITIVE), (NEGATIVE, POSITIVE))


def binary_logits(log_odds: np.ndarray) -> np.ndarray:
    """Logits [..., 2] of BINARY from the log-odds of positive [...]: 0 for negative, the log-odds for positive."""
    return np.stack([np.zeros_like(log_odds), log_odds], axis=-1)


def map_labels(names: Sequence[str], who: str, table: Mapping[str, str] | None = None) -> Labels:
    """The side of each label by its name.

    names: in the order of the logits.
    who: whose labels they are, for the message.
    table: name -> side, for names that are not known here; it goes before what is known.
    Raises ClassifierError for a name that is not known, and where no label is negative or none is positive.
    """
    known = (
        _KNOWN | (_UNNAMED if len(names) == 2 else {}) | {name.lower(): side for name, side in (table or {}).items()}
    )
    if strange := [name for name in names if known.get(name.strip().lower()) not in SIDES]:
        raise ClassifierError(
            "{model} calls its labels {names}, and {strange:or} says no side. Name them negative, neutral and "
            "positive, or 1 star to 5 stars, under id2label in its config.json.",
            model=who,
            names=[name[:40] for name in names[:12]],
            strange=[name[:40] for name in strange[:12]],
        )
    sides = tuple(known[name.strip().lower()] for name in names)
    if missing := {NEGATIVE, POSITIVE} - set(sides):
        raise ClassifierError(
            "{model} has no label for {sides:or}, so it does not judge sentiment. Name another model.",
            model=who,
            sides=sorted(missing),
        )
    return Labels(tuple(names), sides)
