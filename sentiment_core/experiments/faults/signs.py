"""Reads the mistake off the curves, as a student should: so that it can be counted how often they betray it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sentiment_core.experiments.trials import Trial

GUESSING = float(np.log(2))  # loss of an even chance


def _learns(trial: Trial) -> bool:
    return max(trial.valid) > 0.7


def _has_peaks(trial: Trial) -> bool:
    """Whether the loss is near 0 and then far above guessing within one epoch, in most epochs."""
    parts = np.array_split(np.array(trial.losses), len(trial.valid) - 1)
    peaks = [losses[losses.argmin() :].max() > 1.2 and losses.min() < 0.1 for losses in parts]
    return bool(np.mean(peaks) > 0.5)


# In the order in which to look.
SIGNS: dict[str, Callable[[Trial], bool]] = {
    "padding": lambda trial: trial.tokens > 3000,  # a batch of 32 has about 500 tokens
    "order": _has_peaks,
    "rate": lambda trial: not _has_peaks(trial) and max(trial.losses[:20]) > 1.5 * GUESSING,
    "sigmoid": lambda trial: min(trial.losses) > 0.45 and max(trial.accuracies) > 0.85 and _learns(trial),
    "leak": lambda trial: trial.test is not None and _learns(trial) and trial.test - trial.valid[-1] > 0.05,
    "labels": lambda trial: not _learns(trial) and trial.tokens < 3000 and max(trial.losses) < 1.2 * GUESSING,
}


def signs(trial: Trial) -> list[str]:
    """The codes of the mistakes whose signs a training shows; none for a healthy one."""
    return [code for code, shows in SIGNS.items() if shows(trial)]
