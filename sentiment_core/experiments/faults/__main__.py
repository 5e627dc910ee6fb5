"""Trains each mistake with several seeds and prints what shows it: `python -m sentiment_core.experiments.faults`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sentiment_core.experiments.faults import FAULTS
from sentiment_core.experiments.faults.fault import SEEDS
from sentiment_core.experiments.faults.lab import RECIPE, SOURCE
from sentiment_core.experiments.faults.signs import signs
from sentiment_core.experiments.reproduction.variation import Variation
from sentiment_core.experiments.trials import percents, train_trial
from sentiment_core.text.reviews import load_reviews


def measure(codes: Sequence[str]) -> None:
    """Train the healthy network ("") and those with these faults, printing a row of a Markdown table for each seed."""
    reviews = load_reviews(SOURCE)
    print(
        "| mistake | seed | valid after each epoch | test | largest loss | loss at the end | tokens a step | signs of |"
    )
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for code in codes:
        for seed in SEEDS:
            trial = train_trial(RECIPE.change(seed=seed), reviews, Variation(fault=code).record())
            test = "-" if trial.test is None else f"{trial.test:.1%}"
            row = [code or "none", str(seed), percents(trial.valid), test, f"{max(trial.losses):.2f}"]
            row += [f"{trial.train_loss[-1]:.2f}", f"{trial.tokens:.0f}", ", ".join(signs(trial)) or "-"]
            print("|", " | ".join(row), "|", flush=True)


if __name__ == "__main__":
    measure([code.replace("none", "") for code in sys.argv[1:]] or ["", *FAULTS])
