"""What a classifier says about a text and about a split. Needs no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sentiment_core.classifiers.labels import NEGATIVE, NEUTRAL, POSITIVE
from sentiment_core.messages.numbers import percent
from sentiment_core.runs.scores import Scores


@dataclass(frozen=True)
class Prediction:
    """One classifier's judgement of one text."""

    logit: float  # log-odds of positive against negative
    length: int  # tokens in the text
    read: int  # tokens read of it, at most the classifier's max_length
    unknown: int  # of those read, tokens that the vocabulary lacks
    words: int  # of letters, among those tokens
    known_words: int  # of these, those whose every token the vocabulary has
    milliseconds: float  # from text to logit; for several texts at once, their mean
    neutral: float = 0.0  # probability of neither, 0 to 1; 0 for a classifier that has no such label

    @property
    def probability(self) -> float:
        """Of being positive, 0 to 1."""
        return (1 - self.neutral) * self._odds_share

    @property
    def _odds_share(self) -> float:
        """Probability of positive where it is either positive or negative."""
        return 1 / (1 + math.exp(-self.logit)) if self.logit > -700 else 0.0

    @property
    def place(self) -> float:
        """Where it stands between surely negative, 0, and surely positive, 1: what is neutral counts half to each."""
        return self.probability + self.neutral / 2

    @property
    def verdict(self) -> str:
        """The most probable side: positive, negative or neutral."""
        if self.neutral > (1 - self.neutral) * max(self._odds_share, 1 - self._odds_share):
            return NEUTRAL
        return POSITIVE if self.logit > 0 else NEGATIVE

    @property
    def undecided(self) -> bool:
        """Whether its place reads 50.0%, so that positive or negative would claim more than the figure beside it."""
        return self.verdict != NEUTRAL and percent(self.place) == percent(0.5)

    @property
    def told(self) -> str:
        """The verdict as a reader is told it: positive, negative, neutral or undecided."""
        return "undecided" if self.undecided else self.verdict

    @property
    def margin(self) -> float:
        """How far its place lies from a coin toss, 0 to 0.5."""
        return abs(self.place - 0.5)

    @property
    def blind(self) -> bool:
        """Whether no word read is known, so that the verdict says nothing about the text.

        A full stop, known as it may be, does not count.
        """
        return self.unknown == self.read or (self.words > 0 and self.known_words == 0)


@dataclass(frozen=True)
class Evaluation:
    """A split as a classifier judges it."""

    scores: Scores
    loss: float  # mean binary cross-entropy, nats a review
    seconds: float
    neutral: float = 0.0  # share of the reviews that it judges neutral; its scores take the more probable other side

    @property
    def accuracy(self) -> float:
        return self.scores.accuracy
