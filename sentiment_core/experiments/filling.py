"""Adds to a corpus folder and its classifiers what they lack: files of later versions, and of copied folders.

A file that is there and belongs to the folder's reviews is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sentiment_core.classifiers.linear_files import list_linear
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.errors import DataError, SentimentError
from sentiment_core.messages import lazy
from sentiment_core.runs.layout import VALID
from sentiment_core.runs.listing import list_runs
from sentiment_core.runs.scores import save_scores
from sentiment_core.runs.writing import hold_folder
from sentiment_core.text.corpus import Corpus
from sentiment_core.text.reviews import Reviews


def fill_corpus(corpus: Corpus, reviews: Reviews, cache: Path | None = None, device: str = "cpu") -> Iterator[str]:
    """Write every file that the folder of `corpus` lacks, yielding a line about each.

    Classifiers of other reviews, unfinished runs and damaged folders are left as they are, with a line that says so.
    device: where networks compute, as in `choose_device`. cache: where encoded splits are kept.
    Raises DataError if `reviews` are not those of the corpus, or a file cannot be written.
    """
    if reviews.fingerprint != corpus.fingerprint:
        raise DataError(
            "{path} describes other reviews ({source}, fingerprint {fingerprint}). Give the same --data, columns and "
            "labels again.",
            path=corpus.path,
            source=corpus.source,
            fingerprint=corpus.fingerprint,
        )
    runs, problems = list_runs(corpus)
    yield from map(str, problems)
    for folder in (*(run.path for run in runs if run.status == "complete"), *list_linear(corpus.path)):
        try:
            yield from _fill_classifier(folder, reviews, cache, device)
        except SentimentError as error:
            yield str(error)
        except OSError as error:
            raise DataError(
                "Cannot write to {path}: {reason}. Make room, or ask for the permission to write there.",
                path=folder,
                reason=error.strerror or lazy("no space left"),
            ) from error


def _fill_classifier(folder: Path, reviews: Reviews, cache: Path | None, device: str) -> Iterator[str]:
    """The files of one classifier. Raises SentimentError if it cannot be loaded, OSError if one cannot be written."""
    if (folder / VALID).exists():
        return
    classifier = load_classifier(folder, device)
    if classifier.origin is None or classifier.origin.fingerprint != reviews.fingerprint:
        yield f"{folder}: of other reviews, left as it is"
        return
    scores = classifier.evaluate(reviews.valid, cache).scores
    with hold_folder(folder):
        save_scores(folder, scores, VALID)
    yield f"{folder / VALID}: {scores.accuracy:.2%} of {len(scores.labels):,} valid reviews"
