"""What the server holds of a running job, so that any number of browsers that follow it cost little more than one.

The folder is looked at again at most every FRESH seconds, by one thread. Answers are compressed once and kept: readers
that ask at about the same time have read equally far, so they get the same bytes. Answers hold no words in any
language, so they are the same for all.
"""

from __future__ import annotations

import gzip
import json
import time
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from sentiment_core.analysis.drift.live import Axes, fit_axes, project, visible_share
from sentiment_core.analysis.drift.projection import table_for
from sentiment_core.analysis.vocabulary import named_unasked
from sentiment_core.errors import DataError, SentimentError
from sentiment_core.jobs import layout
from sentiment_core.jobs.events import follow
from sentiment_core.jobs.live import LIVE, LiveFrames, load_live_frames
from sentiment_core.jobs.queue import read_job
from sentiment_core.jobs.records import Job
from sentiment_core.jobs.requests import MOST_NETWORKS, TrainingRequest
from sentiment_core.player.moments import pack_moments
from sentiment_core.player.panels import Vocabulary
from sentiment_core.text.corpus import TokenTable, load_corpus, load_tokens

FRESH = 0.3  # seconds for which the server answers without looking at the folder again
MOST_BYTES = 400_000  # of events in one answer, before compression
MOST_FRAMES = 16  # in one answer
_KEPT = 64  # answers of one job
_EVERY = 4  # axes are fitted on a multiple of this many frames, so that readers share them
_UNSEEN = frozenset({"beat"})  # kinds of events that no browser needs


