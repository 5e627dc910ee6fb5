"""How much one visitor may ask of the server in a minute, so that nobody takes it from the others.

A visitor is known by the cookie. A whole school may come from one address, so an address may ask for as much as many
visitors; who sends no cookie, or a new one each time, is held by the address alone. The buckets are in memory, and no
more than MOST of them: the one that was used longest ago makes room. Who sits at this machine has no limits.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared.security_refusals import refuse
from pages.shared.visitors import Handshake, handshake_of_session, has_cookie, visitor, visitor_of
from sentiment_core.environment import variables
from sentiment_core.errors import RateError
from sentiment_core.messages import lazy

MOST = 20_000  # buckets of a kind
_FILES = ("/static/", "/media/")  # what a page loads once: some hundred files, which cost little
_CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Buckets:
    """Buckets of tokens by key: each holds those of a minute, and fills evenly. Safe for threads."""

    def __init__(self, a_minute: float, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._size, self._most, self._clock = a_minute / 60, max(a_minute, 1.0), most, clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, and when they were counted
        self._lock = Lock()

    def take(self, key: str) -> float:
        """Take a token. Returns 0, or the seconds after which there is one again; then none is taken."""
        now = self._clock()
        with self._lock:
            tokens, before = self._held.pop(key, (self._size, now))
            tokens = min(tokens + (now - before) * self._rate, self._size)
            enough = tokens >= 1
            self._held[key] = tokens - enough, now
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return 0.0 if enough else (1 - tokens) / self._rate

    def __len__(self) -> int:
        return len(self._held)


class Limit:
    """What one visitor, and one address, may do in a minute."""

    def __init__(self, a_minute: float, visitors: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._visitors = Buckets(a_minute, clock=clock) if a_minute else None
        self._addresses = Buckets(a_minute * visitors, clock=clock) if a_minute and visitors else None

    def wait(self, visitor_id: str, address: str) -> float:
        """Count one. Returns 0 if it may be, else the seconds to wait. visitor_id: "" for one without a cookie."""
        waits = [self._visitors.take(visitor_id)] if self._visitors is not None and visitor_id else []
        if self._addresses is not None and not any(waits):
            waits.append(self._addresses.take(address))
        return max(waits, default=0.0)


def network_of(address: str | None) -> str:
    """What counts as one address: of IPv6 the first half, because one machine has all that lie in it."""
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or ""
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or found.exploded[:19])
    return str(found)


class _Limits:
    """The limits of this server, made when they are first needed."""

    def __init__(self) -> None:
        visitors = variables.VISITORS_AN_ADDRESS.value()
        self.requests = Limit(variables.REQUESTS_A_MINUTE.value(), visitors)
        self.actions = Limit(variables.ACTIONS_A_MINUTE.value(), visitors)


_limits: _Limits | None = None


def limits() -> _Limits:
    """The limits of this server, which all its visitors share."""
    global _limits
    if _limits is None:
        _limits = _Limits()
    return _limits


def count_action() -> None:
    """Count a job that is started, for the visitor whose session runs.

    Raises RateError if there were too many in the last minute.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return  # a test, or the command line
    who = visitor()
    if who.local:
        return
    seconds = limits().actions.wait(who.id, network_of(handshake_of_session().peer))
    if seconds:
        raise RateError(
            "You asked for much within a minute. Wait {seconds} s, so that the others have their turn, and try again.",
            seconds=math.ceil(seconds),
        )


class RateGuard:
    """ASGI middleware that refuses what goes beyond the rate of a visitor or an address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is within the rate."""
        seconds = _wait(scope) if scope["type"] in ("http", "websocket") else 0.0
        if not seconds:
            await self.app(scope, receive, send)
        else:
            rounded = math.ceil(seconds)
            why = lazy(
                "Too much came from here within a minute. Wait {seconds} s and load the page again.", seconds=rounded
            )
            await refuse(scope, receive, send, 429, why, {"Retry-After": str(rounded)})


def _wait(scope: Scope) -> float:
    """The seconds that a request has to wait; 0 if it is within the rate."""
    path = scope["path"]
    is_changing = scope["type"] == "http" and scope["method"] in _CHANGING
    if not is_changing and any(part in path for part in _FILES):
        return 0.0
    asked = HTTPConnection(scope)
    peer = asked.client.host if asked.client else None
    who = visitor_of(Handshake(asked.headers.items(), asked.cookies, peer), "")
    if who.local:
        return 0.0
    key, address = who.id if has_cookie(asked.cookies) else "", network_of(peer)
    seconds = limits().requests.wait(key, address)
    if not seconds and ("/export/" in path or (is_changing and "/upload_file/" in path)):
        seconds = limits().actions.wait(key, address)
    return seconds
