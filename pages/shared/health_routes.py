"""Two routes for who runs the server: healthz tells whether it is alive and ready, metrics how it does.

healthz   for everybody, because a load balancer asks: a few words and no numbers
metrics   for this machine without a proxy, or with $SENTIMENT_ADMIN_TOKEN as `Authorization: Bearer ...`; else 404
"""

from __future__ import annotations

import errno
import math
import secrets
import shutil
import tempfile
import threading
import time
from collections import OrderedDict
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.url_util import make_url_path

from pages.shared.admission import door
from pages.shared.folders import live_runs
from pages.shared.serving import is_ready
from pages.shared.visitors import Handshake, is_local
from sentiment_core.environment import variables
from sentiment_core.jobs.layout import JOBS, SUPERVISOR
from sentiment_core.jobs.queue import living_jobs
from sentiment_core.storage.locks import living_writer

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_FOR = 2.0  # seconds for which one look at the disk answers all who ask
_START_WITHIN = 60.0  # seconds that a supervisor may take to start
_SPARE = 10_000_000  # bytes without which the disk is full
_WRONG_MOST, _WRONG_FOR = 20, 60.0  # wrong tokens of one address, in so many seconds, after which none is compared
_WATCHED = 1000  # addresses whose wrong tokens are counted
_OWN_METRICS = "/_stcore/metrics"  # Streamlit's, which take long and are for everybody


def health_routes() -> list[Route]:
    """The routes, below the base path of the server."""
    base = config.get_option("server.baseUrlPath")
    return [
        Route(make_url_path(base, "healthz"), _healthz, methods=["GET"]),
        Route(make_url_path(base, "metrics"), _metrics, methods=["GET"]),
    ]


class MetricsGuard:
    """ASGI middleware that keeps Streamlit's own metrics to those who may read ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on."""
        hidden = scope["type"] == "http" and scope["path"].rstrip("/").endswith(_OWN_METRICS)
        if hidden and not may_read_metrics(HTTPConnection(scope)):
            await _not_found()(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def may_read_metrics(asked: HTTPConnection) -> bool:
    """Whether a request comes from this machine without a proxy, or has the token."""
    peer = asked.client.host if asked.client else None
    return is_local(Handshake(asked.headers.items(), asked.cookies, peer)) or _has_token(asked, peer or "")


class WrongTokens:
    """Counts wrong tokens of each address, so that nobody can try many."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()  # address -> when the first came, and how many

    def too_many(self, address: str) -> bool:
        """Whether an address has sent so many in the last minute that no further one is compared."""
        first, count = self._seen.get(address, (0.0, 0))
        return count >= _WRONG_MOST and time.monotonic() - first < _WRONG_FOR

    def add(self, address: str) -> None:
        """Count one."""
        now = time.monotonic()
        first, count = self._seen.pop(address, (now, 0))
        self._seen[address] = (now, 1) if now - first >= _WRONG_FOR else (first, count + 1)
        while len(self._seen) > _WATCHED:
            self._seen.popitem(last=False)


_wrong = WrongTokens()


def _has_token(asked: HTTPConnection, peer: str) -> bool:
    """Whether a request has the token. How long it takes does not depend on where a wrong one differs."""
    token = variables.ADMIN_TOKEN.value()
    scheme, _, given = asked.headers.get("Authorization", "").partition(" ")
    if not token or scheme.lower() != "bearer" or _wrong.too_many(peer):
        return False
    right = secrets.compare_digest(given.strip().encode(), token.encode())
    if not right:
        _wrong.add(peer)
    return right


async def _metrics(request: Request) -> Response:
    if not may_read_metrics(request):
        return _not_found()
    from pages.shared.metrics import CONTENT_TYPE, metrics_text, sessions  # only where somebody reads them

    text = await run_in_threadpool(metrics_text, sessions())
    return Response(text, media_type=CONTENT_TYPE, headers=_HEADERS)


def _not_found() -> Response:
    return JSONResponse({"error": "not-found"}, 404, headers=_HEADERS)


async def _healthz(request: Request) -> Response:
    found = await run_in_threadpool(_health.look)
    found = found | {"places": "taken" if door().full() else "free"}
    return JSONResponse(found, 200 if found["status"] == "ok" else 503, headers=_HEADERS)


class Health:
    """Whether this server is ready and can work. One look answers everybody who asks within two seconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looked, self._found = -math.inf, {"status": "starting"}
        self._unsupervised: float | None = None  # since when jobs live without a supervisor

    def look(self) -> dict[str, str]:
        """What is well and what is not, in a word each; `status` is ok, starting or failing."""
        with self._lock:
            if time.monotonic() - self._looked >= _FOR:
                self._found = self._look()
                self._looked = time.monotonic()
            return self._found

    def _look(self) -> dict[str, str]:
        disk, jobs = disk_state(live_runs()), self._jobs()
        # Without a folder of its own for jobs, a server may be meant to show pages only.
        failing = jobs == "unsupervised" or (disk != "writable" and variables.RUNS.given() is not None)
        status = "starting" if not is_ready() else "failing" if failing else "ok"
        return {"status": status, "pages": "opened" if is_ready() else "opening", "disk": disk, "jobs": jobs}

    def _jobs(self) -> str:
        """idle, supervised, or unsupervised if jobs have lived without a supervisor for a minute."""
        root = live_runs()
        if not living_jobs(root):  # this starts a supervisor where one is missing
            self._unsupervised = None
            return "idle"
        if living_writer(root / JOBS / SUPERVISOR) is not None:
            self._unsupervised = None
        elif self._unsupervised is None:
            self._unsupervised = time.monotonic()
        waited = 0.0 if self._unsupervised is None else time.monotonic() - self._unsupervised
        return "unsupervised" if waited > _START_WITHIN else "supervised"


_health = Health()


def disk_state(folder: Path) -> str:
    """Whether files can be written to a folder, which may not exist yet: writable, full or read-only."""
    while not folder.exists():
        folder = folder.parent
    try:
        if shutil.disk_usage(folder).free < _SPARE:
            return "full"
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(4096))
            file.flush()
    except OSError as error:
        return "full" if error.errno == errno.ENOSPC else "read-only"
    return "writable"
