"""Measures a class that uses the app at once, beside the same class on a bare Streamlit page in the same run.

`python -m benchmarks.load` prints a table for 30, 100 and 200 readers as Markdown. Each opens the link within 20 s with
an empty cache, submits a review of its own 3 to 12 s later, and opens Drift. Then the room loses its Wi-Fi for 30 s.
All come back to the same session at once and submit another review. Readers speak the websocket protocol of Streamlit
in this process, beside that of the server, on the same machine; what they cost is in the table. Chromium says once what
a browser fetches.

`--soak MINUTES` lets readers use the app for so long, come and go, and prints the server's memory as a series.
`--steps` prints the server's processor time for each thing that a reader does, one reader at a time: a busy machine
changes it less than it changes waiting times.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import math
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from benchmarks.browser import ROOT, Server, serve
from benchmarks.files import files_of
from benchmarks.readers import Reader, Site, Times, Wifi

RUSH = 20.0  # seconds in which all open the link
OUTAGE = 30.0  # seconds without Wi-Fi
PATIENCE = 60.0  # seconds for which the Wi-Fi waits for those who have not seen Drift
FLAT = 0.05  # share by which the memory of a soak may grow
WARM = 20  # minutes after which a soak can tell: the caches have been filled in its first quarter
LAB = Site("Sentiment Lab", "review", "text_area", "Review", "drift")
HELLO = Site("a bare page", "", "text_area", "Review", None)
_HELLO_SCRIPT = """import streamlit as st

st.title("Hello")
text = st.text_area("Review")
st.text(text)
"""


@dataclass
class Cost:
    """What the server and the readers used while a class was there."""

    seconds: float = 0.0
    server: float = 0.0  # seconds of processor time
    readers: float = 0.0  # the same of this process
    before: int = 0  # bytes of the server's resident memory before anybody came
    most: int = 0  # and at most
    proportional: int = 0  # the server's share of memory at the end (PSS), 0 where the system does not say it
    series: list[tuple[float, int, int]] = field(default_factory=list)  # minute, resident, proportional


def percentile(seconds: Sequence[float], share: float) -> float:
    """The waiting time that a share of all do not exceed. nan if nobody waited."""
    ordered = sorted(seconds)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)] if ordered else math.nan


def proportional(process: psutil.Process) -> int:
    """The proportional memory of a process in bytes. 0 where the system does not say it."""
    with contextlib.suppress(psutil.Error):
        return int(getattr(process.memory_full_info(), "pss", 0))
    return 0


def spent(process: psutil.Process) -> float:
    """Seconds of processor time that a process has used."""
    return float(sum(process.cpu_times()[:2]))


@contextmanager
def hello() -> Iterator[Server]:
    """A bare page that echoes a text, served by Streamlit with the app's configuration."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "streamlit_app.py").write_text(_HELLO_SCRIPT, encoding="utf-8")
        (Path(folder) / ".streamlit").mkdir()
        configured = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
        (Path(folder) / ".streamlit" / "config.toml").write_text(configured, encoding="utf-8")
        with serve(Path(folder)) as server:
            yield server


@contextmanager
def lab(root: Path = ROOT, **environment: str) -> Iterator[Server]:
    """The app, without a limit of sessions."""
    with tempfile.TemporaryDirectory() as runs:
        asked = {"SENTIMENT_RUNS": runs, "SENTIMENT_SESSIONS_MOST": "0"} | environment
        with serve(root, None, **asked) as server:
            yield server


@contextmanager
def watched(server: Server, cost: Cost) -> Iterator[None]:
    """Measure what the server and this process use."""
    process, own = psutil.Process(server.pid), psutil.Process()
    started, before, mine = time.perf_counter(), spent(process), spent(own)
    cost.before = cost.most = process.memory_info().rss
    yield
    cost.seconds = time.perf_counter() - started
    cost.server = spent(process) - before
    cost.readers = spent(own) - mine
    cost.proportional = proportional(process)


async def lesson(server: Server, site: Site, readers: int) -> tuple[Times, Cost]:
    """Let a class use the site."""
    times, cost, rng = Times(), Cost(), random.Random(readers)
    wifi = Wifi(readers, OUTAGE, RUSH + PATIENCE)
    present = [Reader(server.address, site, number, times) for number in range(readers)]
    with watched(server, cost):
        memory = asyncio.create_task(_follow_memory(server, cost))
        await asyncio.gather(*(reader.visit(rng.uniform(0, RUSH), wifi) for reader in present))
        memory.cancel()
    await asyncio.gather(*(reader.leave() for reader in present), return_exceptions=True)
    return times, cost


async def _follow_memory(server: Server, cost: Cost) -> None:
    process = psutil.Process(server.pid)
    while True:
        cost.most = max(cost.most, process.memory_info().rss)
        await asyncio.sleep(1)


async def steps(server: Server, site: Site, readers: int) -> dict[str, float]:
    """Milliseconds of the server's processor time for each thing that a reader does, while no other reader does any."""
    process, found = psutil.Process(server.pid), {}
    present = [Reader(server.address, site, number, Times()) for number in range(readers)]

    async def return_after_outage(reader: Reader) -> None:
        reader.lose_wifi()
        await reader.come_back()

    drift = {"Drift": Reader.open_drift} if site.drift else {}
    work = {"first page": Reader.arrive, "review": Reader.review, **drift, "back after the outage": return_after_outage}
    for name, step in work.items():
        before = spent(process)
        for reader in present:
            await step(reader)
        found[name] = 1000 * (spent(process) - before) / readers
    await asyncio.gather(*(reader.leave() for reader in present), return_exceptions=True)
    return found


