"""The waiting room of a server that is full, and who passes it."""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from benchmarks.browser import Server, serve
from benchmarks.sessions import Session
from pages.shared import admission
from pages.shared.admission import ASKS_EVERY, LEAST, sessions_most
from pages.shared.visitors import COOKIE
from sentiment_core.environment import variables
from tests.loops import run_in_loop

VISITORS = [letter * 32 for letter in "abcdef"]
TEACHER, STUDENT, LATE, LATER, *_ = VISITORS


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for two sessions, kept for a second after a lost connection."""
    short = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "1"}
    with serve(SENTIMENT_RUNS=str(tmp_path_factory.mktemp("runs")), SENTIMENT_SESSIONS_MOST="2", **short) as server:
        yield server


def ask(server: Server, path: str, visitor: str = "", language: str = "en") -> tuple[int, str, HTTPResponse]:
    headers = {"Accept-Language": language} | ({"Cookie": f"{COOKIE}={visitor}"} if visitor else {})
    try:
        answer = urllib.request.urlopen(urllib.request.Request(f"{server.address}/{path}", headers=headers))
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return answer.status, answer.read().decode(errors="replace"), answer


def session(server: Server, visitor: str) -> Session:
    return Session(server.address, {"Cookie": f"{COOKIE}={visitor}"})


async def lesson(server: Server) -> None:
    """Two come, others wait, one leaves, the first of the others is let in."""
    teacher, student, late = (session(server, visitor) for visitor in (TEACHER, STUDENT, LATE))
    for visitor, one in ((TEACHER, teacher), (STUDENT, student)):
        assert ask(server, "reads", visitor)[0] == 200
        await one.connect()
        assert (await one.open("reads")).title()

    status, page, answer = ask(server, "review?text=fine", LATE)
    assert (status, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
        503,
        str(ASKS_EVERY),
        "no-store",
    )
    assert "Nobody waits before you." in page
    assert "1 browser waits before you." in ask(server, "", LATER)[1]
    assert ask(server, "reads", TEACHER)[0] == 200, "it has a session"

    with pytest.raises(InvalidStatus) as refused:
        await late.connect()
    assert refused.value.response.status_code == 503
    assert b"Waiting room" in bytes(refused.value.response.body or b"")

    student.vanish()
    await student.connect()
    shown = await student.open("reads")
    assert shown.session == student._id, "who lost the connection comes back to its session"

    for path in ("_stcore/health", "join", "favicon.png", "class/ABCDEF/tally"):
        assert ask(server, path)[0] != 503, path

    await student.close()
    deadline = time.monotonic() + 30
    while (status := ask(server, "", LATE)[0]) == 503 and time.monotonic() < deadline:
        assert ask(server, "", LATER)[0] == 503, "it is not its turn"
    assert status == 200
    assert "Nobody waits before you." in ask(server, "", LATER)[1]
    await late.connect()
    assert (await late.open("reads")).title()
    await late.close()
    await teacher.close()


def test_a_full_server_lets_in_in_order_and_loses_nobody(full: Server):
    run_in_loop(lesson(full))


def room(language: str, before: int = 3) -> str:
    asked = admission.HTTPConnection(
        {"type": "http", "headers": [(b"accept-language", language.encode())], "query_string": b"", "path": "/"}
    )
    return bytes(admission.waiting_room(asked, before, 7).body).decode()


@pytest.mark.parametrize(("language", "first", "second"), [("en", "en", "ko"), ("ko-KR,ko;q=0.9", "ko", "en")])
def test_the_waiting_room_speaks_both_languages_and_asks_again_without_a_script(language: str, first: str, second: str):
    page = room(language)
    assert re.findall(r'lang="(\w+)"', page) == [first, first, second]
    assert re.findall(r"<(h\d)>", page) == ["h1", "h2"]
    assert '<meta http-equiv="refresh" content="7">' in page
    assert "<script" not in page
    assert "3 browsers wait before you." in page
    assert "대기실" in page


def test_the_name_of_the_app_is_no_markup(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(variables.TITLE.name, "A <b>lab</b>")
    assert "A &lt;b&gt;lab&lt;/b&gt;" in room("en")


def test_the_limit_follows_from_the_memory_unless_it_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv(variables.SESSIONS_MOST.name, raising=False)
    limit, used = tmp_path / "memory.max", tmp_path / "memory.current"
    monkeypatch.setattr(admission, "_CONTAINER", [(str(limit), str(used))])
    used.write_text("100000000\n")
    limit.write_text("1300000000\n")
    assert sessions_most() == (1200 - admission.RESERVE_MB) // admission.SESSION_MB
    limit.write_text("200000000\n")
    assert sessions_most() == LEAST
    limit.write_text("max\n")
    assert sessions_most() > LEAST, "no limit but the machine's"
    monkeypatch.setenv(variables.SESSIONS_MOST.name, "0")
    assert sessions_most() == 0
