"""How far the trials of a sweep have come, and what its settings are worth. Read from the run folders; needs no torch.

A setting is worth the mean over its seeds of the valid accuracy of the weights that each run keeps. The best is chosen
by that alone. The test split is read for the best setting, once, after everything else is done.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from sentiment_core.errors import RunError
from sentiment_core.experiments.sweeps.plan import PROBLEMS, Sweep, Trial
from sentiment_core.messages import Message, lazy
from sentiment_core.messages.packing import pack, unpack
from sentiment_core.runs.layout import HISTORY, RECIPE, TEST
from sentiment_core.runs.reading import Checkpoint, Run, kept_checkpoint, load_run
from sentiment_core.storage.files import write_json
from sentiment_core.storage.typed_json import to_json


class Stand(StrEnum):
    """How far a trial has come."""

    WAITING = "waiting"  # it has no checkpoint yet
    STARTED = "started"  # it trains, or waits at a rung
    TRAINED = "trained"  # to its end, without the evaluation on the test split
    COMPLETE = "complete"  # with it
    FAILED = "failed"


@dataclass(frozen=True)
class TrialResult:
    """What the run folder of a trial shows."""

    trial: Trial
    stand: Stand
    epoch: float = 0.0  # epochs trained up to the last checkpoint
    valid: float | None = None  # accuracy of the weights that are kept so far
    history: tuple[Checkpoint, ...] = ()
    test: float | None = None  # accuracy, once it was read
    seconds: float = 0.0  # spent training
    problem: Message | None = None  # why it failed

    def valid_at(self, epoch: int) -> float | None:
        """Valid accuracy of the weights that were kept after so many epochs; None if it has not come so far."""
        if self.epoch < epoch:
            return None
        until = [checkpoint for checkpoint in self.history if checkpoint.epoch <= epoch]
        return kept_checkpoint(until, self.trial.recipe.keep).valid_accuracy


@dataclass(frozen=True)
class SettingResult:
    """The trials of one setting."""

    number: int  # its place among the sweep's settings
    trials: tuple[TrialResult, ...]  # one a seed

    @property
    def valid(self) -> float | None:
        """Mean valid accuracy over the seeds so far; None if a seed has none."""
        return _mean([trial.valid for trial in self.trials])

    @property
    def spread(self) -> float | None:
        """Standard deviation of the valid accuracy over the seeds; None with fewer than two."""
        known = [trial.valid for trial in self.trials if trial.valid is not None]
        return statistics.stdev(known) if len(known) > 1 else None

    @property
    def test(self) -> float | None:
        """Mean test accuracy over the seeds; None if a seed has not read it."""
        return _mean([trial.test for trial in self.trials])

    @property
    def stand(self) -> Stand:
        """How far it is: as far as the seed that is behind the others. It has failed if a seed has."""
        stands = {trial.stand for trial in self.trials}
        if Stand.WAITING in stands and stands - {Stand.WAITING, Stand.FAILED}:
            stands.add(Stand.STARTED)
        order = (Stand.FAILED, Stand.STARTED, Stand.WAITING, Stand.TRAINED, Stand.COMPLETE)
        return next(stand for stand in order if stand in stands)

    @property
    def is_trained(self) -> bool:
        """Whether every seed was trained to its end, so that the setting can be the best."""
        return all(trial.stand in (Stand.TRAINED, Stand.COMPLETE) for trial in self.trials)

    @property
    def epoch(self) -> float:
        """Epochs that every seed has trained."""
        return min(trial.epoch for trial in self.trials)


def read_results(sweep: Sweep) -> list[SettingResult]:
    """How far each setting has come, in the order of the sweep."""
    found = [read_trial(sweep, trial) for trial in sweep.trials]
    seeds = len(sweep.seeds)
    return [
        SettingResult(number, tuple(found[number * seeds : (number + 1) * seeds]))
        for number in range(len(sweep.settings))
    ]


def read_trial(sweep: Sweep, trial: Trial) -> TrialResult:
    """How far a trial has come. A run that cannot be read counts as not begun: it is trained again."""
    problem = _read_problem(sweep, trial)
    run = _load(sweep.place(trial))
    if run is None:
        return TrialResult(trial, Stand.FAILED if problem else Stand.WAITING, problem=problem)
    last = run.history[-1]
    known = (last.epoch, run.best.valid_accuracy, tuple(run.history))
    if run.status == "complete":
        test = _test_accuracy(run.path, run.path.joinpath(TEST).stat().st_mtime_ns)
        return TrialResult(trial, Stand.COMPLETE, *known, test, last.seconds)
    if problem is not None:
        return TrialResult(trial, Stand.FAILED, *known, None, last.seconds, problem)
    stand = Stand.TRAINED if last.epoch >= trial.recipe.epochs else Stand.STARTED
    return TrialResult(trial, stand, *known, None, last.seconds)


def count_ended(results: Sequence[SettingResult]) -> int:
    """The trials that were trained to their end or have failed."""
    return sum(one.stand not in (Stand.WAITING, Stand.STARTED) for result in results for one in result.trials)


def best_setting(results: Sequence[SettingResult]) -> SettingResult | None:
    """The setting with the highest mean valid accuracy among those trained to the end; the first of equal ones."""
    trained = [result for result in results if result.is_trained]
    return max(trained, key=lambda result: result.valid or 0.0, default=None)


def note_problem(sweep: Sweep, trial: Trial, problem: Message) -> None:
    """Keep why a trial failed, for pages and for this command, which does not try it again. Raises OSError."""
    (sweep.folder / PROBLEMS).mkdir(exist_ok=True)
    write_json(_problem_path(sweep, trial), {"problem": pack(problem)})


def forget_problems(sweep: Sweep) -> None:
    """Let every trial that failed be tried again, which a new command does. Raises OSError."""
    for path in (sweep.folder / PROBLEMS).glob("*.json"):
        path.unlink(missing_ok=True)


def describe(sweep: Sweep, results: Sequence[SettingResult]) -> dict[str, object]:
    """A sweep and its results as JSON values."""
    best = best_setting(results)
    return {
        "name": sweep.name,
        "preset": sweep.base.preset,
        "data": sweep.source,
        "search": to_json(sweep.search),
        "seeds": list(sweep.seeds),
        "best": None if best is None else best.number + 1,
        "settings": [
            {
                "number": result.number + 1,
                "setting": sweep.settings[result.number],
                "valid": result.valid,
                "spread": result.spread,
                "test": result.test,
                "trials": [
                    {
                        "run": str(sweep.place(trial.trial)),
                        "seed": trial.trial.recipe.seed,
                        "stand": trial.stand,
                        "epoch": trial.epoch,
                        "valid": trial.valid,
                        "test": trial.test,
                        "problem": str(trial.problem) if trial.problem else None,
                    }
                    for trial in result.trials
                ],
            }
            for result in results
        ],
    }


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known and len(known) == len(values) else None


def _problem_path(sweep: Sweep, trial: Trial) -> Path:
    return sweep.folder / PROBLEMS / f"{trial.name}.json"


def _read_problem(sweep: Sweep, trial: Trial) -> Message | None:
    path = _problem_path(sweep, trial)
    if not path.exists():
        return None
    try:
        return unpack(json.loads(path.read_text(encoding="utf-8"))["problem"])
    except (OSError, ValueError, TypeError, KeyError):
        return lazy("The reason is not known any more.")


def _load(folder: Path) -> Run | None:
    """The run; None if it has no checkpoint yet, or cannot be read."""
    with suppress(OSError, RunError):
        changed = tuple((folder / name).stat().st_mtime_ns for name in (RECIPE, HISTORY))
        return _load_changed(folder, changed)
    return None


@lru_cache(maxsize=4096)
def _load_changed(folder: Path, changed: tuple[int, ...]) -> Run:
    return load_run(folder)


@lru_cache(maxsize=4096)
def _test_accuracy(folder: Path, changed: int) -> float | None:
    try:
        scores = load_run(folder).scores()
    except RunError:
        return None
    return None if scores is None else scores.accuracy
