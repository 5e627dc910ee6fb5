"""Measures the server's memory: after its start, after every page with the six IMDB runs, with many sessions, and why.

`python -m benchmarks.memory` starts the server as `make app` does. Sessions open each page's main view with each of the
six runs, as a class does; then many sessions read a review each and look at Drift, and leave again. It prints what the
operating system says of the server and its child processes, what each package costs when it is imported, and which
packages the server has imported. With `--corpora` it also opens every page with every network and linear classifier of
the three corpora. With `--against REVISION` it first measures that revision in the same way.

RSS is all memory that is resident, also the pages of program files that the system may drop and read again. PSS counts
a page that several processes share in parts. USS is what would be freed if the process ended. Private is what cannot
be dropped, and what a container must hold: memory that is no copy of a file. The system calls it anonymous.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlencode

import psutil

from benchmarks.browser import ROOT, Server, serve
from benchmarks.reruns import WORDS, checked_out
from benchmarks.sessions import Session, Shown

RUNS = ("rnn", "lstm", "gru", "bilstm", "bilstm-best", "bilstm-pretrained")
WITH_FRAMES = RUNS[:4]
AT_ONCE = 4  # classifiers that a page compares at most
CLASS = 50  # sessions that are open at the same time
TEST_SET = ("agreement", "curves", "calibration", "slices", "words", "training")
FORGETTING = ("review", "distance", "training", "start")
PLAIN = ("", "lengths", "reads", "three_words", "lessons", "train", "seeds", "debug", "own_data")
MECHANICS = ("table", "states", "layers", "generate", "parameters", "bank", "trap", "far", "analogy")
PACKAGES = tuple(
    "numpy pandas streamlit altair scipy.special scipy.optimize scipy.stats plotly tokenizers babel torch sklearn "
    "datasets transformers".split()
)


@dataclass(frozen=True)
class Held:
    """Memory of some processes in MB."""

    rss: float
    pss: float
    uss: float
    private: float

    def __str__(self) -> str:
        return f"RSS {self.rss:.0f}, PSS {self.pss:.0f}, USS {self.uss:.0f}, private {self.private:.0f} MB"


def held(*processes: psutil.Process) -> Held:
    """What processes hold now, in sum; those that have ended hold nothing."""
    sums = [0] * 4
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            found = process.memory_full_info()
            each = found.rss, getattr(found, "pss", found.uss), found.uss, _private(process.pid, found.uss)
            sums = [total + part for total, part in zip(sums, each, strict=True)]
    rss, pss, uss, private = (total / 1e6 for total in sums)
    return Held(rss, pss, uss, private)


def report(server: Server) -> str:
    """What a server holds, and what the supervisor and the workers of its jobs hold beside it."""
    process = psutil.Process(server.pid)
    children = process.children(recursive=True)
    return f"{held(process)}" + (f"; {len(children)} processes for jobs: {held(*children)}" if children else "")


def _private(pid: int, otherwise: int) -> int:
    """Bytes of memory that is no copy of a file, on Linux; USS elsewhere."""
    with suppress(OSError):
        found = re.search(r"^Anonymous:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
        if found:
            return int(found[1]) * 1024
    return otherwise


def main_views(runs: tuple[str, ...] = RUNS) -> Iterator[str]:
    """The address of each page's main view for IMDB, so that every run is shown where a page shows runs."""
    here = {"corpus": "imdb"}
    yield from (f"{page}?{urlencode(here)}" for page in PLAIN)
    for names in _groups(list(runs), 3):
        chosen = urlencode(here | {"runs": names}, doseq=True)
        yield from (f"{page}?{chosen}" for page in ("review", "test_set", "memory", "forgetting"))
    for left, right in zip(WITH_FRAMES[::2], WITH_FRAMES[1::2], strict=True):
        yield f"drift?{urlencode(here | {'left': left, 'right': right})}"
    yield f"mechanics?{urlencode(here)}"


def all_views(corpus: Path) -> Iterator[str]:
    """The addresses of all views for a corpus, with each of its classifiers."""
    networks = sorted(path.parent.name for path in corpus.glob("*/recipe.json"))
    linear = sorted(path.parent.name for path in corpus.glob("*/linear.json"))
    here = {"corpus": corpus.name}
    yield from (f"{page}?{urlencode(here)}" for page in PLAIN)
    for names in _groups([*networks, *linear]):
        chosen = urlencode(here | {"runs": names}, doseq=True)
        yield f"review?{chosen}"
        yield from (f"test_set?{chosen}&part={part}" for part in TEST_SET)
    for names in _groups(networks):
        chosen = urlencode(here | {"runs": names}, doseq=True)
        yield f"memory?{chosen}"
        yield from (f"forgetting?{chosen}&part={part}" for part in FORGETTING)
    yield from (f"drift?{urlencode(here | {'left': name})}" for name in networks)
    yield from (f"mechanics?{urlencode(here | {'step': step})}" for step in MECHANICS)


