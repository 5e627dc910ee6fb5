"""What this server measures of its own work: how long browsers wait, what it answers, and how late its loop is.

Browsers wait for two things: the answer of a route, and the run of a page's script that follows a message on their
websocket. Both pass through `Measured`, which reads neither texts nor ids. It adds a few microseconds to each.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.url_util import make_url_path

from pages.shared.durations import Durations
from pages.shared.site import PAGES

FIRST, RERUN, TIMED = "first", "rerun", "timed"  # runs of a script: the first of a tab, by its reader, by a clock
_STREAM = "/_stcore/stream"
_LONGEST = 64  # bytes of the message that a script has ended
# What a server says first on a websocket, and the HTTP status that the browser sees.
_REPLIES = {"websocket.accept": 101, "websocket.close": 403, "websocket.http.response.start": 403}
_LAG_EVERY = 0.5  # seconds between two looks at the loop
_PAGES = {page.address for page in PAGES}


class Measures:
    """All that is measured. The event loop alone writes to it."""

    def __init__(self) -> None:
        self.scripts: dict[str, Durations] = {kind: Durations() for kind in (FIRST, RERUN, TIMED)}
        self.answers: dict[str, Durations] = defaultdict(Durations)  # route -> time until its answer begins
        self.statuses: Counter[tuple[str, int]] = Counter()  # route, HTTP status -> answers
        self.lag = Durations()  # how much later than asked the loop goes on
        self.started = time.monotonic()


MEASURES = Measures()


async def measure_lag() -> None:
    """Look again and again how late the event loop is, until cancelled."""
    while True:
        before = time.monotonic()
        await asyncio.sleep(_LAG_EVERY)
        MEASURES.lag.add(max(time.monotonic() - before - _LAG_EVERY, 0.0))


class Measured:
    """ASGI middleware that measures answers and script runs. To be the outermost, so that it sees refusals too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""
        if scope["type"] == "http":
            await self.app(scope, receive, _AnswerTimer(scope, send))
        elif scope["type"] == "websocket" and scope["path"].endswith(_STREAM):
            timer = _ScriptTimer(scope, receive, send)
            await self.app(scope, timer.receive, timer.send)
        else:
            await self.app(scope, receive, send)


class _AnswerTimer:
    """Notes when the answer to a request begins, and its status."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self._asked = time.monotonic()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            name = route_name(self._scope)
            MEASURES.answers[name].add(time.monotonic() - self._asked)
            MEASURES.statuses[name, message["status"]] += 1
        await self._send(message)


class _ScriptTimer:
    """Notes how long the browser behind one websocket waits for the runs of its script."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._opened: float | None = time.monotonic()
        # A browser that comes back names its session third. Its page is there already.
        self._kind = FIRST if len(scope.get("subprotocols", ())) < 3 else RERUN
        self._asked: float | None = None
        self._replied = False

    async def receive(self) -> Message:
        """A message of the browser. The first one that asks for a run starts the time."""
        message = await self._receive()
        content = message.get("bytes")
        if self._asked is None and content:
            try:
                asked = BackMsg.FromString(content)
            except DecodeError:  # the server refuses it
                return message
            if asked.WhichOneof("type") == "rerun_script":
                if self._opened is None:
                    self._kind = TIMED if asked.rerun_script.is_auto_rerun else RERUN
                self._asked = time.monotonic() if self._opened is None else self._opened
        return message

    async def send(self, message: Message) -> None:
        """A message to the browser. The time ends when it says that the script has ended and does not run again."""
        content = message.get("bytes")
        if self._asked is not None and content and len(content) <= _LONGEST:
            told = ForwardMsg.FromString(content)
            if told.WhichOneof("type") == "script_finished" and told.script_finished != told.FINISHED_EARLY_FOR_RERUN:
                MEASURES.scripts[self._kind].add(time.monotonic() - self._asked)
                self._asked = self._opened = None
        elif message["type"] in _REPLIES and not self._replied:
            self._replied = True
            MEASURES.statuses["stream", message.get("status", _REPLIES[message["type"]])] += 1
        await self._send(message)


def route_name(scope: Scope) -> str:
    """A name for the route that answered, from its pattern, so that the number of names is bounded and holds no id.

    `page` for all pages; the fixed parts of other patterns, such as live/events; `other` for what no route matched.
    """
    pattern = getattr(scope.get("route"), "path", None)
    if pattern is None:
        return "other"
    base = make_url_path(config.get_option("server.baseUrlPath"), "")
    path = pattern.removeprefix(base.rstrip("/")).strip("/")
    if path in _PAGES:
        return "page"
    return "/".join(part for part in path.split("/") if "{" not in part) or "other"
