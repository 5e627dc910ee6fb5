"""What browsers follow of a running job: two routes of the server beside the pages, for GET alone.

live/<id>/events?after=N                      events of the log after the first N, and what the job does
live/<id>/drift?run=R&fit=F&basis=B&after=S   frames of network R after step S, see `pack_moments`

Who knows the id of a job may look at it. Nothing here lists jobs. Routes have no session, so they cost no rerun.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.url_util import make_url_path

from pages.shared.live_answers import LiveJob
from pages.shared.resources import live_runs
from sentiment_core.analysis.drift.live import FITS
from sentiment_core.errors import SentimentError
from sentiment_core.jobs.layout import ID, REQUEST, training_folder

MOST_JOBS = 16  # held in memory, the last ones asked for
_NUMBER = re.compile(r"-?\d{1,12}", re.ASCII)
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class _Followed:
    """A job that browsers follow, and the lock that lets one of them look at its folder at a time."""

    def __init__(self, root: Path, job_id: str) -> None:
        self.job, self.lock = LiveJob(root, job_id), asyncio.Lock()


_followed: OrderedDict[tuple[Path, str], _Followed] = OrderedDict()


def live_routes() -> list[Route]:
    """The routes, below the base path of the server."""
    base = config.get_option("server.baseUrlPath")
    return [
        Route(make_url_path(base, "live/{job}/events"), _events, methods=["GET"]),
        Route(make_url_path(base, "live/{job}/drift"), _drift, methods=["GET"]),
    ]


async def _events(request: Request) -> Response:
    after = _number(request, "after", 0)
    if after is None or after < 0:
        return _refuse(400, "bad-query")
    return await _answer(request, ("events", after), lambda job: job.events(after), "application/json")


async def _drift(request: Request) -> Response:
    numbers = [_number(request, name, usual) for name, usual in (("run", 0), ("basis", 0), ("after", -1))]
    fit = request.query_params.get("fit", FITS[0])
    if None in numbers or fit not in FITS:
        return _refuse(400, "bad-query")
    run, basis, after = (max(number or 0, -1) for number in numbers)
    key = ("drift", run, fit, max(basis, 0), after)
    return await _answer(
        request, key, lambda job: job.drift(run, fit, max(basis, 0), after), "application/octet-stream"
    )


async def _answer(
    request: Request, key: tuple[object, ...], make: Callable[[LiveJob], bytes | None], kind: str
) -> Response:
    job_id = request.path_params["job"]
    if not ID.fullmatch(job_id) or not (training_folder(live_runs(), job_id) / REQUEST).exists():
        return _refuse(404, "unknown-job")  # before it is held: made-up ids do not push out jobs that are followed
    followed = _follow(live_runs(), job_id)
    packed = followed.job.kept(key) if followed.job.fresh else None
    if packed is None:
        async with followed.lock:
            packed = followed.job.kept(key) if followed.job.fresh else None
            if packed is None:
                try:
                    there, packed = await run_in_threadpool(_look, followed.job, key, make)
                except SentimentError:
                    there, packed = True, None
                if not there:
                    _followed.pop((live_runs(), job_id), None)
                    return _refuse(404, "unknown-job")
    if packed is None:
        return _refuse(404, "no-frames")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return Response(packed, media_type=kind, headers=_HEADERS | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type=kind, headers=_HEADERS)


def _look(job: LiveJob, key: tuple[object, ...], make: Callable[[LiveJob], bytes | None]) -> tuple[bool, bytes | None]:
    """Whether the job is there, and the answer about it. Runs in a thread, because it reads files and computes."""
    if not job.look():
        return False, None
    return True, job.kept(key) or make(job)


def _follow(root: Path, job_id: str) -> _Followed:
    """What is held of a job. The one that nobody asked for longest makes room."""
    place = root, job_id
    if place not in _followed:
        _followed[place] = _Followed(root, job_id)
    _followed.move_to_end(place)
    while len(_followed) > MOST_JOBS:
        _followed.popitem(last=False)
    return _followed[place]


def _number(request: Request, name: str, usual: int) -> int | None:
    text = request.query_params.get(name, str(usual))
    return int(text) if _NUMBER.fullmatch(text) else None


def _refuse(status: int, reason: str) -> Response:
    return JSONResponse({"error": reason}, status, headers=_HEADERS)
