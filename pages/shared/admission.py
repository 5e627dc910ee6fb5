"""Admission: a machine that is full shows new browsers a waiting room, and lets them in when there is room.

A session takes memory, so only so many can be there at once: $SENTIMENT_SESSIONS_MOST. Who has one keeps it, also after
a lost connection. The others wait in the order in which they came. The waiting room is a page without a session that
asks again by itself. Whatever needs no session passes: phones of a class, a training that is followed, files, measures.
Who sits at the machine and who teaches an open class never waits.
"""

from __future__ import annotations

from functools import cache
from html import escape
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from string import Template
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime import exists, get_instance
from streamlit.url_util import make_url_path

from pages.shared.classes import classes
from pages.shared.door import Door
from pages.shared.language import KEY as LANGUAGE_KEY
from pages.shared.language import preferred_language
from pages.shared.memory_left import memory_left
from pages.shared.security_headers import frame_ancestors, inline_scripts, script_hash
from pages.shared.site import PAGES, app_name
from pages.shared.visitors import COOKIE, Handshake, cookie_of, give_cookie, has_cookie, visitor_of
from sentiment_core.environment import variables
from sentiment_core.messages import LANGUAGES, in_language, tr

SESSION_MB = 2  # memory of a session: 200 readers at once take 0.5 MB each (benchmarks.load), longer use may take more
RESERVE_MB = 200  # memory that is left to everything else
LEAST = 20  # sessions that every machine takes
ASKS_EVERY = 10  # seconds after which the waiting room asks again
WAITING = "Sentiment-Waiting"  # header of the waiting room, for scripts: the place in line
_ASKS_FIRST = 2  # seconds for a browser that has just got its cookie: when it sends it back, it stands in line
_STREAM = "/_stcore/stream"
_TRY_LATER = 1013  # of the registry of WebSocket close codes
_SHELL = Template(
    Path(__file__).with_name("waiting.html").read_text(encoding="utf-8").replace("$every", str(1000 * ASKS_EVERY))
)


@cache
def door() -> Door:
    """The door of this server. It must first be asked for when the pages are open and have taken their memory."""
    return Door(sessions_most(), _away, float(config.get_option("server.disconnectedSessionTTL")))


def sessions_most() -> int:
    """The most sessions at once; 0 is no limit.

    If $SENTIMENT_SESSIONS_MOST does not say it, it follows from the memory that is left now.
    """
    asked = variables.SESSIONS_MOST.value()
    return asked if asked is not None else max(int(memory_left() / 1e6 - RESERVE_MB) // SESSION_MB, LEAST)


class Admission:
    """ASGI middleware: the waiting room in front of the pages, and no new session beyond the limit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
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
        before = None if _passes(asked) else door().ahead(visitor)
        if before is not None:
            room = waiting_room(asked, before, ASKS_EVERY if visitor else _ASKS_FIRST)
            give_cookie(asked, room)
            await room(scope, receive, send)
            return

        async def keep_place(message: Message) -> None:
            if message["type"] == "http.response.start" and not visitor and not _passes(asked):
                door().promise(_given(Headers(raw=message["headers"])))
            await send(message)

        await self.app(scope, receive, keep_place)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = HTTPConnection(scope)
        visitor = cookie_of(asked.cookies)
        former = "".join(asked.headers.get("sec-websocket-protocol", "").split(",")[2:3])  # named by who comes back
        may = _is_session(former.strip()) or _passes(asked) or door().admits(visitor)
        if not may:  # the script of the page then leads to the waiting room: see shell.js
            if "websocket.http.response" in scope.get("extensions", {}):
                await Response(status_code=503, headers={"Retry-After": str(ASKS_EVERY)})(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": _TRY_LATER})
            return
        door().enter(visitor)
        try:
            await self.app(scope, receive, send)
        finally:
            door().leave(visitor)


def _passes(asked: HTTPConnection) -> bool:
    """Whether a browser never waits: its reader sits at the machine, or teaches an open class."""
    peer = asked.client.host if asked.client else None
    who = visitor_of(Handshake(asked.headers.items(), asked.cookies, peer), "")
    return who.local or (has_cookie(asked.cookies) and classes().led_by(who.id) is not None)


def waiting_room(asked: HTTPConnection, before: int, seconds: int) -> HTMLResponse:
    """The page that asks again by itself, in the reader's language.

    before: browsers that are let in earlier. seconds: until it asks for the first time.
    """
    language = asked.query_params.get(LANGUAGE_KEY, "")
    if language not in LANGUAGES:
        language = preferred_language(asked.headers.get("Accept-Language", ""))
    with in_language(language):
        name = tr("Waiting room")
        words = {
            "name": name,
            "title": f"({before + 1}) {name} · {app_name()}",
            "why": tr("All places are taken at the moment. You are let in as soon as one is free."),
            "place": tr("You are number {place} in line.", place=before + 1),
            "how": tr(
                "This page asks again every {seconds} seconds. Keep it open, and you keep your place.",
                seconds=ASKS_EVERY,
            ),
        }
    page = _SHELL.substitute(
        {name: escape(text) for name, text in words.items()},
        language=language,
        seconds=seconds,
        languages=" ".join(_link(asked, other) for other in LANGUAGES if other != language),
    )
    headers = {
        WAITING: str(before + 1),
        "Retry-After": str(ASKS_EVERY),
        "Cache-Control": "no-store",
        "Content-Security-Policy": _policy(),
    }
    return HTMLResponse(page, 503, headers)


def _link(asked: HTTPConnection, language: str) -> str:
    """A link to the same address in another language."""
    query = [(name, value) for name, value in asked.query_params.multi_items() if name != LANGUAGE_KEY]
    address = escape(f"?{urlencode([*query, (LANGUAGE_KEY, language)])}")
    return f'<a href="{address}" lang="{language}" hreflang="{language}">{escape(LANGUAGES[language])}</a>'


@cache
def _policy() -> str:
    """The page runs its own script alone, and asks this server alone."""
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join(map(script_hash, inline_scripts(_SHELL.template))),
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": frame_ancestors(),
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


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
