"""The results of a classifier, for one text and for a split. Needs no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sentiment_core.classifiers.labels import NEGATIVE, NEUTRAL, POSITIVE
from sentiment_core.runs.scores import Scores


@dataclass(frozen=True)
class Prediction:
    """One classifier's judgement of one text."""

    logit: float  # log-odds of positive against negative
    length: int  # tokens in the text
    read: int  # tokens read, at most the classifier's max_length
    unknown: int  # tokens read that the vocabulary lacks
    words: int  # words made of letters among the tokens read
    known_words: int  # those of `words` whose tokens are all in the vocabulary
    milliseconds: float  # from text to logit; the mean if several texts are judged at once
    neutral: float = 0.0  # probability of neutral, 0 to 1; 0 for a classifier without such a label

    @property
    def probability(self) -> float:
        """Probability of positive, 0 to 1."""
        return (1 - self.neutral) * self._odds_share

    @property
    def _odds_share(self) -> float:
        """Probability of positive, given that the text is not neutral."""
        return 1 / (1 + math.exp(-self.logit)) if self.logit > -700 else 0.0

    @property
    def place(self) -> float:
        """Position between certainly negative, 0, and certainly positive, 1. Neutral counts half to each side."""
        return self.probability + self.neutral / 2

    @property
    def verdict(self) -> str:
        """The most probable side: positive, negative or neutral."""
        if self.neutral > (1 - self.neutral) * max(self._odds_share, 1 - self._odds_share):
            return NEUTRAL
        return POSITIVE if self.logit > 0 else NEGATIVE

    @property
    def undecided(self) -> bool:
        """Whether the position is displayed as 50.0%. A verdict would then claim more than the number beside it."""
        return self.verdict != NEUTRAL and f"{self.place:.3f}" == "0.500"

    @property
    def told(self) -> str:
        """The verdict that a reader sees: positive, negative, neutral or undecided."""
        return "undecided" if self.undecided else self.verdict

    @property
    def margin(self) -> float:
        """Distance of the position from 50%, 0 to 0.5."""
        return abs(self.place - 0.5)

    @property
    def blind(self) -> bool:
        """Whether no word that was read is known. The verdict then says nothing about the text.

        A known punctuation mark does not count as a word.
        """
        return self.unknown == self.read or (self.words > 0 and self.known_words == 0)


@dataclass(frozen=True)
class Evaluation:
    """A classifier's results on a split."""

    scores: Scores
    loss: float  # mean binary cross-entropy, nats per review
    seconds: float

    @property
    def accuracy(self) -> float:
        return self.scores.accuracy

    @property
    def neutral(self) -> float:
        """Share of reviews judged neutral, which count as not right."""
        return 0.0 if self.scores.neutral is None else float(self.scores.neutral.mean())
