"""The interface of a classifier. Pages, evaluation and explanation use it for every kind:

    recurrent   a network that was trained here
    linear      weights of n-grams
    hub         any text classifier that transformers reads

A classifier splits a text into tokens (`tokenize`) and gives logits for the resulting view (`logits`). Everything else
that all classifiers share follows from these two. What only some can do is an `Ability`: ask `can` and do not test the
class.

Needs no torch and does not read files.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

from sentiment_core.classifiers.labels import NEUTRAL, Labels
from sentiment_core.classifiers.memory import DirectionGradients, Trace
from sentiment_core.classifiers.parts import Contributions, Gradients
from sentiment_core.classifiers.prediction import Evaluation, Prediction
from sentiment_core.classifiers.tokens import TextView
from sentiment_core.errors import ClassifierError, SentimentError
from sentiment_core.messages import Message
from sentiment_core.runs.scores import Scores
from sentiment_core.text.encoding import check_text
from sentiment_core.text.reviews import Split

_AT_ONCE = 64  # reviews of a split that are tokenized at once, which bounds the memory
_MULTIPLY_ADDS = 2e10  # in a second on one core


def speed_of(weights: Iterable[int]) -> float:
    """Tokens a second of a network that multiplies each token by all of its weights, given in parts."""
    return _MULTIPLY_ADDS / max(sum(weights), 1)


class Ability(StrEnum):
    """An optional ability of a classifier. Each is the name of a method of `Classifier`."""

    STATES = "states"
    GRADIENTS = "gradients"
    PREFIXES = "prefixes"
    CONTRIBUTIONS = "contributions"
    TRACE = "trace"
    STATE_GRADIENTS = "state_gradients"


@dataclass(frozen=True)
class Origin:
    """The reviews that a classifier was trained on."""

    source: str
    fingerprint: str


@dataclass(frozen=True)
class Judged:
    """A classifier's view of a text, and its prediction."""

    view: TextView
    prediction: Prediction


@dataclass(frozen=True, eq=False)
class Counted:
    """What a classifier says of many texts, without their tokens."""

    logits: np.ndarray  # [texts, labels] float32
    tokens: np.ndarray  # [texts] int64, in the whole text
    read: np.ndarray  # [texts] int64, tokens up to max length
    unknown: np.ndarray  # [texts] int64, tokens that are read and that the classifier does not know


