"""The job that trains one or two networks in lockstep: on the same batches in the same order.

The runs are those of the command line, to the bit. A job that was killed goes on from the states that its runs have
saved, and its log tells where from.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

from sentiment_core.errors import JobError, SentimentError
from sentiment_core.experiments.reproduction.procedure import make_procedure
from sentiment_core.jobs.desk import Desk
from sentiment_core.jobs.places import complete_place, prepare_place
from sentiment_core.jobs.records import Stage
from sentiment_core.jobs.requests import TrainingRequest
from sentiment_core.jobs.training_runs import RunOfJob, begin_run, read_earlier
from sentiment_core.jobs.uploads import cache_of, check_there
from sentiment_core.jobs.watching import Watch
from sentiment_core.messages.packing import pack
from sentiment_core.model.device import choose_device
from sentiment_core.runs.reading import load_run
from sentiment_core.text.encoding import default_cache, encode_reviews, encode_text
from sentiment_core.text.reviews import Reviews, read_again
from sentiment_core.text.tokenization import load_tokenizer
from sentiment_core.training.going_on import is_complete, trained_epochs
from sentiment_core.training.lockstep import Lockstep, common_order
from sentiment_core.training.loop import Progress
from sentiment_core.training.pipeline import reads_unlabelled

MOST_PINNED = 2000  # characters of a pinned text
_COMMON = ("seed", "batch_size", "tokenizer")  # settings without which two networks cannot read the same batches


def work(desk: Desk) -> None:
    """Train the networks of a job, and evaluate each on the test split once, unless the job ends before that.

    Raises SentimentError for what a person can mend; what `Desk.check` raises; OSError if a log cannot be written.
    """
    request = desk.request
    assert isinstance(request, TrainingRequest)
    check_networks(request)
    reviews = _read(desk, request)
    cache = cache_of(request.reading.source, default_cache())
    tokenizer = request.networks[0].recipe.tokenizer
    prepare_place(Path(request.folder), request.card, reviews, tokenizer, cache)
    desk.check(step=False)
    _encode(desk, request, reviews, cache)
    training = _Training(desk, request)
    steps = training.start(reviews, cache)
    del reviews  # the trainings hold them until they have encoded them
    try:
        training.run(steps)
    finally:
        steps.close()
    with suppress(SentimentError, OSError):  # the reviews may be gone since; the runs are complete without
        complete_place(Path(request.folder), request.reading)


def check_networks(request: TrainingRequest) -> None:
    """Raise JobError if the networks of a request cannot train on the same batches, or a pinned text is too long."""
    recipes = [network.recipe for network in request.networks]
    for name in _COMMON:
        if len({getattr(recipe, name) for recipe in recipes}) > 1:
            raise JobError("Both networks train on the same batches. Give both the same {name}.", name=name)
    if len({network.name for network in request.networks}) < len(recipes):
        raise JobError("Both networks have the same name. Give each its own.")
    for text in request.pins:
        if len(text) > MOST_PINNED:
            raise JobError(
                "A pinned text has {size} characters. At most {most} are followed: shorten it.",
                size=len(text),
                most=MOST_PINNED,
            )


def variations(request: TrainingRequest) -> list[dict[str, Any]]:
    """How each network's procedure differs from a plain one: its own variation, and what makes the batches the same."""
    orders = common_order([network.recipe for network in request.networks])
    return [
        {**network.variation, **({"bucketed_by": length} if length else {})}
        for network, length in zip(request.networks, orders, strict=True)
    ]


def _read(desk: Desk, request: TrainingRequest) -> Reviews:
    """The reviews of a job, read once for all of its networks."""
    desk.stage(Stage.READING)
    check_there(request.reading.source)
    procedures = map(make_procedure, variations(request))
    unlabelled = any(
        reads_unlabelled(network.recipe, procedure)
        for network, procedure in zip(request.networks, procedures, strict=True)
    )
    reviews = read_again(request.reading, unlabelled)
    desk.check_reviews(len(reviews.train))
    desk.check(step=False)
    return reviews


def _encode(desk: Desk, request: TrainingRequest, reviews: Reviews, cache: Path) -> None:
    """Encode the splits into the cache, from which each training then takes them."""
    total = sum(map(len, reviews.splits.values()))
    desk.stage(Stage.ENCODING, total=total)
    tokenizer = load_tokenizer(Path(request.folder) / "tokenizer.json")
    done = 0
    for split in reviews.splits.values():
        encode_reviews(split, tokenizer, cache)
        done += len(split)
        desk.advance(done)
        desk.check(step=False)


