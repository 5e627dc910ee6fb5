"""Who counts as whom, and as local: attacked with forged cookies, hosts, origins and the headers of proxies."""

import re
import urllib.request

import pytest

from benchmarks.browser import Server
from pages.shared.visitors import COOKIE, Handshake, Visitor, is_local, may_train, visitor_of

SECRET, OTHER = "a" * 32, "b" * 32
AT_HOME = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}
LOCAL, STRANGER = Visitor("1" * 32, local=True), Visitor("2" * 32, local=False)


def handshake(headers: dict[str, str] | None = None, peer: str | None = "127.0.0.1", **cookies: str) -> Handshake:
    return Handshake((AT_HOME if headers is None else headers).items(), cookies, peer)


def identity(cookie: str, stand_in: str = OTHER) -> str:
    return visitor_of(handshake(sentiment_visitor=cookie), stand_in).id


def test_a_cookie_is_one_visitor_and_another_cookie_another():
    assert identity(SECRET) == identity(SECRET)
    assert identity(SECRET) != identity(OTHER)


def test_the_id_in_a_jobs_file_does_not_contain_the_cookie_and_is_no_cookie():
    found = identity(SECRET)
    assert re.fullmatch("[0-9a-f]{32}", found)
    assert SECRET not in found
    assert identity(found) != found, "who read the id and sends it as a cookie is somebody else"


@pytest.mark.parametrize(
    "forged",
    ["", "a", "a" * 31, "a" * 33, "a" * 31 + "\n", "a" * 31 + "é", "a" * 31 + ";", "../" * 10 + "aa", "0" * 9999],
)
def test_a_cookie_that_the_app_cannot_have_set_is_ignored(forged: str):
    assert identity(forged) == visitor_of(handshake(), OTHER).id


def test_a_browser_without_cookies_is_one_visitor_as_long_as_its_session_lasts():
    assert visitor_of(handshake(), SECRET) == visitor_of(handshake(), SECRET)
    assert visitor_of(handshake(), SECRET).id != visitor_of(handshake(), OTHER).id


@pytest.mark.parametrize("host", ["localhost:8501", "LOCALHOST", "127.0.0.1:8501", "127.0.0.1", "[::1]:8501", "[::1]"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.0.0.2"])
def test_a_browser_on_this_machine_is_local(host: str, peer: str):
    assert is_local(handshake({"Host": host, "Origin": f"http://{host}"}, peer))
    assert is_local(handshake({"Host": host}, peer))


@pytest.mark.parametrize(
    "host",
    [
        "lab.example.org",
        "localhost.example.org",
        "localhost@example.org",
        "example.org/localhost",
        "localhost/../example.org",
        "localhost:8501:8501",
        "localhost:x",
        "127.0.0.1.nip.io",
        "0.0.0.0",
        "10.0.0.7:8501",
        "[::1",
        "",
        " ",
    ],
)
def test_another_host_is_not_local(host: str):
    """As with a proxy that passes Host on, or a name that somebody lets point to 127.0.0.1."""
    assert not is_local(handshake({"Host": host}))


def test_without_or_with_two_hosts_nobody_is_local():
    assert not is_local(handshake({}))
    assert not is_local(Handshake([("host", "localhost"), ("host", "localhost")], {}, "127.0.0.1"))


@pytest.mark.parametrize("origin", ["https://lab.example.org", "null", "", "http://localhost.example.org", "file://"])
def test_a_page_of_another_origin_is_not_local(origin: str):
    """As with a proxy that puts its own Host, or a page on the web that connects to this machine."""
    assert not is_local(handshake({"Host": "127.0.0.1:8501", "Origin": origin}))


@pytest.mark.parametrize("peer", ["10.0.0.7", "192.168.1.5", "2001:db8::1", "::ffff:10.0.0.7", "localhost", "", None])
def test_a_connection_from_elsewhere_is_not_local_whatever_it_says(peer: str | None):
    assert not is_local(handshake(peer=peer))


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-For", "x-forwarded-host", "X-Forwarded-Proto", "Forwarded", "Via", "X-Real-IP", "CF-Connecting-IP"],
)
@pytest.mark.parametrize("value", ["203.0.113.5", "127.0.0.1", "localhost", ""])
def test_behind_a_proxy_nobody_is_local_even_if_the_proxy_says_so(header: str, value: str):
    assert not is_local(handshake(AT_HOME | {header: value}))


def test_rights_are_those_of_the_owner_and_of_local_visitors():
    assert LOCAL.may_control(STRANGER.id)
    assert LOCAL.may_control("")
    assert STRANGER.may_control(STRANGER.id)
    assert not STRANGER.may_control(LOCAL.id)
    assert not STRANGER.may_control(STRANGER.id[:-1])
    assert not STRANGER.may_control("é")
    assert not STRANGER.may_control(""), "a job of the command line belongs to no visitor"
    assert not LOCAL.owns(""), "nor does it count as one of theirs"


@pytest.mark.parametrize(
    ("setting", "local", "stranger"),
    [(None, True, False), ("auto", True, False), ("on", True, True), ("off", False, False)],
)
def test_who_may_train_is_set_by_the_owner(setting, local, stranger, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SENTIMENT_TRAINING", raising=False)
    if setting is not None:
        monkeypatch.setenv("SENTIMENT_TRAINING", setting)
    assert may_train(LOCAL) == local
    assert may_train(STRANGER) == stranger


@pytest.mark.server
def test_a_page_gives_each_browser_a_cookie_of_its_own_and_leaves_a_known_one(server: Server):
    def cookie(sent: str = "") -> str | None:
        asked = urllib.request.Request(f"{server.address}/drift", headers={"Cookie": sent} if sent else {})
        with urllib.request.urlopen(asked) as answer:
            return answer.headers["Set-Cookie"]

    first, second = cookie(), cookie()
    assert first is not None
    assert second is not None
    assert first != second
    value, *attributes = first.split("; ")
    assert re.fullmatch(rf"{COOKIE}=[A-Za-z0-9_-]{{32}}", value)
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(attributes)
    assert cookie(value) is None
    assert cookie(f"{COOKIE}=<script>") is not None
