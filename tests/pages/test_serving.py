"""The app on a real server: many readers at once on a new server, and the HTML before any script runs."""

import asyncio
import re
import urllib.error
import urllib.request
from html import escape
from pathlib import Path

import pytest
from streamlit import config

from benchmarks.browser import Server, serve
from benchmarks.sessions import Session, Shown
from pages.shared.serving import page_html, page_routes
from pages.shared.shell import SHELL
from pages.shared.site import HOME, PAGES, Page, app_name
from sentiment_core.messages import Message, in_language
from tests.loops import run_in_loop
from tests.served import Served

CLASS = 30


async def read(address: str, page: str) -> Shown:
    session = await Session.start(address)
    shown = await session.open(page)
    await session.close()
    return shown


async def read_all(address: str) -> list[Shown]:
    return await asyncio.gather(*(read(address, page.address) for page in PAGES for _ in range(CLASS)))


def test_many_readers_on_a_new_server_see_complete_pages(tmp_path: Path):
    """All open at once when it starts to answer."""
    with serve(SENTIMENT_RUNS=str(tmp_path)) as new:
        shown = run_in_loop(read_all(new.address))
    for place, page in enumerate(PAGES):
        readers = shown[CLASS * place :][:CLASS]
        assert [problem for reader in readers for problem in reader.exceptions()] == [], page.title
        assert {reader.title() for reader in readers} == {app_name() if page is HOME else page.title}
        assert not any(reader.missing for reader in readers), page.title
        assert len({frozenset(reader.elements) for reader in readers}) == 1, f"some got less of {page.title}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
def test_a_shared_link_is_previewed_by_the_pages_title_and_description(server: Server, page: Page):
    with urllib.request.urlopen(f"{server.address}/{page.address}?runs=rnn") as answer:
        html = answer.read().decode()
        assert answer.headers["Cache-Control"] == "private, no-cache"
    assert re.findall("<title>(.*?)</title>", html) == [escape(page.browser_title)]
    for name in ("description", "og:description"):
        assert re.findall(f'="{name}" content="(.*?)"', html) == [escape(page.description)]
    assert re.findall('="og:title" content="(.*?)"', html) == [escape(page.browser_title)]
    assert 'src="./static/js/' in html, "the app itself is still in it"


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("?lang=ko", "en", "ko"),
        ("?lang=en", "ko", "en"),
        ("?lang=xx", "fr", "en"),
    ],
)
def test_a_page_is_served_in_the_language_of_the_address_or_the_browser(server: Server, query, accepted, language):
    address = f"{server.address}/drift{query}"
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept-Language": accepted})) as answer:
        html = answer.read().decode()
        assert "Accept-Language" in answer.headers["Vary"]
    page = next(page for page in PAGES if page.address == "drift")
    with in_language(language):
        assert f"<title>{escape(page.browser_title)}</title>" in html
        assert f'name="description" content="{escape(page.description)}"' in html
    assert f'<html lang="{language}">' in html


def test_each_page_has_its_own_title():
    assert len({page.browser_title for page in PAGES}) == len(PAGES)


def test_markup_in_a_title_or_description_is_text():
    page = Page(None, Message('"><script>'), "x", "pages/x.py", Message('"><img src=x>'))
    html = page_html("<head><title>Streamlit</title></head>", page)
    assert html.count("<script>") == SHELL.count("<script>"), "the page's own"
    assert "&lt;script&gt;" in html
    assert "<img" not in html


def test_streamlit_handles_addresses_that_are_not_pages(server: Server):
    with urllib.request.urlopen(f"{server.address}/nowhere") as answer:
        assert "<title>Streamlit</title>" in answer.read().decode()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{server.address}/drift/_stcore/health")


def test_pages_are_served_below_a_base_path(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(config, "get_option", {"server.baseUrlPath": "lab"}.__getitem__)
    assert [route.path for route in page_routes()] == ["/lab/", *(f"/lab/{page.address}" for page in PAGES[1:])]


def test_a_server_that_has_ended_by_itself_says_how_and_is_started_again(tmp_path: Path):
    served = Served(SENTIMENT_RUNS=str(tmp_path))
    first = served.get()
    assert served.get() is first
    first.process.kill()
    first.process.wait()
    with pytest.warns(UserWarning, match=r"is started again: The server has ended by itself with -9") as caught:
        second = served.get()
    assert "You can now view your Streamlit app" in str(caught[0].message)
    with urllib.request.urlopen(second.address) as answer:
        assert answer.status == 200
    served.close()
    assert second.process.poll() is not None
