"""A sweep by Ray Tune: the search algorithm asks the sweep's course, and each trial trains in an actor of one core.

Tune decides where a trial trains, and begins it again elsewhere when its machine is lost. It keeps no checkpoints: the
run folder holds the saved state, and whoever trains it next goes on from there.

The process that imports this module has imported ray by `connection.import_ray`, or Ray has started it.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from collections.abc import Callable, Generator
from functools import lru_cache
from pathlib import Path
from typing import Any

from ray import tune
from ray.tune.search import Searcher

from sentiment_core.cluster.sweeping import TUNE
from sentiment_core.errors import LockedError, SentimentError, SweepError
from sentiment_core.experiments.sweeps.course import Course
from sentiment_core.experiments.sweeps.plan import Sweep, Trial, Work, read_sweep
from sentiment_core.experiments.sweeps.trial import advance
from sentiment_core.messages import Message, lazy
from sentiment_core.messages.packing import pack, unpack
from sentiment_core.text.encoding import default_cache
from sentiment_core.text.reviews import Reading, Reviews, read_again
from sentiment_core.training.loop import Progress
from sentiment_core.training.pipeline import reads_unlabelled

_LOST = 8  # times that a trial is begun again
_LOCKED = 600.0  # seconds that another process may train the same run
_SHARED = 90.0  # seconds until what another machine has written is seen here: NFS keeps what it knows for a minute
_WAIT = 1.0  # seconds between two looks


class TrainTrial(tune.Trainable):
    """Trains one work of a sweep at a time, up to the next checkpoint at each step.

    A run folder goes on from wherever it was left. An error is a result, not an exception, which Tune would try again.
    """

    def setup(self, config: dict[str, Any]) -> None:
        """Take a work: the folder of the sweep, the name of the trial, and the epochs, as in `Work`."""
        self._work = config
        self._steps: Generator[Progress, None, None] | None = None
        self._began = time.monotonic()

    def reset_config(self, new_config: dict[str, Any]) -> bool:
        """Take the next work in the same process."""
        self.cleanup()
        self.setup(new_config)
        return True

    def step(self) -> dict[str, Any]:
        """Train up to the next checkpoint. The result says whether the work is done, and a packed problem or ''."""
        try:
            if self._steps is None:
                self._steps = _begin(**self._work)
            found = next((progress for progress in self._steps if progress.checkpoint), None)
            return {"done": found is None, "problem": ""}
        except LockedError as error:
            self._steps = None
            if time.monotonic() - self._began < _LOCKED:
                time.sleep(_WAIT)
                return {"done": False, "problem": ""}
            return _failed(error.words)
        except SentimentError as error:
            return _failed(error.words)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return _failed(lazy("Cannot write the results: {reason}. Free some space, and start again.", reason=reason))
        except Exception as error:
            traceback.print_exc()  # into the logs of Ray's session on that machine
            reason = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
            return _failed(
                lazy("It ended with an error: {reason}. Ray's logs on its machine say where.", reason=reason)
            )

    def cleanup(self) -> None:
        """Let a training that is not done save its state."""
        if self._steps is not None:
            self._steps.close()
            self._steps = None


def _failed(problem: Message) -> dict[str, Any]:
    return {"done": True, "problem": json.dumps(pack(problem))}


def _begin(sweep: str, trial: str, until: int) -> Generator[Progress, None, None]:
    """The training of a work. Raises SweepError if this machine does not see the sweep or its reviews."""
    plan = read_sweep(Path(sweep))
    found = next(each for each in plan.trials if each.name == trial)
    assert plan.reading is not None
    reviews = _read(plan.reading, plan.fingerprint, reads_unlabelled(found.recipe))
    return advance(Work(found, until), plan.place(found), reviews, default_cache())


@lru_cache(maxsize=1)
def _read(reading: Reading, fingerprint: str, unlabelled: bool) -> Reviews:
    """The reviews of a sweep, read once in each process. Raises SweepError if they are other ones on this machine."""
    reviews = read_again(reading, unlabelled)
    if reviews.fingerprint != fingerprint:
        raise SweepError(
            "{source} holds other reviews on a machine of the cluster. Copy them there again.", source=reading.source
        )
    return reviews


class _Answer:
    """Answers the command. Tune writes what it is given to a file, for a copy that nobody makes: there it is mute."""

    def __init__(self, answer: Callable[..., None] = lambda **entries: None) -> None:
        self._answer = answer

    def __call__(self, **entries: Any) -> None:
        """Write a line."""
        self._answer(**entries)

    def __reduce__(self) -> tuple[type[_Answer], tuple[()]]:
        """How it is written to a file."""
        return _Answer, ()

    def __deepcopy__(self, memo: dict[int, Any]) -> _Answer:
        """Itself."""
        return self


class CourseSearch(Searcher):
    """Suggests what the course of a sweep asks for, and tells the course what has ended."""

    def __init__(self, course: Course, answer: _Answer) -> None:
        super().__init__()
        self._course, self._answer = course, answer
        self._works: dict[str, Work] = {}  # by Tune's id
        self._idle = False  # whether nothing can be trained until something ends

    def suggest(self, trial_id: str) -> Any:
        """The next work, None if there is none before something ends, or FINISHED."""
        if self._idle:
            return None
        work = self._course.ask()
        if work is None:
            self._idle = bool(self._works)
            return None if self._works else Searcher.FINISHED
        self._works[trial_id] = work
        return {"sweep": str(self._course.sweep.folder), "trial": work.trial.name, "until": work.until}

    def on_trial_complete(self, trial_id: str, result: dict[str, Any] | None = None, error: bool = False) -> None:
        """Note how a work has ended."""
        trial, self._idle = self._works.pop(trial_id).trial, False
        problem: Message | None = None
        if error or result is None:
            problem = lazy(
                "Its process was lost {count} times. The machine may lack memory: let its node offer fewer cores.",
                count=_LOST + 1,
            )
        elif result["problem"]:
            problem = unpack(json.loads(result["problem"]))
        else:
            self._wait_until_seen(trial)
        self._course.tell(trial, problem)
        self._answer(ended=trial.name)

    def _wait_until_seen(self, trial: Trial) -> None:
        """Wait until this machine sees what another one has written to the shared folder."""
        end = time.monotonic() + _SHARED
        while not self._course.is_done(trial) and time.monotonic() < end:
            time.sleep(_WAIT)

    def save(self, checkpoint_path: str) -> None:
        """Nothing: the run folders hold all that is known."""

    def restore(self, checkpoint_path: str) -> None:
        """Nothing."""


class _Follow(tune.Callback):
    """Says how many trials are at work, when that has changed."""

    def __init__(self, answer: _Answer) -> None:
        self._answer, self._last = answer, 0

    def on_step_end(self, iteration: int, trials: list[Any], **info: Any) -> None:
        """Count the trials at work."""
        count = sum(trial.status == "RUNNING" for trial in trials)
        if count != self._last:
            self._last = count
            self._answer(at_work=count)


def run_sweep(sweep: Sweep, workers: int, answer: Callable[..., None]) -> None:
    """Run a sweep to its end on the cluster that this process is connected to.

    workers: trials at a time; 0 for as many as the cluster has cores.
    answer: is called with `at_work`, a number of trials, and `ended`, the name of one.
    Raises OSError if the folder of the sweep cannot be written, and what Ray raises when it gives up.
    """
    os.environ["TUNE_DISABLE_AUTO_CALLBACK_LOGGERS"] = "1"
    tuner = tune.Tuner(
        tune.with_resources(TrainTrial, {"cpu": 1}),
        tune_config=tune.TuneConfig(
            search_alg=CourseSearch(Course(sweep), _Answer(answer)),
            num_samples=-1,  # until the search says that it has finished
            max_concurrent_trials=workers or None,
            reuse_actors=True,  # an actor keeps torch and the reviews for its next trial
        ),
        run_config=tune.RunConfig(
            name=TUNE,
            storage_path=str(sweep.folder),
            checkpoint_config=tune.CheckpointConfig(checkpoint_at_end=False),
            failure_config=tune.FailureConfig(max_failures=_LOST),
            callbacks=[_Follow(_Answer(answer))],
            verbose=0,
        ),
    )
    tuner.fit()
