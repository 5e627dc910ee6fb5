"""Measures what runs trained in jobs cost the pages.

`python -m benchmarks.trained_runs` prints the server time of a rerun of several pages of the toy corpus, without such
runs and with 60 that the visitor sees, and their ratio. Below stands what it costs to read the 60 runs in every rerun,
which is the plain way. Each time is a median.
"""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from streamlit.testing.v1 import AppTest

from benchmarks.browser import ROOT
from pages.shared.visitors import Handshake, visitor_of
from sentiment_core.jobs.folders import write_request
from sentiment_core.jobs.layout import new_id, training_folder
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.model.presets import preset
from sentiment_core.runs.listing import list_runs
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.reviews import Reading

MANY = 60
SECRET = "a" * 32  # of the browser that AppTest stands for
PAGES = (
    "pages/home/overview.py",
    "pages/embeddings/drift.py",
    "pages/compare/one_review.py",
    "pages/compare/test_set.py",
    "pages/inside/forgetting.py",
)
REPEATS = 9
TOY = ROOT / "checkpoints" / "toy"


def median_ms(work: Callable[[], object]) -> float:
    """Median milliseconds of a call, after two that are not counted."""
    times = []
    for _ in range(REPEATS + 2):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times[2:]) * 1000


def add_runs(root: Path, count: int) -> Path:
    """Put copies of a published run where jobs leave theirs, all of one visitor. Returns the folder of their corpus."""
    place = root / "trained" / load_corpus(TOY).fingerprint
    place.mkdir(parents=True)
    for file in TOY.iterdir():
        if file.is_file():
            shutil.copy(file, place)
    for number in range(count):
        name = f"bilstm-{number:04x}"
        shutil.copytree(TOY / "bilstm", place / name)
        job = training_folder(root, new_id())
        job.mkdir(parents=True)
        network, owner = Network(name, preset("bilstm")), visitor_of(Handshake(), SECRET).id
        write_request(job, TrainingRequest((network,), Reading("toy"), str(place), visitor=owner), number, time.time())
    return place


def time_reruns(root: Path) -> dict[str, float]:
    """Median milliseconds of a rerun of each page, by script."""
    os.environ["SENTIMENT_RUNS"] = str(root)
    times = {}
    for script in PAGES:
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
        app.session_state["visitor_of_session"] = SECRET
        app.run()
        app.switch_page(script)
        app.query_params["corpus"] = "toy"
        times[script] = median_ms(app.run)
    return times


def main() -> None:
    """Print the figures."""
    with TemporaryDirectory() as folder:
        without, many = time_reruns(Path(folder) / "none"), Path(folder) / "many"
        place = add_runs(many, MANY)
        crowded = time_reruns(many)
        print(f"{'rerun (ms)':32} {'no runs':>9} {MANY:>6} runs   ratio")
        for script in PAGES:
            print(
                f"{script:32} {without[script]:9.1f} {crowded[script]:11.1f} {crowded[script] / without[script]:7.2f}"
            )
        corpus = load_corpus(place)
        print(f"plain: read {MANY} runs in every rerun: {median_ms(lambda: list_runs(corpus)):.1f} ms")


if __name__ == "__main__":
    main()
