"""What each run of a corpus came to, and the leaderboard of everything that classifies its reviews. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass

from sentiment_core.experiments.baselines import BaselineResult
from sentiment_core.runs.listing import is_control
from sentiment_core.runs.reading import Run, count_parameters
from sentiment_core.text.corpus import Corpus


@dataclass(frozen=True)
class RunSummary:
    """A run in a row of a table."""

    run: Run
    accuracy: float | None  # of the test split, share of reviews; None where it was not read
    standard_error: float | None  # of that share
    parameters: int
    seconds: float  # of training, validation left out
    tokens_per_second: float  # read in training

    @property
    def machine(self) -> str:
        """What it was trained on, in words."""
        return self.run.trained_on


@dataclass(frozen=True)
class LeaderboardRow:
    """One way to judge a review, with a network or without, in a row of the leaderboard."""

    name: str
    network: bool
    accuracy: float | None  # of the test split, share of reviews
    standard_error: float | None  # of that share
    parameters: int
    seconds: float  # of training; of fitting all candidates, for one without a network
    tokens_per_second: float | None  # read in training


def leaderboard(
    summaries: list[RunSummary], baselines: dict[str, BaselineResult], corpus: Corpus
) -> list[LeaderboardRow]:
    """Networks and what classifies the same reviews without one, the least accurate first.

    A run whose test split was not read comes first. Left out are a baseline of other reviews than the corpus's, and a
    control, which is no way to judge a review.
    """
    rows = [
        LeaderboardRow(
            title(row.run),
            True,
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
            rows.append(LeaderboardRow(name, False, share, error, result.features, result.seconds, None))
    return sorted(rows, key=lambda row: row.accuracy or 0.0)


def title(run: Run) -> str:
    """A run's name, with what must be known of it: 'bilstm (training)', 'mine (control: shuffled labels)'."""
    status = "training" if run.status == "running" else run.status
    notes = ["control: shuffled labels"] * is_control(run) + [status] * (status != "complete")
    return f"{run.name} ({', '.join(notes)})" if notes else run.name


def name_unfinished(run: Run) -> str | None:
    """How far a run has come and how to go on with it, in a sentence or two; None for a complete one."""
    if run.status == "complete":
        return None
    last = run.history[-1]
    reached = f"epoch {last.epoch:.3g} of {run.recipe.epochs}, step {last.step:,}"
    if run.status == "running":
        return f"{run.name} is training: {reached}."
    ended = run.status if run.status == "failed" else f"was {run.status}"
    way = f"python -m sentiment_core train --resume {run.path}, with the --data that it was trained on"
    return f"{run.name} {ended} after {reached}. To go on with it: {way}."


def summarise(run: Run) -> RunSummary:
    """One run's figures, all read from its folder. Raises RunError where its weights or test logits are damaged."""
    scores = run.scores()
    accuracy = None if scores is None else scores.accuracy
    error = None if scores is None or accuracy is None else (accuracy * (1 - accuracy) / len(scores.labels)) ** 0.5
    first, last = run.history[0], run.history[-1]  # a pretraining lies before the first
    seconds = last.seconds - first.seconds
    speed = (last.tokens - first.tokens) / seconds if seconds else 0.0
    return RunSummary(run, accuracy, error, count_parameters(run.path), last.seconds, speed)
