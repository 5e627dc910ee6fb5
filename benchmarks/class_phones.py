"""Phones and a projector in a class without a browser: they ask the server what their pages would ask."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from benchmarks.connections import Answer, Connection

ARRIVE = 10.0  # seconds within which phones arrive
NAP = 4.0, 8.0  # seconds that a phone sleeps
AGAIN = 1.0  # seconds until the next question to a server that did not answer, or had nothing new and said so at once
PATIENCE = 60.0  # seconds for what must happen


@dataclass
class Times:
    """Seconds of everything that was waited for."""

    votes: list[float] = field(default_factory=list)  # from sending a vote to the projector
    rush: list[float] = field(default_factory=list)  # the same in the rush
    answers: list[float] = field(default_factory=list)  # from sending a vote to its acknowledgement
    news: list[float] = field(default_factory=list)  # from the teacher's click to a phone
    awake: list[float] = field(default_factory=list)  # from waking up to the state of the class
    errors: list[str] = field(default_factory=list)


class Phone:
    """A phone with its page open."""

    def __init__(self, address: str, code: str, times: Times, seed: int) -> None:
        cookies: dict[str, str] = {}
        self._polls, self._sends = Connection(address, cookies), Connection(address, cookies)
        self._path, self._times = f"join/{code}", times
        self.rng = random.Random(seed)
        self.state: dict[str, Any] = {"version": -1}
        self.reached: dict[int, float] = {}  # when each version arrived
        self.votes: dict[str, tuple[bool, int]] = {}
        self._following: asyncio.Task[None] | None = None

    async def arrive(self, within: float = ARRIVE) -> None:
        """Open the page and take a seat, after some of so many seconds."""
        await asyncio.sleep(self.rng.uniform(0, within))
        for path in (self._path, "join/assets/phone.js", "join/assets/phone.css"):
            await self._sends.get(path)
        for answer in (await self._sends.post(f"{self._path}/seat", {}), await self._sends.get(f"{self._path}/mine")):
            self._expect(answer.status, 200, "seat")
        self._following = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        while self.state.get("phase") != "ended":
            known, asked = self.state["version"], time.perf_counter()
            try:
                answer = await self._polls.get(f"{self._path}/state?after={known}")
            except (OSError, asyncio.IncompleteReadError):  # the server starts again
                await asyncio.sleep(AGAIN)
                continue
            self._take(answer)
            if self.state["version"] == known and time.perf_counter() - asked < AGAIN:
                await asyncio.sleep(AGAIN)

    def _take(self, answer: Answer) -> None:
        self._expect(answer.status, 200, "state")
        if answer.status == 200:
            self.state = answer.json()
            self.reached.setdefault(self.state["version"], time.perf_counter())

    async def reach(self, version: int) -> float:
        """The time at which a version of the state arrived."""
        async with asyncio.timeout(PATIENCE):
            while max(self.reached, default=-1) < version:
                await asyncio.sleep(0.005)
        return min(at for reached, at in self.reached.items() if reached >= version)

    async def nap(self, between: tuple[float, float] = NAP) -> None:
        """Fall asleep, and come back after some seconds."""
        self.stop()
        await asyncio.sleep(self.rng.uniform(*between))
        woken = time.perf_counter()
        answer = await self._polls.get(f"{self._path}/state?after=-1")
        self._take(answer)
        self._times.awake.append(time.perf_counter() - woken)
        self._following = asyncio.create_task(self._follow())

    async def vote(
        self, question: str, expected: int = 200, said: tuple[bool, int] | None = None
    ) -> tuple[float, float]:
        """Vote, at random unless the side and how sure are said. Returns when it was sent and acknowledged."""
        positive, sure = said or (self.rng.random() < 0.6, self.rng.randint(1, 4))
        sent = time.perf_counter()
        answer = await self._deliver({"question": question, "positive": positive, "sure": sure})
        done = time.perf_counter()
        self._expect(answer.status, expected, "vote")
        if answer.status == 200:
            self.votes[question] = positive, sure
            self._times.answers.append(done - sent)
        return sent, done

    async def _deliver(self, vote: dict[str, Any]) -> Answer:
        """Send a vote, as often as it takes: a busy machine may take minutes to start its server again."""
        async with asyncio.timeout(5 * PATIENCE):
            while True:
                with suppress(OSError, asyncio.IncompleteReadError):
                    return await self._sends.post(f"{self._path}/vote", vote)
                await asyncio.sleep(AGAIN)

    async def check(self) -> None:
        """Compare the votes that the server has of this phone with those that it sent."""
        found = (await self._sends.get(f"{self._path}/mine")).json()["votes"]
        if {vote["question"]: (vote["positive"], vote["sure"]) for vote in found} != self.votes:
            self._times.errors.append("votes differ")

    def stop(self) -> None:
        """Cut everything, as a phone does that falls asleep."""
        if self._following is not None:
            self._following.cancel()
        self._polls.drop()
        self._sends.drop()

    def _expect(self, status: int, expected: int, what: str) -> None:
        if status != expected:
            self._times.errors.append(f"{what}: {status}")


class Projector:
    """Follows the tally as the teacher's page does."""

    def __init__(self, address: str, code: str, key: str) -> None:
        """key: the teacher's."""
        self._connection, self._path, self._key = Connection(address), f"class/{code}/tally", key
        self.tally: dict[str, Any] = {"version": -1}
        self.seen: list[tuple[float, str, int]] = []  # time, question and votes of each answer
        self._task = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        while True:
            path = f"{self._path}?after={self.tally['version']}"
            self.tally = (await self._connection.get(path, X_Class_Key=self._key)).json()
            self.seen.append((time.perf_counter(), self.tally["question"], self.tally["votes"]))

    async def wait(self, question: str, votes: int) -> None:
        """Return when so many votes are seen."""
        async with asyncio.timeout(PATIENCE):
            while not any(named == question and count >= votes for _, named, count in self.seen):
                await asyncio.sleep(0.005)

    def delays(self, question: str, sent: list[tuple[float, float]]) -> list[float]:
        """Seconds from sending each vote until it was seen. sent: when each was sent and acknowledged."""
        found = []
        for rank, (start, _) in enumerate(sorted(sent, key=lambda pair: pair[1]), start=1):
            found.append(min(at for at, named, votes in self.seen if named == question and votes >= rank) - start)
        return found

    def stop(self) -> None:
        """Close it."""
        self._task.cancel()
        self._connection.drop()
