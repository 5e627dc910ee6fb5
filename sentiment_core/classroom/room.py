"""A class: what the teacher leads, what phones send, and what either may see.

Every change is an event. It is written to the class's log before it counts, and a server that starts again reads the
log and has the same class. The methods are safe for threads: pages and routes call them at once.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from sentiment_core.classroom.records import (
    LONGEST_TEXT,
    MOST_QUESTIONS,
    MOST_VERDICTS,
    SURE,
    Question,
    RefusedError,
    Vote,
)
from sentiment_core.classroom.state import GIVEN_UP, ClassState
from sentiment_core.errors import ClassError
from sentiment_core.storage.typed_json import to_json

MOST_SEATS = 500  # phones of a class, where nothing else is asked for
LONGEST_VIEW = 2000  # characters of an address


class Classroom(ClassState):
    """One class: what the teacher and the phones may do with its state. `Classes` opens and finds classes."""

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
        super().__init__()
        self.id, self.code, self.language, self.most_seats = class_id, code, language, most_seats
        self.on_news: Callable[[], None] = lambda: None  # called when phones have something new to show
        self.on_count: Callable[[], None] = lambda: None  # called when only the numbers for the teacher have changed
        self._write, self._rewrite = write, rewrite

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
            known, nobody = _hashed(str(secret)), f"{GIVEN_UP}{number}"

            def without(event: Mapping[str, Any]) -> Mapping[str, Any]:
                if event.get("kind") == "vote" and event.get("seat") == number:
                    return {"kind": "nothing"}
                return {**event, "seat": nobody} if event.get("seat") == known else event

            self._rewrite(without)
            self._seats = {nobody if name == known else name: seat for name, seat in self._seats.items()}
            for votes in self._votes.values():
                votes.pop(number, None)
            self._do("nothing")

    def _do(self, kind: str, **values: Any) -> None:
        with self._lock:
            self._check_stage(kind)
            event = {"kind": kind, **values}
            self._write(event)
            is_news = self._apply(event)
        (self.on_news if is_news else self.on_count)()


def _hashed(secret: str) -> str:
    """What is kept of a secret. It has 24 random bytes, so a plain hash cannot be turned back."""
    return hashlib.sha256(f"seat:{secret}".encode()).hexdigest()
