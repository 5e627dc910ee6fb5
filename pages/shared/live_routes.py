"""What browsers follow of a running job: a route of the server beside the pages, for GET alone.

live/<id>/news?after=N                           events of the log after the first N, and what the job does
live/<id>/news?after=N&fit=F&bases=B,B&steps=S,S   the same, and frames of each network after step S: see `LiveJob.news`

Who knows the id of a job may look at it. Nothing here lists jobs. Routes have no session, so they cost no rerun.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections import OrderedDict
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
from sentiment_core.jobs.layout import ID, REQUEST, training_folder
from sentiment_core.jobs.requests import MOST_NETWORKS

MOST_JOBS = 16  # held in memory, the last ones asked for
_KIND = "application/octet-stream"
_NUMBER = re.compile(r"-?\d{1,12}", re.ASCII)
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class _Followed:
    """A job that browsers follow, and the lock that lets one of them look at its folder at a time."""

    def __init__(self, root: Path, job_id: str) -> None:
        self.job, self.lock = LiveJob(root, job_id), asyncio.Lock()


_followed: OrderedDict[tuple[Path, str], _Followed] = OrderedDict()


def live_routes() -> list[Route]:
    """The route, below the base path of the server."""
    base = config.get_option("server.baseUrlPath")
    return [Route(make_url_path(base, "live/{job}/news"), _news, methods=["GET"])]


async def _news(request: Request) -> Response:
    asked = request.query_params
    fit = asked.get("fit", FITS[0])
    numbers = [_numbers(asked.get(name, usual)) for name, usual in (("after", "0"), ("bases", ""), ("steps", ""))]
    after, bases, steps = (number or () for number in numbers)
    if None in numbers or fit not in FITS or len(after) != 1 or after[0] < 0 or len(bases) != len(steps):
        return _refuse(400, "bad-query")
    key = after[0], fit, tuple(max(basis, 0) for basis in bases), tuple(max(step, -1) for step in steps)
    return await _answer(request, key)


async def _answer(request: Request, key: tuple[int, str, tuple[int, ...], tuple[int, ...]]) -> Response:
    job_id = request.path_params["job"]
    if not ID.fullmatch(job_id) or not (training_folder(live_runs(), job_id) / REQUEST).exists():
        return _refuse(404, "unknown-job")  # before it is held: made-up ids do not push out jobs that are followed
    followed = _follow(live_runs(), job_id)
    packed = followed.job.kept(key) if followed.job.fresh else None
    if packed is None:
        async with followed.lock:
            packed = followed.job.kept(key) if followed.job.fresh else None
            if packed is None:
                packed = await run_in_threadpool(_look, followed.job, key)
    if packed is None:
        _followed.pop((live_runs(), job_id), None)
        return _refuse(404, "unknown-job")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return Response(packed, media_type=_KIND, headers=_HEADERS | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type=_KIND, headers=_HEADERS)


def _look(job: LiveJob, key: tuple[int, str, tuple[int, ...], tuple[int, ...]]) -> bytes | None:
    """The answer about a job; None if it is not there. Runs in a thread, because it reads files and computes."""
    return (job.kept(key) or job.news(*key)) if job.look() else None


def _follow(root: Path, job_id: str) -> _Followed:
    """What is held of a job. The one that nobody asked for longest makes room."""
    place = root, job_id
    if place not in _followed:
        _followed[place] = _Followed(root, job_id)
    _followed.move_to_end(place)
    while len(_followed) > MOST_JOBS:
        _followed.popitem(last=False)
    return _followed[place]


def _numbers(text: str) -> tuple[int, ...] | None:
    """Whole numbers between commas, one for each network at most; None for anything else."""
    parts = text.split(",") if text else []
    good = len(parts) <= MOST_NETWORKS and all(_NUMBER.fullmatch(part) for part in parts)
    return tuple(map(int, parts)) if good else None


def _refuse(status: int, reason: str) -> Response:
    return JSONResponse({"error": reason}, status, headers=_HEADERS)
