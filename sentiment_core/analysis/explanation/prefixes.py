"""The verdict after each token of a text, for any classifier, and where it turned. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.classifiers.protocol import Ability, Classifier
from sentiment_core.classifiers.tokens import TextView

MOST_PLACES = 256  # prefixes that are read of one text, where each must be read anew
SECONDS = 3.0  # that a slow model may take for them, roughly
HOLDS = 3  # places for which a new verdict must last, unless the text ends before


@dataclass(frozen=True)
class PrefixCurve:
    """A classifier's verdict after the first tokens of a text. The last place is all that it reads."""

    ends: np.ndarray  # [places] int64, number of tokens read, ascending
    characters: np.ndarray  # [places] int64, where the last of them ends in the text
    log_odds: np.ndarray  # [places] float32, of positive against negative
    probability: np.ndarray  # [places] float32, of positive, 0 to 1
    # [turns] int64, places at which the verdict turned for at least HOLDS places or up to the end, ascending
    turns: np.ndarray
    one_pass: bool  # False if each prefix was read as a text of its own

    @property
    def is_complete(self) -> bool:
        """Whether there is a place for every token that is read."""
        return len(self.ends) == int(self.ends[-1])


def prefix_curve(classifier: Classifier, view: TextView) -> PrefixCurve:
    """Judge the text after each token that is read.

    A classifier that must read each prefix anew is asked at MOST_PLACES evenly spaced places, and at fewer if it is
    slow. The last place is always the whole text.
    """
    one_pass = classifier.can(Ability.PREFIXES)
    many = view.read if one_pass else _places(classifier, view.read)
    ends = np.unique(np.linspace(view.read / many, view.read, many).round().astype(np.int64))
    logits = classifier.prefix_logits(view, ends)
    log_odds = classifier.labels.log_odds(logits)
    with np.errstate(over="ignore"):
        probability = (1 - classifier.labels.neutral(logits)) / (1 + np.exp(-log_odds))
    return PrefixCurve(ends, view.spans[ends - 1, 1], log_odds, probability, find_turns(log_odds), one_pass)


def _places(classifier: Classifier, read: int) -> int:
    """How many prefixes are read: their mean length is half of the text's."""
    affordable = int(SECONDS * classifier.tokens_a_second / (read / 2))
    return max(1, min(read, MOST_PLACES, max(affordable, 8)))


def find_turns(log_odds: np.ndarray, holds: int = HOLDS) -> np.ndarray:
    """Places [turns] int64 at which the verdict turns, without those that it takes back within `holds` places.

    log_odds: [places] of positive; 0 is not positive, and a place that is not a number has no verdict.
    """
    places = np.flatnonzero(np.isfinite(log_odds))
    if not len(places):
        return places
    positive = log_odds[places] > 0
    starts = np.concatenate([[0], np.flatnonzero(positive[1:] != positive[:-1]) + 1])
    lasts = np.diff(np.concatenate([starts, [len(places)]])) >= holds
    lasts[-1] = True
    starts = starts[lasts]
    verdicts = positive[starts]
    return places[starts[1:][verdicts[1:] != verdicts[:-1]]]
