"""Readers of a class: each opens the link, types reviews of its own, opens Drift, loses the Wi-Fi and comes back.

A reader knows its own text by a word that no other reader has, and looks for such words in everything that it receives.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from benchmarks.sessions import Session, Shown
from benchmarks.visits import Browser

WORDS = "the film was slow but its ending moved me and every actor seemed to know why they were there".split()
LENGTH = 60  # words of a review
TYPING = 3.0, 12.0  # seconds from the first page to the review, which is typed or pasted
LOOKING = 2.0, 6.0  # seconds from the answer to Drift
SILENT = 0.25  # share of readers whose lost connection the server does not notice; it is told of the others at once
_LETTERS = "bcdfghjklm"  # stand for the digits of a reader's number
PATTERN = rf"qx[{_LETTERS}]{{4}}xq"  # the word of a reader
LOST = (ConnectionClosed, InvalidHandshake, TimeoutError, OSError)


def word_of(number: int) -> str:
    """The word that only the reader with this number types, 0 to 9999."""
    return f"qx{''.join(_LETTERS[int(digit)] for digit in f'{number:04}')}xq"


@dataclass(frozen=True)
class Site:
    """What readers visit."""

    name: str
    page: str  # address of the page with the box
    kind: str  # of the box, as the protocol names it
    label: str  # of the box
    drift: str | None  # address of the page with the embeddings, if there is one
    first: tuple[str, ...] = ()  # files that a browser with an empty cache fetches before the websocket
    then: tuple[str, ...] = ()  # and those after it


@dataclass
class Times:
    """Seconds that readers waited, and what went wrong. Shared by all readers of a class."""

    first: list[float] = field(default_factory=list)  # from the click on the link to the end of the page's script
    review: list[float] = field(default_factory=list)  # from the text to the end of the answer
    drift: list[float] = field(default_factory=list)  # from the click in the menu to the whole payload
    back: list[float] = field(default_factory=list)  # from the returned Wi-Fi to the answer to a new text
    errors: Counter[str] = field(default_factory=Counter)
    lost: int = 0  # sessions that were gone: their text and choices too
    mixed: int = 0  # answers with the text of another reader
    turned_away: int = 0  # readers whom the server did not let in
    bytes: int = 0  # received over HTTP


class Reader:
    """One reader. `number` makes its texts its own."""

    def __init__(self, address: str, site: Site, number: int, times: Times) -> None:
        self.site, self.times = site, times
        self._rng = random.Random(number)
        self._word = word_of(number)
        self._browser = Browser(address)
        self._address = address
        self._session: Session | None = None
        self._id = ""
        self._box = self._fragment = ""

    async def visit(self, after: float, wifi: Wifi) -> None:
        """Do all that a reader does in a lesson.

        after: seconds until the link is opened.
        """
        await asyncio.sleep(after)
        if not await self._try(self.arrive):
            return
        for pause, step in ((TYPING, self.review), (LOOKING, self.open_drift if self.site.drift else self.review)):
            await asyncio.sleep(self._rng.uniform(*pause))
            if not await self._try(step):
                return
        await wifi.lost()
        self.lose_wifi()
        await wifi.back()
        await asyncio.sleep(self._rng.uniform(0, 2))  # browsers try again after some time
        await self._try(self.come_back)

    async def arrive(self) -> None:
        """Open the link with an empty cache."""
        started = time.perf_counter()
        status, _ = await self._browser.get(self.site.page)
        if status == 503:
            self.times.turned_away += 1
            raise OSError("The server is full.")
        await self._browser.get_all(self.site.first)
        self._session = Session(self._address, self._browser.headers, PATTERN)
        await self._session.connect()
        shown, _ = await asyncio.gather(self._session.open(self.site.page), self._browser.get_all(self.site.then))
        self._check(shown)
        self.times.first.append(time.perf_counter() - started)
        self.times.bytes += self._browser.bytes
        self._browser.close()
        self._box, self._fragment = shown.widget(self.site.kind, self.site.label)
        self._id = shown.session

    async def review(self) -> None:
        """Submit a new text and check that the answer is about it."""
        started = time.perf_counter()
        await self._read()
        self.times.review.append(time.perf_counter() - started)

    async def open_drift(self) -> None:
        """Go to the page with the embeddings."""
        assert self._session is not None
        assert self.site.drift
        started = time.perf_counter()
        self._check(await self._session.open(self.site.drift))
        self.times.drift.append(time.perf_counter() - started)

    def lose_wifi(self) -> None:
        """From now on nothing arrives."""
        assert self._session is not None
        if self._rng.random() < SILENT:
            self._session.fall_silent()
        else:
            self._session.vanish()

    async def come_back(self) -> None:
        """Connect to the same session as before, and type a new text."""
        assert self._session is not None
        started = time.perf_counter()
        await self._session.connect()
        if self.site.drift:
            shown = await self._session.open(self.site.page)
            self._check(shown)
            self._box, self._fragment = shown.widget(self.site.kind, self.site.label)
        shown = await self._read()
        self.times.back.append(time.perf_counter() - started)
        if shown.session != self._id:
            self.times.lost += 1
            self._id = shown.session

    async def leave(self) -> None:
        """Close the tab."""
        self._browser.close()
        if self._session is not None:
            await self._session.close()

    async def _read(self) -> Shown:
        assert self._session is not None
        words = [self._rng.choice(WORDS) for _ in range(LENGTH)]
        words[self._rng.randrange(LENGTH)] = self._word
        shown = await self._session.rerun(self._fragment, **{self._box: " ".join(words)})
        self._check(shown)
        if self._word.encode() not in shown.found:
            self.times.errors["an answer without the reader's own text"] += 1
        return shown

    def _check(self, shown: Shown) -> None:
        self.times.errors.update(shown.exceptions())
        self.times.mixed += bool(shown.found - {self._word.encode()})

    async def _try(self, step: Callable[[], Awaitable[None]]) -> bool:
        """Whether a step succeeded. A reader whose connection ends is lost."""
        try:
            await step()
        except LOST as error:
            self.times.errors[f"{step.__name__}: {type(error).__name__}: {error}"[:120]] += 1
            self.times.lost += 1
            return False
        return True


class Wifi:
    """The room's Wi-Fi, which goes away for a while once everybody has done what comes before."""

    def __init__(self, readers: int, seconds: float, patience: float) -> None:
        """seconds: without Wi-Fi. patience: seconds to wait for readers who never get there."""
        self._waiting, self._readers, self._seconds = 0, readers, seconds
        self._gone, self._here = asyncio.Event(), asyncio.Event()
        self._patience = patience

    async def lost(self) -> None:
        """Wait until the Wi-Fi goes away."""
        self._waiting += 1
        if self._waiting == self._readers:
            self._go()
        try:
            async with asyncio.timeout(self._patience):
                await self._gone.wait()
        except TimeoutError:
            self._go()

    async def back(self) -> None:
        """Wait until it works again."""
        await self._here.wait()

    def _go(self) -> None:
        if not self._gone.is_set():
            self._gone.set()
            asyncio.get_running_loop().call_later(self._seconds, self._here.set)
