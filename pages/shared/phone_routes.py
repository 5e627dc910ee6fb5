"""What a student's phone opens: two small pages without a session, for GET alone.

join                  asks for the code of a class
join/<code>           the page of that class; the same for every code, its script asks whether there is such a class
join/assets/<file>    script and styles of both; their addresses change with their content

`class_routes` answers what these pages ask.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.url_util import make_url_path

from pages.shared.language import KEY as LANGUAGE_KEY
from pages.shared.language import preferred_language
from pages.shared.site import PAGES, app_name
from sentiment_core.classroom.codes import ALPHABET, LENGTH
from sentiment_core.messages import LANGUAGES, in_language, tr
from sentiment_core.player.bundle import phone_script, phone_stylesheet
from sentiment_core.player.speech import speech_of_phones

_SHELL = Template(Path(__file__).with_name("phone.html").read_text(encoding="utf-8"))
_CODE = re.compile(r"[A-Za-z0-9]{1,16}", re.ASCII)
# The page runs its own script alone, speaks to this server alone, and shows frames of this app alone.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "private, no-cache"


class _File(NamedTuple):
    """Something that is sent as it is: plain, compressed, and known by a tag that differs with its content."""

    plain: bytes
    packed: bytes
    tag: str
    kind: str


def phone_routes() -> list[Route]:
    """The routes, below the base path of the server."""
    base = config.get_option("server.baseUrlPath")
    routes = {"join": _ask_for_code, "join/": _no_code, "join/assets/{name}": _asset, "join/{code}": _show_class}
    return [Route(make_url_path(base, path), answer, methods=["GET"]) for path, answer in routes.items()]


async def _ask_for_code(request: Request) -> Response:
    return _page(request, "join")


async def _no_code(request: Request) -> Response:
    return RedirectResponse("../join", 303, headers=_SAFE)


async def _show_class(request: Request) -> Response:
    code = request.path_params["code"]
    return _page(request, "class") if _CODE.fullmatch(code) else await _no_code(request)


async def _asset(request: Request) -> Response:
    file = _assets().get(request.path_params["name"])
    if file is None:
        return Response(status_code=404, headers=_SAFE)
    fresh = request.query_params.get("v") == file.tag
    return _send(request, file, {"Cache-Control": _FOREVER if fresh else _ASK_AGAIN})


def _page(request: Request, page: str) -> Response:
    asked = request.query_params.get(LANGUAGE_KEY)
    chosen = asked in LANGUAGES
    language = asked if asked in LANGUAGES else preferred_language(request.headers.get("Accept-Language", ""))
    headers = {"Cache-Control": _ASK_AGAIN, "Content-Security-Policy": _POLICY}
    return _send(request, _html(page, str(language), chosen), headers)


def _send(request: Request, file: _File, headers: dict[str, str]) -> Response:
    headers = _SAFE | headers | {"ETag": f'"{file.tag}"', "Vary": "Accept-Encoding, Accept-Language"}
    if file.tag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return Response(file.packed, media_type=file.kind, headers=headers | {"Content-Encoding": "gzip"})
    return Response(file.plain, media_type=file.kind, headers=headers)


@cache
def _assets() -> dict[str, _File]:
    return {
        "phone.js": _file(phone_script(), "text/javascript"),
        "phone.css": _file(phone_stylesheet(), "text/css"),
    }


@cache
def _html(page: str, language: str, chosen: bool) -> _File:
    """The page in a language. chosen: whether the reader asked for it; else the script takes that of the class."""
    given = {
        "page": page,
        "language": language,
        "chosen": chosen,
        "languages": LANGUAGES,
        "messages": speech_of_phones(),
        "alphabet": ALPHABET,
        "length": LENGTH,
        "pages": [shown.address for shown in PAGES],
    }
    with in_language(language):
        notice = tr(
            "This page needs scripts, and a browser of 2018 or later. Allow scripts here, or use another device."
        )
        text = _SHELL.substitute(
            language=language,
            title=escape(app_name()),
            folder="join/assets" if page == "join" else "assets",
            styles=_assets()["phone.css"].tag,
            script=_assets()["phone.js"].tag,
            notice=escape(notice),
            given=json.dumps(given, ensure_ascii=False).replace("<", "\\u003c"),
        )
    return _file(text, "text/html")


def _file(text: str, kind: str) -> _File:
    content = text.encode()
    tag = hashlib.sha256(content).hexdigest()[:16]
    return _File(content, gzip.compress(content, mtime=0), tag, f"{kind}; charset=utf-8")
