"""Caches of the Test set page's curves and calibration. A key has the classifiers' files and the chosen reviews."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

import streamlit as st

from pages.shared.resources import stamp
from sentiment_core.analysis.evaluation.auc import Aucs, measure_aucs
from sentiment_core.analysis.evaluation.average_precision import precision_difference
from sentiment_core.analysis.evaluation.calibration import Calibration, measure_calibration
from sentiment_core.analysis.evaluation.compared import Compared, probability
from sentiment_core.analysis.evaluation.paired import Interval
from sentiment_core.analysis.evaluation.ranking import Ranking, rank
from sentiment_core.analysis.evaluation.temperature import Temperature, fit_temperature
from sentiment_core.runs.layout import VALID
from sentiment_core.runs.scores import load_scores


def rankings(compared: Compared, folders: dict[str, Path]) -> dict[str, Ranking]:
    """How each classifier orders the reviews."""
    reviews = _digest(compared)
    return {name: _ranking(name, _changed([name], folders), reviews, compared) for name in compared.names}


def aucs(compared: Compared, folders: dict[str, Path]) -> Aucs | None:
    """The AUCs of the classifiers and their covariance; None if fewer than two reviews have one of the labels."""
    return _aucs(_changed(compared.names, folders), _digest(compared), compared)


def average_precision_difference(
    compared: Compared, folders: dict[str, Path], pair: tuple[str, str]
) -> Interval | None:
    """The first classifier's average precision minus the second's; None as in `aucs`."""
    return _precision_difference(pair, _changed(pair, folders), _digest(compared), compared)


def valid_ranking(folder: Path) -> Ranking | None:
    """How a classifier orders the valid split; None if it keeps no scores of it.

    Raises RunError if they are damaged.
    """
    return _valid_ranking(folder, stamp(folder))


def temperature(folder: Path) -> tuple[Temperature, int] | None:
    """A classifier's temperature and the number of valid reviews that it was fitted on; None as in `valid_ranking`."""
    return _temperature(folder, stamp(folder))


def calibration(
    compared: Compared, folders: dict[str, Path], name: str, binning: str, fitted: Temperature | None = None
) -> Calibration:
    """A classifier's calibration on the reviews, at a fitted temperature if there is one."""
    return _calibration(name, _changed([name], folders), _digest(compared), binning, fitted, compared)


def _digest(compared: Compared) -> str:
    """A fingerprint of the chosen reviews."""
    return blake2b(compared.rows.tobytes(), digest_size=8).hexdigest()


def _changed(names: tuple[str, ...] | list[str], folders: dict[str, Path]) -> str:
    """A fingerprint of the classifiers' folders and files."""
    return repr([(str(folders[name]), stamp(folders[name])) for name in names])


@st.cache_resource(max_entries=32, show_spinner=False)
def _ranking(name: str, changed: str, reviews: str, _compared: Compared) -> Ranking:
    return rank(_compared.labels, _compared.log_odds[name])


@st.cache_resource(max_entries=32, show_spinner=False)
def _aucs(changed: str, reviews: str, _compared: Compared) -> Aucs | None:
    return measure_aucs(_compared)


@st.cache_resource(max_entries=64, show_spinner=False)
def _precision_difference(pair: tuple[str, str], changed: str, reviews: str, _compared: Compared) -> Interval | None:
    return precision_difference(_compared, *pair)


@st.cache_resource(max_entries=32, show_spinner=False)
def _valid_ranking(folder: Path, changed: str) -> Ranking | None:
    scores = load_scores(folder, VALID)
    return rank(scores.labels, scores.logits) if scores else None


@st.cache_resource(max_entries=64, show_spinner=False)
def _temperature(folder: Path, changed: str) -> tuple[Temperature, int] | None:
    scores = load_scores(folder, VALID)
    return (fit_temperature(scores.labels, scores.logits), len(scores.labels)) if scores else None


@st.cache_resource(max_entries=128, show_spinner=False)
def _calibration(
    name: str, changed: str, reviews: str, binning: str, fitted: Temperature | None, _compared: Compared
) -> Calibration:
    log_odds = _compared.log_odds[name]
    return measure_calibration(
        _compared.labels, probability(log_odds if fitted is None else fitted.apply(log_odds)), binning
    )
