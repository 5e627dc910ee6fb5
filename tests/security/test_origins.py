"""Which hosts and origins the server answers, attacked as DNS rebinding and pages of other sites do."""

from typing import Any

import pytest

from pages.shared.security_origins import OriginGuard, allowed_hosts, host_name, is_known_host, is_known_origin
from sentiment_core.errors import SettingError
from tests.loops import run_in_loop
from tests.security.asking import ask

PROXY = {"x-forwarded-for": "192.0.2.7"}


def status(method: str = "GET", host: str | None = "localhost:8501", **headers: str) -> int:
    """The status of a request through the guard; 200 if it passes."""
    return _first("http", method, host, headers)["status"]


def connects(host: str | None = "localhost:8501", **headers: str) -> bool:
    """Whether a websocket is let through."""
    return _first("websocket", "GET", host, headers)["type"] == "websocket.accept"


def _first(kind: str, method: str, host: str | None, headers: dict[str, str]) -> dict[str, Any]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        is_page = scope["type"] == "http"
        await send({"type": "http.response.start", "status": 200} if is_page else {"type": "websocket.accept"})

    named = {name.replace("_", "-"): value for name, value in headers.items()} | ({"host": host} if host else {})
    listed = [(name.lower().encode(), value.encode()) for name, value in named.items()]
    scope = {"type": kind, "method": method, "path": "/", "headers": listed}
    opening = {"type": "websocket.connect"} if kind == "websocket" else {"type": "http.request"}
    return run_in_loop(ask(OriginGuard(app), scope, opening))[0]


@pytest.fixture(autouse=True)
def no_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SENTIMENT_HOSTS", raising=False)


REBOUND = ["attacker.example", "attacker.example:8501", "localhost.attacker.example", "127.0.0.1.nip.io", "a.b.c.d.e"]
ODD = [
    "",
    "localhost/x",
    "localhost@attacker.example",
    "attacker.example\\@localhost",
    "localhost:x",
    "[::1",
    "loc alhost",
]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501", "192.168.1.20:8501"])
@pytest.mark.parametrize("more", [{}, {"origin": "same"}])
def test_the_app_is_reached_by_the_name_or_address_of_this_machine(host: str, more: dict[str, str]):
    headers = {"origin": f"http://{host}"} if more else {}
    assert status(host=host, **headers) == 200
    assert connects(host, **headers)
    assert status("PUT", host, **headers) == 200


@pytest.mark.parametrize("host", ["lab", "teacher-laptop.local:8501", "lab.lan", "pc.home.arpa", "lab.internal"])
def test_names_of_the_local_network_are_no_ones_elses(host: str):
    assert status(host=host) == 200


@pytest.mark.parametrize("host", [*REBOUND, *ODD])
def test_a_name_that_points_here_by_rebinding_is_refused(host: str):
    assert status(host=host) == 421
    assert status("PUT", host, origin=f"http://{host}") == 421
    assert not connects(host, origin=f"http://{host}")


def test_without_or_with_two_hosts_nothing_is_answered():
    assert status(host=None) == 421
    assert not connects(None)


@pytest.mark.parametrize("host", REBOUND)
def test_a_page_that_pretends_to_be_a_proxy_still_gets_no_websocket_and_so_no_page(host: str):
    """Scripts set any header of a fetch, and none of a websocket."""
    assert not connects(host, origin=f"http://{host}")


def test_behind_a_proxy_the_proxy_knows_the_names():
    assert status(host="lab.example.org", **PROXY) == 200
    assert connects("lab.example.org", origin="https://lab.example.org", **PROXY)
    assert not connects("lab.example.org", origin="https://attacker.example", **PROXY)


@pytest.mark.parametrize(
    "host", ["lab.example.org", "LAB.example.org:443", "lab.example.org.", "a.demo.example", "localhost:8501"]
)
def test_with_hosts_listed_these_are_answered(host: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_HOSTS", "lab.example.org, *.demo.example")
    assert status(host=host) == 200
    assert connects(host)


@pytest.mark.parametrize("host", [*REBOUND, *ODD, "demo.example", "xlab.example.org", "192.168.1.20", "lab"])
@pytest.mark.parametrize("more", [{}, PROXY])
def test_with_hosts_listed_no_other_is_even_through_a_proxy(host, more, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_HOSTS", "lab.example.org, *.demo.example")
    assert status(host=host, **more) == 421
    assert not connects(host, **more)


FOREIGN = [
    "https://attacker.example",
    "http://localhost.attacker.example",
    "http://localhost:9999",  # another program on this machine
    "http://localhost:8501@attacker.example",
    "null",
    "file://",
    "",
    "http://",
    "javascript:0",
    "http://[::1",
]


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_page_of_another_site_may_look_at_links_but_send_nothing(origin: str):
    assert status("GET", origin=origin) == 200
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert status(method, origin=origin) == 403
    assert not connects(origin=origin)


def test_a_form_of_another_site_is_told_by_the_browser_where_it_names_no_origin():
    assert status("POST", sec_fetch_site="cross-site") == 403
    assert status("POST", sec_fetch_site="same-site") == 403
    assert status("POST", sec_fetch_site="same-origin") == 200
    assert status("POST") == 200, "a program"


def test_a_proxy_that_changes_the_host_needs_the_name_in_the_list(monkeypatch: pytest.MonkeyPatch):
    assert not connects("127.0.0.1:8501", origin="https://lab.example.org", **PROXY)
    monkeypatch.setenv("SENTIMENT_HOSTS", "lab.example.org")
    assert connects("127.0.0.1:8501", origin="https://lab.example.org", **PROXY)
    assert not connects("127.0.0.1:8501", origin="https://attacker.example", **PROXY)


def test_the_origins_that_streamlit_allows_are_allowed():
    assert is_known_origin("https://a.example", "127.0.0.1", [], ["https://a.example"])
    assert not is_known_origin("https://a.example:444", "127.0.0.1", [], ["https://a.example"])


@pytest.mark.parametrize("given", ["https://lab.example.org", "lab.example.org:443", "a b", "lab/x", "*.", "a.*.b"])
def test_a_list_with_what_is_no_host_is_refused_in_one_line(given: str):
    with pytest.raises(SettingError, match="SENTIMENT_HOSTS"):
        allowed_hosts({"SENTIMENT_HOSTS": given})


def test_every_host_may_be_allowed_and_then_an_origin_still_must_be_the_hosts():
    assert allowed_hosts({"SENTIMENT_HOSTS": "*"}) == ["*"]
    assert is_known_host("any.example", ["*"], False)
    assert not is_known_origin("https://attacker.example", "any.example", ["*"], [])


def test_a_host_is_read_as_browsers_send_it():
    assert host_name("Lab.Example.org:8501") == "lab.example.org"
    assert host_name("[::1]:8501") == "::1"
    assert host_name("lab.example.org.") == "lab.example.org"
