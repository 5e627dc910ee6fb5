"""Who must wait before a full machine, what the waiting room says, and how many sessions a machine takes."""

import re
from pathlib import Path

import pytest
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from streamlit import config

from pages.shared import admission
from pages.shared.admission import LEAST, sessions_most
from pages.shared.classes import classes
from pages.shared.door import Door
from pages.shared.security_headers import inline_scripts, script_hash
from pages.shared.visitors import COOKIE, Handshake, visitor_of
from sentiment_core.environment import variables

TEACHER, STUDENT = "a" * 32, "b" * 32


def asked(query: str = "", cookie: str = "", host: str = "lab.example.org", language: str = "en") -> HTTPConnection:
    sent = {"host": host, "accept-language": language, "cookie": f"{COOKIE}={cookie}"}
    headers = [(name.encode(), value.encode()) for name, value in sent.items()]
    client = ("127.0.0.1", 5000)
    return HTTPConnection(
        {"type": "http", "headers": headers, "query_string": query.encode(), "path": "/", "client": client}
    )


def test_who_sits_at_the_machine_and_who_teaches_a_class_do_not_wait(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv(variables.RUNS.name, str(tmp_path))
    room, _ = classes().open("en", visitor_of(Handshake(cookies={COOKIE: TEACHER}), "").id)
    assert not admission._passes(asked(cookie=STUDENT))
    assert admission._passes(asked(cookie=TEACHER))
    assert admission._passes(asked(host="localhost:8501"))
    assert not admission._passes(asked()), "no cookie is nobody's"
    classes().end(room)
    assert not admission._passes(asked(cookie=TEACHER))


def room(query: str = "", language: str = "en", before: int = 3) -> str:
    return bytes(admission.waiting_room(asked(query, language=language), before, 7).body).decode()


@pytest.mark.parametrize(
    ("query", "accepted", "language", "place"),
    [
        ("", "en", "en", "You are number 4 in line."),
        ("", "ko-KR,ko;q=0.9", "ko", "대기 순서는 4번째입니다."),
        ("lang=en", "ko", "en", "You are number 4 in line."),
        ("lang=ko", "en", "ko", "대기 순서는 4번째입니다."),
    ],
)
def test_the_waiting_room_speaks_the_readers_language_and_links_to_the_other(query, accepted, language, place):
    page = room(f"text=dull+%26+slow&{query}", accepted)
    other = {"en": "ko", "ko": "en"}[language]
    assert f'<html lang="{language}"' in page
    assert f'<p id="place" role="status">{place}</p>' in page
    assert f'<a href="?text=dull+%26+slow&amp;lang={other}" lang="{other}" hreflang="{other}">' in page


def test_it_asks_again_with_and_without_its_script_which_its_policy_allows():
    answer = admission.waiting_room(asked(), 0, 7)
    page = bytes(answer.body).decode()
    assert '<noscript><meta http-equiv="refresh" content="7"></noscript>' in page
    assert 'data-seconds="7"' in page
    [script] = inline_scripts(page)
    assert f"script-src {script_hash(script)};" in answer.headers["Content-Security-Policy"]


def test_what_comes_from_outside_is_no_markup(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(variables.TITLE.name, "A <b>lab</b>")
    page = room('"><script>alert(1)</script>=<b>')
    assert "A &lt;b&gt;lab&lt;/b&gt;" in page
    assert len(re.findall("<script", page)) == 1
    assert "<b>" not in page


def test_the_limit_follows_from_the_memory_unless_it_is_set(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(variables.SESSIONS_MOST.name, raising=False)
    left = {"small": 390_000_000, "full": 100_000_000, "usual": 1_300_000_000}  # bytes beside a server that is open
    limits = {}
    for name, size in left.items():
        monkeypatch.setattr(admission, "memory_left", lambda size=size: size)
        limits[name] = sessions_most()
    assert limits == {"small": 95, "full": LEAST, "usual": 550}
    monkeypatch.setenv(variables.SESSIONS_MOST.name, "0")
    assert sessions_most() == 0


@pytest.mark.parametrize(
    ("path", "status"), [("/lab/", 503), ("/lab/review", 503), ("/lab/join", 200), ("/review", 200)]
)
def test_pages_below_a_base_path_are_behind_the_door(monkeypatch: pytest.MonkeyPatch, path: str, status: int):
    usual = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: "lab" if name == "server.baseUrlPath" else usual(name))
    full = Door(1, lambda: 1, 120.0)
    monkeypatch.setattr(admission, "door", lambda: full)
    client = TestClient(admission.Admission(PlainTextResponse("in")), base_url="http://lab.example.org")
    assert client.get(path).status_code == status
