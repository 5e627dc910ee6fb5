"""The readers of the load benchmark, and how it reckons."""

import asyncio
import math
import re

import pytest

from benchmarks.load import COLUMNS, HELLO, Cost, growth, hello, lesson, markdown, percentile, row, steps
from benchmarks.readers import PATTERN, Reader, Times, Wifi, word_of
from benchmarks.sessions import Session
from benchmarks.visits import Browser
from tests.loops import run_in_loop


def fetched(*answers: bytes, keep: int = 100, asked: int = 2) -> tuple[tuple[int, bytes], Browser]:
    """The last of several answers from a server that sends these bytes, one piece at a time, and then closes."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(asked):
            await reader.readuntil(b"\r\n\r\n")
            for piece in answers:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)
        writer.close()

    async def ask() -> tuple[tuple[int, bytes], Browser]:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server, asyncio.timeout(5):
            browser = Browser(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
            found = [await browser.get("file", keep) for _ in range(asked)][-1]
            browser.close()
            return found, browser

    return run_in_loop(ask())


def test_a_browser_counts_bodies_however_the_pieces_are_cut():
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n"
    whole = head + b"Set-Cookie: sentiment_visitor=abc; Path=/; HttpOnly\r\n\r\n0123456789"
    for cut in range(1, len(whole)):
        (status, body), browser = fetched(whole[:cut], whole[cut:])
        assert (status, body) == (200, b"0123456789")
        assert browser.bytes == 20
        assert browser.cookies == {"sentiment_visitor": "abc"}
        assert browser.headers["Cookie"] == "sentiment_visitor=abc"


def test_a_browser_reads_chunks_and_keeps_no_more_than_asked():
    chunked = b"HTTP/1.1 503 Full\r\nTransfer-Encoding: chunked\r\n\r\n", b"3\r\nabc\r\n", b"0\r\n\r\n"
    (status, body), _ = fetched(*chunked, keep=2)
    assert status == 503
    assert len(body) == 2


def test_a_lost_connection_is_an_error_and_not_an_empty_answer():
    with pytest.raises(OSError, match="closed"):
        fetched(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n012", asked=1)


def test_every_reader_has_a_word_of_its_own():
    words = {word_of(number) for number in range(1000)}
    assert len(words) == 1000
    assert all(re.fullmatch(PATTERN, word) for word in words)


def test_percentiles_are_times_that_somebody_waited():
    waits = [float(second) for second in range(1, 101)]
    assert (percentile(waits, 0.5), percentile(waits, 0.95), percentile(waits[:1], 0.95)) == (50, 95, 1)
    assert math.isnan(percentile([], 0.5))


def test_growth_compares_the_last_quarter_with_the_second():
    steady = [(minute, 900 if minute < 4 else 1000, 0) for minute in range(16)]
    assert growth(steady) == 0
    assert growth([(minute, 1000 + 10 * minute, 0) for minute in range(16)]) == pytest.approx(0.08, abs=0.01)


def test_a_row_has_a_cell_for_each_column():
    times = Times(first=[1.0], review=[0.5, 0.7], back=[2.0], bytes=2_600_000)
    cost = Cost(seconds=10, server=5, readers=1, before=500_000_000, most=530_000_000)
    cells = row(HELLO, 30, times, cost)
    assert len(cells) == len(COLUMNS)
    assert "1.00 / 1.00 s" in cells
    assert "500, 530, 1.0" in cells
    assert markdown([cells]).count("\n") == 2


@pytest.fixture(scope="module")
def bare():
    with hello() as server:
        yield server


def test_readers_come_back_to_their_sessions_with_their_own_text(bare, monkeypatch):
    monkeypatch.setattr("benchmarks.load.RUSH", 0.1)
    monkeypatch.setattr("benchmarks.load.OUTAGE", 0.1)
    monkeypatch.setattr("benchmarks.readers.TYPING", (0.0, 0.1))
    monkeypatch.setattr("benchmarks.readers.LOOKING", (0.0, 0.1))
    times, cost = run_in_loop(lesson(bare, HELLO, 4))
    assert [len(waits) for waits in (times.first, times.review, times.back)] == [4, 8, 4]
    assert (dict(times.errors), times.lost, times.mixed) == ({}, 0, 0)
    assert cost.server > 0
    assert times.bytes > 4 * 1000


def test_each_thing_that_a_reader_does_has_its_processor_time(bare):
    found = run_in_loop(steps(bare, HELLO, 2))
    assert list(found) == ["first page", "review", "back after the outage"]
    assert all(milliseconds >= 0 for milliseconds in found.values())
    assert sum(found.values()) > 0


def test_a_text_of_another_reader_and_a_lost_session_are_noticed(bare):
    async def look() -> Times:
        times = Times()
        first, second = Reader(bare.address, HELLO, 1, times), Reader(bare.address, HELLO, 2, times)
        await first.arrive()
        first._word = word_of(3)
        await first._read()
        second._word = word_of(1)  # looks for this one, and types another
        await second.arrive()
        second._session = Session(bare.address, pattern=PATTERN)  # another session, as if its own were gone
        await second.come_back()
        await first.leave()
        await second.leave()
        return times

    times = run_in_loop(look())
    assert times.lost == 1


def test_the_wifi_of_a_class_goes_away_once_for_all():
    async def lose() -> list[float]:
        wifi, loop = Wifi(2, 0.05, 5), asyncio.get_running_loop()

        async def one() -> float:
            await wifi.lost()
            gone = loop.time()
            await wifi.back()
            return loop.time() - gone

        return await asyncio.gather(one(), one())

    assert min(run_in_loop(lose())) >= 0.04