def _groups(names: list[str], size: int = AT_ONCE) -> Iterator[list[str]]:
    return (names[start : start + size] for start in range(0, len(names), size))


async def open_view(session: Session, address: str) -> Shown:
    """Open a page by its address. Raises RuntimeError if it shows an error."""
    page, _, query = address.partition("?")
    shown = await session.open(page, **parse_qs(query))
    if shown.exceptions():
        raise RuntimeError(f"/{address} failed: {shown.exceptions()[0]}")
    return shown


async def visit(server: Server, addresses: Iterator[str], each: bool) -> None:
    """One reader opens pages one after another. each: whether to print the memory after each page."""
    session = await Session.start(server.address)
    for address in addresses:
        await open_view(session, address)
        if each:
            print(f"  /{address}: {report(server)}", flush=True)
    await session.close()


async def crowd(server: Server, size: int) -> None:
    """A class opens One review and reads a text each, then opens Drift, and leaves."""
    rng = random.Random(0)
    present = []
    for number in range(size):
        session = await Session.start(server.address)
        chosen = urlencode({"corpus": "imdb", "runs": [RUNS[number % 6], RUNS[(number + 1) % 6]]}, doseq=True)
        shown = await open_view(session, f"review?{chosen}")
        box, fragment = shown.widget("text_area", "Review")
        await session.rerun(fragment, **{box: " ".join(rng.choice(WORDS) for _ in range(200))})
        await open_view(session, "drift?corpus=imdb")
        await open_view(session, f"review?{chosen}")
        present.append(session)
    print(f"with {size} sessions, each with a text of its own: {report(server)}", flush=True)
    for session in present:
        await session.close()
    await asyncio.sleep(2)
    print(f"after they left: {report(server)}", flush=True)


def imported(pid: int) -> str:
    """Which of PACKAGES with compiled parts a process has loaded, by the files that it has mapped, on Linux."""
    try:
        maps = Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return "not known on this system"
    names = {name.split(".")[0] for name in PACKAGES} | {"pyarrow", "PIL", "safetensors"}
    return ", ".join(sorted(name for name in names if f"/{name}/" in maps or f"/{name}.libs/" in maps))


def import_costs() -> None:
    """Print what each package adds to the memory of a fresh process that imports them one after another."""
    script = f"""
import importlib
import psutil
from benchmarks.memory import held
before = held(psutil.Process())
for name in {PACKAGES!r}:
    importlib.import_module(name)
    now = held(psutil.Process())
    print(f"  {{name}}: RSS {{now.rss - before.rss:+.0f}}, private {{now.private - before.private:+.0f}} MB")
    before = now
"""
    print("imports, one after another:", flush=True)
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def measure(root: Path, corpora: bool, size: int, each: bool) -> None:
    """Print the memory of the app in a folder."""
    with TemporaryDirectory() as runs, serve(root, SENTIMENT_RUNS=runs) as server:
        print(f"idle, every page opened once by the server itself: {report(server)}")
        asyncio.run(visit(server, main_views(), each))
        print(f"with the six IMDB runs, every page opened: {report(server)}", flush=True)
        asyncio.run(crowd(server, size))
        print(f"packages with compiled parts in the server: {imported(server.pid)}")
        for name in ("imdb", "korean", "toy") if corpora else ():
            asyncio.run(visit(server, all_views(root / "checkpoints" / name), each=False))
            print(f"and with every view and every classifier of {name}: {report(server)}", flush=True)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--against", metavar="REVISION", help="measure this revision too")
    parser.add_argument("--corpora", action="store_true", help="open every view of the three corpora too")
    parser.add_argument("--each", action="store_true", help="print the memory after each page")
    parser.add_argument("--sessions", type=int, default=CLASS, help="of the class")
    chosen = parser.parse_args()
    with ExitStack() as folders:
        states = {"this": ROOT}
        if chosen.against:
            states = {chosen.against: folders.enter_context(checked_out(chosen.against))} | states
        for name, root in states.items():
            if chosen.against:
                print(f"{name}:", flush=True)
            measure(root, chosen.corpora, chosen.sessions, chosen.each)
    import_costs()


if __name__ == "__main__":
    main()