COLUMNS = (
    "page, readers",
    "first page, p50 / p95",
    "review, p50 / p95",
    "Drift, p50 / p95",
    "back after the outage, p50 / p95",
    "errors, lost, mixed up",
    "memory before, at most, each (MB)",
    "processor: server, readers",
    "fetched each",
)


def row(site: Site, readers: int, times: Times, cost: Cost) -> list[str]:
    """The cells of a class in the table."""

    def waits(seconds: list[float]) -> str:
        both = percentile(seconds, 0.5), percentile(seconds, 0.95)
        return f"{both[0]:.2f} / {both[1]:.2f} s" if seconds else "-"

    each = (cost.most - cost.before) / 1e6 / readers
    fetched = times.bytes / 1e6 / max(len(times.first), 1)
    return [
        f"{site.name}, {readers}",
        *map(waits, (times.first, times.review, times.drift, times.back)),
        f"{sum(times.errors.values())}, {times.lost}, {times.mixed}",
        f"{cost.before / 1e6:.0f}, {cost.most / 1e6:.0f}, {each:.1f}",
        f"{100 * cost.server / cost.seconds:.0f}%, {100 * cost.readers / cost.seconds:.0f}% of a core",
        f"{fetched:.1f} MB",
    ]


def markdown(rows: list[list[str]]) -> str:
    """A table with these rows."""
    lines = [COLUMNS, ["---"] * len(COLUMNS), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


async def soak(server: Server, site: Site, readers: int, minutes: float) -> tuple[Times, Cost]:
    """Let readers use the site for some minutes. Each lesson of a reader is followed by one of another reader.

    Prints the server's memory after each minute.
    """
    times, cost = Times(), Cost()
    process, until = psutil.Process(server.pid), time.perf_counter() + 60 * minutes

    async def one_after_another(place: int) -> None:
        rng, number = random.Random(place), place
        while time.perf_counter() < until:
            reader = Reader(server.address, site, number % 10_000, times)
            await reader.visit(rng.uniform(0, RUSH), Wifi(1, OUTAGE, PATIENCE))
            await reader.leave()
            number += readers

    async def follow() -> None:
        for minute in range(math.ceil(minutes) + 1):
            resident = process.memory_info().rss
            cost.most = max(cost.most, resident)
            cost.series.append((minute, resident, await asyncio.to_thread(proportional, process)))
            print(f"minute {minute}: {resident / 1e6:.0f} MB, PSS {cost.series[-1][2] / 1e6:.0f} MB", flush=True)
            await asyncio.sleep(60)

    with watched(server, cost):
        memory = asyncio.create_task(follow())
        await asyncio.gather(*map(one_after_another, range(readers)))
        memory.cancel()
    return times, cost


def growth(series: Sequence[tuple[float, int, int]]) -> float:
    """The share by which resident memory grew between the second and the last quarter of a series."""
    quarter = max(len(series) // 4, 1)
    early, late = (
        statistics.fmean(memory for _, memory, _ in part) for part in (series[quarter : 2 * quarter], series[-quarter:])
    )
    return late / early - 1


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sessions", type=int, nargs="*", default=[30, 100, 200], help="sizes of the classes")
    parser.add_argument("--only", choices=["lab", "hello"], help="leave out the other page")
    parser.add_argument("--soak", type=float, metavar="MINUTES", help="use the app for so long instead")
    parser.add_argument("--steps", action="store_true", help="print what each thing that a reader does costs instead")
    parser.add_argument("--root", type=Path, default=ROOT, help="serve the app of another checkout")
    chosen = parser.parse_args()
    served = {"lab": (LAB, lambda: lab(chosen.root)), "hello": (HELLO, hello)}
    rows, problems = [], []
    for name, (site, start) in served.items():
        if chosen.only not in (None, name) or (chosen.soak and name == "hello"):
            continue
        for readers in chosen.sessions:
            with start() as server:
                if not site.first:
                    first, then = files_of(server.address, site.page)
                    site = replace(site, first=first, then=then)
                if chosen.steps:
                    cost_of = asyncio.run(steps(server, site, readers))
                    told = ", ".join(f"{step} {milliseconds:.0f} ms" for step, milliseconds in cost_of.items())
                    print(f"{site.name}, {readers} readers one after another: {told}", flush=True)
                    continue
                asked = soak(server, site, readers, chosen.soak) if chosen.soak else lesson(server, site, readers)
                times, cost = asyncio.run(asked)
            rows.append(row(site, readers, times, cost))
            problems += [f"{site.name}, {readers}: {count} times {error}" for error, count in times.errors.items()]
            if chosen.soak:
                found = growth(cost.series)
                flat = "flat" if found <= FLAT else "NOT flat"
                verdict = f"{flat} within {FLAT:.0%}" if chosen.soak >= WARM else f"tells nothing before minute {WARM}"
                print(f"memory grew by {found:.1%}: {verdict}")
            print(markdown(rows[-1:]) if len(rows) == 1 else markdown(rows[-1:]).splitlines()[-1], flush=True)
    print("\n".join(problems))


if __name__ == "__main__":
    main()
