"""Measures the server's memory after every page was opened with every classifier of the published corpora.

`python -m benchmarks.memory` starts the server as `make app` does, opens each page in Chromium with all networks and
linear classifiers, four at a time, and prints the resident memory after each corpus. It takes about four minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import psutil
from playwright.sync_api import sync_playwright

from benchmarks.app import time_page
from benchmarks.browser import CHROMIUM, CHROMIUM_FLAGS, ROOT, serve

AT_ONCE = 4  # classifiers that a page compares at most
TEST_SET = ("agreement", "curves", "calibration", "slices", "words", "training")
FORGETTING = ("review", "distance", "training", "start")
PLAIN = ("", "lengths", "reads", "three_words")
MECHANICS = ("table", "states", "layers", "generate", "parameters", "bank", "trap", "far", "analogy")


def addresses(corpus: Path) -> Iterator[str]:
    """The addresses of all pages for a corpus, with each of its classifiers."""
    networks = sorted(path.parent.name for path in corpus.glob("*/recipe.json"))
    linear = sorted(path.parent.name for path in corpus.glob("*/linear.json"))
    here = {"corpus": corpus.name}
    for page in PLAIN:
        yield f"{page}?{urlencode(here)}"
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


def _groups(names: list[str]) -> Iterator[list[str]]:
    return (names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE))


def main() -> None:
    """Print the figures."""
    with serve() as server, sync_playwright() as playwright:
        process = psutil.Process(server.pid)
        print(f"every page opened once: {process.memory_info().rss / 1e6:.0f} MB")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        for name in ("imdb", "korean", "toy"):
            for address in addresses(ROOT / "checkpoints" / name):
                time_page(context, f"{server.address}/{address}")
            print(f"and with every classifier of {name}: {process.memory_info().rss / 1e6:.0f} MB", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
