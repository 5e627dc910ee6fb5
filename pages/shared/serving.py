"""The server's own work: each page's title and the cookie in its HTML, and every page opened once at the start."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from html import escape
from pathlib import Path

import pyarrow as pa
import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit import config, file_util
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.session_manager import ClientContext, SessionClient
from streamlit.url_util import make_url_path

from pages.shared.class_waits import answer_at_the_end
from pages.shared.classes import classes
from pages.shared.heap import give_back, settle_heaps
from pages.shared.job_resources import look_after_jobs
from pages.shared.language import KEY as LANGUAGE_KEY
from pages.shared.language import preferred_language
from pages.shared.many_readers import keep_all_away, remember_signatures, watch_no_files
from pages.shared.measures import measure_lag
from pages.shared.security_values import drop_wrong_values
from pages.shared.shell import SHELL
from pages.shared.site import PAGES, Page, app_name
from pages.shared.turns import run_in_turn
from pages.shared.uploads import expire
from pages.shared.visitors import give_cookie
from sentiment_core.messages import LANGUAGES, in_language
from sentiment_core.messages.language import DEFAULT

_EXPIRE_EVERY = 60.0  # seconds between two removals of uploads whose time is over
_ready = threading.Event()
PATIENCE = 120  # seconds after which the server answers even if a page is not ready


_TITLE = "<title>Streamlit</title>"
_LANG = '<html lang="en"'


def page_routes() -> list[Route]:
    """A route for each page, with its title and description in the HTML, which previews of links show.

    Their language is the one in the address, else the one that the browser prefers.
    """
    base = config.get_option("server.baseUrlPath")
    shell = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    return [
        _route(make_url_path(base, page.address), {code: page_html(shell, page, code) for code in LANGUAGES})
        for page in PAGES
    ]


def page_html(shell: str, page: Page, language: str = DEFAULT) -> str:
    """Streamlit's empty page with this page's title and description."""
    with in_language(language):
        title, description = escape(page.browser_title), escape(page.description)
    head = [
        f"<title>{title}</title>",
        f'<meta name="description" content="{description}" />',
        '<meta property="og:type" content="website" />',
        f'<meta property="og:site_name" content="{escape(app_name())}" />',
        f'<meta property="og:title" content="{title}" />',
        f'<meta property="og:description" content="{description}" />',
        SHELL,
    ]
    return shell.replace(_LANG, f'<html lang="{language}"', 1).replace(_TITLE, "\n    ".join(head), 1)


def _route(path: str, html: dict[str, str]) -> Route:
    async def answer(request: Request) -> HTMLResponse:
        language = request.query_params.get(LANGUAGE_KEY)
        if language not in html:
            language = preferred_language(request.headers.get("Accept-Language", ""))
        # Private: a shared cache must not hand one visitor's cookie to others.
        headers = {"Cache-Control": "private, no-cache", "Vary": "Accept-Language"}
        response = HTMLResponse(html[language], headers=headers)
        give_cookie(request, response)
        return response

    return Route(path, answer)


@asynccontextmanager
async def opened_once(app: st.App) -> AsyncIterator[None]:
    """Open every page before the server answers.

    Python and its libraries import much only where it is first used. When a class opens a fresh server, many threads
    would do so at once, and one would find a module that another has half imported. It also fills the caches, so that
    the first visitor does not wait for them.
    """
    settle_heaps()
    measuring = asyncio.create_task(measure_lag())
    # After the pages have read their files, pyarrow's own allocator keeps up to 35 MB more.
    pa.set_memory_pool(pa.system_memory_pool())
    watch_no_files()
    remember_signatures()
    keep_all_away(get_instance())
    run_in_turn()
    drop_wrong_values()
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            for page in PAGES:
                await _open(get_instance(), page)
    _ready.set()
    # Exclude imported objects from garbage collection. Otherwise reruns spend time on scanning them.
    gc.collect()
    gc.freeze()
    await asyncio.to_thread(give_back)
    await asyncio.to_thread(look_after_jobs)
    answer_at_the_end()
    deleting = asyncio.create_task(_delete_expired())
    yield
    deleting.cancel()
    measuring.cancel()


def is_ready() -> bool:
    """Whether the pages have been opened, or were given up."""
    return _ready.is_set()


async def _delete_expired() -> None:
    """Delete the uploads and classes whose time is over, also while nobody opens a page and no job lives."""
    while True:
        await asyncio.to_thread(expire)
        await asyncio.to_thread(give_back)
        await asyncio.to_thread(lambda: classes().expire())
        await asyncio.sleep(_EXPIRE_EVERY)


class _FirstReader(SessionClient):
    """A reader inside the server that waits until a page's script ends."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        if msg.WhichOneof("type") == "script_finished":
            self.finished.set()

    @property
    def client_context(self) -> ClientContext | None:
        return None


async def _open(runtime: Runtime, page: Page) -> None:
    """Run a page's script once. What it meets is logged, as with any reader."""
    reader = _FirstReader()
    session = runtime.connect_session(reader, user_info={})
    try:
        asked = BackMsg()
        asked.rerun_script.page_name = page.address
        runtime.handle_backmsg(session, asked)
        await reader.finished.wait()
    finally:
        runtime.close_session(session)
