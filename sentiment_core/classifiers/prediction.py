"""What a classifier says about a text and about a split. Needs no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sentiment_core.messages.numbers import percent
from sentiment_core.runs.reading import Scores


@dataclass(frozen=True)
class Prediction:
    """One network's judgement of one text."""

    logit: float  # log-odds of positive
    length: int  # tokens in the text
    read: int  # tokens read of it, at most the run's max_length
    unknown: int  # of those read, tokens that the vocabulary lacks
    words: int  # of letters, among those tokens
    known_words: int  # of these, those whose every token the vocabulary has
    milliseconds: float  # from text to logit; for several texts at once, their mean

    @property
    def probability(self) -> float:
        """Of being positive, 0 to 1."""
        return 1 / (1 + math.exp(-self.logit)) if self.logit > -700 else 0.0

    @property
    def verdict(self) -> str:
        return "positive" if self.logit > 0 else "negative"

    @property
    def undecided(self) -> bool:
        """Whether the probability reads 50.0 %, so that a verdict would claim more than the figure beside it."""
        return percent(self.probability) == percent(0.5)

    @property
    def told(self) -> str:
        """The verdict as a reader is told it: positive, negative or undecided."""
        return "undecided" if self.undecided else self.verdict

    @property
    def margin(self) -> float:
        """How far the probability lies from a coin toss, 0 to 0.5."""
        return abs(self.probability - 0.5)

    @property
    def blind(self) -> bool:
        """Whether no word read is known, so that the verdict says nothing about the text.

        A full stop, known as it may be, does not count.
        """
        return self.unknown == self.read or (self.words > 0 and self.known_words == 0)


@dataclass(frozen=True)
class Evaluation:
    """A split as a run judges it."""

    scores: Scores
    loss: float  # mean binary cross-entropy, nats a review
    seconds: float

    @property
    def accuracy(self) -> float:
        return self.scores.accuracy
