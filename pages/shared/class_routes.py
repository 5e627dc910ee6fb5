"""What phones and the projector ask about a class. Routes have no session, so a vote costs no rerun.

POST join/<code>/seat            gives a seat: a random cookie for this class. The same phone gets the same seat again
GET  join/<code>/state?after=V   what all phones show; answers once it has changed after version V, or in 25 seconds. It
                                 needs a seat: so a code alone shows no review, and a class has no more questions open
                                 than it has seats
POST join/<code>/vote            {question, positive, sure}; a second vote on a question takes the place of the first
GET  join/<code>/mine            this phone's own votes, how often they were right, and the number of its seat
GET  class/<code>/tally?after=V  what the teacher's page shows; answers as `state` does, four times a second at most
GET  class/<code>/export.csv     questions, votes and verdicts, for the teacher; export.html is the same as a report
GET  class/<code>/results.csv    the class beside each model

A refusal is {"error": code}. An address with many wrong codes is slowed down: see `sentiment_core.classroom.codes`.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.url_util import make_url_path

from pages.shared.class_waits import bell_of, drop_bells
from pages.shared.classes import classes
from pages.shared.security_rates import network_of
from pages.shared.visitors import Handshake, visitor_of
from sentiment_core.classroom.codes import CODE, SLOW, WrongCodes
from sentiment_core.classroom.export import class_csv, class_html, results_csv
from sentiment_core.classroom.records import RefusedError, Vote
from sentiment_core.classroom.room import Classroom
from sentiment_core.classroom.shown import phone_state, teacher_numbers
from sentiment_core.classroom.statistics import score
from sentiment_core.errors import ClassError

TEACHER_KEY = "X-Class-Key"  # header with the teacher's key, for a browser without cookies
SEAT_COOKIE = "sentiment_seat_"  # and the code of the class
_LARGEST = 2048  # bytes of what a phone sends
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_STATUS = {"no-seat": 403, "full": 409, "ended": 410, "late": 409, "other-question": 409, "bad-request": 400}

_wrong = WrongCodes()
_sleep = asyncio.sleep
_bodies: dict[str, tuple[int, bytes]] = {}  # by the class's id: the last state and its version


class _Refused(Exception):
    """An answer that says no."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.answer = JSONResponse({"error": reason}, status, headers=_HEADERS | headers)


def class_routes() -> list[Route]:
    """The routes, below the base path of the server."""
    base = config.get_option("server.baseUrlPath")
    answers = {
        "join/{code}/seat": ("POST", _seat),
        "join/{code}/state": ("GET", _state),
        "join/{code}/vote": ("POST", _vote),
        "join/{code}/mine": ("GET", _mine),
        "class/{code}/tally": ("GET", _tally),
        "class/{code}/export.csv": ("GET", _export_csv),
        "class/{code}/export.html": ("GET", _export_html),
        "class/{code}/results.csv": ("GET", _results_csv),
    }
    return [
        Route(make_url_path(base, path), _refusing(answer), methods=[method])
        for path, (method, answer) in answers.items()
    ]


def _refusing(answer: Any) -> Any:
    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except _Refused as refused:
            return refused.answer
        except RefusedError as refused:
            return _Refused(_STATUS[refused.reason], refused.reason).answer
        except (ClassError, OSError):  # the class ended in this moment, or its folder cannot be written
            return _Refused(503, "not-now").answer

    return answered


