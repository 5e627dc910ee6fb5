"""All that this server keeps of the visitor whose session runs, and how it is deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from pages.shared import own_data, training_resources, uploads
from pages.shared.class_routes import SEAT_COOKIE
from pages.shared.classes import classes
from pages.shared.folders import live_runs
from pages.shared.uploads import Upload
from pages.shared.visitors import Visitor, handshake_of_session, visitor
from sentiment_core.classroom.room import Classroom
from sentiment_core.errors import ClassError, SentimentError
from sentiment_core.jobs import lottery as lotteries
from sentiment_core.jobs import queue
from sentiment_core.jobs.deleting import delete_jobs
from sentiment_core.jobs.lottery import Lottery, Ticket
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import FileRequest, ScoringRequest
from sentiment_core.jobs.uploads import delete_upload

_LOOK_EVERY = 0.8  # seconds for which all readers share one look at the folders


@dataclass(frozen=True)
class Drawn:
    """A seed that a visitor drew in a lottery."""

    lottery: Lottery
    ticket: Ticket


@dataclass(frozen=True)
class Seat:
    """The seat of this browser in a class, as that of a phone."""

    room: Classroom
    secret: str


@dataclass(frozen=True)
class Kept:
    """All that is on the disk of the server because of one visitor. The newest first."""

    jobs: tuple[Job, ...]
    uploads: tuple[Upload, ...]
    lotteries: tuple[Lottery, ...]
    drawn: tuple[Drawn, ...]
    classes: tuple[Classroom, ...]  # that the visitor leads
    seats: tuple[Seat, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing."""
        return not (self.jobs or self.uploads or self.lotteries or self.drawn or self.classes or self.seats)

    @property
    def ending(self) -> tuple[Job, ...]:
        """Jobs that were cancelled, whose processes still have to end."""
        return tuple(job for job in self.jobs if job.state == State.STOPPING)


def kept() -> Kept:
    """What is kept of this visitor."""
    who, cookies = visitor(), handshake_of_session().cookies
    opened, tickets = _lotteries(live_runs())
    phones = {name.removeprefix(SEAT_COOKIE): cookies[name] for name in cookies if name.startswith(SEAT_COOKIE)}
    seats = [(classes().find(code), secret) for code, secret in phones.items()]
    return Kept(
        jobs=tuple(job for job in reversed(_jobs(live_runs())) if who.owns(job.request.visitor)),
        uploads=tuple(uploads.mine()),
        lotteries=tuple(lottery for lottery in opened if who.owns(lottery.template.visitor)),
        drawn=tuple(one for one in tickets if who.owns(one.ticket.visitor)),
        classes=tuple(room for room in reversed(classes().all()) if room.is_teacher(who.id)),
        seats=tuple(Seat(room, secret) for room, secret in seats if room is not None and room.seat(secret) is not None),
    )


def remove_jobs(jobs: Iterable[Job]) -> None:
    """Delete jobs of this visitor. Those that live are ended first. Raises JobError for what cannot be deleted."""
    _remove_jobs(visitor(), jobs)


def remove_upload(upload: Upload) -> None:
    """Delete a file of this visitor, and the jobs that score it. Raises JobError for a job that cannot be deleted."""
    _remove_upload(visitor(), upload, kept().jobs)


def remove_lottery(lottery: Lottery) -> None:
    """Delete a lottery that this visitor opened; the runs of others stay. Raises JobError."""
    _remove_lottery(visitor(), lottery)


def forget_draw(one: Drawn) -> None:
    """Keep in a lottery no longer that this visitor drew a seed. Raises JobError."""
    _forget_draw(visitor(), one)


def end_class(room: Classroom) -> None:
    """End a class that this visitor leads, and delete all of it."""
    _end_class(visitor(), room)


def leave_class(seat: Seat) -> None:
    """Give up the seat of this browser in a class, with its votes. Raises ClassError if the class is just ending."""
    try:
        seat.room.leave(seat.secret)
    except OSError as error:
        raise ClassError("The votes were not deleted: {reason}. Try again.", reason=error.strerror or error) from error


def remove_all() -> None:
    """Delete all that is kept of this visitor. Goes on behind what fails, and raises the last SentimentError then.

    A script can be interrupted wherever it touches its session, for example by the bar of the class that has just
    ended. So the session is asked at the beginning, and not between two steps.
    """
    who, found, problem = visitor(), kept(), None
    steps: list[Callable[[], None]] = [
        *(partial(_end_class, who, room) for room in found.classes),
        *(partial(leave_class, seat) for seat in found.seats),
        *(partial(_remove_lottery, who, lottery) for lottery in found.lotteries),
        *(partial(_forget_draw, who, one) for one in found.drawn if one.lottery not in found.lotteries),
        partial(_remove_jobs, who, found.jobs),
        *(partial(_remove_upload, who, upload) for upload in found.uploads),
    ]
    for step in steps:
        try:
            step()
        except SentimentError as error:
            problem = error
    if problem is not None:
        raise problem


def _remove_jobs(who: Visitor, jobs: Iterable[Job]) -> None:
    try:
        delete_jobs(live_runs(), [job for job in jobs if who.owns(job.request.visitor)])
    finally:
        look_again()


def _remove_upload(who: Visitor, upload: Upload, jobs: Iterable[Job] = ()) -> None:
    source = str(upload.path.resolve())
    if who.owns(upload.visitor):
        delete_upload(upload)
    own_data.forget()
    scoring = [job for job in jobs if isinstance(job.request, FileRequest) and job.request.source == source]
    _remove_jobs(who, scoring)


def _remove_lottery(who: Visitor, lottery: Lottery) -> None:
    if who.owns(lottery.template.visitor):
        lotteries.delete_lottery(lottery)
    look_again()


def _forget_draw(who: Visitor, one: Drawn) -> None:
    if who.owns(one.ticket.visitor):
        lotteries.forget_visitor(one.lottery, one.ticket)
    look_again()


def _end_class(who: Visitor, room: Classroom) -> None:
    if room.is_teacher(who.id):
        classes().end(room)


def look_again() -> None:
    """Forget what the folders said, because something has just changed."""
    _jobs.clear()
    _lotteries.clear()
    training_resources.look_again()


@st.cache_resource(max_entries=2, ttl=_LOOK_EVERY, show_spinner=False)
def _jobs(root: Path) -> list[Job]:
    """The jobs of all visitors but those that score a corpus, which are nobody's."""
    return [job for job in queue.list_jobs(root) if not isinstance(job.request, ScoringRequest)]


@st.cache_resource(max_entries=2, ttl=_LOOK_EVERY, show_spinner=False)
def _lotteries(root: Path) -> tuple[list[Lottery], list[Drawn]]:
    """All lotteries, and the seeds that were drawn."""
    opened = lotteries.list_lotteries(root)
    return opened, [Drawn(lottery, ticket) for lottery in opened for ticket in lotteries.read_tickets(lottery)]
