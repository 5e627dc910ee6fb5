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
from sentiment_core.jobs.kept import Kept, installed, write_kept
from sentiment_core.jobs.scoring_folders import PARTIAL, Job, Progress, Stage, write_progress
from sentiment_core.jobs.scoring_queue import check_cancelled
from sentiment_core.runs import layout
from sentiment_core.runs.error_tokens import save_error_tokens
from sentiment_core.runs.scores import Scores, save_scores
from sentiment_core.storage.files import atomic_path
from sentiment_core.text.corpus import Corpus, load_corpus
from sentiment_core.text.encoding import default_cache, encode_reviews
from sentiment_core.text.reviews import Split
from sentiment_core.text.texts import Texts, find_texts
from sentiment_core.text.tokenization import load_tokenizer

STRETCH = 64  # reviews scored between two looks whether the job is cancelled
_SAVE_EVERY = 2.0  # seconds between two saves, so the most that a kill can cost
_REPORT_EVERY = 0.5  # seconds between two reports of the progress
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


def score(job: Job) -> None:
    """Score the classifier of a job on the splits of its corpus, and keep the scores in the job's folder.

    The words of its errors on the test split are counted too.
    Raises DataError if the texts of the test split are not at hand; ModelError, RunError or ClassifierError if the
    classifier cannot be loaded or gives no numbers; UnknownLabelsError if the sides of its labels must be said;
    Cancelled; OSError if the scores cannot be written.
    """
    corpus = load_corpus(Path(job.request.corpus))
    write_progress(job.folder, Progress(Stage.READING))
    texts = {split: find_texts(corpus, split, default_cache()) for split in _SPLITS}
    if (missing := texts["test"].missing) is not None:
        raise DataError(missing)
    texts = {split: found for split, found in texts.items() if found.complete}
    write_progress(job.folder, Progress(Stage.LOADING))
    classifier = load_classifier(job.request.model, job.request.device, _threads(), job.request.sides)
    check_cancelled(job.folder)
    about = _describe(job, corpus, classifier, texts)
    work = _load_partial(job.folder / PARTIAL, about) or _nothing_yet(texts, len(classifier.labels.names))
    started = saved = time.monotonic()
    before = sum(work.done.values())
    _report(job, work, before, 0.0)
    reported = started
    for _ in _stretches(classifier, texts, work):
        check_cancelled(job.folder)
        now = time.monotonic()
        if now - saved >= _SAVE_EVERY:
            _save_partial(job.folder / PARTIAL, work, about)
            saved = now
        if now - reported >= _REPORT_EVERY:
            _report(job, work, before, now - started)
            reported = now
    seconds = time.monotonic() - started
    for split, logits in work.logits.items():
        scores = _scores_of(texts[split], logits, classifier.labels)
        save_scores(job.folder, scores, _FILES[split])
        if split == "test":
            _count_errors(job.folder, corpus, texts[split], scores)
    write_kept(job.folder, replace(about, seconds=round(seconds, 1)))
    _report(job, work, before, seconds)
    (job.folder / PARTIAL).unlink(missing_ok=True)


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


def _describe(job: Job, corpus: Corpus, classifier: Classifier, texts: dict[str, Texts]) -> Kept:
    """What decides the scores."""
    revision, labels = getattr(classifier, "revision", ""), classifier.labels
    splits = {split: found.fingerprint for split, found in texts.items()}
    machine = installed() | {"device": job.request.device}
    names = labels.names, labels.sides
    return Kept(job.request.name, revision, *names, corpus.source, corpus.fingerprint, splits, 0.0, machine)


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


def _report(job: Job, work: _Work, before: int, seconds: float) -> None:
    """Write how far the job has come. before: reviews that an earlier process scored. A full disk does not stop it."""
    done = sum(work.done.values())
    left = seconds / (done - before) * (work.total - done) if done > before else None
    with suppress(OSError):
        write_progress(job.folder, Progress(Stage.SCORING, done, work.total, left))


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


def _threads() -> int:
    """Half of the machine's cores: the job is not the only one that works."""
    return max(1, (os.cpu_count() or 1) // 2)
