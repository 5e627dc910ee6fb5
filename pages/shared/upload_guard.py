"""Guards the address to which browsers send files.

Streamlit accepts a file from every session, for a page with a box for files or without one, and holds it in memory
until the session ends. So whoever may not bring own data is refused here, before the file is read, and files that no
page has taken yet may fill only so much memory.
"""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.runtime import exists, get_instance
from streamlit.runtime.stats import CacheStat

from pages.shared.visitors import Handshake, may_upload, visitor_of
from sentiment_core.jobs.limits import read_limits

_ADDRESS = "/_stcore/upload_file/"
_AT_ONCE = 4  # files of the largest size that may wait in memory for their pages


def settle_limit() -> None:
    """Let the server take files of $SENTIMENT_UPLOAD_MB. Raises SettingError if that is no number of megabytes."""
    config.set_option("server.maxUploadSize", read_limits().upload_megabytes)


class UploadGuard:
    """ASGI middleware that refuses files from whoever may not upload, and more of them than fit into memory."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but files that are refused."""
        refusal = _refusal(scope) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if refusal is None:
            await self.app(scope, receive, send)
        else:
            await Response(status_code=refusal)(scope, receive, send)


def _refusal(scope: Scope) -> int | None:
    """The HTTP status of a refusal; None if the request passes."""
    if _ADDRESS not in scope["path"]:
        return None
    asked = HTTPConnection(scope)
    peer = asked.client.host if asked.client else None
    if not may_upload(visitor_of(Handshake(asked.headers.items(), asked.cookies, peer), "")):
        return 403
    if _waiting() > _AT_ONCE * int(config.get_option("server.maxUploadSize")) * 2**20:
        return 429  # the pages have not taken other files yet
    return None


def _waiting() -> int:
    """Bytes of files in memory that no page has taken yet."""
    if not exists():
        return 0
    held = get_instance().uploaded_file_mgr.get_stats()
    return sum(stat.byte_length for stats in held.values() for stat in stats if isinstance(stat, CacheStat))
