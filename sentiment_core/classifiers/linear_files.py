"""A linear classifier on disk. Nothing is pickled, and reading one needs neither torch nor scikit-learn.

linear.json      the unit of its n-grams, their weighting, the intercept, and the origin
ngrams.parquet   ngram, weight, and for tf-idf rarity; one row per n-gram, sorted by n-gram
valid.parquet    row, label and logit of the valid split, as in a run folder; test.parquet of the test split
"""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.classifiers.labels import BINARY
from sentiment_core.classifiers.linear import TF_IDF, WEIGHTINGS, LinearClassifier, Weights
from sentiment_core.classifiers.protocol import Ability, Origin
from sentiment_core.errors import ClassifierError, NewerClassifierError
from sentiment_core.runs.layout import TEST, VALID
from sentiment_core.runs.scores import Scores, load_scores, save_scores
from sentiment_core.storage.files import atomic_path, check_readable, write_json
from sentiment_core.storage.formats import FileFormat, Step, unchanged
from sentiment_core.text.ngrams import CHARACTER, WORD

LINEAR, NGRAMS = "linear.json", "ngrams.parquet"
_FORMAT = FileFormat((Step("0.3.0", unchanged),), NewerClassifierError)  # the format of all files
_MOST_NGRAMS = 2_000_000  # limit per file, so that a damaged or foreign file cannot fill the memory
_LONGEST = 20


def narrow(learned: Weights) -> Weights:
    """The weights as they are stored: sorted by n-gram, rounded to float16."""
    order = sorted(range(len(learned.ngrams)), key=learned.ngrams.__getitem__)
    weights = learned.weights[order].astype(np.float16).astype(np.float32)
    rarity = None if learned.rarity is None else learned.rarity[order].astype(np.float16).astype(np.float32)
    return replace(learned, ngrams=[learned.ngrams[row] for row in order], weights=weights, rarity=rarity)


def save_linear(
    folder: Path, learned: Weights, origin: Origin, about: dict[str, Any], valid: Scores, test: Scores
) -> None:
    """Write a classifier and its scores on two splits. Its weights must come from `narrow`.

    Raises ClassifierError if the folder cannot be written.
    """
    columns: dict[str, Any] = {"ngram": learned.ngrams, "weight": learned.weights.astype(np.float16)}
    if learned.rarity is not None:
        columns["rarity"] = learned.rarity.astype(np.float16)
    encoding = {name: "DELTA_BYTE_ARRAY" if name == "ngram" else "BYTE_STREAM_SPLIT" for name in columns}
    content = {
        "origin": {"source": origin.source, "fingerprint": origin.fingerprint},
        "unit": learned.unit,
        "longest": learned.longest,
        "weighting": learned.weighting,
        "intercept": learned.intercept,
        "about": about,
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / LINEAR).unlink(missing_ok=True)  # the folder holds no classifier until every file is written
        with atomic_path(folder / NGRAMS) as target:
            pq.write_table(
                pa.table(columns),
                target,
                compression="zstd",
                compression_level=19,
                use_dictionary=False,
                column_encoding=encoding,
            )
        for file, scores in ((VALID, valid), (TEST, test)):
            save_scores(folder, scores, file)
        write_json(folder / LINEAR, _FORMAT.stamp(content))
    except OSError as error:
        raise ClassifierError(
            "Cannot write to {path}: {reason}. Name a folder you may write to.", path=folder, reason=error.strerror
        ) from error


def load_linear(folder: Path) -> LinearClassifier:
    """Load a classifier. Raises ClassifierError if it is missing, damaged or newer than this program."""
    path = folder / LINEAR
    for name in (LINEAR, NGRAMS):
        check_readable(folder / name, ClassifierError)
    try:
        content = _FORMAT.upgrade(json.loads(path.read_text("utf-8")), path)
        learned = _learned(content, folder)
        origin = Origin(str(content["origin"]["source"]), str(content["origin"]["fingerprint"]))
        about = dict(content["about"])
    except FileNotFoundError as error:
        raise ClassifierError(
            "{folder} lacks {name}. Copy the whole folder, or make it again with reproduce.",
            folder=folder,
            name=NGRAMS if path.exists() else LINEAR,
        ) from error
    except (OSError, ValueError, TypeError, KeyError, pa.ArrowException) as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise ClassifierError(
            "The linear classifier in {folder} is damaged ({reason}). Make it again with reproduce.",
            folder=folder,
            reason=reason,
        ) from error
    abilities = frozenset({Ability.CONTRIBUTIONS, Ability.PREFIXES})
    name = folder.resolve().name
    valid, test = (load_scores(folder, file) for file in (VALID, TEST))
    return LinearClassifier(name, BINARY, abilities, None, folder, learned, about, origin, valid, test)


def is_linear(folder: Path) -> bool:
    """Whether a folder holds a linear classifier, even a damaged one."""
    return (folder / LINEAR).exists()


def list_linear(folder: Path) -> list[Path]:
    """The subfolders that hold a linear classifier, sorted by name."""
    try:
        return sorted(path.parent for path in folder.glob(f"*/{LINEAR}"))
    except OSError:
        return []


def _learned(content: dict[str, Any], folder: Path) -> Weights:
    """The weights. Raises KeyError, TypeError or ValueError if the contents are not valid."""
    unit, longest, weighting, intercept = (content[name] for name in ("unit", "longest", "weighting", "intercept"))
    if unit not in (WORD, CHARACTER) or weighting not in WEIGHTINGS:
        raise ValueError(f"unit {unit!r} or weighting {weighting!r} is not known")
    if type(longest) is not int or not 1 <= longest <= _LONGEST or not math.isfinite(intercept):
        raise ValueError(f"longest {longest!r} or intercept {intercept!r} is no such number")
    file = pq.ParquetFile(folder / NGRAMS)
    if file.metadata.num_rows > _MOST_NGRAMS:
        raise ValueError(f"more than {_MOST_NGRAMS:,} n-grams")
    table = file.read(["ngram", "weight"] + ["rarity"] * (weighting == TF_IDF))
    ngrams = table["ngram"].to_pylist()
    if len(set(ngrams)) != len(ngrams) or not all(isinstance(ngram, str) for ngram in ngrams):
        raise ValueError("an n-gram stands twice, or is no text")
    weights = table["weight"].to_numpy().astype(np.float32)
    rarity = table["rarity"].to_numpy().astype(np.float32) if weighting == TF_IDF else None
    if not all(np.isfinite(column).all() for column in (weights, rarity) if column is not None):
        raise ValueError("a weight is no number")
    return Weights(unit, longest, weighting, ngrams, weights, rarity, float(intercept))
