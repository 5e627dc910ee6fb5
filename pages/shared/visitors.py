"""Who opens the app: a visitor, known by a random cookie, and what a visitor may do with jobs.

A *local* visitor sits at the machine that serves the app. Rights that only local visitors have rest on three things at
once: the connection comes from this machine, the browser asked for this machine by name, and no proxy is in between.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from sentiment_core.environment import variables
from sentiment_core.environment.kinds import AUTO, ON
from sentiment_core.environment.variable import Variable
from sentiment_core.messages import Message, lazy

COOKIE = "sentiment_visitor"
_SECRET = re.compile(r"[A-Za-z0-9_-]{32}", re.ASCII)  # as `_new_secret` makes it
_YEAR = 365 * 24 * 3600  # seconds
_STAND_IN = "visitor_of_session"  # in the session: the secret of a browser that keeps no cookies
_LOCAL_NAMES = {"localhost", "127.0.0.1", "::1"}
# Headers that only a proxy adds, besides all that begin with x-forwarded.
_PROXY_HEADERS = {
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "x-original-host",
}


@dataclass(frozen=True)
class Visitor:
    """One browser, in all its tabs."""

    id: str  # 32 hex digits, made from the cookie: who reads it in a job's file cannot make the cookie
    local: bool  # whether the visitor sits at the machine that serves the app

    def owns(self, visitor: str) -> bool:
        """Whether a job or an upload of the visitor with this id is this one's. Those of nobody ("") are not."""
        return bool(visitor) and secrets.compare_digest(visitor.encode(), self.id.encode())

    def may_control(self, visitor: str) -> bool:
        """Whether this visitor may pause, stop or delete a job of the visitor with this id."""
        return self.local or self.owns(visitor)

    def may(self, setting: Variable[Any]) -> bool:
        """Whether a setting lets this visitor: auto (only local visitors), on (everybody) or off."""
        return (value := setting.value()) == ON or (value == AUTO and self.local)


def may_train(who: Visitor) -> bool:
    """Whether a visitor may start jobs of training: $SENTIMENT_TRAINING is auto (only local visitors), on or off."""
    return who.may(variables.TRAINING)


def may_upload(who: Visitor) -> bool:
    """Whether a visitor may bring own data: $SENTIMENT_UPLOADS, else who may train may."""
    return who.may(variables.TRAINING if variables.UPLOADS.value() is None else variables.UPLOADS)


def training_is_off() -> Message:
    """What to tell a visitor who may not train."""
    return lazy(
        "Training is off for visitors of this server. Its owner turns it on with SENTIMENT_TRAINING=on when the server "
        "starts. The trained networks can be seen on all other pages, and a link to a job shows it here."
    )


@dataclass(frozen=True)
class Handshake:
    """How a browser opened its connection to the server."""

    headers: Iterable[tuple[str, str]] = ()
    cookies: Mapping[str, str] = field(default_factory=dict)
    peer: str | None = None  # address of the other end of the connection


def visitor() -> Visitor:
    """The visitor whose session runs. A browser without cookies is another visitor after each reload."""
    handshake = handshake_of_session()
    if _STAND_IN not in st.session_state:
        st.session_state[_STAND_IN] = _new_secret()
    return visitor_of(handshake, st.session_state[_STAND_IN])


def visitor_of(handshake: Handshake, stand_in: str) -> Visitor:
    """The visitor behind a connection. stand_in: the secret of a browser that sends no cookie of ours."""
    secret = handshake.cookies.get(COOKIE, "")
    known = secret if isinstance(secret, str) and _SECRET.fullmatch(secret) else stand_in
    return Visitor(hashlib.sha256(f"{COOKIE}:{known}".encode()).hexdigest()[:32], is_local(handshake))


def has_cookie(cookies: Mapping[str, str]) -> bool:
    """Whether a browser sends a cookie that this app could have set."""
    return cookie_of(cookies) != ""


def cookie_of(cookies: Mapping[str, str]) -> str:
    """The cookie of a browser, if it is one that this app could have set; else an empty string."""
    found = str(cookies.get(COOKIE, ""))
    return found if _SECRET.fullmatch(found) else ""


def is_local(handshake: Handshake) -> bool:
    """Whether a connection comes from a browser on this machine, without a proxy.

    A proxy on this machine connects from it too. It is told from a browser by the headers that proxies add, and by the
    host and the origin, which name the public address. Whatever is missing or odd counts as not local.
    """
    headers: dict[str, list[str]] = {}
    for name, value in handshake.headers:
        headers.setdefault(str(name).lower(), []).append(str(value))
    if comes_through_proxy(headers):
        return False
    hosts, origins = headers.get("host", []), headers.get("origin", [])
    if len(hosts) != 1 or _name(f"//{hosts[0]}") not in _LOCAL_NAMES:
        return False
    if len(origins) > 1 or any(_name(origin) not in _LOCAL_NAMES for origin in origins):
        return False
    return _is_this_machine(handshake.peer)


def comes_through_proxy(headers: Iterable[str]) -> bool:
    """Whether a request has a header that only a proxy adds. headers: their names in lower case."""
    return any(name in _PROXY_HEADERS or name.startswith("x-forwarded") for name in headers)


def _name(address: str) -> str | None:
    """The host in an address; None if it has none, or more than a host and a port."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises for what is no port
    except ValueError:
        return None
    plain = not (parts.path or parts.query or parts.fragment or parts.username or parts.password)
    return parts.hostname if plain else None


def _is_this_machine(peer: object) -> bool:
    try:
        address = ip_address(peer) if isinstance(peer, str) else None
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address is not None and address.is_loopback


def give_cookie(request: Request, response: Response) -> None:
    """Give the browser that asks for a page its cookie, if it has none that this app could have set.

    Scripts cannot read it, and other sites' requests do not carry it.
    """
    if has_cookie(request.cookies):
        return
    response.set_cookie(
        COOKIE,
        _new_secret(),
        max_age=_YEAR,
        path="/",  # a proxy may add a prefix that the server does not know
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def _new_secret() -> str:
    return secrets.token_urlsafe(24)


def handshake_of_session() -> Handshake:
    """How the browser of this session opened its connection; nothing is known of it once it is gone."""
    context = get_script_run_ctx(suppress_warning=True)
    client = runtime.get_instance().get_client(context.session_id) if context and runtime.exists() else None
    asked = client.client_context if client else None
    return Handshake(asked.headers, asked.cookies, asked.remote_ip) if asked else Handshake()
