"""The log-odds of several classifiers on the reviews of one test split. Needs no torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sentiment_core.classifiers.protocol import Classifier, Origin
from sentiment_core.errors import ClassifierError
from sentiment_core.runs.reading import Run
from sentiment_core.runs.scores import Scores

HALF = 0.5  # the usual threshold


@dataclass(frozen=True)
class Scored:
    """A classifier with its scores on the test split of its origin."""

    name: str
    origin: Origin  # of the test split
    scores: Scores


@dataclass(frozen=True)
class Compared:
    """Several classifiers on the same reviews."""

    labels: np.ndarray  # [reviews] int64, 1 is positive
    rows: np.ndarray  # [reviews] int64, row in the test split
    log_odds: dict[str, np.ndarray]  # classifier -> [reviews] float32, log-odds of positive
    fingerprint: str = ""  # of the data set that the split belongs to; "" if it is not known
    # For each classifier that can judge a review neutral: [reviews] bool, whether it did. Neutral is never right.
    neutral: dict[str, np.ndarray] = field(default_factory=dict)

    def __len__(self) -> int:
        """The number of reviews."""
        return len(self.labels)

    @property
    def names(self) -> list[str]:
        """The classifiers in the order in which they were chosen."""
        return list(self.log_odds)

    def take(self, chosen: np.ndarray) -> Compared:
        """The same for a subset of the reviews. chosen: [reviews] bool, or [some] int64 places in these arrays."""
        log_odds, neutral = (
            {name: values[chosen] for name, values in columns.items()} for columns in (self.log_odds, self.neutral)
        )
        return Compared(self.labels[chosen], self.rows[chosen], log_odds, self.fingerprint, neutral)

    def probabilities(self, name: str) -> np.ndarray:
        """A classifier's probability of positive [reviews] float64."""
        return probability(self.log_odds[name])

    def positive(self, name: str, threshold: float = HALF) -> np.ndarray:
        """Whether a classifier calls each review positive [reviews] bool. The threshold itself is not positive."""
        return self.log_odds[name] > threshold_log_odds(threshold)

    def right(self, name: str, threshold: float = HALF) -> np.ndarray:
        """Whether a classifier is right about each review [reviews] bool. One that it judged neutral is not right."""
        right = self.positive(name, threshold) == (self.labels == 1)
        return right & ~self.neutral[name] if name in self.neutral else right


def scored_run(run: Run) -> Scored:
    """A run's scores, read without torch.

    Raises ClassifierError if it has none, RunError if they are damaged.
    """
    scores = run.scores()
    if scores is None and run.status == "complete":
        raise ClassifierError("{name} has no test scores (no test.parquet). Train it again.", name=run.name)
    if scores is None:
        raise ClassifierError(
            "{name} has no test scores yet: it reads the test split when its training ends. Resume it or wait.",
            name=run.name,
        )
    return Scored(run.name, Origin(run.data["source"], run.data["fingerprint"]), scores)


def scored_classifier(name: str, classifier: Classifier) -> Scored:
    """The scores that a classifier keeps. Raises ClassifierError if it has none, RunError if they are damaged."""
    scores, origin = classifier.scores(), classifier.origin
    if scores is None or origin is None:
        raise ClassifierError("{name} has no test scores. Make it again with reproduce.", name=name)
    return Scored(name, origin, scores)


def probability(log_odds: np.ndarray) -> np.ndarray:
    """Probability of positive [...] float64 from log-odds [...], without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * log_odds.astype(np.float64)))


def threshold_log_odds(threshold: float) -> float:
    """The log-odds of a probability above 0 and below 1."""
    return float(np.log(threshold) - np.log1p(-threshold))


def compare(scored: Sequence[Scored]) -> Compared:
    """Put several classifiers side by side, at least one.

    Raises ClassifierError if they were tested on different reviews, which cannot be paired.
    """
    first = scored[0]
    for other in scored[1:]:
        if not _same_reviews(first.origin, other.origin):
            raise ClassifierError(
                "{first} was tested on {source} ({fingerprint}) and {other} on {other_source} ({other_fingerprint}): "
                "different reviews cannot be compared. Choose classifiers of one data set.",
                first=first.name,
                source=first.origin.source,
                fingerprint=first.origin.fingerprint or "?",
                other=other.name,
                other_source=other.origin.source,
                other_fingerprint=other.origin.fingerprint or "?",
            )
        if not np.array_equal(other.scores.labels, first.scores.labels):
            raise ClassifierError(
                "The test labels of {first} ({count} reviews) and {other} ({other_count}) differ: different reviews "
                "cannot be compared. Evaluate both on one test split.",
                first=first.name,
                count=len(first.scores.labels),
                other=other.name,
                other_count=len(other.scores.labels),
            )
    labels = first.scores.labels
    log_odds = {one.name: one.scores.logits for one in scored}
    neutral = {one.name: one.scores.neutral for one in scored if one.scores.neutral is not None}
    return Compared(labels, np.arange(len(labels), dtype=np.int64), log_odds, first.origin.fingerprint, neutral)


def _same_reviews(first: Origin, other: Origin) -> bool:
    """Whether two test splits are one. The same reviews may have come from the Hub or from a folder."""
    if first.fingerprint or other.fingerprint:
        return first.fingerprint == other.fingerprint
    return first.source == other.source
