"""Measures the Test set page and its statistics, with the published runs on IMDB's 25,000 test reviews.

`python -m benchmarks.evaluation` prints the time of a paired bootstrap beside a loop that resamples reviews, the server
time of each control of the page, and the seconds until the page is usable in Chromium. Each time is a median.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle

import numpy as np
from playwright.sync_api import sync_playwright
from streamlit.testing.v1 import AppTest

from benchmarks.app import forget, time_page
from benchmarks.browser import CHROMIUM, CHROMIUM_FLAGS, ROOT, serve
from benchmarks.curves import print_curve_controls, print_intervals
from sentiment_core.analysis.evaluation.compared import Compared, compare, scored_run
from sentiment_core.analysis.evaluation.paired import RESAMPLES, bootstrap_gain, count_outcomes, differences, outcomes
from sentiment_core.runs.reading import load_run

PAIR = ("rnn", "bilstm")
PARTS = ("agreement", "curves", "calibration", "slices", "words", "training")
SCRIPT = "pages/compare/test_set.py"
REPEATS = 9


def median_ms(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median milliseconds of a call, after one that is not counted."""
    work()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def load_pair() -> Compared:
    """The two networks on IMDB's test reviews."""
    return compare([scored_run(load_run(ROOT / "checkpoints" / "imdb" / name)) for name in PAIR])


def resample_reviews(first: np.ndarray, second: np.ndarray) -> tuple[float, float]:
    """The interval as a plain loop finds it: draw reviews and compare accuracies. first, second: [reviews] bool."""
    rng = np.random.default_rng(0)
    gains = np.empty(RESAMPLES)
    for place in range(RESAMPLES):
        drawn = rng.integers(0, len(first), len(first))
        gains[place] = second[drawn].mean() - first[drawn].mean()
    low, high = np.quantile(gains, [0.025, 0.975])
    return float(low), float(high)


def print_statistics() -> None:
    """The paired bootstrap, alone and with the rest of the headline, and the plain loop."""
    compared = load_pair()
    first, second = (compared.right(name) for name in PAIR)
    counts = count_outcomes(outcomes(first, second))
    ours = median_ms(lambda: bootstrap_gain(counts))
    plain = median_ms(lambda: resample_reviews(first, second), repeats=3)
    print(f"bootstrap of {RESAMPLES:,} resamples on {len(compared):,} pairs: {ours:.2f} ms")
    print(f"  a loop that resamples the reviews: {plain:.0f} ms, ours is {plain / ours:.0f}x as fast")
    print(f"counts, bootstrap and McNemar of a pair: {median_ms(lambda: differences(compared)):.1f} ms")
    valid = load_run(ROOT / "checkpoints" / "imdb" / PAIR[0]).valid_scores()
    assert valid is not None
    print_intervals(compared, valid)


def open_part(part: str) -> AppTest:
    """The page with the pair and one part."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300).run()
    app.switch_page(SCRIPT)
    for name, value in {"corpus": "imdb", "runs": list(PAIR), "part": part}.items():
        app.query_params[name] = value
    return app.run()


def move_threshold(app: AppTest, values: Iterator[float]) -> None:
    """Move the threshold to the next of these values."""
    app.slider(key="threshold").set_value(next(values)).run()


def choose_cell(app: AppTest, cells: Iterator[str]) -> None:
    """Choose the next of these cells."""
    app.selectbox(key="cell").select(next(cells)).run()


def print_controls() -> None:
    """Server time of a rerun of the whole page after a control was moved. A reader's browser reruns less of it."""
    for part in PARTS:
        app = open_part(part)
        if app.exception or app.session_state["part"] != part:
            print(f"{part}: not there")
            continue
        thresholds = cycle([0.41, 0.43, 0.47, 0.53, 0.57, 0.61])
        moved = median_ms(partial(move_threshold, app, thresholds))
        print(f"{part}: {moved:.0f} ms of server time after the threshold is moved")
        if part == "agreement":
            picked = median_ms(partial(choose_cell, app, cycle(app.selectbox(key="cell").options)))
            print(f"{part}: {picked:.0f} ms after another cell is chosen")
    print_curve_controls(open_part)
    for part in ("agreement", "curves", "calibration"):
        app = open_part(part)
        cold = []
        for _ in range(3):
            forget()
            started = time.perf_counter()
            app.run()
            cold.append(time.perf_counter() - started)
        print(f"{part} with every cache emptied: {statistics.median(cold) * 1000:.0f} ms")


def print_page() -> None:
    """Seconds until the page is usable in a new tab."""
    address = "&".join(f"runs={name}" for name in PAIR)
    with serve() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        (cold, _), *again = (
            time_page(context, f"{server.address}/test_set?corpus=imdb&{address}") for _ in range(1 + REPEATS)
        )
        warm, drawn = (statistics.median(times) for times in zip(*again, strict=True))
        print(
            f"/test_set: usable after {cold:.1f} s the first time, {warm:.2f} s after that, drawn after {drawn:.2f} s"
        )
        browser.close()


if __name__ == "__main__":
    print_statistics()
    print_controls()
    print_page()
