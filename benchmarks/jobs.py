"""Measures jobs: how soon one begins, how soon each control acts, and whether a kill changes what is trained.

`python -m benchmarks.jobs start` prints the seconds from the start of a training of two networks on toy until its
process works, its first step, and its first picture of the words: with a process kept ready, as while somebody looks at
the page, and without.

`python -m benchmarks.jobs controls` prints the seconds until each control has acted, between two steps and in the
middle of one that takes long.

`python -m benchmarks.jobs kills --count 50` kills the worker, the supervisor, or both at random moments of small
trainings on one thread, 50 times in all, and compares the weights with those of undisturbed trainings to the bit.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from safetensors.numpy import load_file

from sentiment_core.jobs import control, layout
from sentiment_core.jobs.events import read_log
from sentiment_core.jobs.folders import read_progress, worker_process
from sentiment_core.jobs.launch import keep_ready
from sentiment_core.jobs.limits import Limits
from sentiment_core.jobs.queue import read_job, start
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.model.presets import preset
from sentiment_core.storage.locks import living_writer
from sentiment_core.text.reviews import Reading

ROOT = Path(__file__).parents[1]
PATIENCE = 600.0  # seconds for a job
LONG = 200_000  # epochs of a training that the measurement ends


def training(root: Path, epochs: int, seed: int = 0, **changes: object) -> TrainingRequest:
    """Two networks on the toy reviews, as the page starts them."""
    networks = tuple(
        Network(f"{name}-{seed}", preset(name).change(epochs=epochs, seed=seed, **{"batch_size": 32, **changes}))
        for name in ("rnn", "bilstm")
    )
    card = str(ROOT / "checkpoints" / "toy")
    return TrainingRequest(networks, Reading("toy"), str(root.resolve() / layout.TRAINED / "toy"), card)


def wait_for(what: Callable[[], object], seconds: float = PATIENCE) -> float:
    """Seconds until something is so. Raises TimeoutError."""
    started = time.monotonic()
    while not what():
        if time.monotonic() - started > seconds:
            raise TimeoutError
        time.sleep(0.005)
    return time.monotonic() - started


def job_of(folder: Path) -> Job:
    """The job in a folder. Raises LookupError if it is gone."""
    job = read_job(folder)
    if job is None:
        raise LookupError(folder)
    return job


@contextmanager
def live_runs() -> Iterator[Path]:
    """A folder of live runs, whose processes end with the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        root = Path(name) / "runs"
        root.mkdir()
        try:
            yield root
        finally:
            for folder in layout.job_folders(root):
                with suppress(Exception):
                    control.cancel(folder)
                    wait_until_gone(folder)
            for process in (supervisor(root), *map(worker_process, layout.job_folders(root))):
                if process is not None:
                    process.kill()


def supervisor(root: Path) -> psutil.Process | None:
    """The supervisor of a folder of live runs, if it lives."""
    writer = living_writer(root / layout.JOBS / layout.SUPERVISOR)
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(writer.pid) if writer is not None else None
    return None


def wait_for_end(folder: Path) -> None:
    """Wait until a job has ended."""
    wait_for(lambda: job_of(folder).state.ended)


def wait_for_event(folder: Path, kind: str) -> None:
    """Wait until the log of a job has an event of a kind."""
    wait_for(lambda: kind in kinds(folder))


def wait_until_ready(root: Path) -> None:
    """Wait until a process has loaded what a training needs."""
    wait_for(lambda: "ready" in _text(root / layout.JOBS / "ready.txt"))


def wait_until_farther(folder: Path, reached: int) -> None:
    """Wait until a job has taken more steps than `reached`, or has ended."""
    wait_for(lambda: job_of(folder).state.ended or job_of(folder).done > reached)


def wait_until_gone(folder: Path) -> None:
    """Wait until a job is deleted."""
    wait_for(lambda: not folder.exists(), 20)


def kinds(folder: Path) -> set[str]:
    """The kinds of events in the log of a job."""
    return {event["kind"] for event in read_log(folder)}


def measure_start(times: int) -> None:
    """Print how soon a training of two networks begins."""
    for ready in (False, True):
        rows = []
        for _ in range(times):
            with live_runs() as root:
                if ready:
                    keep_ready(root)
                    wait_until_ready(root)
                started = time.monotonic()
                folder = start(training(root, LONG), root, Limits())
                at = []
                for what in ("stage", "steps", "frame"):
                    wait_for_event(folder, what)
                    at.append(time.monotonic() - started)
                rows.append(at)
        at = [statistics.median(column) for column in zip(*rows, strict=True)]
        how = "with a process kept ready" if ready else "with nothing running"
        print(
            f"{how}: at work after {at[0]:.2f} s, first steps {at[1]:.2f} s, first picture of the words {at[2]:.2f} s"
        )


