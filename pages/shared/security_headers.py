"""Security headers on every answer of the server. docs/hosting.md says what each is for, and what embedding needs.

The policy for content (CSP) names what a page may load and run. It allows no more than the pages were seen to need:

script-src 'self'            the modules of Streamlit
script-src 'sha256-...'      the inline scripts in the HTML of the pages, by their text
script-src blob:             the player and the live view: Streamlit imports the script of a component from a blob
style-src 'unsafe-inline'    Streamlit, Plotly and components make their styles in the page, and know no nonce
img-src data: blob:          icons of Streamlit and Plotly, and pictures that a reader saves
font-src data:               letters of tables and charts
frame-src 'self'             the phones of a class show pages of the app in a frame

No text is evaluated as a script, and nothing is loaded from another server. Who sits at the machine may evaluate text:
the tools of a developer and of a browser's test do, and only that browser is concerned. One attempt is refused on every
page: Streamlit's library for messages tries to compile eight lines of WebAssembly, and does without.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from pages.shared.shell import SHELL
from pages.shared.visitors import Handshake, is_local
from sentiment_core.environment import variables

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_YEAR = 365 * 24 * 3600  # seconds
_LOCAL = ("localhost", "127.0.0.1", "[::1]")
# What a page of this app never uses. The player may fill the screen and write to the clipboard.
_OFF = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "usb"),
)
_PERMISSIONS = ", ".join(f"{name}=()" for name in _OFF)
# A file of a visitor or of a page, which a browser saves and never runs.
_OF_FILES = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_FILES = ("/media/", "/export/")
_NAMES = {
    variables.ENFORCE: "Content-Security-Policy",
    variables.REPORT: "Content-Security-Policy-Report-Only",
}


def frame_ancestors(environment: Mapping[str, str] = os.environ) -> str:
    """Which sites may show the app in a frame, as CSP writes them: $SENTIMENT_FRAME_ANCESTORS, and the app itself.

    The app always may: the phones of a class show its pages in a frame. Raises SettingError for what is no site.
    """
    return " ".join(["'self'", *variables.FRAME_ANCESTORS.value(environment)])


def script_hash(script: str) -> str:
    """How the policy names an inline script: by its text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def inline_scripts(html: str) -> list[str]:
    """The texts of the inline scripts of a page."""
    return _SCRIPT.findall(html)


def content_policy(ancestors: str, scripts: Iterable[str] = (), evaluates: bool = False) -> str:
    """The policy for the content of a page with these inline scripts.

    ancestors: as `frame_ancestors` gives them. evaluates: whether text may be evaluated as a script.
    """
    evaluated = ["'unsafe-eval'"] if evaluates else []
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", "blob:", *map(script_hash, scripts), *evaluated]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": ancestors,
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer, also to one that tells of an error.

    An answer that has a header of its own keeps it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        ancestors = frame_ancestors()
        self._name = _NAMES[variables.CONTENT_POLICY.value()]
        shell = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
        scripts = inline_scripts(shell + SHELL)
        self._page, self._page_here = (content_policy(ancestors, scripts, evaluates) for evaluates in (False, True))
        self._file = f"{_OF_FILES}; frame-ancestors {ancestors}"
        self._every = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",  # addresses hold review texts
            "Permissions-Policy": _PERMISSIONS,
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if ancestors == "'self'":
            self._every["X-Frame-Options"] = "SAMEORIGIN"  # for old browsers; it cannot name other sites

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to what is answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers(scope).items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, receive, with_headers)
        except Exception:
            if not started:
                await Response(status_code=500)(scope, receive, with_headers)
            raise  # for the log

    def _headers(self, scope: Scope) -> dict[str, str]:
        is_file = any(part in scope["path"] for part in _FILES)
        asked = HTTPConnection(scope)
        peer = asked.client.host if asked.client else None
        page = self._page_here if is_local(Handshake(asked.headers.items(), {}, peer)) else self._page
        policy = {"Content-Security-Policy": self._file} if is_file else {self._name: page}
        found = {**policy, **self._every}
        is_safe = scope.get("scheme") == "https"
        if is_safe:
            found["Strict-Transport-Security"] = f"max-age={_YEAR}"
        if is_safe or _host(scope) in _LOCAL:  # browsers complain of it elsewhere
            found["Cross-Origin-Opener-Policy"] = "same-origin"
        return found


def _host(scope: Scope) -> str:
    """The host that the browser asked for, without its port."""
    asked = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    return re.sub(r":\d*$", "", asked)
