"""Summaries of the runs of a corpus, and the leaderboard of everything that classifies its reviews. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass

from sentiment_core.experiments.baselines import BaselineResult
from sentiment_core.runs.listing import is_control
from sentiment_core.runs.reading import Run, count_parameters
from sentiment_core.text.corpus import Corpus


@dataclass(frozen=True)
class RunSummary:
    """One run's figures, for a row of a table."""

    run: Run
    accuracy: float | None  # on the test split, share of reviews; None if it was not read
    standard_error: float | None  # of that share
    parameters: int
    seconds: float  # of training, without validation
    tokens_per_second: float  # read in training


@dataclass(frozen=True)
class LeaderboardRow:
    """One row of the leaderboard: a network or a baseline."""

    name: str  # of the run, or of the baseline
    run: Run | None  # None for a baseline, which has no network
    accuracy: float | None  # of the test split, share of reviews
    standard_error: float | None  # of that share
    parameters: int
    seconds: float  # of training; for a baseline, of fitting all candidates
    tokens_per_second: float | None  # read in training


def leaderboard(
    summaries: list[RunSummary], baselines: dict[str, BaselineResult], corpus: Corpus
) -> list[LeaderboardRow]:
    """Networks and baselines for the same reviews, the least accurate first.

    A run that has not read the test split comes first. Baselines of other reviews than the corpus's are left out, and
    so are controls.
    """
    rows = [
        LeaderboardRow(
            row.run.name,
            row.run,
            row.accuracy,
            row.standard_error,
            row.parameters,
            row.seconds,
            row.tokens_per_second,
        )
        for row in summaries
        if not is_control(row.run)
    ]
    for name, result in baselines.items():
        if result.fingerprint == corpus.fingerprint:
            share = result.test_accuracy
            error = (share * (1 - share) / corpus.sizes["test"]) ** 0.5
            rows.append(LeaderboardRow(name, None, share, error, result.features, result.seconds, None))
    return sorted(rows, key=lambda row: row.accuracy or 0.0)


def summarise(run: Run) -> RunSummary:
    """One run's figures, all read from its folder. Raises RunError if its weights or test logits are damaged."""
    scores = run.scores()
    accuracy = None if scores is None else scores.accuracy
    error = None if scores is None or accuracy is None else (accuracy * (1 - accuracy) / len(scores.labels)) ** 0.5
    first, last = run.history[0], run.history[-1]  # pretraining comes before the first
    seconds = last.seconds - first.seconds
    speed = (last.tokens - first.tokens) / seconds if seconds else 0.0
    return RunSummary(run, accuracy, error, count_parameters(run.path), last.seconds, speed)
