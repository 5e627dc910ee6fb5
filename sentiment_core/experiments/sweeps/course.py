"""The course of a sweep: what is trained next. Needs no torch.

A grid and a random search train every trial to its end. asha follows Li et al. (2020), "A System for Massively
Parallel Hyperparameter Tuning": each setting trains to the first rung; whenever a place is free, a setting that is
among the best `1 / reduction` of those that have reached its rung goes on to the next, and if there is none, a new
setting begins. Here a setting goes on with all of its seeds, by their mean valid accuracy. At the end, if there were
too few settings for one to be promoted to the end, the best one goes on alone.

What is decided depends only on what the run folders show and what is at work. So a command that was killed decides
the same again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sentiment_core.experiments.sweeps.plan import Sweep, Trial, Work
from sentiment_core.experiments.sweeps.results import (
    SettingResult,
    Stand,
    TrialResult,
    best_setting,
    note_problem,
    read_results,
    read_trial,
)
from sentiment_core.messages import Message, lazy


@dataclass(frozen=True)
class Look:
    """What is seen of a sweep at one moment."""

    at_work: int  # trials that train, or wait for a place
    ended: list[Trial]  # whose work has ended since the last look


class Course:
    """What is at work, and what comes next."""

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        self.busy: dict[str, Work] = {}  # at work now, by the name of the trial

    def ask(self) -> Work | None:
        """What to train next, which then counts as at work; None if nothing can be trained now."""
        work = next_work(self.sweep, read_results(self.sweep), self.busy)
        if work is not None:
            self.busy[work.trial.name] = work
        return work

    def tell(self, trial: Trial, problem: Message | None = None) -> None:
        """Say that a work has ended, and why if it failed. Raises OSError if that cannot be noted."""
        if problem is None and not self.is_done(trial):
            problem = lazy("It ended early, and its run folder does not say why.")  # not again and again
        self.busy.pop(trial.name, None)
        if problem is not None:
            note_problem(self.sweep, trial, problem)

    def is_done(self, trial: Trial) -> bool:
        """Whether the run folder of a trial shows that the work it was given is done."""
        work, result = self.busy.get(trial.name), read_trial(self.sweep, trial)
        return work is None or result.stand == Stand.COMPLETE or (bool(work.until) and result.epoch >= work.until)


def is_over(sweep: Sweep, results: Sequence[SettingResult]) -> bool:
    """Whether nothing is left to train, given how far the trials are."""
    return next_work(sweep, results, {}) is None


def next_work(sweep: Sweep, results: Sequence[SettingResult], busy: dict[str, Work]) -> Work | None:
    """What to train next, given how far the trials are and what is at work; None if nothing can be trained now."""
    levels = [_level(sweep, result, busy) for result in results]
    for result, level in zip(results, levels, strict=True):  # what was begun comes first
        for one in result.trials if level is not None else ():
            if one.trial.name not in busy and not _has_reached(sweep, one, level or 0):
                return _work(sweep, one.trial, level or 0)
    if (promoted := _promotion(sweep, results, levels)) is not None:
        return promoted
    if None in levels:
        first = results[levels.index(None)].trials[0].trial
        return _work(sweep, first, 0)
    if busy:
        return None
    return _last_promotion(sweep, results, levels) or _test(sweep, results)


def _work(sweep: Sweep, trial: Trial, level: int) -> Work:
    """The training of a trial to a rung. Where it is sure that its test split is read, it goes on to that at once."""
    rungs = sweep.rungs(trial)
    is_chosen = sweep.test_all or len(sweep.settings) == 1
    return Work(trial, 0 if is_chosen and level == len(rungs) - 1 else rungs[level])


def _level(sweep: Sweep, result: SettingResult, busy: dict[str, Work]) -> int | None:
    """The rung that a setting is trained to, or has reached: the highest of its trials. None if it has not begun."""
    levels = []
    for one in result.trials:
        rungs = sweep.rungs(one.trial)
        if one.trial.name in busy:
            until = busy[one.trial.name].until
            levels.append(rungs.index(until) if until else len(rungs) - 1)
        elif one.epoch or one.stand in (Stand.FAILED, Stand.COMPLETE):
            levels.append(next(level for level, rung in enumerate(rungs) if one.epoch <= rung))
    return max(levels, default=None)


def _has_reached(sweep: Sweep, one: TrialResult, level: int) -> bool:
    """Whether a trial need not be trained to a rung any more. One that failed is not tried again."""
    return one.stand in (Stand.FAILED, Stand.COMPLETE) or one.epoch >= sweep.rungs(one.trial)[level]


def _score(sweep: Sweep, result: SettingResult, level: int) -> float | None:
    """Mean valid accuracy at a rung; below all others if a seed failed, None if a seed has not reached it."""
    values = []
    for one in result.trials:
        if one.stand == Stand.FAILED:
            return -1.0
        value = one.valid_at(sweep.rungs(one.trial)[level])
        if value is None:
            return None
        values.append(value)
    return sum(values) / len(values)


def _promotion(sweep: Sweep, results: Sequence[SettingResult], levels: Sequence[int | None]) -> Work | None:
    """The next setting that asha promotes, the highest rung first."""
    rungs = sweep.rungs(sweep.trials[0])
    for level in reversed(range(len(rungs) - 1)):
        scores = {result.number: _score(sweep, result, level) for result in results}
        ranked = sorted(
            (number for number, score in scores.items() if score is not None),
            key=lambda number: (-(scores[number] or 0.0), number),
        )
        for number in ranked[: len(ranked) // sweep.search.reduction]:
            if levels[number] == level and (scores[number] or -1.0) >= 0:
                return _work(sweep, results[number].trials[0].trial, level + 1)
    return None


def _last_promotion(sweep: Sweep, results: Sequence[SettingResult], levels: Sequence[int | None]) -> Work | None:
    """The best setting at the highest rung, if none has come to the end and nothing else is left to do."""
    rungs = sweep.rungs(sweep.trials[0])
    if len(rungs) == 1 or any(result.is_trained for result in results):
        return None
    for level in reversed(range(len(rungs) - 1)):
        there = [result for result in results if levels[result.number] == level]
        scores = {result.number: _score(sweep, result, level) or -1.0 for result in there}
        best = max(scores, key=lambda number: (scores[number], -number), default=None)
        if best is not None and scores[best] >= 0:
            return _work(sweep, results[best].trials[0].trial, level + 1)
    return None


def _test(sweep: Sweep, results: Sequence[SettingResult]) -> Work | None:
    """The evaluation on the test split that is left: of the best setting, or of all that were trained to the end."""
    best = best_setting(results)
    chosen = [result for result in results if result.is_trained] if sweep.test_all else [best] if best else []
    for result in chosen:
        for one in result.trials:
            if one.stand == Stand.TRAINED:
                return Work(one.trial, 0)
    return None
