"""Which hosts and origins the server answers: a page of another site must not use the app in a visitor's browser.

Two attacks are refused here, for pages, routes and websockets alike, before Streamlit sees the request:

- *DNS rebinding*: a site lets its own name point to this machine, and its page is then of the same origin as the app.
  So the host that the browser asked for must be one by which the app is reached. `SENTIMENT_HOSTS` lists them. Without
  it, a proxy decides that, and who comes without a proxy may name this machine, an address, or a name of the local
  network, none of which another site can own.
- *Cross-site requests*: a page of another site sends what only the app's own pages should. So an origin, where the
  browser names one, must be the app's.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterable, Mapping
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from pages.shared.security_refusals import refuse
from pages.shared.visitors import comes_through_proxy
from sentiment_core.environment import variables
from sentiment_core.messages import Message, lazy

_LOCAL = ("localhost", "127.0.0.1", "::1")
# Names that nobody can register: RFC 6761, 6762 and 8375. A name without a dot is one of the local network too.
_OF_NETWORK = (".localhost", ".local", ".lan", ".home.arpa", ".internal")
_NAME = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+", re.ASCII)  # of a host or an IPv6 address
_CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def allowed_hosts(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The hosts that $SENTIMENT_HOSTS lists; *.example.org is any below it. [] if it is not set.

    Raises SettingError for what is no host.
    """
    return [name.lower() for name in variables.HOSTS.value(environment)]


def settle_hosts() -> None:
    """Let Streamlit's websocket refuse the same hosts. Raises SettingError as `allowed_hosts`."""
    if listed := allowed_hosts():
        config.set_option("server.allowedHosts", [*listed, *_LOCAL])


def host_name(host: str) -> str | None:
    """The name in a Host header, in lower case and without its port; None if it is no host."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises for what is no port
    except ValueError:
        return None
    is_plain = not (parts.path or parts.query or parts.fragment or "@" in host)
    name = (parts.hostname or "").rstrip(".")
    return name if is_plain and _NAME.fullmatch(name) else None


def is_known_host(host: str, listed: Iterable[str], through_proxy: bool) -> bool:
    """Whether the app may be reached by this Host. listed: as `allowed_hosts` gives them.

    A page of another site can pretend to be a proxy, but not when it opens a websocket, without which it sees no page.
    """
    name = host_name(host)
    if name is None:
        return False
    listed = list(listed)
    if listed:
        return name in _LOCAL or any(_matches(name, pattern) for pattern in listed)
    return through_proxy or _is_of_network(name)


def is_known_origin(origin: str, host: str, listed: Iterable[str], origins: Iterable[str]) -> bool:
    """Whether a page of this origin may send something to the app that was reached by this Host.

    A proxy may have changed the Host: then the origin must be one of `listed`, or of the `origins` that Streamlit
    allows.
    """
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or host_name(parts.netloc) is None:
        return False
    if parts.netloc.lower() == host.lower() or origin in origins:
        return True
    return any(pattern != "*" and _matches(str(host_name(parts.netloc)), pattern) for pattern in listed)


class OriginGuard:
    """ASGI middleware that refuses requests to unknown hosts and requests of foreign pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in."""
        refusal = _refusal(scope) if scope["type"] in ("http", "websocket") else None
        if refusal is None:
            await self.app(scope, receive, send)
        else:
            await refuse(scope, receive, send, *refusal)


def _refusal(scope: Scope) -> tuple[int, Message] | None:
    """The HTTP status and the line of a refusal; None if the request passes."""
    headers = Headers(scope=scope)
    hosts, origins = headers.getlist("host"), headers.getlist("origin")
    listed = allowed_hosts() or [str(name) for name in config.get_option("server.allowedHosts")]
    if len(hosts) != 1 or not is_known_host(hosts[0], listed, comes_through_proxy(headers.keys())):
        return 421, lazy(
            "This server is not known by the name in the address. Its owner adds that name to {setting}.",
            setting=variables.HOSTS.name,
        )
    if scope["type"] == "http" and scope["method"] not in _CHANGING:
        return None
    allowed = [str(origin).strip() for origin in config.get_option("server.corsAllowedOrigins")]
    if not origins:  # not a browser, or one of the app's own pages in an old browser
        is_foreign = headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    else:
        is_foreign = len(origins) > 1 or not is_known_origin(origins[0], hosts[0], listed, allowed)
    return (403, lazy("A page of another site may not send this.")) if is_foreign else None


def _matches(name: str, pattern: str) -> bool:
    return pattern == "*" or name == pattern or (pattern.startswith("*.") and name.endswith(pattern[1:]))


def _is_of_network(name: str) -> bool:
    """Whether a name is one that no other site can let point to this machine."""
    try:
        ip_address(name)
    except ValueError:
        return "." not in name or name.endswith(_OF_NETWORK) or name in _own_names()
    return True


@cache
def _own_names() -> frozenset[str]:
    """The names by which this machine calls itself."""
    name = socket.gethostname().lower()
    return frozenset({name, f"{name}.local"})
