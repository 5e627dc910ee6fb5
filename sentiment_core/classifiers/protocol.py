"""What anything that judges a text offers: the interface that pages, evaluation and explanation are written against.

    recurrent   a network that was trained here
    linear      weights of n-grams
    hub         any text classifier that transformers reads

A classifier splits a text into tokens (`tokenize`), and gives logits for such a view (`logits`). Everything else that
all have follows from these two. What only some can do is an `Ability`: ask `can` first, and never which class it is.

Needs no torch. Knows nothing of files.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

from sentiment_core.classifiers.labels import Labels
from sentiment_core.classifiers.prediction import Evaluation, Prediction
from sentiment_core.classifiers.tokens import TextView
from sentiment_core.errors import ClassifierError
from sentiment_core.runs.scores import Scores
from sentiment_core.text.encoding import check_text
from sentiment_core.text.reviews import Split

_READABLE = 0.005  # of what is added; less reads 0.00
_AT_ONCE = 64  # reviews of a split whose tokens are held at once


class Ability(StrEnum):
    """What some classifiers can do and others cannot; each is a method of `Classifier`."""

    STATES = "states"
    GRADIENTS = "gradients"
    PREFIXES = "prefixes"
    CONTRIBUTIONS = "contributions"


@dataclass(frozen=True)
class Gradients:
    """How the log-odds of positive change with the vector of each token that is read."""

    vectors: np.ndarray  # [read, dim] float32, the embedding of each token
    # [shares, read, dim] float32, the gradient where every vector is multiplied by a share; at 1 that of the text.
    gradients: np.ndarray


@dataclass(frozen=True)
class Contributions:
    """What each n-gram adds to the log-odds of positive: the intercept and all values sum up to them exactly.

    The n-grams stand by the size of their values, the largest first.
    """

    ngrams: list[str]  # [ngrams] those of the text that the classifier knows, each once
    values: np.ndarray  # [ngrams] float64, added by all its places together
    places: list[np.ndarray]  # for each n-gram, [times, 2] int64, its tokens [first, last + 1) wherever it stands
    intercept: float  # log-odds of a text of which nothing is known

    @property
    def sum(self) -> float:
        """All values together; with the intercept, the log-odds of positive."""
        return float(self.values.sum())

    def largest(self, most: int) -> Contributions:
        """The n-grams that add most, either way: at most `most`, and none that adds less than can be read."""
        many = int((np.abs(self.values[:most]) >= _READABLE).sum())
        return Contributions(self.ngrams[:many], self.values[:many], self.places[:many], self.intercept)


@dataclass(frozen=True)
class Origin:
    """The reviews that a classifier was trained on."""

    source: str
    fingerprint: str


@dataclass(frozen=True)
class Judged:
    """A text as a classifier sees it, and what it makes of it."""

    view: TextView
    prediction: Prediction


@dataclass(frozen=True, eq=False)
class Classifier(ABC):
    """Anything that judges a text. It is shared between readers: nothing in it is ever changed."""

    name: str
    labels: Labels  # of its logits
    abilities: frozenset[Ability]
    max_length: int | None  # tokens read of each text; None where all are

    @property
    @abstractmethod
    def tokenizer_fingerprint(self) -> str:
        """The same for classifiers that make the same tokens of every text."""

    @abstractmethod
    def tokenize(self, text: str) -> TextView:
        """A text as its tokens, at least one."""

    @abstractmethod
    def logits(self, views: Sequence[TextView]) -> np.ndarray:
        """Logit of each label for each view [views, labels] float32. Each view has a token or more."""

    def view(self, text: str) -> TextView:
        """A text that a person gave as its tokens.

        Raises TextError for a blank one, one over a million characters, and one that is no valid Unicode.
        """
        check_text(text)
        return self.tokenize(text)

    @property
    def origin(self) -> Origin | None:
        """The reviews it was trained on; None where nothing says which."""
        return None

    def scores(self) -> Scores | None:
        """The test split of its `origin` as it judged it; None where there is no record. Raises RunError if damaged."""
        return None

    def can(self, ability: Ability) -> bool:
        """Whether the method of this name gives an answer."""
        return ability in self.abilities

    def states(self, view: TextView) -> np.ndarray:
        """What it holds after each token that is read, at its top layer [read, width] float32."""
        raise self._cannot(Ability.STATES)

    def gradients(self, view: TextView, shares: Sequence[float] = (1.0,)) -> Gradients:
        """Gradients of the log-odds of positive with respect to the embedding, at each share of its vectors.

        Their mean over shares spread between 0 and 1 is what integrated gradients take (Sundararajan et al. 2017).
        """
        raise self._cannot(Ability.GRADIENTS)

    def prefixes(self, view: TextView) -> np.ndarray:
        """Log-odds of positive after each token that is read [read] float32, as of a text that ends there."""
        raise self._cannot(Ability.PREFIXES)

    def contributions(self, view: TextView) -> Contributions:
        """What each n-gram of the text adds to the log-odds of positive."""
        raise self._cannot(Ability.CONTRIBUTIONS)

    def _cannot(self, ability: Ability) -> ClassifierError:
        return ClassifierError(
            "{name} has no {ability} to show. Choose a classifier that has.", name=self.name, ability=str(ability)
        )

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Judge each text. Raises as `view` does."""
        return [judged.prediction for judged in self.judge([texts] if isinstance(texts, str) else texts)]

    def judge(self, texts: Sequence[str]) -> list[Judged]:
        """Each text as its tokens, and the judgement. Raises as `view` does."""
        if not texts:
            return []
        started = time.perf_counter()
        views = [self.view(text) for text in texts]
        return self.judge_views(views, time.perf_counter() - started)

    def judge_views(self, views: Sequence[TextView], seconds: float = 0.0) -> list[Judged]:
        """Each view and the judgement of it; seconds: that it took to make all views."""
        started = time.perf_counter() - seconds
        logits = self.logits(views)
        log_odds, neutral = self.labels.log_odds(logits).tolist(), self.labels.neutral(logits).tolist()
        milliseconds = (time.perf_counter() - started) * 1000 / len(views)
        judged = []
        for view, logit, neither in zip(views, log_odds, neutral, strict=True):
            unknown = int(view.unknown[: view.read].sum())
            counted = len(view.tokens), view.read, unknown, *view.word_counts
            judged.append(Judged(view, Prediction(logit, *counted, milliseconds, neither)))
        return judged

    def evaluate(self, split: Split, cache: Path | None = None) -> Evaluation:
        """Judge every review of a labelled split."""
        logits, seconds = self.split_logits(split, cache)
        log_odds, neutral = self.labels.log_odds(logits), self.labels.neutral(logits)
        signed = np.where(split.labels == 1, log_odds, -log_odds).astype(np.float64)
        loss = float(np.logaddexp(0, -signed).mean())
        larger = (1 - neutral) / (1 + np.exp(-np.abs(log_odds)))  # of the probabilities of positive and of negative
        return Evaluation(Scores(split.labels, log_odds), loss, seconds, float((neutral > larger).mean()))

    def split_logits(self, split: Split, cache: Path | None = None) -> tuple[np.ndarray, float]:
        """Logit of each label for each review of a split [reviews, labels] float32, and the seconds that it took.

        cache: a folder where the tokens of a split may be kept. To make those that are kept does not count.
        """
        started = time.perf_counter()
        parts = [
            self.logits([self.tokenize(text) for text in split.texts[start : start + _AT_ONCE]])
            for start in range(0, len(split), _AT_ONCE)
        ]
        return np.concatenate(parts), time.perf_counter() - started


def judge_with_each(text: str, classifiers: Mapping[str, Classifier]) -> dict[str, Judged]:
    """One text as each classifier sees and judges it, by name.

    It is split into tokens once for all that share a tokenizer; the time that took counts for each of them.
    Raises as `Classifier.view` does.
    """
    viewed: dict[str, tuple[dict[int | None, TextView], float]] = {}  # views by max length, and seconds
    judged = {}
    for name, classifier in classifiers.items():
        key, limit = classifier.tokenizer_fingerprint, classifier.max_length
        if key not in viewed:
            started = time.perf_counter()
            viewed[key] = {limit: classifier.view(text)}, time.perf_counter() - started
        views, seconds = viewed[key]
        if limit not in views:
            view = next(iter(views.values()))
            views[limit] = replace(view, max_length=len(view.tokens) if limit is None else limit)
        judged[name] = classifier.judge_views([views[limit]], seconds)[0]
    return judged
