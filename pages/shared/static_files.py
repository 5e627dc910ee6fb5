"""Streamlit's scripts, styles and fonts from memory, compressed once.

Streamlit reads such a file anew for each browser, in pieces that each wait for a thread, and sends it uncompressed. A
browser with an empty cache fetches about a hundred of them for one page, 8 MB, and a class does so at once.
"""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, file_util
from streamlit.url_util import make_url_path

_PLAIN = {".js", ".css", ".svg", ".json", ".ttf"}  # kinds of files that become smaller; fonts and pictures are packed
_YEAR = 365 * 24 * 3600  # seconds


class StaticFiles:
    """ASGI middleware that answers GET requests for Streamlit's files.

    What browsers have asked for stays in memory, at most 10 MB, all that Streamlit has.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        folder = Path(file_util.get_static_dir())
        base = config.get_option("server.baseUrlPath")
        self._files = {
            make_url_path(base, path.relative_to(folder).as_posix()): path
            for path in (folder / "static").rglob("*")
            if path.is_file()
        }
        self._made: dict[str, asyncio.Task[tuple[bytes, list[tuple[bytes, bytes]]]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but requests for a whole file from a browser that reads gzip."""
        path = scope.get("path", "")
        if path not in self._files or scope["type"] != "http" or scope["method"] != "GET" or not _takes_packed(scope):
            await self.app(scope, receive, send)
            return
        if path not in self._made:
            self._made[path] = asyncio.create_task(asyncio.to_thread(_pack, self._files[path]))
        body, headers = await asyncio.shield(self._made[path])
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _takes_packed(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return "gzip" in headers.get("accept-encoding", "") and "range" not in headers


def _pack(path: Path) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The body and the headers of the answer. The names of the files change with their content."""
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {"Content-Type": kind, "Cache-Control": f"public, immutable, max-age={_YEAR}", "Vary": "Accept-Encoding"}
    if path.suffix in _PLAIN:
        body = gzip.compress(body, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    return body, [(name.lower().encode(), value.encode()) for name, value in headers.items()]
