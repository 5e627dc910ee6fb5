"""Measures how fast the app answers and how much memory it uses, with the published runs.

`python -m benchmarks.app` starts the server as `make app` does and opens pages in Chromium. It prints the seconds to an
answering server, the seconds until a page is usable (cold and warm, beside those of a bare Streamlit page), the server
time of a rerun of One review with a new text of 200 words, compared with a page without caches, and the memory with
every run loaded.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import streamlit as st
from playwright.sync_api import BrowserContext, sync_playwright
from streamlit.testing.v1 import AppTest

from benchmarks.browser import CHROMIUM, CHROMIUM_FLAGS, ROOT, serve, wait_until_drawn, wait_until_usable

RUNS = ("rnn", "lstm", "gru", "bilstm", "bilstm-best", "bilstm-pretrained")
TOGETHER = 3  # runs opened on one page, which shows at most four
PAGES = ("lengths", "reads", "drift", "review", "test_set", "memory", "forgetting", "mechanics", "own_data")
WORDS = "the film was slow but its ending moved me and every actor seemed to know why they were there".split()
REPEATS = 7


def time_page(context: BrowserContext, address: str) -> tuple[float, float]:
    """Seconds until a page in a new tab is usable (script ended, text shown), and until it is completely drawn."""
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address)
    wait_until_usable(page)
    usable = time.perf_counter() - started
    wait_until_drawn(page)
    drawn = time.perf_counter() - started
    page.close()
    return usable, drawn


@contextmanager
def bare_page() -> Iterator[str]:
    """The address of a Streamlit page that shows a title and nothing else, to compare with."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "streamlit_app.py").write_text(
            'import streamlit as st\n\nst.title("Hello")\n', encoding="utf-8"
        )
        with serve(Path(folder)) as server:
            yield server.address


def new_text(rng: random.Random) -> str:
    """200 words in a new order."""
    return " ".join(rng.choice(WORDS) for _ in range(200))


def time_reruns() -> tuple[float, float]:
    """Median milliseconds of a rerun of One review with a new text: normally, and with every cache emptied."""
    rng = random.Random(0)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120).run()
    app.switch_page("pages/compare/one_review.py").run()
    ours: list[float] = []
    plain: list[float] = []
    for _ in range(REPEATS):
        for times, prepare in ((ours, lambda: None), (plain, forget)):
            app.text_area(key="text").set_value(new_text(rng))
            prepare()
            started = time.perf_counter()
            app.run()
            times.append(time.perf_counter() - started)
    return statistics.median(ours) * 1000, statistics.median(plain) * 1000


def forget() -> None:
    """Empty every cache, so that the next run loads everything like a page without caches."""
    st.cache_resource.clear()
    st.cache_data.clear()


def main() -> None:
    """Print the figures."""
    with serve() as server, sync_playwright() as playwright:
        print(f"answering server, packages installed: {server.answering:.1f} s")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        with bare_page() as bare:
            warm, _ = (
                statistics.median(times)
                for times in zip(*(time_page(context, bare) for _ in range(REPEATS)), strict=True)
            )
            print(f"a Streamlit page with one title: usable after {warm:.2f} s")
        for page in ("", *PAGES):
            (cold, cold_drawn), *again = (time_page(context, f"{server.address}/{page}") for _ in range(1 + REPEATS))
            warm, warm_drawn = (statistics.median(times) for times in zip(*again, strict=True))
            print(
                f"/{page}: usable after {cold:.1f} s the first time, {warm:.2f} s after that; "
                f"drawn after {cold_drawn:.1f} s, {warm_drawn:.2f} s"
            )
        for start in range(0, len(RUNS), TOGETHER):
            names = RUNS[start : start + TOGETHER]
            time_page(context, f"{server.address}/review?{'&'.join(f'runs={name}' for name in names)}")
        resident = psutil.Process(server.pid).memory_info().rss / 1e6
        print(f"server memory with {len(RUNS)} runs loaded: {resident:.0f} MB")
        browser.close()
    rerun, plain = time_reruns()
    print(f"One review, new text of 200 words, two networks: {rerun:.0f} ms of server time a rerun")
    print(f"  without caches {plain:.0f} ms: ours is {plain / rerun:.1f}x as fast")


if __name__ == "__main__":
    main()