async def _seat(request: Request) -> Response:
    room = await _room(request)
    await _body(request)
    known = _secret(request)
    secret = await run_in_threadpool(room.join, known)
    answer = JSONResponse({"joined": True}, headers=_HEADERS)
    if secret != known:
        answer.set_cookie(
            SEAT_COOKIE + room.code,
            secret,
            max_age=int(3600 * classes().hours),
            path="/",  # a proxy may add a prefix that the server does not know
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
    return answer


async def _state(request: Request) -> Response:
    room, _ = await _seated(request)
    await bell_of(room).news(_after(request))
    version, body = _bodies.get(room.id, (-1, b""))
    if version != room.news_version:
        version, body = room.news_version, json.dumps(phone_state(room), ensure_ascii=False).encode()
        if room.stage != "ended":
            _bodies[room.id] = version, body
    return Response(body, media_type="application/json", headers=_HEADERS)


async def _vote(request: Request) -> Response:
    room = await _room(request)
    sent = await _body(request)
    match sent:
        case {"question": str(question), "positive": bool(positive), "sure": int(sure)} if type(sure) is int:
            vote = Vote(question, positive, sure)
        case _:
            raise _Refused(400, "bad-request")
    await run_in_threadpool(room.vote, _secret(request), vote)
    return JSONResponse({"counted": True}, headers=_HEADERS)


async def _mine(request: Request) -> Response:
    room, seat = await _seated(request)
    votes = room.votes_of(seat)
    truths = {question.id: question.truth for question in room.questions}
    own = score(votes, truths, {name for name in truths if room.is_revealed(name)})
    steps = [{"sure": at + 1, "right": right, "of": of} for at, (right, of) in enumerate(own.steps)]
    shown = [{"question": vote.question, "positive": vote.positive, "sure": vote.sure} for vote in votes]
    of_phone = {"votes": shown, "score": {"right": own.right, "of": own.of, "steps": steps}, "seat": seat}
    return JSONResponse(of_phone, headers=_HEADERS)


async def _tally(request: Request) -> Response:
    room = await _led_room(request)
    await bell_of(room).count(_after(request))
    return JSONResponse(teacher_numbers(room), headers=_HEADERS)


async def _export_csv(request: Request) -> Response:
    room = await _led_room(request)
    return _file(await run_in_threadpool(class_csv, room), "text/csv; charset=utf-8", "class.csv")


async def _export_html(request: Request) -> Response:
    room = await _led_room(request)
    return _file((await run_in_threadpool(class_html, room)).encode(), "text/html; charset=utf-8", "class.html")


async def _results_csv(request: Request) -> Response:
    room = await _led_room(request)
    return _file(await run_in_threadpool(results_csv, room), "text/csv; charset=utf-8", "class-results.csv")


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = _HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


async def _seated(request: Request) -> tuple[Classroom, int]:
    """The class in which a phone has a seat, and the seat's number. Raises _Refused."""
    room = await _room(request)
    seat = room.seat(_secret(request))
    if seat is None:
        raise _Refused(403, "no-seat")
    return room, seat


async def _room(request: Request) -> Classroom:
    """The class that a phone asks for. Raises _Refused; a code that no class has counts as wrong."""
    code, address = request.path_params["code"], network_of(request.client.host if request.client else None)
    _forget_ended()
    room = _find(code)
    if room is not None and room.seat(_secret(request)) is not None:
        return room  # who has a seat is never slowed down
    if _wrong.is_slow(address):
        with _wrong.waiting(address) as has_place:
            if not has_place:
                raise _Refused(429, "too-many", **{"Retry-After": str(int(SLOW))})
            await _sleep(SLOW)
        room = _find(code)
    if room is None and classes().has_ended(code):
        raise _Refused(410, "ended")
    if room is None:
        _wrong.add(address)
        raise _Refused(404, "unknown-code")
    return room


def _find(code: str) -> Classroom | None:
    return classes().find(code) if CODE.fullmatch(code) else None


def _forget_ended() -> None:
    """Keep nothing of classes that are over."""
    living = {room.id for room in classes().all()}
    drop_bells(living)
    for class_id in set(_bodies) - living:
        del _bodies[class_id]


async def _led_room(request: Request) -> Classroom:
    """The class that a teacher asks for. Others are told no more than who guesses a code."""
    code = request.path_params["code"]
    key = request.headers.get(TEACHER_KEY, "")
    room = classes().with_key(code, key) if key else classes().find(code)
    peer = request.client.host if request.client else None
    who = visitor_of(Handshake(request.headers.items(), request.cookies, peer), "")
    if room is None or not (key or room.is_teacher(who.id)):
        await _room(request)  # counts a wrong code
        raise _Refused(403, "not-the-teacher")
    return room


async def _body(request: Request) -> Any:
    """The JSON that a page of this origin has sent. Raises _Refused."""
    if not _is_own(request.headers.get("origin"), request.headers.get("host", "")):
        raise _Refused(403, "other-origin")
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise _Refused(403, "other-origin")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise _Refused(415, "bad-request")
    content = b""
    try:
        async for piece in request.stream():
            content += piece
            if len(content) > _LARGEST:
                raise _Refused(413, "bad-request")
        return json.loads(content)
    except (ValueError, RecursionError, ClientDisconnect):
        raise _Refused(400, "bad-request") from None


def _is_own(origin: str | None, host: str) -> bool:
    """Whether a page of this origin was loaded from this host. Programs that are no browsers send no origin."""
    try:
        return origin is None or urlsplit(origin).netloc == host
    except ValueError:  # no address, such as http://[
        return False


def _secret(request: Request) -> str | None:
    return request.cookies.get(SEAT_COOKIE + request.path_params["code"])


def _after(request: Request) -> int:
    text = request.query_params.get("after", "-1")
    if not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit() or len(text) > 12:
        raise _Refused(400, "bad-request")
    return int(text)
