"""The job that scores a classifier on the test and the valid split of a corpus.

The logits so far are saved every few seconds. A job that was killed goes on from there if classifier and reviews are
the same, in the same stretches: so its scores are equal to those of a job that was never killed.
"""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from sentiment_core.classifiers.labels import Labels
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.errors import DataError
from sentiment_core.jobs.desk import Desk, Ended
from sentiment_core.jobs.kept import Kept, installed, write_kept
from sentiment_core.jobs.records import Stage
from sentiment_core.jobs.requests import ScoringRequest
from sentiment_core.runs import layout
from sentiment_core.runs.error_tokens import save_error_tokens
from sentiment_core.runs.scores import Scores, save_scores
from sentiment_core.storage.files import atomic_path
from sentiment_core.storage.processes import half_the_cores
from sentiment_core.text.corpus import Corpus, load_corpus
from sentiment_core.text.encoding import default_cache, encode_reviews
from sentiment_core.text.reviews import Split
from sentiment_core.text.texts import Texts, find_texts
from sentiment_core.text.tokenization import load_tokenizer

STRETCH = 64  # reviews scored in one step, between two looks at what people ask
_SAVE_EVERY = 2.0  # seconds between two saves, so the most that a kill can cost
PARTIAL = "partial.safetensors"  # the logits so far
_SPLITS = ("test", "valid")  # in this order, because the page waits for test
_FILES = {"test": layout.TEST, "valid": layout.VALID}


@dataclass
class _Work:
    """The logits so far."""

    logits: dict[str, np.ndarray]  # split -> [reviews, labels] float32
    done: dict[str, int]  # split -> reviews scored, a multiple of `STRETCH` until the split is complete

    @property
    def total(self) -> int:
        return sum(map(len, self.logits.values()))

    @property
    def scored(self) -> int:
        return sum(self.done.values())


def work(desk: Desk) -> None:
    """Score the classifier of a job on the splits of its corpus, and keep the scores in the job's folder.

    The words of its errors on the test split are counted too.
    Raises DataError if the texts of the test split are not at hand; ModelError, RunError or ClassifierError if the
    classifier cannot be loaded or gives no numbers; UnknownLabelsError if the sides of its labels must be said;
    what `Desk.check` raises; OSError if the scores cannot be written.
    """
    request = desk.request
    assert isinstance(request, ScoringRequest)
    corpus = load_corpus(Path(request.corpus))
    desk.stage(Stage.READING)
    texts = {split: find_texts(corpus, split, default_cache()) for split in _SPLITS}
    if (missing := texts["test"].missing) is not None:
        raise DataError(missing)
    texts = {split: found for split, found in texts.items() if found.complete}
    desk.stage(Stage.LOADING)
    classifier = load_classifier(request.model, request.device, half_the_cores(), dict(request.sides))
    about = _describe(request, corpus, classifier, texts)
    work = _load_partial(desk.folder / PARTIAL, about) or _nothing_yet(texts, len(classifier.labels.names))
    desk.stage(Stage.SCORING, work.scored, work.total)
    before, seconds = work.scored, desk.seconds
    _score(desk, classifier, texts, work, about)
    for split, logits in work.logits.items():
        scores = _scores_of(texts[split], logits, classifier.labels)
        save_scores(desk.folder, scores, _FILES[split])
        if split == "test":
            _count_errors(desk.folder, corpus, texts[split], scores)
    spent = (desk.seconds - seconds) * work.total / max(1, work.total - before)  # as if no process had been killed
    write_kept(desk.folder, replace(about, seconds=round(spent, 1)))
    (desk.folder / PARTIAL).unlink(missing_ok=True)


def _score(desk: Desk, classifier: Classifier, texts: dict[str, Texts], work: _Work, about: Kept) -> None:
    """Score all that is left, and save it every few seconds, and when the work is to end."""
    before, started = work.scored, desk.seconds
    saved = time.monotonic()
    try:
        desk.check()
        for _ in _stretches(classifier, texts, work):
            share = (work.total - work.scored) / (work.scored - before)
            desk.advance(work.scored, left=(desk.seconds - started) * share)
            if time.monotonic() - saved >= _SAVE_EVERY:
                _save_partial(desk.folder / PARTIAL, work, about)
                desk.saved(work.scored)
                saved = time.monotonic()
            if work.scored < work.total:
                desk.check()
    except Ended:
        with suppress(OSError):
            _save_partial(desk.folder / PARTIAL, work, about)
            desk.saved(work.scored)
        raise


def _stretches(classifier: Classifier, texts: dict[str, Texts], work: _Work) -> Iterator[None]:
    """Score one stretch after another, from where `work` is. Raises ModelError for logits that are not finite."""
    for split, found in texts.items():
        logits = work.logits[split]
        while (start := work.done[split]) < len(found):
            part = found.stretch(start, start + STRETCH)
            views = [classifier.tokenize(text) for text in part]
            order = np.argsort([-view.read for view in views], kind="stable")  # equal lengths together: less padding
            logits[start + order] = classifier.logits([views[place] for place in order])
            work.done[split] = start + len(part)
            yield


def _describe(request: ScoringRequest, corpus: Corpus, classifier: Classifier, texts: dict[str, Texts]) -> Kept:
    """What decides the scores."""
    revision, labels = getattr(classifier, "revision", ""), classifier.labels
    splits = {split: found.fingerprint for split, found in texts.items()}
    machine = installed() | {"device": request.device}
    names = labels.names, labels.sides
    return Kept(request.name, revision, *names, corpus.source, corpus.fingerprint, splits, 0.0, machine)


def _scores_of(texts: Texts, logits: np.ndarray, labels: Labels) -> Scores:
    neutral = labels.judged_neutral(logits) if "neutral" in labels.sides else None
    return Scores(texts.labels, labels.log_odds(logits), neutral)


def _count_errors(folder: Path, corpus: Corpus, test: Texts, scores: Scores) -> None:
    """Count the words of the classifier's errors, in the tokens of the corpus."""
    reviews = Split(test.stretch(0, len(test)), test.labels)
    encoded = encode_reviews(reviews, load_tokenizer(corpus.path / "tokenizer.json"), default_cache())
    save_error_tokens(folder, corpus, encoded, scores)


def _nothing_yet(texts: dict[str, Texts], labels: int) -> _Work:
    return _Work(
        {split: np.zeros((len(found), labels), np.float32) for split, found in texts.items()}, dict.fromkeys(texts, 0)
    )


def _save_partial(path: Path, work: _Work, about: Kept) -> None:
    content = json.dumps({"about": asdict(about), "done": work.done})
    try:
        with atomic_path(path) as target:
            save_file(work.logits, target, metadata={"content": content})
    except SafetensorError as error:  # a full disk
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error


def _load_partial(path: Path, about: Kept) -> _Work | None:
    """The logits that a killed job saved; None if there are none, they are damaged, or of something else."""
    try:
        with safe_open(path, framework="numpy") as file:
            content = json.loads(file.metadata()["content"])
            logits = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        if content["about"] != json.loads(json.dumps(asdict(about))):  # another revision, version or data set
            return None
        done = {split: int(content["done"][split]) for split in logits}
        if any(not 0 <= done[split] <= len(logits[split]) for split in logits):
            return None
        return _Work(logits, done)
    except (SafetensorError, OSError, ValueError, TypeError, KeyError):
        return None
