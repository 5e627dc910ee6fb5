"""A class for tests: three questions, five phones."""

from collections.abc import Callable

import pytest

from sentiment_core.classroom.records import Question, Verdict, Vote
from sentiment_core.classroom.room import Classroom


def question(name: str, truth: int | None = 1, **verdicts: float) -> Question:
    """A question whose text is its name. verdicts: probability of positive by model."""
    given = tuple(Verdict(run, probability) for run, probability in verdicts.items())
    return Question(name, f"the {name} review", "own", truth, given)


@pytest.fixture
def log() -> list[dict]:
    """What the class of this test has written."""
    return []


@pytest.fixture
def room(log: list[dict]) -> Classroom:
    """A class that has just been opened."""
    return Classroom("0" * 32, "K7M2QX", "en", lambda event: log.append(dict(event)))


@pytest.fixture
def answer(room: Classroom) -> Callable[..., None]:
    """Ask a question, vote with some phones, and close. votes: +3 is a positive vote of step 3, -1 a negative guess."""
    secrets: list[str] = []

    def run(asked: Question, *votes: int) -> None:
        room.ask(asked)
        while len(secrets) < len(votes):
            secrets.append(room.join())
        for secret, vote in zip(secrets, votes, strict=False):
            if vote:
                room.vote(secret, Vote(asked.id, vote > 0, abs(vote)))
        room.close_votes()

    return run
