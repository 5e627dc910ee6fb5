"""The labels of a classifier and the side of each: negative, neutral or positive. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sentiment_core.errors import ClassifierError, UnknownLabelsError

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
SIDES = (NEGATIVE, NEUTRAL, POSITIVE)
# Label names of Hub models, in lower case. Other names are refused, because a wrong guess would reverse the verdicts.
_KNOWN: dict[str, str] = {
    **dict.fromkeys(("negative", "neg", "bad", "부정"), NEGATIVE),
    **dict.fromkeys(("neutral", "neu", "mixed", "중립"), NEUTRAL),
    **dict.fromkeys(("positive", "pos", "good", "긍정"), POSITIVE),
    **dict.fromkeys(("very negative", "very_negative", "1 star", "2 stars"), NEGATIVE),
    **dict.fromkeys(("3 stars",), NEUTRAL),
    **dict.fromkeys(("very positive", "very_positive", "4 stars", "5 stars"), POSITIVE),
}
# The names that transformers gives to two unnamed labels. Sentiment data sets put the positive label second.
_UNNAMED = {"label_0": NEGATIVE, "label_1": POSITIVE}


@dataclass(frozen=True)
class Labels:
    """The labels of a classifier, in the order of its logits, and which side each is on."""

    names: tuple[str, ...]  # the classifier's own names
    sides: tuple[str, ...]  # one of SIDES per label

    def log_odds(self, logits: np.ndarray) -> np.ndarray:
        """Log-odds of positive against negative [...] from logits [..., labels]. Neutral labels do not count."""
        return self._sum(logits, POSITIVE) - self._sum(logits, NEGATIVE)

    def neutral(self, logits: np.ndarray) -> np.ndarray:
        """Probability of neutral [...], 0 to 1, from logits [..., labels]; 0 if no label is neutral."""
        if NEUTRAL not in self.sides:
            return np.zeros(logits.shape[:-1], logits.dtype)
        return np.exp(self._sum(logits, NEUTRAL) - np.logaddexp.reduce(logits, axis=-1))

    def judged_neutral(self, logits: np.ndarray) -> np.ndarray:
        """Whether neutral is the most probable side [...] bool, as in `Prediction.verdict`."""
        neutral = self.neutral(logits)
        return neutral > (1 - neutral) / (1 + np.exp(-np.abs(self.log_odds(logits))))

    def _sum(self, logits: np.ndarray, side: str) -> np.ndarray:
        """Log-sum-exp of the logits of a side's labels [...]."""
        return np.logaddexp.reduce(logits[..., [at == side for at in self.sides]], axis=-1)


BINARY = Labels((NEGATIVE, POSITIVE), (NEGATIVE, POSITIVE))


def binary_logits(log_odds: np.ndarray) -> np.ndarray:
    """Logits [..., 2] of BINARY from the log-odds of positive [...]: 0 for negative, the log-odds for positive."""
    return np.stack([np.zeros_like(log_odds), log_odds], axis=-1)


def map_labels(names: Sequence[str], who: str, table: Mapping[str, str] | None = None) -> Labels:
    """Find the side of each label by its name.

    names: in the order of the logits.
    who: the classifier's name, for the message.
    table: name -> side, for names that are not recognised. It overrides the names that are.
    Raises UnknownLabelsError for a name that is not recognised, ClassifierError if no label is negative or no label is
    positive.
    """
    known = (
        _KNOWN | (_UNNAMED if len(names) == 2 else {}) | {name.lower(): side for name, side in (table or {}).items()}
    )
    if strange := [name for name in names if known.get(name.strip().lower()) not in SIDES]:
        error = UnknownLabelsError(
            "{model} calls its labels {names}, and {strange:or} says no side. Name them negative, neutral and "
            "positive, or 1 star to 5 stars, under id2label in its config.json.",
            model=who,
            names=[name[:40] for name in names[:12]],
            strange=[name[:40] for name in strange[:12]],
        )
        error.labels = tuple(names)
        raise error
    sides = tuple(known[name.strip().lower()] for name in names)
    if missing := {NEGATIVE, POSITIVE} - set(sides):
        raise ClassifierError(
            "{model} has no label for {sides:or}, so it does not judge sentiment. Name another model.",
            model=who,
            sides=sorted(missing),
        )
    return Labels(tuple(names), sides)