def measure_controls(times: int) -> None:
    """Print how soon each control acts, between two steps and in the middle of a long one."""
    for long in (False, True):
        found: dict[str, list[float]] = {}
        for _ in range(times):
            with live_runs() as root:
                _measure_once(root, long, found)
        where = "in the middle of a step of half a minute" if long else "between two steps"
        shown = ", ".join(f"{name} {max(seconds):.2f} s" for name, seconds in found.items())
        print(f"{where}, the slowest of {times}: {shown}")


def _measure_once(root: Path, long: bool, found: dict[str, list[float]]) -> None:
    def timed(name: str, ask: Callable[[Path], None], folder: Path, is_so: Callable[[], object]) -> None:
        started = time.monotonic()
        ask(folder)
        wait_for(is_so)
        found.setdefault(name, []).append(time.monotonic() - started)

    # A batch of all reviews takes half a minute; one of 32 some milliseconds.
    sizes: dict[str, object] = {"batch_size": 3600, "hidden_size": 512, "max_length": 400} if long else {}
    requests = [training(root, LONG, seed, **sizes) for seed in (1, 2)]
    first, second = (start(request, root, Limits(at_once=1)) for request in requests)
    wait_for(lambda: job_of(first).stage == "training" if long else "steps" in kinds(first))
    time.sleep(1)  # by then the training is in the middle of a long step
    timed("pause", control.pause, first, lambda: job_of(first).state == State.PAUSED)
    if not long:
        taken = job_of(first).done
        rested = lambda: job_of(first).state == State.PAUSED and job_of(first).done > taken  # noqa: E731
        timed("one step", control.step, first, rested)
    control.cancel(second)
    wait_until_gone(second)
    timed("go on", control.go_on, first, lambda: job_of(first).state == State.RUNNING)
    timed("stop and keep", control.stop, first, lambda: worker_process(first) is None or read_progress(first).ending)
    wait_for_end(first)
    third = start(training(root, LONG, 3, **sizes), root, Limits())
    wait_for(lambda: job_of(third).stage == "training")
    timed("cancel and delete", control.cancel, third, lambda: not third.exists())


def measure_kills(count: int, seed: int) -> bool:
    """Print whether trainings that are killed end with the same weights. Returns whether they do."""
    os.environ["OMP_NUM_THREADS"] = "1"  # the same order of every sum
    rng = random.Random(seed)
    killed = same = jobs = restarts = 0
    while killed < count:
        with live_runs() as root, live_runs() as other:
            request = training(root, 3, seed=jobs, max_length=60)
            folder = start(request, root, Limits())
            killed += _kill_at_random(folder, root, rng, min(10, count - killed))
            job = job_of(folder)
            restarts += sum(event["kind"] == "resumed" for event in read_log(folder))
            undisturbed = training(other, 3, seed=jobs, max_length=60)
            wait_for_end(start(undisturbed, other, Limits()))
            equal = job.state == State.DONE and all(map(_same, request.runs, undisturbed.runs))
            same, jobs = same + equal, jobs + 1
            print(f"training {jobs}, {killed} kills: {'equal' if equal else job.state} {job.problem or ''}", flush=True)
    print(
        f"{killed} kills of worker, supervisor or both, in {jobs} trainings of two networks: {same} of {jobs} end with "
        f"the weights of an undisturbed one, to the bit; a network went on from a saved state {restarts} times"
    )
    return same == jobs


def _kill_at_random(folder: Path, root: Path, rng: random.Random, most: int) -> int:
    """Kill processes of a job at random moments until it ends. Returns how often.

    A process that is killed before it came farther than the one before it counts as stuck the second time. So the next
    moment is chosen from the time after it has come farther, except every third time, which may be at any moment.
    """
    killed, reached = 0, 0
    while not job_of(folder).state.ended:
        if killed % 3 != 2:
            wait_until_farther(folder, reached)
        time.sleep(rng.uniform(0, 1.5))
        if killed >= most or job_of(folder).state.ended:
            wait_for_end(folder)
            break
        reached = max(reached, job_of(folder).done)
        victims = {"worker": worker_process(folder), "supervisor": supervisor(root)}
        for name in rng.choice((("worker",), ("supervisor",), ("worker", "supervisor"))):
            if (victim := victims[name]) is not None:
                with suppress(psutil.NoSuchProcess):
                    victim.kill()
        killed += any(victims.values())
    return killed


def _same(run: Path, other: Path) -> bool:
    """Whether two runs have the same weights, to the bit."""
    ours, theirs = (load_file(path / "model.safetensors") for path in (run, other))
    return ours.keys() == theirs.keys() and all(ours[name].tobytes() == theirs[name].tobytes() for name in ours)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("start", "controls", "kills"))
    parser.add_argument("--count", type=int, default=50, help="kills in all")
    parser.add_argument("--times", type=int, default=3, help="repetitions of start and controls")
    parser.add_argument("--seed", type=int, default=0, help="of the random moments")
    given = parser.parse_args()
    match given.what:
        case "start":
            measure_start(given.times)
        case "controls":
            measure_controls(given.times)
        case "kills":
            raise SystemExit(0 if measure_kills(given.count, given.seed) else 1)


if __name__ == "__main__":
    main()
