"""The route that takes the app's cookies out of a browser. Scripts cannot, because they may not read these cookies.

POST forget-me    from a page of this app alone: `OriginGuard` refuses those of others
"""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit import config
from streamlit.url_util import make_url_path

from pages.shared.class_routes import SEAT_COOKIE
from pages.shared.visitors import COOKIE

ADDRESS = "forget-me"
FORGET_SCRIPT = Path(__file__).with_name("forget.js").read_text(encoding="utf-8")


def forget_routes() -> list[Route]:
    """The route, below the base path of the server."""
    return [Route(make_url_path(config.get_option("server.baseUrlPath"), ADDRESS), _forget, methods=["POST"])]


async def _forget(request: Request) -> Response:
    answer = Response(status_code=204, headers={"Cache-Control": "no-store"})
    for name in request.cookies:
        if name == COOKIE or name.startswith(SEAT_COOKIE):
            answer.delete_cookie(name, path="/", secure=request.url.scheme == "https", httponly=True, samesite="lax")
    return answer
