"""Saves baselines as classifiers that can be loaded: fitted with the settings chosen on valid, and pruned.

Most n-grams of a large corpus hardly change a prediction. Those with the largest product of weight and column norm are
kept, and the weights are fitted again on these alone, which makes up for the others. The loss of accuracy is recorded
in the file and in the table of `reproduce`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from sentiment_core.classifiers.labels import BINARY
from sentiment_core.classifiers.linear import RATIO, TF_IDF, LinearClassifier, Weights
from sentiment_core.classifiers.linear_files import narrow, save_linear
from sentiment_core.classifiers.protocol import Ability, Origin
from sentiment_core.experiments.baselines import BASELINES, BaselineResult, Features, fit_weights
from sentiment_core.text.reviews import Reviews

MOST_KEPT = 80_000  # n-grams of a classifier


def save_baseline(
    name: str, reviews: Reviews, measured: BaselineResult, folder: Path, most: int = MOST_KEPT
) -> dict[str, Any]:
    """Fit one of BASELINES on train with the measured settings, and save at most `most` of its n-grams.

    Returns the settings, the n-grams and accuracies before pruning, and those after it, measured on the saved file.
    Raises ClassifierError if the folder cannot be written.
    """
    learned = _fit_pruned(name, reviews, measured.settings, most)
    origin = Origin(reviews.source, reviews.fingerprint)
    abilities = frozenset({Ability.CONTRIBUTIONS, Ability.PREFIXES})
    classifier = LinearClassifier(name, BINARY, abilities, None, folder, learned, {}, origin, None, None)
    valid, test = (classifier.evaluate(split) for split in (reviews.valid, reviews.test))
    about = {
        "settings": measured.settings,
        "ngrams": len(learned.ngrams),
        "valid_accuracy": valid.accuracy,
        "test_accuracy": test.accuracy,
        "before_pruning": {
            "ngrams": measured.features,
            "valid_accuracy": measured.valid_accuracy,
            "test_accuracy": measured.test_accuracy,
        },
    }
    save_linear(folder, learned, origin, about, valid.scores, test.scores)
    return about


def _fit_pruned(name: str, reviews: Reviews, settings: dict[str, Any], most: int) -> Weights:
    """The weights of at most `most` n-grams of a baseline, in the form of the file."""
    baseline, labels = BASELINES[name], reviews.train.labels
    loss, strength, share = settings["loss"], settings["C"], settings.get("share", 1.0)
    dual = baseline.weighting == RATIO
    features = Features(baseline)
    matrix = features.fit(reviews.train)
    fitted = fit_weights(matrix, labels, loss, strength, dual).interpolated(share)
    kept = np.arange(matrix.shape[1])
    if len(kept) > most:
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=0), dtype=np.float64).ravel())
        kept = np.sort(np.argsort(-np.abs(fitted.weights) * lengths, kind="stable")[:most])
        part = matrix[:, kept]
        if baseline.weighting == TF_IDF:
            from sklearn.preprocessing import normalize

            part = normalize(part)
        fitted = fit_weights(part, labels, loss, strength, dual).interpolated(share)
    weights = fitted.weights * features.ratio[kept] if dual else fitted.weights
    rarity = features.rarity[kept].astype(np.float32) if baseline.weighting == TF_IDF else None
    ngrams = features.ngrams[kept].tolist()
    return narrow(
        Weights(
            baseline.unit,
            baseline.longest,
            baseline.weighting,
            ngrams,
            weights.astype(np.float32),
            rarity,
            fitted.intercept,
        )
    )
