"""Measures a sweep of eight short runs: in one process, as jobs of this machine, and on Ray.

`python -m benchmarks.sweeps` trains the same eight runs on the toy reviews each way, one core each:

    plain      this process, one run after another
    local N    jobs of the Train page, N at a time
    ray N      actors of Ray, N at a time, on a cluster that Ray starts on this machine

The seconds count from the start of the command's work to its end, with the start of processes and of Ray. "first run
ends after" shows how much of them is that start. With more workers than cores, the seconds must not grow.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Generator, Iterable
from contextlib import closing
from pathlib import Path

import psutil

from benchmarks.processes import end_jobs
from sentiment_core.experiments.sweeps.course import Course, Look
from sentiment_core.experiments.sweeps.plan import Search, Sweep, make_sweep, write_sweep
from sentiment_core.experiments.sweeps.results import Stand, read_results
from sentiment_core.experiments.sweeps.space import parse_axis
from sentiment_core.experiments.sweeps.trial import advance
from sentiment_core.jobs.places import prepare_place
from sentiment_core.jobs.sweeping import run_jobs
from sentiment_core.model.presets import preset
from sentiment_core.text.encoding import default_cache
from sentiment_core.text.reviews import Reviews, load_reviews

_CARD = str(Path(__file__).parents[1] / "checkpoints" / "toy")


def plan(folder: Path, reviews: Reviews, epochs: int) -> Sweep:
    """Two learning rates with four seeds."""
    recipe = preset("rnn").change(epochs=epochs, batch_size=32)
    sweep = make_sweep(folder, recipe, [parse_axis("learning_rate=0.001,0.003")], 4, Search(), reviews)
    write_sweep(sweep)
    prepare_place(sweep.runs, _CARD, reviews, recipe.tokenizer, default_cache())
    return sweep


def run_plainly(sweep: Sweep, reviews: Reviews) -> Generator[Look, None, None]:
    """Train the runs in this process."""
    course = Course(sweep)
    while (work := course.ask()) is not None:
        for _ in advance(work, sweep.place(work.trial), reviews, default_cache()):
            pass
        course.tell(work.trial)
        yield Look(0, [work.trial])


def run_way(way: str, sweep: Sweep, reviews: Reviews, root: Path) -> Generator[Look, None, None]:
    """The sweep, run one way."""
    kind, _, count = way.partition(" ")
    if kind == "plain":
        return run_plainly(sweep, reviews)
    if kind == "local":
        os.environ["SENTIMENT_JOBS_AT_ONCE"] = count
        return run_jobs(Course(sweep), root, int(count), _CARD)
    from sentiment_core.cluster.sweeping import run_on_ray

    return run_on_ray(sweep, workers=int(count))


def measure(way: str, reviews: Reviews, epochs: int) -> float:
    """Run the sweep, print a row of the table, and return the seconds."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        root = Path(name)
        sweep = plan(root / "sweeps" / "eight", reviews, epochs)
        started, first = time.perf_counter(), 0.0
        try:
            with closing(run_way(way, sweep, reviews, root)) as looks:
                for look in looks:
                    if look.ended and not first:
                        first = time.perf_counter() - started
            seconds = time.perf_counter() - started
        finally:
            end_jobs(root)
        stands = [trial.stand for result in read_results(sweep) for trial in result.trials]
        assert stands.count(Stand.COMPLETE) == 4, "the best setting reads the test split with its four seeds"
        assert len(stands) == stands.count(Stand.COMPLETE) + stands.count(Stand.TRAINED) == 8
    print(f"| {way} | {seconds:.1f} | {first:.1f} | {psutil.getloadavg()[0]:.1f} |", flush=True)
    return seconds


def compare(seconds: dict[str, list[float]], ways: Iterable[str]) -> None:
    """Print the ratio of each way to the first one."""
    base, *others = ways
    for way in others:
        ratio = statistics.median(one / other for one, other in zip(seconds[way], seconds[base], strict=True))
        print(f"{way}: {ratio:.2f} times the seconds of {base}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ways", default="plain,local 1,ray 1,local 2,ray 2,local 4,ray 4")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=1, help="times that the ways take turns; medians are compared")
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    reviews, ways = load_reviews("toy"), options.ways.split(",")
    with tempfile.TemporaryDirectory() as cache:
        os.environ["SENTIMENT_CACHE"] = cache
        print(f"8 runs of rnn, {options.epochs} epochs of {len(reviews.train):,} reviews, {os.cpu_count()} cores\n")
        print("| way | seconds | first run ends after | load afterwards |\n|---|---|---|---|")
        seconds: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(options.rounds):
            for way in ways:
                seconds[way].append(measure(way, reviews, options.epochs))
        compare(seconds, ways)


if __name__ == "__main__":
    main()
