"""Measures how fast one review is explained: curves and salience of a text, and the page that shows them.

`python -m benchmarks.explanation` takes the published networks, one thread and a text of 200 words. Each figure stands
beside a plain way to get the same numbers: prefixes judged one by one, integrated gradients a step at a time, texts
without a token judged one by one, and a page whose caches are emptied.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import streamlit as st
from streamlit.testing.v1 import AppTest

from benchmarks.app import REPEATS, new_text
from benchmarks.browser import ROOT
from benchmarks.measure import median_seconds
from sentiment_core.analysis.explanation.prefixes import prefix_curve
from sentiment_core.analysis.explanation.salience import INTEGRATED, OCCLUSION, STEPS, salience
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.classifiers.tokens import TextView

RUNS = Path(ROOT) / "checkpoints" / "imdb"
NAMES = ("rnn", "bilstm", "bilstm-best")


def judge_prefixes_one_by_one(classifier: Classifier, view: TextView) -> np.ndarray:
    """The log-odds after each token, each prefix judged as a text of its own."""
    logits = [classifier.logits([view.take(np.arange(end))]) for end in range(1, view.read + 1)]
    return classifier.labels.log_odds(np.concatenate(logits))


def integrate_step_by_step(classifier: Classifier, view: TextView) -> np.ndarray:
    """Integrated gradients, one share at a time."""
    total = sum((classifier.gradients(view, [(step + 0.5) / STEPS]).gradients[0] for step in range(STEPS)), np.zeros(1))
    return (total / STEPS * classifier.gradients(view).vectors).sum(axis=1)


def occlude_one_by_one(classifier: Classifier, view: TextView) -> np.ndarray:
    """The change of the log-odds without each token, each text judged on its own."""
    whole = classifier.logits([view])
    rest = [classifier.logits([view.take(np.delete(np.arange(view.read), at))]) for at in range(view.read)]
    return classifier.labels.log_odds(whole) - classifier.labels.log_odds(np.concatenate(rest))


def compare(name: str, ours: Callable[[], object], plain: Callable[[], object]) -> None:
    """Print the median milliseconds of both calls, and their ratio."""
    seconds = [median_seconds(work, count, 1) for work, count in ((ours, REPEATS), (plain, 3))]
    print(f"{name}: {seconds[0] * 1000:.0f} ms; plainly {seconds[1] * 1000:.0f} ms, {seconds[1] / seconds[0]:.1f}x")


def explain_with(name: str, text: str) -> None:
    """Print the figures of one network."""
    classifier = load_classifier(RUNS / name, threads=1)
    view = classifier.view(text)
    print(f"{name}, {view.read} tokens")
    compare(
        "  verdict after each token",
        lambda: prefix_curve(classifier, view),
        lambda: judge_prefixes_one_by_one(classifier, view),
    )
    compare(
        f"  integrated gradients, {STEPS} steps",
        lambda: salience(classifier, view, INTEGRATED),
        lambda: integrate_step_by_step(classifier, view),
    )
    compare("  occlusion", lambda: salience(classifier, view, OCCLUSION), lambda: occlude_one_by_one(classifier, view))


def time_page(**address: str) -> tuple[float, float]:
    """Median milliseconds of One review with a new text of 200 words, rnn and bilstm; and of the same text again."""
    rng = random.Random(0)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120).run()
    app.switch_page("pages/compare/one_review.py")
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    new: list[float] = []
    again: list[float] = []
    for _ in range(REPEATS):
        app.text_area(key="text").set_value(new_text(rng))
        for times in (new, again):
            started = time.perf_counter()
            app.run()
            times.append((time.perf_counter() - started) * 1000)
    return statistics.median(new), statistics.median(again)


def main() -> None:
    """Print the figures."""
    text = new_text(random.Random(0))
    for name in NAMES:
        explain_with(name, text)
    for shown, address in (("all parts", {}), ("all parts and the agreement of methods", {"methods": "true"})):
        st.cache_resource.clear()
        new, again = time_page(**address)
        print(f"One review, new text of 200 words, rnn and bilstm, {shown}: {new:.0f} ms of server time a rerun")
        print(f"  explained before: {again:.0f} ms; the caches save {new / again:.1f}x")


if __name__ == "__main__":
    main()
