"""A class: what the teacher leads, what phones send, and what either may see.

Every change is an event. It is written to the class's log before it counts, and a server that starts again reads the
log and has the same class. The methods are safe for threads: pages and routes call them at once.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sentiment_core.classroom.records import (
    LONGEST_TEXT,
    MOST_QUESTIONS,
    MOST_VERDICTS,
    SURE,
    Phase,
    Question,
    RefusedError,
    Stage,
    Tally,
    Vote,
    count_votes,
)
from sentiment_core.errors import ClassError
from sentiment_core.storage.typed_json import from_json, to_json

MOST_SEATS = 500  # phones of a class, where nothing else is asked for
LONGEST_VIEW = 2000  # characters of an address

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
_GIVEN_UP = "given up "  # in place of a seat's hash, so that the other seats keep their numbers
_STAGES: dict[str, Stage] = {"close": "closed", "reopen": "voting", "verdicts": "verdicts", "truth": "truth"}


class Classroom:
    """One class. `room.py`'s docstring says how it is kept; `Classes` opens and finds classes."""

    def __init__(
        self,
        class_id: str,
        code: str,
        language: str,
        write: Callable[[Mapping[str, Any]], None],
        most_seats: int = MOST_SEATS,
        rewrite: Callable[[Callable[[Mapping[str, Any]], Mapping[str, Any]]], None] = lambda change: None,
    ) -> None:
        """write: appends an event to the log; whatever it raises prevents the change.

        rewrite: replaces each event of the log by what a function makes of it. As `write`.
        """
        self.id, self.code, self.language, self.most_seats = class_id, code, language, most_seats
        self.on_news: Callable[[], None] = lambda: None  # called when phones have something new to show
        self.on_count: Callable[[], None] = lambda: None  # called when only the numbers for the teacher have changed
        self._write, self._rewrite = write, rewrite
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

    # What there is to see

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
        return sum(not name.startswith(_GIVEN_UP) for name in self._seats)

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

    # What the teacher does

    def ask(self, question: Question) -> None:
        """Show a question and open its votes. Raises ClassError."""
        if not 0 < len(question.text.strip()) <= LONGEST_TEXT:
            raise ClassError("A question has 1 to {most} characters.", most=LONGEST_TEXT)
        if len(question.verdicts) > MOST_VERDICTS:
            raise ClassError("At most {most} models give a verdict.", most=MOST_VERDICTS)
        with self._lock:
            if len(self._questions) >= MOST_QUESTIONS:
                raise ClassError("A class has at most {most} questions. Open another one.", most=MOST_QUESTIONS)
            if question.id in self._questions:
                raise ClassError("This question was asked already.")
            self._do("ask", question=to_json(question))

    def close_votes(self) -> None:
        """End the votes on the current question."""
        self._do("close")

    def reopen_votes(self) -> None:
        """Let the class vote on, before it has seen a verdict."""
        self._do("reopen")

    def show_verdicts(self) -> None:
        """Show what the models say. Raises ClassError if none says anything."""
        if self.question is not None and not self.question.verdicts:
            raise ClassError("No model has a verdict on this question.")
        self._do("verdicts")

    def show_truth(self) -> None:
        """Show the label. Raises ClassError if it is not known."""
        if self.question is not None and self.question.truth is None:
            raise ClassError("The label of this question is not known.")
        self._do("truth")

    def show_results(self) -> None:
        """Show how the class compares with the models over all questions. It shows the truth about each."""
        self._do("results")

    def leave_results(self) -> None:
        """Go back to what was shown before the results."""
        self._do("leave-results")

    def skip(self) -> None:
        """Take the current question back: it and its votes count nowhere."""
        self._do("skip")

    def follow(self, view: str | None) -> None:
        """Lead all phones to an address of the app, relative to its base; None lets them go. Checked by the caller."""
        if view is not None and len(view) > LONGEST_VIEW:
            raise ClassError("This view's address is too long to be shown on phones.")
        if view != self._view:
            self._do("follow", view=view)

    def end(self) -> None:
        """Nothing is shown or counted any more. `Classes.end` also deletes the class."""
        if self._stage != "ended":
            self._do("end")

    def add_teacher(self, visitor: str) -> None:
        """Let a visitor lead the class."""
        if visitor and visitor not in self._teachers:
            self._do("teacher", visitor=visitor)

    def is_teacher(self, visitor: str) -> bool:
        """Whether a visitor leads the class."""
        return bool(visitor) and visitor in self._teachers

    # What phones do

    def join(self, secret: str | None = None) -> str:
        """Take a seat. secret: that of the phone, which finds its seat again. Returns the secret of the seat.

        Raises RefusedError if the class has ended or is full.
        """
        with self._lock:
            if secret and _hashed(secret) in self._seats:
                return secret
            if self._stage == "ended":
                raise RefusedError("ended")
            if self.joined >= self.most_seats:
                raise RefusedError("full")
            made = secrets.token_urlsafe(24)
            self._do("join", seat=_hashed(made))
            return made

    def seat(self, secret: str | None) -> int | None:
        """The number of the seat with this secret; None if there is none."""
        return self._seats.get(_hashed(secret)) if secret else None

    def vote(self, secret: str | None, vote: Vote) -> None:
        """Count a vote in place of an earlier one on the same question.

        Raises RefusedError without a seat, or if the question is another one or its votes are not open.
        """
        with self._lock:
            seat = self.seat(secret)
            if seat is None:
                raise RefusedError("no-seat")
            if not 1 <= vote.sure <= SURE:
                raise RefusedError("bad-request")
            if vote.question != self._current:
                raise RefusedError("other-question")
            if self._stage != "voting":
                raise RefusedError("late")
            if self._votes[vote.question].get(seat) != vote:
                self._do("vote", seat=seat, vote=to_json(vote))

    def leave(self, secret: str | None) -> None:
        """Give up a seat: its votes count no longer, and nothing of it is kept. Raises ClassError or OSError."""
        with self._lock:
            number = self.seat(secret)
            if number is None:
                return
            known, nobody = _hashed(str(secret)), f"{_GIVEN_UP}{number}"

            def without(event: Mapping[str, Any]) -> Mapping[str, Any]:
                if event.get("kind") == "vote" and event.get("seat") == number:
                    return {"kind": "nothing"}
                return {**event, "seat": nobody} if event.get("seat") == known else event

            self._rewrite(without)
            self._seats = {nobody if name == known else name: seat for name, seat in self._seats.items()}
            for votes in self._votes.values():
                votes.pop(number, None)
            self._do("nothing")

    # How it is kept

    def restore(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Have the state after these events. An event that does not fit is left out."""
        for event in events:
            try:
                self._apply(event)
            except (KeyError, TypeError, ValueError, IndexError):
                continue

    def _do(self, kind: str, **values: Any) -> None:
        with self._lock:
            if kind in _FROM and self._stage not in _FROM[kind]:
                raise ClassError("The class has gone on meanwhile. Look at the projector and try again.")
            if self._stage == "ended":
                raise ClassError("This class has ended.")
            event = {"kind": kind, **values}
            self._write(event)
            is_news = self._apply(event)
        (self.on_news if is_news else self.on_count)()

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


def _hashed(secret: str) -> str:
    """What is kept of a secret. It has 24 random bytes, so a plain hash cannot be turned back."""
    return hashlib.sha256(f"seat:{secret}".encode()).hexdigest()
