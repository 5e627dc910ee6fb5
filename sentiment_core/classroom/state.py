"""The state of a class, as the events of its log lead to it.

The methods are safe for threads: pages and routes call them at once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from sentiment_core.classroom.records import Phase, Question, Stage, Tally, Vote, count_votes
from sentiment_core.errors import ClassError
from sentiment_core.storage.typed_json import from_json

GIVEN_UP = "given up "  # in place of a seat's hash, so that the other seats keep their numbers

# From which stages the teacher may go on to each. Another question may be asked at any time but while votes are open.
_FROM: dict[str, frozenset[str]] = {
    "ask": frozenset({"lobby", "closed", "verdicts", "truth", "results"}),
    "close": frozenset({"voting"}),
    "reopen": frozenset({"closed"}),
    "verdicts": frozenset({"closed"}),
    "truth": frozenset({"closed", "verdicts"}),
    "results": frozenset({"lobby", "closed", "verdicts", "truth"}),
    "leave-results": frozenset({"results"}),
    "skip": frozenset({"voting", "closed", "verdicts", "truth"}),
}
_STAGES: dict[str, Stage] = {"close": "closed", "reopen": "voting", "verdicts": "verdicts", "truth": "truth"}


class ClassState:
    """What a class is about and how far it is, who takes part, and the votes."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._version = self._news = 0
        self._stage: Stage = "lobby"
        self._before_results: Stage = "lobby"
        self._view: str | None = None
        self._questions: dict[str, Question] = {}
        self._skipped: set[str] = set()
        self._closed: set[str] = set()
        self._revealed: set[str] = set()
        self._current: str | None = None
        self._seats: dict[str, int] = {}  # by the hash of a seat's secret; one that was given up has no hash
        self._votes: dict[str, dict[int, Vote]] = {}  # by question and seat
        self._teachers: set[str] = set()  # visitors' ids

    @property
    def version(self) -> int:
        """Grows with every change."""
        return self._version

    @property
    def news_version(self) -> int:
        """The version at the last change that phones show."""
        return self._news

    @property
    def stage(self) -> Stage:
        """How far the class is, also while phones follow a view."""
        return self._stage

    @property
    def phase(self) -> Phase:
        """What phones show: the stage, or that they follow the teacher's view."""
        return "following" if self._view is not None and self._stage != "ended" else self._stage

    @property
    def view(self) -> str | None:
        """The address that phones follow, relative to the app's base."""
        return self._view

    @property
    def question(self) -> Question | None:
        """The question that was asked last; None in the lobby."""
        return self._questions.get(self._current or "")

    @property
    def number(self) -> int:
        """The place of the current question among those that count, from 1; 0 without one."""
        names = [question.id for question in self.questions]
        return names.index(self._current) + 1 if self._current in names else 0

    @property
    def joined(self) -> int:
        """Phones that have a seat."""
        return sum(not name.startswith(GIVEN_UP) for name in self._seats)

    @property
    def questions(self) -> list[Question]:
        """The questions in their order, without those that were skipped."""
        with self._lock:
            return [question for name, question in self._questions.items() if name not in self._skipped]

    @property
    def asked_texts(self) -> set[str]:
        """The texts of all questions, also of those that were skipped."""
        with self._lock:
            return {question.text for question in self._questions.values()}

    def judged(self) -> list[tuple[Question, dict[int, Vote]]]:
        """The questions whose votes are closed, in order, each with its votes by seat."""
        with self._lock:
            return [
                (question, dict(self._votes.get(question.id, {})))
                for question in self.questions
                if question.id in self._closed
            ]

    def tally(self, question: str | None = None) -> Tally:
        """The votes on a question, by default the current one."""
        with self._lock:
            name = self._current if question is None else question
            return count_votes(list(self._votes.get(name or "", {}).values()), self.joined)

    def votes_of(self, seat: int) -> list[Vote]:
        """The votes of a seat, in the order of the questions."""
        with self._lock:
            return [votes[seat] for votes in (self._votes.get(name, {}) for name in self._questions) if seat in votes]

    def is_revealed(self, question: str) -> bool:
        """Whether the class has seen the truth about a question."""
        return question in self._revealed

    def restore(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Have the state after these events. An event that does not fit is left out."""
        for event in events:
            try:
                self._apply(event)
            except (KeyError, TypeError, ValueError, IndexError):
                continue

    def _check_stage(self, kind: str) -> None:
        """Raise ClassError for an event that does not fit the stage."""
        if kind in _FROM and self._stage not in _FROM[kind]:
            raise ClassError("The class has gone on meanwhile. Look at the projector and try again.")
        if self._stage == "ended":
            raise ClassError("This class has ended.")

    def _apply(self, event: Mapping[str, Any]) -> bool:
        """Change the state by an event. Returns whether phones show the change."""
        kind, current = event["kind"], self._current or ""
        if kind == "join":
            self._seats.setdefault(str(event["seat"]), len(self._seats))
        elif kind == "teacher":
            self._teachers.add(str(event["visitor"]))
        elif kind == "nothing":  # in place of what was deleted
            pass
        elif kind == "vote":
            vote = from_json(Vote, event["vote"])
            self._votes[vote.question][int(event["seat"])] = vote
        else:
            self._lead(kind, current, event)
            self._news = self._version + 1
        self._version += 1
        return self._news == self._version

    def _lead(self, kind: str, current: str, event: Mapping[str, Any]) -> None:
        """Change the state by what the teacher did."""
        if kind == "ask":
            question = from_json(Question, event["question"])
            self._questions[question.id], self._votes[question.id] = question, {}
            self._current, self._stage, self._view = question.id, "voting", None
            return
        if kind == "follow":
            self._view = event["view"]
            return
        if kind == "results":
            self._before_results, self._stage = self._stage, "results"
            self._revealed |= self._closed
        elif kind == "leave-results":
            self._stage = self._before_results
        elif kind == "skip":
            self._skipped.add(current)
            self._closed.discard(current)
            self._current, self._stage = None, "lobby"
        elif kind == "end":
            self._stage = "ended"
        else:
            self._stage = _STAGES[kind]
        if kind == "close":
            self._closed.add(current)
        elif kind == "reopen":
            self._closed.discard(current)
        elif kind == "truth":
            self._revealed.add(current)
        self._view = None  # who goes on with the lesson shows the lesson
