"""Measures how many reruns of One review the app serves, compared with an earlier revision in the same run.

`python -m benchmarks.reruns --against REVISION` starts the app as `make app` does, and that revision's app beside it.
For both it prints the reruns a second, each with a new text of 200 words, for a few readers that never pause; and for
classes of 100 and 200 readers, each with a new text every 1 to 4 seconds, how long they wait and how many lose their
connection. Readers speak the websocket protocol and run on the same machine as the server.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
from websockets.exceptions import ConnectionClosed

from benchmarks.browser import ROOT, Server, serve
from benchmarks.sessions import Session

WORDS = "the film was slow but its ending moved me and every actor seemed to know why they were there".split()
EAGER = 8  # readers that never pause
PAUSES = 1.0, 4.0  # seconds between an answer and the same reader's next text


class Reader:
    """A reader of One review with the default runs."""

    def __init__(self, session: Session, box: tuple[str, str], seed: int) -> None:
        self._session, (self._box, self._fragment), self._rng = session, box, random.Random(seed)
        self.waits: list[float] = []
        self.lost = False

    @classmethod
    async def start(cls, address: str, seed: int) -> Reader:
        """A reader with the page open."""
        session = await Session.start(address)
        shown = await session.open("review")
        return cls(session, shown.widget("text_area", "Review"), seed)

    async def read(self) -> None:
        """Submit a new text of 200 words and wait for the answer."""
        started = time.perf_counter()
        text = " ".join(self._rng.choice(WORDS) for _ in range(200))
        shown = await self._session.rerun(self._fragment, **{self._box: text})
        if shown.exceptions():
            raise RuntimeError(f"One review failed under load: {shown.exceptions()[0]}")
        self.waits.append(time.perf_counter() - started)

    async def leave(self) -> None:
        """Close the page."""
        await self._session.close()

    async def keep_reading(self, until: float, pauses: tuple[float, float]) -> None:
        """Submit one text after another until a time of the clock, with a pause of this many seconds between them."""
        try:
            while time.perf_counter() < until:
                await asyncio.sleep(self._rng.uniform(*pauses))
                await self.read()
        except (ConnectionClosed, TimeoutError):
            self.lost = True


async def crowd(address: str, readers: int, seconds: float, pauses: tuple[float, float]) -> list[Reader]:
    """Readers that arrive one after another, then read at the same time for some seconds."""
    present = [await Reader.start(address, seed) for seed in range(readers)]
    until = time.perf_counter() + seconds
    await asyncio.gather(*(reader.keep_reading(until, pauses) for reader in present))
    return present


async def eager(server: Server, seconds: float) -> tuple[float, float]:
    """Reruns a second of a few readers that never pause, and seconds of processor time of the server for each rerun."""
    present = [await Reader.start(server.address, seed) for seed in range(EAGER)]
    process = psutil.Process(server.pid)
    started, spent = time.perf_counter(), sum(process.cpu_times()[:2])
    await asyncio.gather(*(reader.keep_reading(started + seconds, (0, 0)) for reader in present))
    elapsed, spent = time.perf_counter() - started, sum(process.cpu_times()[:2]) - spent
    await asyncio.gather(*(reader.leave() for reader in present))
    reruns = sum(len(reader.waits) for reader in present)
    return reruns / elapsed, spent / max(reruns, 1)


async def patient(address: str, seconds: float, readers: int) -> str:
    """How long a class of readers waits, and how many lose their connection."""
    present = await crowd(address, readers, seconds, PAUSES)
    waits = sorted(wait for reader in present for wait in reader.waits)
    late = waits[int(0.95 * (len(waits) - 1))]
    lost = sum(reader.lost for reader in present)
    return (
        f"{readers} readers wait {statistics.median(waits):.2f} s in the median and {late:.2f} s (p95); {lost} are lost"
    )


@contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """The files of a revision, in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=packed, check=True)
        yield Path(folder)


def compare_rates(servers: dict[str, Path], seconds: float, rounds: int = 3) -> None:
    """Print the reruns a second of each state of the app, and the server's processor time for one.

    The states take turns, so that other work on the machine slows all of them. On a busy machine the processor time is
    the steadier figure.
    """
    rates: dict[str, list[float]] = {name: [] for name in servers}
    costs: dict[str, list[float]] = {name: [] for name in servers}
    with ExitStack() as running:
        served = {name: running.enter_context(serve(root)) for name, root in servers.items()}
        for _ in range(rounds):
            for name, server in served.items():
                rate, cost = asyncio.run(eager(server, seconds / rounds))
                rates[name].append(rate)
                costs[name].append(cost)
    for name in servers:
        rate, cost = statistics.median(rates[name]), statistics.median(costs[name])
        print(f"{name}: {rate:.1f} reruns a second, {1000 * cost:.0f} ms of processor time each", flush=True)
    if len(servers) > 1:
        (slow, fast), (dear, cheap) = (
            [statistics.median(found) for found in figures.values()] for figures in (rates, costs)
        )
        print(f"  {fast / slow:.1f}x as many, {dear / cheap:.1f}x as cheap")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--against", metavar="REVISION", help="measure this revision too")
    parser.add_argument("--seconds", type=float, default=15, help="of each measurement")
    parser.add_argument("--readers", type=int, nargs="*", default=[100, 200], help="sizes of the classes")
    chosen = parser.parse_args()
    with ExitStack() as folders:
        states = {"this": ROOT}
        if chosen.against:
            states = {chosen.against: folders.enter_context(checked_out(chosen.against))} | states
        compare_rates(states, chosen.seconds)
        for readers in chosen.readers:
            for name, root in states.items():
                with serve(root) as server:
                    print(f"{name}: {asyncio.run(patient(server.address, chosen.seconds, readers))}", flush=True)


if __name__ == "__main__":
    main()
