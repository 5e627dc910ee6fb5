"""What `benchmarks.lesson` is held with: phones with and without a browser, and a server that can start again."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Coroutine
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import BrowserContext, Page, expect

from benchmarks.browser import Server, serve
from benchmarks.class_phones import PATIENCE, Phone, Times

Said = tuple[bool, int]  # positive, and how sure: 1 to 4
T = TypeVar("T")


class Host:
    """A server that is started again at the same address, with what the first one left on disk."""

    def __init__(self, root: Path) -> None:
        """root: the folder of live runs."""
        self.root = root
        self._running = ExitStack()
        self._port = ""  # any

    def start(self) -> Server:
        """Start it."""
        server = self._running.enter_context(serve(SENTIMENT_RUNS=str(self.root), STREAMLIT_SERVER_PORT=self._port))
        self._port = server.address.rpartition(":")[2]
        return server

    def stop(self) -> None:
        """Tell it to end (SIGTERM), and wait until it has."""
        self._running.close()


class Students:
    """Phones without a browser, in a thread of their own: Playwright keeps this thread's event loop."""

    def __init__(self, address: str, code: str, count: int) -> None:
        self.times = Times()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.phones = [Phone(address, code, self.times, seed) for seed in range(count)]

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something in their thread, and wait for it."""
        return self.begin(work)()

    def begin(self, work: Coroutine[Any, Any, T]) -> Any:
        """Begin something in their thread. Returns a function that waits for what it gives."""
        running = asyncio.run_coroutine_threadsafe(work, self._loop)
        return lambda: running.result(6 * PATIENCE)

    async def arrive(self) -> None:
        """All take their seats, within a second."""
        await asyncio.gather(*(phone.arrive(1.0) for phone in self.phones))

    async def vote(self, question: str, votes: dict[int, Said]) -> None:
        """Some vote, each within half a second. votes: by the place of the phone."""

        async def one(phone: Phone, said: Said) -> None:
            await asyncio.sleep(phone.rng.uniform(0, 0.5))
            await phone.vote(question, said=said)

        await asyncio.gather(*(one(self.phones[place], said) for place, said in votes.items()))

    async def see(self, **expected: object) -> None:
        """Wait until all phones are told these values of the state."""
        async with asyncio.timeout(PATIENCE):
            while any(phone.state.get(key) != value for phone in self.phones for key, value in expected.items()):
                await asyncio.sleep(0.02)

    async def check(self) -> None:
        """Compare what the server has of each phone with what it sent."""
        await asyncio.gather(*(phone.check() for phone in self.phones))

    def stop(self) -> None:
        """Switch all off."""

        async def off() -> None:
            for phone in self.phones:
                phone.stop()
            await asyncio.sleep(0)  # the tasks that were cancelled end

        self.do(off())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


@dataclass
class Handset:
    """A phone's page in a browser."""

    context: BrowserContext
    name: str  # for pictures
    tab: Page = field(init=False)

    def __post_init__(self) -> None:
        self.tab = self.context.new_page()

    def join(self, code: str, language: str, wrong: str = "") -> None:
        """Open the class, or type its code after a wrong one."""
        if not wrong:
            self.tab.goto(f"/join/{code}?lang={language}")
            return
        self.tab.goto(f"/join?lang={language}")
        for typed in (wrong, code):
            self.tab.locator("#code").fill(typed.lower())
            self.tab.locator(".main-button").tap()
            if typed == wrong:
                expect(self.tab.locator("#problem")).to_have_text(re.compile("no class|반이 없"))

    def choose(self, said: Said) -> None:
        """Choose a side and how sure."""
        positive, sure = said
        self.tab.locator("[name=side]").nth(0 if positive else 1).check()
        self.tab.locator("[name=sure]").nth(sure - 1).check()

    def vote(self, said: Said, arrives: bool = True) -> None:
        """Choose and send. arrives: wait until the server has it."""
        self.choose(said)
        self.tab.locator(".main-button").tap()
        if arrives:
            self.arrived()

    def arrived(self) -> None:
        """Wait until the vote that is chosen is the one that the server has."""
        expect(self.tab.locator("form.is-sent")).to_be_visible(timeout=1000 * PATIENCE)

    def sides(self) -> list[int]:
        """How many voted positive and negative, as the screen says."""
        texts = self.tab.locator(".bars .bar-name").all_inner_texts()[:2]
        return [numbers_in(text.partition(":")[2])[0] for text in texts]


def numbers_in(text: str) -> list[int]:
    """The whole numbers of a text."""
    return [int(found) for found in re.findall(r"\d+", text)]
