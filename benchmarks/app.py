"""How fast the app answers and what it keeps in memory, on the published runs.

`python -m benchmarks.app` starts the server as `make app` does, opens pages in Debian's chromium, and prints: seconds
to an answering server; seconds until a page is usable, cold and warm; server time of a rerun of One review with a new
text of 200 words, beside the plain form that loads its networks in the page body; memory with every run loaded.
"""

from __future__ import annotations

import random
import statistics
import time

import psutil
from playwright.sync_api import Browser, sync_playwright
from streamlit.testing.v1 import AppTest

import sentiment_core
from benchmarks.browser import CHROMIUM, CHROMIUM_FLAGS, ROOT, serve, wait_until_done

RUNS = ("rnn", "lstm", "gru", "bilstm")
PAGES = ("lengths", "reads", "drift", "review")
WORDS = "the film was slow but its ending moved me and every actor seemed to know why they were there".split()
REPEATS = 15


def time_page(browser: Browser, address: str) -> float:
    """Seconds until a page is usable in a new tab."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    started = time.perf_counter()
    page.goto(address)
    wait_until_done(page)
    seconds = time.perf_counter() - started
    page.close()
    return seconds


def new_text(rng: random.Random) -> str:
    """200 words in an order not seen before."""
    return " ".join(rng.choice(WORDS) for _ in range(200))


def time_reruns() -> tuple[float, float]:
    """Median milliseconds of a rerun of One review with a new text, and of loading its two networks anew."""
    rng = random.Random(0)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120).run()
    app.switch_page("pages/compare/one_review.py").run()
    ours, plain = [], []
    for _ in range(REPEATS):
        app.text_area(key="text").set_value(new_text(rng))
        started = time.perf_counter()
        app.run()
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        for name in ("rnn", "bilstm"):
            sentiment_core.load(ROOT / "checkpoints" / "imdb" / name).predict([new_text(rng)])
        plain.append(time.perf_counter() - started)
    return statistics.median(ours) * 1000, statistics.median(plain) * 1000


def main() -> None:
    """Print the figures."""
    with serve() as server, sync_playwright() as playwright:
        print(f"answering server, packages installed: {server.answering:.1f} s")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        cold = time_page(browser, server.address)
        warm = statistics.median(time_page(browser, server.address) for _ in range(5))
        print(f"first page usable: {cold:.1f} s cold, {warm:.2f} s warm")
        for page in PAGES:
            first, after = (time_page(browser, f"{server.address}/{page}") for _ in range(2))
            print(f"  /{page}: {first:.1f} s the first time, {after:.2f} s after")
        time_page(browser, f"{server.address}/review?{'&'.join(f'runs={name}' for name in RUNS)}")
        resident = psutil.Process(server.pid).memory_info().rss / 1e6
        print(f"server memory with {len(RUNS)} runs loaded: {resident:.0f} MB")
        browser.close()
    rerun, plain = time_reruns()
    print(f"One review, new text of 200 words, two networks: {rerun:.0f} ms a rerun")
    print(f"  loading the networks in the page body alone takes {plain:.0f} ms: {plain / rerun:.1f}x")


if __name__ == "__main__":
    main()
