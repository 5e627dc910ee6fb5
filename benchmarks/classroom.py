"""Measures a class: how soon a vote is seen on the projector, with 30, 100 and 200 phones on the same machine.

`python -m benchmarks.classroom` starts the app and opens a class in it. Phones, in this process, do what their page
does: they arrive within ten seconds, wait for news, vote, and change some votes. A fifth of them fall asleep for some
seconds and come back. Some vote twice, too late, without a seat, or with a wrong code. A projector follows the tally.
The last question is a rush, in which all vote within two seconds. It prints a Markdown table.

A vote is seen when the projector gets the first tally that counts it. Tallies do not say whose votes they count, so the
k-th vote that the server acknowledged is taken as the k-th that it counted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.browser import ROOT
from benchmarks.class_phones import PATIENCE, Phone, Projector, Times
from benchmarks.connections import Connection
from sentiment_core.classroom.script import script_in

VOTE, RUSH = 15.0, 2.0  # seconds within which phones vote, and vote in the rush
CHANGE, SLEEP, WRONG = 0.1, 0.2, 0.05  # shares of the phones


@dataclass
class Teacher:
    """Leads the class through `benchmarks.class_server`."""

    process: subprocess.Popen[str]
    code: str = ""
    key: str = ""

    async def do(self, *what: Any) -> Any:
        """Do something, and return what the class says."""
        return await asyncio.to_thread(self._do, what)

    def _do(self, what: tuple[Any, ...]) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


async def vote_all(phones: list[Phone], question: str, seconds: float, naps: bool) -> list[tuple[float, float]]:
    """Let every phone vote within some seconds; some change their vote, and some sleep before they vote."""

    async def one(phone: Phone) -> tuple[float, float]:
        await asyncio.sleep(phone.rng.uniform(0, seconds))
        if naps and phone.rng.random() < SLEEP:
            await phone.nap()
        first = await phone.vote(question)
        if phone.rng.random() < CHANGE:
            await phone.vote(question)
        return first

    return list(await asyncio.gather(*(one(phone) for phone in phones)))


async def misbehave(phones: list[Phone], address: str, teacher: Teacher, times: Times, question: str) -> None:
    """Vote on no question, too late, without a seat, and with a wrong code."""
    for phone in phones[: max(1, int(WRONG * len(phones)))]:
        await phone.vote("nothing", 409)
        await phone.vote(question, 409)
    stranger = Phone(address, teacher.code, times, 0)
    await stranger.vote(question, 403)
    await Phone(address, "222222", times, 0).vote(question, 404)


async def hold(address: str, teacher: Teacher, pid: int, count: int, questions: int) -> tuple[Times, float, float]:
    """A class of so many phones. Returns the times, the server's share of a core in the votes, and its memory in MB."""
    times = Times()
    opened = await teacher.do("open", "en")
    teacher.code, teacher.key = opened["code"], opened["key"]
    phones = [Phone(address, teacher.code, times, seed) for seed in range(count)]
    projector = Projector(address, teacher.code, teacher.key)
    await asyncio.gather(*(phone.arrive() for phone in phones))
    server = psutil.Process(pid)
    spent = elapsed = 0.0
    texts = [review.text for review in script_in("en")]
    for place in range(questions + 1):
        rush = place == questions
        clicked = time.perf_counter()
        asked = await teacher.do("ask", texts[place], place % 2)
        times.news += [await phone.reach(asked["version"]) - clicked for phone in phones]
        before, since = sum(server.cpu_times()[:2]), time.perf_counter()
        sent = await vote_all(phones, asked["question"], RUSH if rush else VOTE, naps=not rush)
        await projector.wait(asked["question"], count)
        spent += sum(server.cpu_times()[:2]) - before
        elapsed += time.perf_counter() - since
        (times.rush if rush else times.votes).extend(projector.delays(asked["question"], sent))
        for step in ("close_votes", "show_verdicts", "show_truth"):
            version = (await teacher.do(step))["version"]
            await asyncio.gather(*(phone.reach(version) for phone in phones))
        tally = phones[0].state["tally"]
        for side, name in ((True, "positive"), (False, "negative")):
            votes = [phone.votes[asked["question"]] for phone in phones]
            if tally[name] != [votes.count((side, sure)) for sure in range(1, 5)]:
                times.errors.append("the tally differs")
        await misbehave(phones, address, teacher, times, asked["question"])
    await asyncio.gather(*(phone.check() for phone in phones))
    memory = server.memory_info().rss / 1e6
    await teacher.do("end")
    await asyncio.gather(*(_see_the_end(phone, times) for phone in phones))
    for phone in phones:
        phone.stop()
    projector.stop()
    return times, spent / elapsed, memory


async def _see_the_end(phone: Phone, times: Times) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while phone.state.get("phase") != "ended":
                await asyncio.sleep(0.01)
            return
    times.errors.append("the end was not seen")


@asynccontextmanager
async def served() -> AsyncIterator[tuple[str, Teacher]]:
    """The address of a new server and the teacher in it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as root:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.class_server", str(port)],
            cwd=ROOT,
            env=os.environ | {"SENTIMENT_RUNS": root},
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            async with asyncio.timeout(2 * PATIENCE):
                while True:
                    with suppress(OSError, asyncio.IncompleteReadError):
                        if (await Connection(address).get("join")).status == 200:
                            break
                    if process.poll() is not None:
                        raise RuntimeError("The server did not start. Run python -m benchmarks.class_server 8599.")
                    await asyncio.sleep(0.2)
            yield address, Teacher(process)
            left = list(Path(root).glob("classes/*"))
            if left:
                print(f"left on disk after the end: {len(left)} folders")
        finally:
            process.terminate()
            process.wait(20)


def late(values: list[float], share: float = 0.95) -> float:
    """The value below which this share of all lies."""
    return sorted(values)[int(share * (len(values) - 1))]


async def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--phones", type=int, nargs="*", default=[30, 100, 200])
    parser.add_argument("--questions", type=int, default=3, help="before the rush")
    chosen = parser.parse_args()
    heads = "votes", "vote seen, median", "p95", "in a rush, p95", "vote acknowledged, p95", "review on phones, p95"
    more = "awake again, p95", "server, share of a core", "memory", "errors"
    print(f"| phones | {' | '.join(heads + more)} |")
    print("|---|" + "---|" * len(heads + more))
    for count in chosen.phones:
        async with served() as (address, teacher):
            times, share, memory = await hold(address, teacher, teacher.process.pid, count, chosen.questions)
        seconds = (
            *(statistics.median(times.votes), late(times.votes), late(times.rush)),
            *(late(times.answers), late(times.news), late(times.awake)),
        )
        cells = [f"{value:.2f} s" if value >= 0.005 else "< 0.01 s" for value in seconds]
        votes = len(times.votes) + len(times.rush)
        print(
            f"| {count} | {votes} | {' | '.join(cells)} | {share:.0%} | {memory:.0f} MB | {len(times.errors)} |",
            flush=True,
        )
        for error in sorted(set(times.errors)):
            print(f"{times.errors.count(error)} of {error}", file=sys.stderr)


if __name__ == "__main__":
    asyncio.run(main())
