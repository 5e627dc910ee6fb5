"""Measures the networks in NumPy, with which the pages read, beside PyTorch in the same run.

`python -m benchmarks.arrays` prints for each published IMDB run the milliseconds of a verdict, of a gradient, of
integrated gradients, of occlusion, of a trace and of the gradients of every state, for a review of 200 words on one
thread, and the largest difference between the two verdicts.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.app import ROOT, RUNS, WORDS
from benchmarks.measure import median_seconds
from sentiment_core.analysis.explanation.salience import GRADIENT, INTEGRATED, OCCLUSION, salience
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.classifiers.tokens import TextView


def tasks(classifier: Classifier, view: TextView) -> dict[str, Callable[[], object]]:
    """What pages ask of a network, by name."""
    return {
        "verdict": lambda: classifier.logits([view]),
        "gradient": lambda: salience(classifier, view, GRADIENT),
        "integrated gradients": lambda: salience(classifier, view, INTEGRATED),
        "occlusion": lambda: salience(classifier, view, OCCLUSION),
        "trace": lambda: classifier.trace(view),
        "gradients of states": lambda: classifier.state_gradients(view),
    }


def milliseconds(work: Callable[[], object]) -> float:
    """The median of five calls."""
    return 1000 * median_seconds(work, repeats=5, warm_up=1)


def main() -> None:
    """Print the figures."""
    rng = random.Random(0)
    text = " ".join(rng.choice(WORDS) for _ in range(200))
    for name in RUNS:
        folder = ROOT / "checkpoints" / "imdb" / name
        ours, theirs = load_classifier(folder, threads=1, light=True), load_classifier(folder, threads=1)
        view = ours.view(text)
        differ = float(abs(ours.logits([view]) - theirs.logits([view])).max())
        pairs = zip(tasks(ours, view).items(), tasks(theirs, view).values(), strict=True)
        told = [f"{task} {milliseconds(one):.1f} / {milliseconds(other):.1f}" for (task, one), other in pairs]
        print(f"{name}, NumPy / PyTorch in ms: {', '.join(told)}; verdicts differ by {differ:.1g}", flush=True)


if __name__ == "__main__":
    main()
