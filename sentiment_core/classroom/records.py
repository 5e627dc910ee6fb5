"""What a class is made of: questions, votes, and what is counted. No student has a name here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["lobby", "voting", "closed", "verdicts", "truth", "results", "ended"]
Phase = Stage | Literal["following"]
Source = Literal["script", "own", "test", "disagreement"]

SURE = 4  # steps of how sure a vote is, from a guess to certain
STATED = (1 / 2, 2 / 3, 5 / 6, 1.0)  # by step, the probability of being right that a vote states; evenly spaced
LONGEST_TEXT = 4000  # characters of a question
MOST_QUESTIONS = 100  # of a class
MOST_VERDICTS = 12  # of a question


class RefusedError(Exception):
    """What a phone asked cannot be done. `reason` is a code, which the phone words in its own language."""

    def __init__(self, reason: Literal["no-seat", "full", "ended", "late", "other-question", "bad-request"]) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Verdict:
    """What a model says of a question."""

    run: str  # the model's name
    probability: float  # of positive, 0 to 1


@dataclass(frozen=True)
class Question:
    """A review that a class judges."""

    id: str  # unique in its class
    text: str
    source: Source
    truth: int | None  # 1 positive, 0 negative, None where nobody knows
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True)
class Vote:
    """What one phone says of a question."""

    question: str  # its id
    positive: bool
    sure: int  # 1, a guess, to SURE, certain

    @property
    def probability(self) -> float:
        """The probability of positive that the vote states, by STATED."""
        stated = STATED[self.sure - 1]
        return stated if self.positive else 1 - stated


@dataclass(frozen=True)
class Tally:
    """The votes on a question at one moment."""

    positive: tuple[int, ...]  # [SURE] votes by how sure they are, a guess first
    negative: tuple[int, ...]  # [SURE]
    joined: int  # phones that have a seat

    @property
    def votes(self) -> int:
        """Votes in all."""
        return sum(self.positive) + sum(self.negative)


def count_votes(votes: list[Vote], joined: int) -> Tally:
    """Count votes on one question."""
    counts = {side: [0] * SURE for side in (True, False)}
    for vote in votes:
        counts[vote.positive][vote.sure - 1] += 1
    return Tally(tuple(counts[True]), tuple(counts[False]), joined)
