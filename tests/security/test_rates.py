"""The rates of visitors and addresses: generous for a class behind one address, and bounded for one who attacks."""

from typing import Any

import pytest

from pages.shared import security_rates
from pages.shared.security_rates import Buckets, Limit, RateGuard, network_of
from pages.shared.visitors import COOKIE
from tests.loops import run_in_loop
from tests.security.asking import ask, headers_of


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_gives_what_a_minute_allows_and_then_one_at_a_time():
    clock = Clock()
    buckets = Buckets(60, clock=clock)
    assert [buckets.take("a") for _ in range(60)] == [0.0] * 60
    assert buckets.take("a") == pytest.approx(1.0)
    assert buckets.take("b") == 0.0, "another one is not held back"
    clock.now = 0.5
    assert buckets.take("a") == pytest.approx(0.5), "who asked in vain does not wait longer for it"
    clock.now = 1.0
    assert buckets.take("a") == 0.0
    clock.now = 1e6
    assert [buckets.take("a") for _ in range(61)].count(0.0) == 60, "a bucket holds a minute's tokens at most"


def test_made_up_names_take_no_memory():
    buckets = Buckets(60, most=100)
    for number in range(10_000):
        buckets.take(f"visitor {number}")
    assert len(buckets) == 100


def test_a_class_behind_one_address_is_served_and_one_of_them_alone_is_held():
    limit = Limit(60, visitors=300, clock=Clock())
    everyone = [limit.wait(f"student {number}", "192.0.2.7") for number in range(200) for _ in range(60)]
    assert everyone == [0.0] * 12_000
    assert limit.wait("student 0", "192.0.2.7") > 0
    assert limit.wait("student 200", "192.0.2.7") == 0.0


def test_a_new_cookie_for_each_request_does_not_help():
    limit = Limit(60, visitors=10, clock=Clock())
    waits = [limit.wait(f"made up {number}", "192.0.2.7") for number in range(1000)]
    assert waits.count(0.0) == 600
    assert limit.wait("", "192.0.2.7") > 0, "nor does none"
    assert limit.wait("somebody", "198.51.100.1") == 0.0


def test_no_limits_may_be_set():
    assert all(Limit(0, 300).wait("a", "b") == 0.0 for _ in range(1000))
    assert all(Limit(1, 0).wait(str(number), "b") == 0.0 for number in range(1000))


def test_all_addresses_of_one_network_of_ipv6_are_one():
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:192.0.2.7") == network_of("192.0.2.7") == "192.0.2.7"
    assert network_of("fe80::1%eth0") == network_of("fe80::2")
    assert network_of(None) == ""
    assert network_of("testclient") == "testclient"


def answer(
    path: str, cookie: str = "a" * 32, host: str = "lab.example.org", kind: str = "http", method: str = "GET"
) -> Any:
    """The messages that a request through the guard is answered with."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    headers = [(b"host", host.encode()), (b"cookie", f"{COOKIE}={cookie}".encode()), (b"accept-language", b"ko")]
    peer = "127.0.0.1" if host == "localhost" else "192.0.2.7"
    scope = {"type": kind, "method": method, "path": path, "headers": headers, "client": (peer, 5000)}
    return run_in_loop(ask(RateGuard(app), scope, {"type": f"{kind}.connect"}))


@pytest.fixture
def two_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENTIMENT_REQUESTS_A_MINUTE", "2")
    monkeypatch.setattr(security_rates, "_limits", None)


def test_who_asks_too_often_is_told_to_wait_in_the_own_language(two_a_minute):
    assert [answer("/drift")[0]["status"] for _ in range(3)] == [200, 200, 429]
    refused = answer("/lab/live/x/events")
    assert headers_of(refused)["retry-after"] == "30"
    assert "30초" in refused[1]["body"].decode()
    assert answer("/drift", cookie="b" * 32)[0]["status"] == 200, "another visitor of this address goes on"
    assert answer("/_stcore/stream", kind="websocket") == [{"type": "websocket.close", "code": 1008}]


def test_what_every_page_loads_is_not_counted_and_who_sits_at_the_machine_neither(two_a_minute):
    assert {answer("/static/js/index.js")[0]["status"] for _ in range(9)} == {200}
    assert {answer("/drift", host="localhost")[0]["status"] for _ in range(9)} == {200}


def test_uploads_and_exports_count_as_what_computes_for_long(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_ACTIONS_A_MINUTE", "2")
    monkeypatch.setattr(security_rates, "_limits", None)
    assert answer("/export/x/a.zip")[0]["status"] == 200
    assert answer("/_stcore/upload_file/a/b", method="PUT")[0]["status"] == 200
    assert answer("/export/x/a.zip")[0]["status"] == 429
    assert answer("/drift")[0]["status"] == 200


def test_a_review_is_explained_again_and_again_for_nothing_and_a_new_one_counts(monkeypatch: pytest.MonkeyPatch):
    """Explanations of typed reviews are dear. Who types fast stays far below the rate."""
    from pages.compare.one_review_parts import reading
    from sentiment_core.errors import RateError

    left, session = [2], {}

    def count() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise RateError("Wait {seconds} s.", seconds=1)

    monkeypatch.setattr(reading, "count_action", count)
    monkeypatch.setattr(reading.st, "session_state", session)
    for _ in range(50):
        reading._count("a fine film", "occlusion")
    reading._count("a fine film", "integrated_gradients")
    assert left == [0]
    with pytest.raises(RateError):
        reading._count("a dull film", "occlusion")
    with pytest.raises(RateError):
        reading._count("a dull film", "occlusion")  # one that was refused has not been explained
    clock = Clock()
    limit = Limit(120, visitors=300, clock=clock)
    typed = []
    for keystroke in range(300):  # a new review every second, for five minutes
        clock.now = float(keystroke)
        typed.append(limit.wait("student", "192.0.2.7"))
    assert typed == [0.0] * 300
