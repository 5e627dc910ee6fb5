"""Admission: a machine that is full shows new browsers a waiting room, and lets them in when there is room.

A session takes memory, so only so many can be there at once: $SENTIMENT_SESSIONS_MOST. Who has one keeps it, also after
a lost connection. The others wait in the order in which they came. The waiting room is a page without a session that
asks again by itself. Whatever needs no session passes: phones of a class, a training that is followed, files, measures.
"""

from __future__ import annotations

from html import escape
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from string import Template

import psutil
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime import exists, get_instance
from streamlit.url_util import make_url_path

from pages.shared.door import Door
from pages.shared.language import KEY as LANGUAGE_KEY
from pages.shared.language import preferred_language
from pages.shared.site import PAGES, app_name
from pages.shared.visitors import COOKIE, cookie_of, give_cookie
from sentiment_core.environment import variables
from sentiment_core.messages import LANGUAGES, in_language, tr, tr_plural

SESSION_MB = 2  # memory of a session: 200 readers at once take 0.5 MB each (benchmarks.load), longer use may take more
RESERVE_MB = 200  # memory that is left to everything else
LEAST = 20  # sessions that every machine takes
ASKS_EVERY = 10  # seconds after which the waiting room asks again
_ASKS_FIRST = 2  # the same for a browser that has just got its cookie: when it sends it back, it stands in line
_STREAM = "/_stcore/stream"
_TRY_LATER = 1013  # of the registry of WebSocket close codes
_SHELL = Template(Path(__file__).with_name("waiting.html").read_text(encoding="utf-8"))
# What containers are allowed and use, in bytes: with version 2 and version 1 of Linux's control groups.
_CONTAINER = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)


def sessions_most() -> int:
    """The most sessions at once; 0 is no limit.

    If $SENTIMENT_SESSIONS_MOST does not say it, it follows from the memory that is available now.
    """
    asked = variables.SESSIONS_MOST.value()
    return asked if asked is not None else max(int(_available() / 1e6 - RESERVE_MB) // SESSION_MB, LEAST)


def _available() -> int:
    """Bytes of memory that this process may still take: the machine's, or less in a container with a limit."""
    free = int(psutil.virtual_memory().available)
    for limit, used in _CONTAINER:
        try:
            free = min(free, int(Path(limit).read_text()) - int(Path(used).read_text()))
        except (OSError, ValueError):  # no such file, or "max"
            continue
    return free


class Admission:
    """ASGI middleware: the waiting room in front of the pages, and no new session beyond the limit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.door = Door(sessions_most(), _away, float(config.get_option("server.disconnectedSessionTTL")))
        base = config.get_option("server.baseUrlPath")
        self._pages = {_without_slash(make_url_path(base, page.address)) for page in PAGES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but the pages and the sessions of browsers that must wait."""
        if scope["type"] == "websocket" and scope["path"].endswith(_STREAM):
            await self._stream(scope, receive, send)
        elif scope["type"] == "http" and scope["method"] == "GET" and _without_slash(scope["path"]) in self._pages:
            await self._page(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Request(scope)
        visitor = cookie_of(asked.cookies)
        before = self.door.ahead(visitor)
        if before is not None:
            room = waiting_room(asked, before, ASKS_EVERY if visitor else _ASKS_FIRST)
            give_cookie(asked, room)
            await room(scope, receive, send)
            return

        async def keep_place(message: Message) -> None:
            if message["type"] == "http.response.start" and not visitor:
                self.door.keep(_given(Headers(raw=message["headers"])))
            await send(message)

        await self.app(scope, receive, keep_place)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = HTTPConnection(scope)
        visitor = cookie_of(asked.cookies)
        former = asked.headers.get("sec-websocket-protocol", "").split(",")[2:3]  # named by who comes back
        before = None if _is_session("".join(former).strip()) else self.door.ahead(visitor)
        if before is not None:
            if "websocket.http.response" in scope.get("extensions", {}):
                await waiting_room(asked, before, ASKS_EVERY)(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": _TRY_LATER})
            return
        self.door.enter(visitor)
        try:
            await self.app(scope, receive, send)
        finally:
            self.door.leave(visitor)


def waiting_room(asked: HTTPConnection, before: int, seconds: int) -> HTMLResponse:
    """The page that asks again by itself, in all languages, the reader's first.

    before: browsers that are let in earlier. seconds: until it asks again.
    """
    first = asked.query_params.get(LANGUAGE_KEY, "")
    if first not in LANGUAGES:
        first = preferred_language(asked.headers.get("Accept-Language", ""))
    parts = []
    for language in sorted(LANGUAGES, key=lambda code: code != first):
        with in_language(language):
            parts.append(_words(language, "h1" if language == first else "h2", before))
    with in_language(first):
        name = tr("Waiting room")
    title = escape(f"{name} · {app_name()}")
    page = _SHELL.substitute(language=first, title=title, seconds=seconds, words="\n".join(parts))
    return HTMLResponse(page, 503, {"Retry-After": str(ASKS_EVERY), "Cache-Control": "no-store"})


def _words(language: str, heading: str, before: int) -> str:
    lines = [
        tr("All places are taken at the moment. You are let in as soon as one is free."),
        tr_plural("{count} browser waits before you.", "{count} browsers wait before you.", before)
        if before
        else tr("Nobody waits before you."),
        tr("This page asks again every {seconds} seconds. You need not do anything.", seconds=ASKS_EVERY),
    ]
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    name = tr("Waiting room")
    return f'<section lang="{language}"><{heading}>{escape(name)}</{heading}>{told}</section>'


def _away() -> int:
    """Sessions that are kept for readers who lost their connection."""
    return len(get_instance()._session_mgr._session_storage.list()) if exists() else 0  # type: ignore[attr-defined]


def _is_session(name: str) -> bool:
    """Whether there is a session with this id, connected or not."""
    return bool(name) and exists() and get_instance()._session_mgr.get_session_info(name) is not None


def _given(headers: Headers) -> str:
    """The visitor's cookie that an answer sets; an empty string if it sets none."""
    for header in headers.getlist("set-cookie"):
        try:
            cookies = SimpleCookie(header)
        except CookieError:
            continue
        if COOKIE in cookies:
            return cookies[COOKIE].value
    return ""


def _without_slash(path: str) -> str:
    return path.rstrip("/")