@dataclass(frozen=True, eq=False)
class Classifier(ABC):
    """Anything that judges a text. It is immutable, because several readers share it."""

    name: str
    labels: Labels  # in the order of the logits
    abilities: frozenset[Ability]
    max_length: int | None  # tokens read of each text; None if there is no limit

    @property
    @abstractmethod
    def tokenizer_fingerprint(self) -> str:
        """Equal for classifiers that split every text into the same tokens."""

    @abstractmethod
    def tokenize(self, text: str) -> TextView:
        """Split a text into tokens, at least one."""

    @abstractmethod
    def logits(self, views: Sequence[TextView]) -> np.ndarray:
        """Logit of each label for each view [views, labels] float32. Every view has at least one token.

        Raises ModelError if the classifier gives numbers that are not finite.
        """

    def view(self, text: str) -> TextView:
        """Split a text that a user typed into tokens.

        Raises TextError if the text is blank, longer than a million characters or not valid Unicode.
        """
        check_text(text)
        return self.tokenize(text)

    @property
    def origin(self) -> Origin | None:
        """The reviews that the classifier was trained on; None if they are not recorded."""
        return None

    def scores(self) -> Scores | None:
        """Its recorded scores on the test split of its `origin`, or None. Raises RunError if the record is damaged."""
        return None

    def valid_scores(self) -> Scores | None:
        """Its recorded scores on the valid split of its `origin`, or None. Raises RunError if the record is damaged."""
        return None

    def can(self, ability: Ability) -> bool:
        """Whether the classifier has an ability. Without it the method of that name raises ClassifierError."""
        return ability in self.abilities

    def states(self, view: TextView) -> np.ndarray:
        """Hidden states of the top layer after each token that is read [read, width] float32."""
        raise self._cannot(Ability.STATES)

    def gradients(self, view: TextView, shares: Sequence[float] = (1.0,)) -> Gradients:
        """Gradients of the log-odds of positive with respect to what is read at each token, scaled by each share.

        Integrated gradients average them over shares between 0 and 1 (Sundararajan et al. 2017).
        """
        raise self._cannot(Ability.GRADIENTS)

    def vectors(self, ids: np.ndarray) -> np.ndarray:
        """Embedding of each row of the vocabulary `ids` [ids] int64: [ids, dim] float32, for one that has gradients."""
        raise self._cannot(Ability.GRADIENTS)

    def prefixes(self, view: TextView) -> np.ndarray:
        """Log-odds of positive for the text up to each token that is read [read] float32, all from one pass."""
        raise self._cannot(Ability.PREFIXES)

    def prefix_logits(self, view: TextView, ends: np.ndarray) -> np.ndarray:
        """Logit of each label [prefixes, labels] float32 for the first `ends` tokens of a view [prefixes] int64.

        ends: ascending, each from 1 to the number of tokens that are read. One pass reads them all where the
        classifier has the ability. Else each prefix is read as a text of its own.
        """
        parts = [
            self.logits([view.take(np.arange(end)) for end in some.tolist()])
            for some in np.array_split(ends, -(-len(ends) // _AT_ONCE))
        ]
        return np.concatenate(parts)

    def logits_without(self, view: TextView, dropped: np.ndarray) -> np.ndarray:
        """Logit of each label [texts, labels] float32 for the tokens that are read, without those that are dropped.

        dropped: the tokens [first, last) that each text lacks [texts, 2] int64. Every text keeps at least one token.
        """
        places = np.arange(view.read)  # without what is past the cut, which would move up
        return self.logits([view.take(places[(places < first) | (places >= last)]) for first, last in dropped.tolist()])

    @property
    def tokens_a_second(self) -> float:
        """A rough number of tokens that it reads in a second on one core. It bounds what is asked for one text."""
        return 200_000.0

    def contributions(self, view: TextView) -> Contributions:
        """What each n-gram of the text adds to the log-odds of positive."""
        raise self._cannot(Ability.CONTRIBUTIONS)

    def trace(self, view: TextView) -> Trace:
        """States, cell states and gates of every layer and direction at each token that is read."""
        raise self._cannot(Ability.TRACE)

    def state_gradients(self, view: TextView) -> tuple[DirectionGradients, ...]:
        """How far back gradients reach in the top layer, in each direction, forward first."""
        raise self._cannot(Ability.STATE_GRADIENTS)

    def before_training(self) -> Classifier:
        """The classifier as it was before its training, for one that has state gradients."""
        raise self._cannot(Ability.STATE_GRADIENTS)

    def _cannot(self, ability: Ability) -> ClassifierError:
        return ClassifierError(
            "{name} has no {ability} to show. Choose a classifier that has.", name=self.name, ability=str(ability)
        )

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Judge each text. Raises as `view` does."""
        return [judged.prediction for judged in self.judge([texts] if isinstance(texts, str) else texts)]

    def judge(self, texts: Sequence[str]) -> list[Judged]:
        """Tokenize and judge each text. Raises as `view` does."""
        if not texts:
            return []
        started = time.perf_counter()
        views = [self.view(text) for text in texts]
        return self.judge_views(views, time.perf_counter() - started)

    def judge_views(self, views: Sequence[TextView], seconds: float = 0.0) -> list[Judged]:
        """Judge each view. `seconds` is the time that it took to make all views, and counts towards the prediction."""
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

    def judge_many(self, texts: Sequence[str]) -> Counted:
        """Judge many texts, those of like length together, for callers that need no tokens.

        The texts have passed `check_text`. Raises as `logits` does.
        """
        views = [self.tokenize(text) for text in texts]
        read = np.array([view.read for view in views], np.int64)
        order = np.argsort(read, kind="stable")
        logits = np.empty((len(views), len(self.labels.names)), np.float32)
        for start in range(0, len(order), _AT_ONCE):
            places = order[start : start + _AT_ONCE]
            logits[places] = self.logits([views[place] for place in places])
        unknown = [int(view.unknown[: view.read].sum()) for view in views]
        tokens = [len(view.tokens) for view in views]
        return Counted(logits, np.array(tokens, np.int64), read, np.array(unknown, np.int64))

    def evaluate(self, split: Split, cache: Path | None = None) -> Evaluation:
        """Judge every review of a labelled split."""
        logits, seconds = self.split_logits(split, cache)
        log_odds = self.labels.log_odds(logits)
        signed = np.where(split.labels == 1, log_odds, -log_odds).astype(np.float64)
        loss = float(np.logaddexp(0, -signed).mean())
        neutral = self.labels.judged_neutral(logits) if NEUTRAL in self.labels.sides else None
        return Evaluation(Scores(split.labels, log_odds, neutral), loss, seconds)

    def split_logits(self, split: Split, cache: Path | None = None) -> tuple[np.ndarray, float]:
        """Logit of each label for each review of a split [reviews, labels] float32, and the seconds taken.

        cache: a folder where a classifier may keep a split's tokens. The time to make cached tokens does not count.
        """
        started = time.perf_counter()
        parts = [
            self.logits([self.tokenize(text) for text in split.texts[start : start + _AT_ONCE]])
            for start in range(0, len(split), _AT_ONCE)
        ]
        return np.concatenate(parts), time.perf_counter() - started


def judge_with_each(
    text: str, classifiers: Mapping[str, Classifier], problems: dict[str, Message] | None = None
) -> dict[str, Judged]:
    """Judge one text with each classifier, by name.

    Classifiers that share a tokenizer share the tokens. The time to make them counts for each of these classifiers.
    problems: if given, the reason why a classifier cannot judge the text is put there, and the others judge it.
    Raises as `Classifier.view` and `Classifier.logits` do.
    """
    viewed: dict[str, tuple[dict[int | None, TextView], float]] = {}  # by tokenizer: views by max length, and seconds
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
        try:
            judged[name] = classifier.judge_views([views[limit]], seconds)[0]
        except SentimentError as error:
            if problems is None:
                raise
            problems[name] = error.words
    return judged
