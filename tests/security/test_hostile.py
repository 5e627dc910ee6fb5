"""A sample of hostile inputs of all kinds does no harm; `python -m tests.security.hostile` sends a thousand."""

import asyncio
from pathlib import Path
from random import Random

import pytest

from benchmarks.browser import serve
from pages.shared.site import PAGES
from tests.loops import run_in_loop
from tests.security.hostile import requests
from tests.security.hostile.attack import attack, hide_canary, inputs, logged
from tests.security.hostile.names import parameters, routes

pytestmark = pytest.mark.server
COUNT = 60  # each page with one address or two


def test_a_sample_of_hostile_inputs_does_no_harm(tmp_path: Path):
    root, log = tmp_path / "runs", tmp_path / "log.txt"
    hide_canary(root)
    everybody = {f"SENTIMENT_{name}": "on" for name in ("TRAINING", "CLASSES", "HUB")}
    unlimited = {"SENTIMENT_REQUESTS_A_MINUTE": "0", "SENTIMENT_ACTIONS_A_MINUTE": "0"}
    with serve(log=log, SENTIMENT_RUNS=str(root), HF_HUB_OFFLINE="1", **everybody, **unlimited) as server:
        wrong = run_in_loop(attack(server.address, inputs(COUNT, seed=1)))
    assert wrong + logged(log) == []
    assert {path.name for path in tmp_path.iterdir()} == {"runs", "log.txt"}


def test_the_sample_covers_every_page_and_every_kind_of_name():
    sent = list(inputs(COUNT, seed=1))
    assert {one.kind for one in sent} == {"address", "request", "value", "message", "file"}
    addresses = {one.shown.partition("?")[0] for one in sent if one.kind == "address"}
    assert addresses == {page.address for page in PAGES}
    for name in ("runs", "text", "corpus", "job", "lang", "upload", "group", "hub", "max_length", "lesson"):
        assert name in parameters()


def test_every_route_of_the_app_is_among_those_that_are_asked():
    from pages.shared.class_routes import class_routes
    from pages.shared.export_routes import export_routes
    from pages.shared.forget_route import forget_routes
    from pages.shared.health_routes import health_routes
    from pages.shared.live_routes import live_routes
    from pages.shared.phone_routes import phone_routes

    for made in (class_routes, export_routes, forget_routes, health_routes, live_routes, phone_routes):
        for route in made():
            assert route.path.removeprefix("/") in routes()


def test_an_answer_that_tells_a_secret_or_fails_is_noticed():
    """The attack itself: it must not pass because it looks at nothing."""
    answers = iter(
        [
            b"HTTP/1.1 200 OK\r\n\r\nroot:x:0:0:root",
            b"HTTP/1.1 500 Internal Server Error\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n\r\nTraceback (most recent call last)",
            b"HTTP/1.1 404 Not Found\r\n\r\n",
        ]
    )

    async def answered() -> list[str | None]:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(next(answers))
            writer.close()

        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            return [await requests.send(address, b"GET / HTTP/1.1\r\n\r\n") for _ in range(4)]

    found = run_in_loop(answered())
    assert [problem is not None for problem in found] == [True, True, True, False]
    assert requests.make(Random(1)) == requests.make(Random(1)), "a number sends the same again"