class LiveJob:
    """A training job as its folder last showed it. Not safe for threads: the routes let one at a time in."""

    def __init__(self, root: Path, job_id: str) -> None:
        self._folder = layout.training_folder(root, job_id)
        self._job: Job | None = None
        self._looked = -FRESH
        self._events: list[bytes] = []  # JSON of each, in the order of the log
        self._read = 0  # bytes of the log
        self._about = b"{}"
        self._grown: tuple[object, ...] = ()
        self._vocabularies: dict[int, Vocabulary] = {}
        self._axes: dict[tuple[int, str, int], Axes] = {}
        self._answers: OrderedDict[tuple[object, ...], bytes] = OrderedDict()

    @property
    def fresh(self) -> bool:
        """Whether the folder was looked at a moment ago."""
        return time.monotonic() - self._looked < FRESH

    def look(self) -> bool:
        """Look at the folder, unless that was just done. Returns whether there is such a job."""
        if not self.fresh:
            self._job = read_job(self._folder)
            if self._job is not None:
                self._follow()
                self._about = _json(_describe(self._job))
            self._grown = _frames_stamp(self._folder)
            self._looked = time.monotonic()
        return self._job is not None and isinstance(self._job.request, TrainingRequest)

    def kept(self, key: tuple[object, ...]) -> bytes | None:
        """A compressed answer that is still true."""
        return self._answers.get((*key, *self._state()))

    def news(self, after: int, fit: str, bases: tuple[int, ...], steps: tuple[int, ...]) -> bytes:
        """What is new for a reader, compressed: events, and frames of each network that `steps` names.

        Call `look` first. after: events that the reader has. fit: one of FITS. steps: of each network, the last step
        whose frame the reader has, -1 for none; () asks for no frames. bases: of each network, on how many of its
        first frames its axes are fitted; 0 for as many as the axes of the first network, and there for all.
        The answer is a chain of parts, each after its length as uint32, little-endian: the events as JSON, then the
        frames of each network (see `pack_moments`), of length 0 where none is new.
        """
        parts, usual = [self._events_after(after)], 0
        for run, (basis, step) in enumerate(zip(bases, steps, strict=True)):
            part = b""
            with suppress(SentimentError):  # the vocabulary cannot be read; the curves do not wait for it
                frames = self._load(run)
                if frames is not None:
                    axes = self._fit(run, frames, fit, basis or usual)
                    usual = usual or axes.frames
                    part = self._frames_after(run, frames, axes, step)
            parts.append(part)
        answer = b"".join(len(part).to_bytes(4, "little") + part for part in parts)
        return self._keep((after, fit, bases, steps), answer)

    def _events_after(self, after: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        start = after if after <= len(self._events) else 0  # the log was replaced
        for event in self._events[start:]:
            size += len(event)
            if parts and size > MOST_BYTES:
                break
            parts.append(event)
        end = start + len(parts)
        more = b"true" if end < len(self._events) else b"false"
        texts = b",".join(parts)
        return b'{"from":%d,"next":%d,"more":%s,"events":[%s],"job":%s}' % (start, end, more, texts, self._about)

    def _frames_after(self, run: int, frames: LiveFrames, axes: Axes, step: int) -> bytes:
        """The frames of a network after a step; nothing where the reader has all."""
        places = np.flatnonzero(frames.steps > step)[:MOST_FRAMES]
        if step >= 0 and not len(places):
            return b""
        vectors = np.asarray(frames.vectors[places], np.float32)
        first = np.asarray(frames.vectors[0], np.float32)
        return pack_moments(
            axes,
            frames.steps[places].tolist(),
            project(vectors, axes),
            np.linalg.norm(vectors - first, axis=2),
            visible_share(vectors, first, axes),
            come=len(frames),
            vocabulary=self._vocabulary(run, frames) if step < 0 else None,
        )

    def _follow(self) -> None:
        while True:
            found, read = follow(self._folder, self._read)
            if read < self._read:  # it is another log
                self._events.clear()
                self._answers.clear()
            self._events += [_json(event) for event in found if event["kind"] not in _UNSEEN]
            if read == self._read:
                return
            self._read = read

    def _load(self, run: int) -> LiveFrames | None:
        request = self._job.request if self._job else None
        if not isinstance(request, TrainingRequest) or not 0 <= run < len(request.networks):
            return None
        return load_live_frames(self._folder, run)  # not kept: Windows lets nobody append to a file that is mapped

    def _fit(self, run: int, frames: LiveFrames, fit: str, basis: int) -> Axes:
        """Axes on a rounded number of frames. Those fitted before a kill stay, even if some frames have gone."""
        count = min(basis, len(frames)) if basis else len(frames)
        ended = self._job is not None and self._job.state.ended
        if count > 2 * _EVERY and not (ended and count == len(frames)):
            count -= count % _EVERY
        for key in ((run, fit, basis), (run, fit, count)):
            if key in self._axes:
                return self._axes[key]
        polarity = self._vocabulary(run, frames).polarity
        self._axes[run, fit, count] = fit_axes(frames.vectors[:count], polarity, fit)
        return self._axes[run, fit, count]

    def _vocabulary(self, run: int, frames: LiveFrames) -> Vocabulary:
        if run not in self._vocabularies:
            assert self._job is not None
            assert isinstance(self._job.request, TrainingRequest)
            table, ids = _words(self._job.request, run), frames.ids
            if ids.max(initial=0) >= len(table.tokens):
                raise DataError("{path} does not fit the vocabulary of this training.", path=self._job.request.folder)
            words = TokenTable(table.tokens[ids], table.counts[ids], table.polarity[ids])
            self._vocabularies[run] = Vocabulary(words.tokens, words.polarity, words.counts, named_unasked(words))
        return self._vocabularies[run]

    def _keep(self, key: tuple[object, ...], answer: bytes) -> bytes:
        packed = gzip.compress(answer, compresslevel=5, mtime=0)
        self._answers[(*key, *self._state())] = packed
        while len(self._answers) > _KEPT:
            self._answers.popitem(last=False)
        return packed

    def _state(self) -> tuple[object, ...]:
        """What an answer depends on besides what was asked."""
        return len(self._events), self._about, self._grown


def _frames_stamp(folder: Path) -> tuple[object, ...]:
    """Differs after any change of the frames."""
    files = [folder / LIVE / f"{run}.frames" for run in range(MOST_NETWORKS)]
    with suppress(OSError):
        return tuple((file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.exists())
    return ()


def _describe(job: Job) -> dict[str, Any]:
    """What browsers are told of a job besides its log: nothing that its visitor wrote."""
    times = {"wait": job.wait, "left": job.left}
    numbers = {name: None if seconds is None else round(seconds) for name, seconds in times.items()}
    progress = {"place": job.place, "done": job.done, "total": job.total}
    return {"state": job.state, "ended": job.state.ended, "stage": job.stage, **progress, **numbers}


def _words(request: TrainingRequest, run: int) -> TokenTable:
    """The vocabulary of a network with the counts and polarities of its corpus."""
    try:
        corpus = load_corpus(Path(request.folder))
    except DataError:
        if not request.card:
            raise
        corpus = load_corpus(Path(request.card))
    table, own = load_tokens(corpus), request.runs[run] / "tokenizer.json"
    try:
        return table_for(own, table) if own.exists() else table
    except SentimentError:  # it is being written
        return table


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
