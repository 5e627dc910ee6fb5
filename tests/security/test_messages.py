"""What may come in on the websocket of a page."""

from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.shared import security_messages
from pages.shared.security_messages import MessageGuard, reason_to_close
from tests.loops import run_in_loop
from tests.security.asking import ask

MOST = 1000


def rerun(query: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = query
    return message.SerializeToString()


def arrived(*sent: dict[str, Any] | bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[list[bytes], list[dict[str, Any]]]:
    """The messages that the app received of those sent, and what it answered."""
    monkeypatch.setattr(security_messages, "get_max_widget_state_size_bytes", lambda: MOST)
    received: list[bytes] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            received.append(message["bytes"])
        await send({"type": "websocket.send", "bytes": b"too late"})

    packed = [one if isinstance(one, dict) else {"type": "websocket.receive", "bytes": one} for one in sent]
    answers = run_in_loop(ask(MessageGuard(app), {"type": "websocket"}, *packed))
    return received, answers


def test_what_the_page_sends_passes(monkeypatch):
    stop, beat, files, later = BackMsg(), BackMsg(), BackMsg(), BackMsg()
    stop.stop_script = beat.app_heartbeat = True
    files.file_urls_request.file_names.append("reviews.csv")
    later.backend_operation_request.deferred_file.file_id = "1"
    good = [rerun("a=1"), *(message.SerializeToString() for message in (stop, beat, files, later))]
    assert arrived(*good, monkeypatch=monkeypatch)[0] == good


@pytest.mark.parametrize("kind", ["clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime", "files"])
def test_what_acts_on_all_visitors_is_dropped_and_the_visitor_goes_on(kind: str, monkeypatch):
    foreign = BackMsg()
    if kind == "files":
        foreign.file_urls_request.file_names.extend(["a"] * 21)
    else:
        setattr(foreign, kind, True)
    received, answers = arrived(foreign.SerializeToString(), rerun(), monkeypatch=monkeypatch)
    assert received == [rerun()]
    assert answers == [{"type": "websocket.send", "bytes": b"too late"}]


def test_so_is_the_wish_to_write_files_of_a_developers_machine(monkeypatch):
    foreign = BackMsg()
    foreign.backend_operation_request.install_skills.SetInParent()
    assert arrived(foreign.SerializeToString(), b"", monkeypatch=monkeypatch)[0] == []


@pytest.mark.parametrize("name", ["a\n2026-11-28 00:00:00 forged line", "a" * 65, "../x", "\u202e"])
def test_no_text_of_a_browser_comes_into_the_log(name: str, monkeypatch):
    known, forged = BackMsg(), BackMsg()
    known.rerun_script.fragment_id, forged.rerun_script.fragment_id = "0123456789abcdef" * 2, name
    sent = (forged.SerializeToString(), known.SerializeToString())
    assert arrived(*sent, monkeypatch=monkeypatch)[0] == [known.SerializeToString()]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"type": "websocket.receive", "text": "hello"}, 1003),
        (b"\xff" * 20, 1002),
        (rerun("a=1")[:-1], 1002),
        (rerun("a" * MOST), 1009),
    ],
    ids=["text", "noise", "cut", "large"],
)
def test_a_message_in_bad_form_ends_the_connection_and_nothing_more_is_sent(sent, code: int, monkeypatch):
    received, answers = arrived(rerun(), sent, rerun(), monkeypatch=monkeypatch)
    assert received == [rerun()]
    assert answers == [{"type": "websocket.close", "code": code}]


def test_the_largest_message_is_let_in_and_one_byte_more_is_not():
    message = rerun("a" * 100)
    assert reason_to_close(message, len(message)) is None
    assert reason_to_close(message, len(message) - 1) == 1009


def test_who_sends_too_fast_waits_and_loses_nothing(monkeypatch):
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(security_messages.asyncio, "sleep", sleep)
    monkeypatch.setattr(security_messages.time, "monotonic", lambda: 5.0)
    assert len(arrived(*[rerun()] * 100, monkeypatch=monkeypatch)[0]) == 100
    assert len(waited) == 40
    assert waited[:2] == [0.05, 0.1]
