"""The waiting room of a server that is full: who passes it, in which order, and what a browser shows meanwhile."""

import asyncio
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse

import pytest
from playwright.sync_api import Browser, Page, expect
from websockets.exceptions import InvalidStatus

from benchmarks.browser import Server, serve, wait_until_drawn
from benchmarks.sessions import Session
from pages.shared.admission import ASKS_EVERY, WAITING
from pages.shared.visitors import COOKIE
from tests.loops import run_in_loop

VISITORS = [letter * 32 for letter in "abcdef"]
TEACHER, STUDENT, LATE, LATER, *_ = VISITORS
FROM_OUTSIDE = {"X-Forwarded-For": "192.0.2.1"}  # as through a proxy: no local visitor
NAME = "lab.localhost"  # which browsers look for on this machine, and which is not one of its own names


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for two sessions, kept for a second after a lost connection."""
    short = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "1", "SENTIMENT_HOSTS": f"127.0.0.1,{NAME}"}
    with serve(SENTIMENT_RUNS=str(tmp_path_factory.mktemp("runs")), SENTIMENT_SESSIONS_MOST="2", **short) as server:
        yield server


def headers(visitor: str = "") -> dict[str, str]:
    return FROM_OUTSIDE | ({"Cookie": f"{COOKIE}={visitor}"} if visitor else {})


def ask(server: Server, path: str, visitor: str = "") -> HTTPResponse | urllib.error.HTTPError:
    try:
        found: HTTPResponse = urllib.request.urlopen(
            urllib.request.Request(f"{server.address}/{path}", headers=headers(visitor))
        )
        return found
    except urllib.error.HTTPError as refused:
        return refused


def place(server: Server, path: str, visitor: str) -> int:
    """The place in line; 0 for who is let in."""
    with ask(server, path, visitor) as answer:
        assert (answer.status == 503) == (WAITING in answer.headers)
        return int(answer.headers.get(WAITING, 0))


def measured(server: Server, name: str) -> float:
    with urllib.request.urlopen(f"{server.address}/metrics") as answer:
        return float(re.findall(rf"^{name} (\S+)$", answer.read().decode(), re.MULTILINE)[0])


async def lesson(server: Server) -> None:
    """Two come, others wait, one leaves, the first of the others is let in."""
    teacher, student, late = (Session(server.address, headers(one)) for one in (TEACHER, STUDENT, LATE))
    for visitor, one in ((TEACHER, teacher), (STUDENT, student)):
        assert place(server, "reads", visitor) == 0
        await one.connect()
        assert (await one.open("reads")).title()

    with ask(server, "review?text=fine", LATE) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, str(ASKS_EVERY))
        assert answer.headers["Cache-Control"] == "no-store"
        assert "You are number 1 in line." in answer.read().decode()
    assert place(server, "", LATER) == 2
    assert place(server, "reads", TEACHER) == 0, "it has a session"
    with urllib.request.urlopen(f"{server.address}/review") as answer:
        assert answer.status == 200, "who sits at the machine never waits"
    assert measured(server, "sentiment_waiting") == 2
    assert measured(server, "sentiment_sessions_most") == 2
    with ask(server, "healthz") as answer:
        assert (answer.status, b'"places":"taken"' in answer.read()) == (200, True)

    with pytest.raises(InvalidStatus) as refused:
        await late.connect()
    assert refused.value.response.status_code == 503

    student.vanish()
    await student.connect()
    shown = await student.open("reads")
    assert shown.session == student._id, "who lost the connection comes back to its session"

    for path in ("_stcore/health", "join", "favicon.png", "class/ABCDEF/tally"):
        with ask(server, path) as answer:
            assert answer.status != 503, path

    await student.close()
    deadline = time.monotonic() + 30
    while (waits := place(server, "", LATE)) and time.monotonic() < deadline:
        assert place(server, "", LATER) == 2, "it is not its turn"
        await asyncio.sleep(0.05)  # answer the server's pings
    assert not waits
    assert place(server, "", LATER) == 1
    await late.connect()
    assert (await late.open("reads")).title()
    await late.close()
    await teacher.close()


@pytest.mark.server
def test_a_full_server_lets_in_in_order_and_loses_nobody(full: Server):
    run_in_loop(lesson(full))


def open_tab(browser: Browser, server: Server, path: str, language: str = "en") -> Page:
    """A page in a browser of its own, as one that comes from outside."""
    outside = server.address.replace("127.0.0.1", NAME)
    tab = browser.new_page(base_url=outside, viewport={"width": 390, "height": 844}, locale=language)
    tab.goto(path)
    return tab


def wait_until_let_in(tab: Page) -> None:
    """Let a waiting room ask until it is gone. It also asks when its tab is shown again, which takes no 10 seconds."""
    room = tab.get_by_role("status")
    while room.count():
        tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        tab.wait_for_timeout(200)


@pytest.mark.browser
def test_a_browser_waits_in_its_language_and_is_let_in_with_its_link(browser: Browser, full: Server):
    stays, returns = (open_tab(browser, full, "/reads") for _ in range(2))
    for tab in (stays, returns):
        wait_until_drawn(tab)

    waits = open_tab(browser, full, "/review?text=A+dull+but+moving+film", language="ko")
    expect(waits.get_by_role("heading", name="대기실")).to_be_visible()
    expect(waits.get_by_role("status")).to_have_text("대기 순서는 1번째입니다.")
    assert waits.locator("html").get_attribute("lang") == "ko"
    assert waits.evaluate("document.documentElement.scrollWidth <= innerWidth")
    waits.get_by_role("link", name="English").press("Enter")
    expect(waits.get_by_role("heading", name="Waiting room")).to_be_visible()

    # A tab whose session is gone is refused when it connects again: it shows the waiting room, too.
    returns.context.clear_cookies()
    returns.evaluate("new WebSocket(`ws://${location.host}/_stcore/stream`)")
    expect(returns.get_by_role("heading", name="Waiting room")).to_be_visible()
    expect(returns.get_by_role("status")).to_have_text("You are number 2 in line.")

    wait_until_let_in(waits)
    expect(waits.get_by_role("textbox", name="Review", exact=True)).to_have_value(
        "A dull but moving film", timeout=30_000
    )
    stays.close()
    wait_until_let_in(returns)
    wait_until_drawn(returns)
    assert returns.url.endswith("/reads")
    for tab in (waits, returns):
        tab.close()
