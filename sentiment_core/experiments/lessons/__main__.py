"""Trains the lessons with several seeds and prints what they show: `python -m sentiment_core.experiments.lessons`."""

from __future__ import annotations

import sys
from collections.abc import Callable

from sentiment_core.experiments.lessons import LESSONS, Lesson
from sentiment_core.experiments.trials import Trial, percents, train_trial
from sentiment_core.text.reviews import load_reviews

SEEDS = (0, 1, 2, 3, 4)


def _last(trial: Trial) -> float:
    return trial.valid[-1]


# For each lesson, what must be true of its networks with one seed for the lesson to show what it says.
EFFECTS: dict[str, tuple[str, Callable[[list[Trial]], bool]]] = {
    "learns": (
        "begins at 45% to 55% and ends above 98%",
        lambda of: 0.45 <= of[0].valid[0] <= 0.55 and _last(of[0]) > 0.98,
    ),
    "rate": (
        "the usual rate ends above 98%, the high one below 90%",
        lambda of: _last(of[0]) > 0.98 and _last(of[1]) < 0.9,
    ),
    "clipping": ("clipped ends above 95%, unclipped below 60%", lambda of: _last(of[0]) > 0.95 and _last(of[1]) < 0.6),
    "shuffled": (
        "true labels end above 98%, shuffled ones between 43% and 57%",
        lambda of: _last(of[0]) > 0.98 and 0.43 <= _last(of[1]) <= 0.57,
    ),
    "tokens": (
        "all tokens end above 98%, 20 tokens between 78% and 90%",
        lambda of: _last(of[0]) > 0.98 and 0.78 <= _last(of[1]) <= 0.9,
    ),
    "pooling": (
        "the mean is above 80% after two epochs, the last state below 60%",
        lambda of: of[1].after(2) > 0.8 and of[0].after(2) < 0.6,
    ),
}


def measure(lesson: Lesson) -> None:
    """Train a lesson's networks with each seed, printing a row of a Markdown table for each."""
    reviews = load_reviews(lesson.source)
    words, holds = EFFECTS[lesson.code]
    print(f"\n## {lesson.title.in_language('en')}\n")
    print("| network | seed | valid after each epoch | loss on train at the end | largest gradient norm | seconds |")
    print("|---|---|---|---|---|---|", flush=True)
    shown = 0
    for seed in SEEDS:
        trials = []
        for network in lesson.networks:
            trial = train_trial(network.recipe.change(seed=seed), reviews)
            trials.append(trial)
            columns = (network.name, seed, percents(trial.valid), f"{trial.train_loss[-1]:.3f}", f"{trial.norm:.3g}")
            print("|", " | ".join(map(str, columns)), "|", f"{trial.seconds:.0f}", "|", flush=True)
        shown += holds(trials)
    print(f"\nThe effect ({words}): {shown} of {len(SEEDS)} seeds.", flush=True)


if __name__ == "__main__":
    for code in sys.argv[1:] or LESSONS:
        measure(LESSONS[code])
