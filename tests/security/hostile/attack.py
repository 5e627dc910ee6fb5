"""Sends hostile inputs of all kinds to a server, and says what went wrong."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.sessions import Session
from pages.shared.site import PAGES
from tests.security.hostile import files, messages, requests
from tests.security.hostile.names import ROOT
from tests.security.hostile.values import CANARY, CONTENT

AT_ONCE = 4
PATIENCE = 150.0  # seconds after which an input counts as one that hangs
_COLOURS = re.compile(r"\x1b\[[\d;]*m")
_TRACEBACK = re.compile(
    r"[^\n]*Traceback \(most recent call last\).*?(?=\n\d{4}-\d\d-\d\d |\n[^\n]*Traceback|\Z)", re.DOTALL
)


@dataclass(frozen=True)
class Input:
    """One hostile input."""

    number: int
    kind: str
    shown: str
    send: Callable[[str], Awaitable[str | None]]  # takes the address of a server, returns what is wrong


def inputs(count: int, seed: int = 0) -> Iterator[Input]:
    """So many inputs of all kinds. The same seed gives the same ones."""
    for number in range(count):
        random = Random(f"{seed} {number}")
        page = PAGES[(number // 20 * 8 + number % 20) % len(PAGES)]
        match number % 20:
            case 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7:
                asked = messages.query(random, page.script)
                yield Input(number, "address", f"{page.address}?{asked[:300]}", _opened(page.address, asked))
            case 8 | 9 | 10 | 11 | 12:
                request = requests.make(random)
                yield Input(number, "request", repr(request[:300]), lambda at, sent=request: requests.send(at, sent))
            case 13 | 14 | 15 | 16:
                yield Input(
                    number, "value", page.address, lambda at, on=page.address, by=random: messages.play(at, on, by)
                )
            case 17 | 18:
                yield Input(number, "message", "", lambda at, by=random: messages.disturb(at, by))
            case _:
                name, content = files.make(random)
                shown = f"{name[:60]!r} {content[:40]!r}"
                yield Input(number, "file", shown, lambda at, a=name, b=content: files.upload(at, a, b))


def _opened(where: str, asked: str) -> Callable[[str], Awaitable[str | None]]:
    return lambda at: messages.open_page(at, where, asked)


async def attack(address: str, sent: Iterator[Input], told: Callable[[str], None] = lambda line: None) -> list[str]:
    """Send inputs, a few at once. Returns a line for each with which something was wrong."""
    wrong: list[str] = []
    at_work = asyncio.Semaphore(AT_ONCE)

    async def one(given: Input) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                problem = await given.send(address)
        except TimeoutError:
            problem = "it hangs"
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
        finally:
            at_work.release()
        if problem is not None:
            wrong.append(f"{given.number} {given.kind}: {problem} <- {given.shown}")
            told(wrong[-1])

    async with asyncio.TaskGroup() as group:
        for given in sent:
            await at_work.acquire()
            group.create_task(one(given))
    try:
        async with asyncio.timeout(PATIENCE):
            session = await Session.start(address)
            if problem := messages.wrong_with(await session.open("review", text="A fine film.")):
                wrong.append(f"afterwards, the page One review: {problem}")
            await session.close()
    except (OSError, TimeoutError) as error:
        wrong.append(f"afterwards, the server does not answer: {error!r}")
    return wrong


def hide_canary(root: Path) -> None:
    """Put files into a folder of live runs that no input may reveal."""
    for folder in (root, root / "uploads", root / "jobs"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CANARY).write_text(CONTENT, encoding="utf-8")


def logged(log: Path) -> list[str]:
    """The tracebacks that a server has logged."""
    text = _COLOURS.sub("", log.read_text(encoding="utf-8", errors="replace"))
    return [found[-1500:] for found in _TRACEBACK.findall(text)]


def snapshot() -> dict[str, tuple[int, int]]:
    """Size and time of each file of the project, and of the folder above, that no input may change."""
    skipped = {".git", ".venv", "node_modules", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", "runs"}
    found = {}
    for path in [*ROOT.parent.glob("*"), *ROOT.rglob("*")]:
        if path.is_file() and not skipped & set(path.relative_to(ROOT.parent).parts):
            about = path.stat()
            found[str(path)] = about.st_size, about.st_mtime_ns
    return found