class _Training:
    """The trainings of a job in lockstep, and what is told of them."""

    def __init__(self, desk: Desk, request: TrainingRequest) -> None:
        self._desk, self._request = desk, request
        self._log = read_earlier(desk.folder)
        self._held: list[dict[str, Any]] | None = []  # events that wait until the sizes of all runs are told
        self._problem: SentimentError | None = None
        self._rested = False  # whether the job rested before this step
        tokenizer = load_tokenizer(Path(request.folder) / "tokenizer.json")
        pins = [encode_text(text, tokenizer) for text in request.pins]
        self._runs = []
        for number, (network, variation) in enumerate(zip(request.networks, variations(request), strict=True)):
            read = [ids[: network.recipe.max_length] for ids in pins]
            watch = Watch(number, desk, network.recipe.epochs, read, number in self._log.runs, self._tell)
            self._runs.append(RunOfJob(network, variation, watch))

    def start(self, reviews: Reviews, cache: Path) -> Lockstep:
        """The trainings, each from its beginning or from its saved state, without those that have come far enough."""
        device = choose_device("auto")
        trainings: list[Generator[Progress, None, None]] = []
        self._numbers: list[int] = []  # of the runs that train, by the number of their training
        for number, (run, out) in enumerate(zip(self._runs, self._request.runs, strict=True)):
            if is_complete(out) or self._is_far_enough(trained_epochs(out)):
                self._finish(number)
                continue
            trainings.append(begin_run(run, out, reviews, cache, device))
            self._numbers.append(number)
        return Lockstep(trainings, device)

    def run(self, steps: Lockstep) -> None:
        """Train to the end. Raises the problem of a network that failed, after the others have finished."""
        stage: Stage | None = None
        while steps.living:
            now = self._stage(steps)
            if now != stage:
                stage = now
                self._desk.stage(stage, *self._done())
            self._rested = False
            self._desk.check(resting=self._flush)
            self._take_round(steps)
        if self._problem is not None:
            raise self._problem

    def _flush(self) -> None:
        """Tell all before the job rests. The step after a rest is told of at once, because somebody asked for it."""
        self._rested = True
        for run in self._runs:
            run.watch.flush()

    def _take_round(self, steps: Lockstep) -> None:
        """Let each training take a step. While one pretrains, and when only evaluations are left, a round is a part."""
        goal = steps.step + 1
        while steps.living and steps.step < goal:
            run = self._runs[self._numbers[steps.next]]
            number, started = self._numbers[steps.next], time.monotonic()
            try:
                _, progress = steps.take()
            except SentimentError as error:
                self._fail(number, error)
                continue
            if progress is None:
                self._finish(number)
                continue
            self._follow(run, progress, time.monotonic() - started)
            if progress.checkpoint and self._is_far_enough(progress.checkpoint.epoch):
                steps.close()  # each training saves its state, so that another job can go on
                self._flush()
                return
            if not progress.epoch:
                break

    def _is_far_enough(self, epochs: float) -> bool:
        """Whether the job ends here: it was asked to train so many epochs, and not to read the test split."""
        return bool(self._request.until) and epochs >= self._request.until

    def _follow(self, run: RunOfJob, progress: Progress, seconds: float) -> None:
        """Tell of a step, and how far the job has come."""
        if not progress.epoch:
            self._desk.advance(progress.step, progress.steps)
            return
        run.step, run.total, run.ready = progress.step, self._goal(run, progress), progress.step == progress.steps
        if run.taken:  # the first step includes the start
            run.seconds += seconds
        run.taken += 1
        self._tell_start()
        run.watch.progress(progress, self._rested)
        self._desk.advance(*self._done(), left=self._left())
        self._desk.saved(sum(other.watch.saved_step for other in self._runs))
        self._desk.check_tokens(progress.tokens)

    def _goal(self, run: RunOfJob, progress: Progress) -> int:
        """The steps after which the job is done with a run."""
        until = self._request.until
        return progress.steps * until // run.network.recipe.epochs if until else progress.steps

    def _stage(self, steps: Lockstep) -> Stage:
        living = [self._runs[self._numbers[number]] for number in steps.living]
        if all(run.ready for run in living):
            return Stage.EVALUATING
        pretrains = any(run.network.recipe.pretraining_epochs and not run.watch.begun for run in living)
        return Stage.PRETRAINING if pretrains else Stage.TRAINING

    def _done(self) -> tuple[int, int]:
        """Steps taken and steps in all."""
        return sum(run.step for run in self._runs), sum(run.total for run in self._runs)

    def _left(self) -> float | None:
        """Seconds of work expected, from the steps so far. It says nothing of the evaluation at the end."""
        if any(run.taken < 2 and not run.done for run in self._runs):
            return None
        living = [run for run in self._runs if not run.done]
        return sum((run.total - run.step) * run.seconds / (run.taken - 1) for run in living)

    def _finish(self, number: int) -> None:
        """Tell the result of a run that is complete."""
        run, out = self._runs[number], self._request.runs[number]
        run.watch.flush()
        run.done = run.ready = True
        scores = load_run(out).scores()
        if scores is not None and number not in self._log.tested:
            self._tell({"kind": "test", "run": number, "accuracy": scores.accuracy, "reviews": len(scores.labels)})

    def _fail(self, number: int, error: SentimentError) -> None:
        """Tell why a run ended; the others go on."""
        run = self._runs[number]
        run.watch.flush()
        run.done = run.ready = True
        self._problem = self._problem or error
        self._tell({"kind": "failed", "run": number, "step": run.step, "problem": pack(error.words)})

    def _tell_start(self) -> None:
        """Tell the sizes of all runs, then what was held back, once all have begun."""
        if self._held is None or not all(run.watch.begun or run.done for run in self._runs):
            return
        held, self._held = self._held, None
        if not self._log.started:
            runs = [run.watch.about(run.network.name) for run in self._runs]
            self._tell({"kind": "start", "runs": runs, "words": max(run.watch.words for run in self._runs)})
        for event in held:
            self._tell(event)

    def _tell(self, event: dict[str, Any]) -> None:
        if self._held is not None:
            self._held.append(event)
            return
        with suppress(OSError):  # a log that cannot be written is no reason to end a training
            self._desk.report(event)
