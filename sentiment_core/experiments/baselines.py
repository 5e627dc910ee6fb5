"""Baselines: classifiers without a network, whose figures a network has to beat.

Each is fitted on the train split, with settings chosen on valid; then test is read once. The linear models come from
scikit-learn, which is imported only when one is fitted.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from sentiment_core.classifiers.linear import COUNTS, RATIO, TF_IDF
from sentiment_core.text.ngrams import CHARACTER, TOKEN, WORD, clean
from sentiment_core.text.reviews import Reviews, Split


@dataclass(frozen=True)
class Baseline:
    """A linear classifier of n-grams, and the settings to choose among on valid."""

    remark: str  # a description in one sentence
    weighting: str = COUNTS  # of the features: COUNTS, TF_IDF or RATIO
    unit: str = WORD  # unit of the n-grams: words and punctuation marks, or characters, including spaces
    longest: int = 1  # units in the longest n-gram
    rarest: int = 2  # number of reviews that an n-gram must occur in
    fits: tuple[tuple[str, float], ...] = ()  # loss, logistic or hinge, and C; a smaller C shrinks weights more
    shares: tuple[float, ...] = (1.0,)  # weight of the fitted weights; the rest is their mean size


_naive_bayes = partial(
    Baseline,
    weighting=RATIO,
    fits=(
        *(("hinge", strength) for strength in (0.003, 0.01, 0.1)),
        *(("logistic", strength) for strength in (0.03, 0.1, 0.3, 1.0, 3.0, 10.0)),
    ),
    shares=(0.25, 0.5, 0.75, 1.0),
)
BASELINES: dict[str, Baseline] = {
    "majority": Baseline("Always predicts the majority class."),
    "bag-of-words": Baseline(
        "Logistic regression on the counts of words and punctuation marks.",
        fits=tuple(("logistic", strength) for strength in (0.01, 0.03, 0.1, 0.3)),
    ),
    "tf-idf": Baseline(
        "Logistic regression on TF-IDF weights (1 + log count) of words, punctuation marks and pairs of them.",
        weighting=TF_IDF,
        longest=2,
        fits=tuple(("logistic", strength) for strength in (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)),
    ),
    "nb-svm-bigrams": _naive_bayes(
        "A linear SVM or logistic regression on the presence of words, punctuation marks and pairs, weighted by their "
        "log-count ratios (Wang and Manning 2012, who report 91.22% with all 25,000 reviews).",
        longest=2,
        rarest=1,
    ),
    "nb-svm-trigrams": _naive_bayes("The same with triples.", longest=3),
    "nb-svm-characters": _naive_bayes(
        "The same with n-grams of one to five characters, including spaces, instead of words.",
        unit=CHARACTER,
        longest=5,
    ),
}


@dataclass(frozen=True)
class BaselineResult:
    """The results of one baseline."""

    source: str  # of the reviews
    fingerprint: str  # of the reviews
    valid_accuracy: float  # share of reviews
    test_accuracy: float  # share of reviews, fitted on train alone
    refitted_accuracy: float  # on test, fitted on train and valid with the same settings
    features: int
    settings: dict[str, Any]  # chosen on valid: loss, C, share
    seconds: float  # of one core: all candidates, up to the test accuracy, without refitting


@dataclass(frozen=True)
class LinearFit:
    """Weights [features] of a linear classifier; above 0 is positive."""

    weights: np.ndarray  # [features] float64
    intercept: float

    def interpolated(self, share: float) -> LinearFit:
        """Weights interpolated with their mean size. With share 0, on log-count ratios, this is naive Bayes."""
        return LinearFit((1 - share) * np.abs(self.weights).mean() + share * self.weights, self.intercept)

    def accuracy(self, features: Any, labels: np.ndarray) -> float:
        """Share of the rows of sparse features [reviews, features] that are classified as in labels [reviews]."""
        return float(((features @ self.weights + self.intercept > 0) == (labels == 1)).mean())


def measure_baseline(name: str, reviews: Reviews) -> BaselineResult:
    """Fit one of BASELINES, choose its settings on valid, and read test: once, and once refitted on train and valid."""
    train, valid, test = reviews.train, reviews.valid, reviews.test
    baseline, origin = BASELINES[name], (reviews.source, reviews.fingerprint)
    if not baseline.fits:
        started = time.process_time()
        answer = int(2 * train.labels.sum() > len(train))
        on_valid, on_test = (float((split.labels == answer).mean()) for split in (valid, test))
        return BaselineResult(*origin, on_valid, on_test, on_test, 0, {}, time.process_time() - started)
    features = Features(baseline)
    started = time.process_time()
    matrix, held_out = features.fit(train), features.transform(valid)
    dual = baseline.weighting == RATIO
    best, chosen = -1.0, (LinearFit(np.zeros(0), 0.0), "", 0.0, 1.0)
    for loss, strength in baseline.fits:
        fitted = fit_weights(matrix, train.labels, loss, strength, dual)
        for share in baseline.shares:
            model = fitted.interpolated(share)
            if (accuracy := model.accuracy(held_out, valid.labels)) > best:  # of equals the first
                best, chosen = accuracy, (model, loss, strength, share)
    model, loss, strength, share = chosen
    on_test = model.accuracy(features.transform(test), test.labels)
    seconds = time.process_time() - started
    both = Split([*train.texts, *valid.texts], np.concatenate([train.labels, valid.labels]))
    refitted = fit_weights(features.fit(both), both.labels, loss, strength, dual).interpolated(share)
    again = refitted.accuracy(features.transform(test), test.labels)
    settings = {"loss": loss, "C": strength} | ({"share": share} if len(baseline.shares) > 1 else {})
    return BaselineResult(*origin, best, on_test, again, matrix.shape[1], settings, seconds)


def log_count_ratio(counts: Any, labels: np.ndarray, smoothing: float = 1.0) -> np.ndarray:
    """The log-count ratio of each feature [features] float64, above 0 for positive (Wang and Manning 2012).

    counts [reviews, features] sparse; labels [reviews] int64. With p the smoothed counts in positive and q in negative
    reviews: log((p / |p|) / (q / |q|)), where |.| is the sum over features.
    """
    positive, negative = (
        smoothing + np.asarray(counts[labels == label].sum(axis=0), dtype=np.float64).ravel() for label in (1, 0)
    )
    return np.log(positive / positive.sum()) - np.log(negative / negative.sum())


class Features:
    """Texts as a sparse matrix [reviews, features] of weighted n-gram counts."""

    def __init__(self, baseline: Baseline) -> None:
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

        self._weighting = baseline.weighting
        self.ratio = np.zeros(0)  # [features] float64, log-count ratios of a baseline that weighs by them
        self._counter = CountVectorizer(
            preprocessor=clean,
            analyzer=baseline.unit,
            token_pattern=TOKEN if baseline.unit == WORD else None,
            ngram_range=(1, baseline.longest),
            min_df=baseline.rarest,
            binary=baseline.weighting == RATIO,
            dtype=np.float32,
        )
        self._scaler = TfidfTransformer(sublinear_tf=True)

    def fit(self, split: Split) -> Any:
        """Learn the vocabulary and its weights from a split, and return the split's features."""
        counts = self._counter.fit_transform(split.texts)
        if self._weighting == TF_IDF:
            self._scaler.fit(counts)
        if self._weighting == RATIO:
            self.ratio = log_count_ratio(counts, split.labels)
        return self._weigh(counts)

    def transform(self, split: Split) -> Any:
        """A split's features, with the learned vocabulary."""
        return self._weigh(self._counter.transform(split.texts))

    @property
    def ngrams(self) -> np.ndarray:
        """The n-gram of each feature [features] str."""
        return self._counter.get_feature_names_out()

    @property
    def rarity(self) -> np.ndarray:
        """Inverse document frequency of each feature [features] float64, for a baseline that uses it."""
        return self._scaler.idf_

    def _weigh(self, counts: Any) -> Any:
        if self._weighting == TF_IDF:
            return self._scaler.transform(counts)
        return counts.multiply(self.ratio).tocsr() if self._weighting == RATIO else counts


def fit_weights(features: Any, labels: np.ndarray, loss: str, strength: float, dual: bool) -> LinearFit:
    """Logistic regression, or a linear SVM for the hinge loss; `strength` is scikit-learn's C.

    dual: solve the dual problem, which is faster for many scaled features.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    if loss == "hinge":
        model = LinearSVC(C=strength, random_state=0)  # squared hinge, as in the paper
    else:
        model = LogisticRegression(C=strength, solver="liblinear", dual=dual, random_state=0)
    model.fit(features, labels)
    return LinearFit(model.coef_[0], float(model.intercept_[0]))
