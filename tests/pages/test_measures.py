"""What the server measures of its own work: percentiles, and the time that a browser waits for a script."""

from typing import Any

import numpy as np
import pytest
from starlette.routing import Route
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.shared import measures
from pages.shared.durations import Durations
from pages.shared.measures import FIRST, RERUN, TIMED, Measured, Measures, route_name
from tests.loops import run_in_loop

SHARES = (0.5, 0.95, 0.99)


def test_percentiles_are_those_of_numpy_within_a_bin():
    durations, drawn = Durations(lambda: 5.0), np.random.default_rng(0).lognormal(-2, 1, 5000)
    for seconds in drawn:
        durations.add(float(seconds))
    expected = np.quantile(drawn, SHARES, method="inverted_cdf")
    assert durations.percentiles(*SHARES) == pytest.approx(expected, rel=0.026)
    assert (durations.count, durations.total) == (5000, pytest.approx(drawn.sum()))


def test_only_the_last_five_minutes_count():
    now = [1000.0]
    durations = Durations(lambda: now[0])
    assert durations.percentiles(0.5) == []
    durations.add(10.0)
    now[0] += 200
    durations.add(0.1)
    durations.add(0.1)
    assert durations.percentiles(0.5, 1.0) == pytest.approx([0.1, 10.0], rel=0.026)
    now[0] += 150
    assert durations.percentiles(1.0) == pytest.approx([0.1], rel=0.026)
    now[0] += 10_000
    assert durations.percentiles(1.0) == []
    assert durations.count == 3


def test_what_is_very_short_or_long_is_counted_too():
    durations = Durations(lambda: 0.0)
    for seconds in (0.0, -1.0, 1e-9, 1e9):
        durations.add(seconds)
    assert durations.percentiles(0.5, 1.0) == pytest.approx([1e-4, 1e3], rel=0.06)


def rerun(timed: bool = False) -> dict[str, Any]:
    asked = BackMsg()
    asked.rerun_script.is_auto_rerun = timed
    return {"type": "websocket.receive", "bytes": asked.SerializeToString()}


def finished(status: int = ForwardMsg.FINISHED_SUCCESSFULLY) -> dict[str, Any]:
    told = ForwardMsg()
    told.script_finished = status  # type: ignore[assignment]
    return {"type": "websocket.send", "bytes": told.SerializeToString()}


def waited(monkeypatch: pytest.MonkeyPatch, steps: list[Any], subprotocols: list[str]) -> dict[str, list[float]]:
    """The seconds measured of each kind, where a number is so many seconds in which nothing happens."""
    now, found = [0.0], Measures()
    added: dict[str, list[float]] = {kind: [] for kind in found.scripts}
    for kind, durations in found.scripts.items():
        monkeypatch.setattr(durations, "add", added[kind].append)
    monkeypatch.setattr(measures, "MEASURES", found)
    monkeypatch.setattr(measures.time, "monotonic", lambda: now[0])
    messages = [step for step in steps if not isinstance(step, int) and step["type"] == "websocket.receive"]

    async def receive() -> Any:
        return messages.pop(0)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        for step in steps:
            if isinstance(step, int):
                now[0] += step
            elif step["type"] == "websocket.receive":
                await receive()
            else:
                await send(step)

    async def send(message: Any) -> None:
        pass

    scope = {"type": "websocket", "path": "/lab/_stcore/stream", "subprotocols": subprotocols}
    run_in_loop(Measured(app)(scope, receive, send))
    return {kind: seconds for kind, seconds in added.items() if seconds}


def test_a_browser_waits_from_its_message_until_the_script_has_ended(monkeypatch: pytest.MonkeyPatch):
    small = {"type": "websocket.send", "bytes": ForwardMsg(session_status_changed={}).SerializeToString()}
    steps = [2, rerun(), 3, small, finished(), 100, rerun(), 1, finished(), 50, rerun(timed=True), 4, finished()]
    assert waited(monkeypatch, steps, ["streamlit"]) == {FIRST: [5.0], RERUN: [1.0], TIMED: [4.0]}


def test_a_run_that_gives_way_to_another_has_not_ended(monkeypatch: pytest.MonkeyPatch):
    early = finished(ForwardMsg.FINISHED_EARLY_FOR_RERUN)
    steps = [rerun(), 1, rerun(), 1, early, 1, finished(), 9, finished()]
    assert waited(monkeypatch, steps, ["streamlit", "token", "session"]) == {RERUN: [3.0]}


def test_messages_that_cannot_be_read_or_ask_for_nothing_are_passed_on(monkeypatch: pytest.MonkeyPatch):
    heartbeat = {"type": "websocket.receive", "bytes": BackMsg(app_heartbeat=True).SerializeToString()}
    odd = [{"type": "websocket.receive", "bytes": b"\xff\xff\xff"}, {"type": "websocket.receive", "text": "hello"}]
    assert waited(monkeypatch, [*odd, heartbeat, 5, finished()], ["streamlit"]) == {}


def test_the_name_of_a_route_holds_no_id(monkeypatch: pytest.MonkeyPatch):
    def name(path: str) -> str:
        return route_name({"route": Route(path, lambda request: None)})

    assert route_name({}) == "other"
    assert [name("/"), name("/drift"), name("/live/{job}/events"), name("/join/{code}")] == [
        *("page", "page"),
        *("live/events", "join"),
    ]
    monkeypatch.setattr(config, "get_option", {"server.baseUrlPath": "lab"}.__getitem__)
    assert [name("/lab/"), name("/lab/drift"), name("/lab/healthz")] == ["page", "page", "healthz"]
