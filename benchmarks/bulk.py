"""Measures `score --files`: rows a second and memory, in one process, in several, and on Ray.

`python -m benchmarks.bulk` writes synthetic reviews as Parquet to the system's temporary folder and deletes them
afterwards: texts of the toy grammar, drawn by a seed from 20,000. Each way scores the same file with the same run:

    local      one process, one thread
    local N    N processes, one thread each
    ray N      N actors of one core, on a cluster that Ray starts on this machine

Rows a second count from the first block to the last, so without the start of processes and of Ray, which the column
"start" says. The memory is the largest proportional share (PSS, Linux) of this process, of those that score, and of all
others that Ray starts. `--seconds S` ends each way S seconds after its first rows: memory does not depend on how far a
job has come.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.bulk.executors import Executor, here
from sentiment_core.bulk.job import ROWS, BulkJob, Settings
from sentiment_core.bulk.plan import plan_job
from sentiment_core.bulk.processes import in_processes
from sentiment_core.bulk.running import Progress, run_job
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.model.process import settle_torch
from sentiment_core.text.toy import toy_reviews

_DISTINCT, _SEED = 20_000, 0
_GROUP = 100_000  # rows of a row group
_SAMPLE = 0.5  # seconds between two looks at the memory


class _EnoughError(Exception):
    """The seconds are over."""


@dataclass
class _Memory:
    """The largest proportional share of memory in megabytes, by role."""

    most: dict[str, float] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Look until it is over."""
        while not self.over.wait(_SAMPLE):
            now: dict[str, float] = {}
            for process in (psutil.Process(), *psutil.Process().children(recursive=True)):
                with suppress(psutil.Error):
                    role, size = _role(process), process.memory_full_info()
                    each = getattr(size, "pss", size.rss) / 1e6
                    now[role] = max(now.get(role, 0.0), each) if role == "worker" else now.get(role, 0.0) + each
            for role, size_now in now.items():
                self.most[role] = max(self.most.get(role, 0.0), size_now)


def _role(process: psutil.Process) -> str:
    if process.pid == os.getpid():
        return "driver"
    words = " ".join(process.cmdline())
    if "bulk.worker" in words or "(Scorer)" in words:
        return "worker"
    return "driver of Ray" if "cluster.scoring_driver" in words else "rest of Ray"


def write_reviews(path: Path, rows: int) -> None:
    """Write a Parquet file of synthetic reviews, a row group at a time."""
    texts = pa.array(toy_reviews(_DISTINCT, seed=_SEED)[0])
    draw = np.random.default_rng(_SEED)
    schema = pa.schema([("number", pa.int64()), ("text", pa.string())])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for first in range(0, rows, _GROUP):
            count = min(_GROUP, rows - first)
            drawn = texts.take(pa.array(draw.integers(_DISTINCT, size=count)))
            numbers = pa.array(np.arange(first, first + count))
            writer.write_table(pa.table([numbers, drawn], schema=schema))


def measure(name: str, execute: Executor, out: Path, job: BulkJob, seconds: float) -> float:
    """Score, print a row of the table, and return the rows a second."""
    marks: list[tuple[float, int]] = []
    started = time.perf_counter()

    def mark(progress: Progress) -> None:
        now = time.perf_counter() - started
        if progress.rows:
            marks.append((now, progress.rows))
        if marks and now - marks[0][0] > seconds:
            raise _EnoughError

    memory = _Memory()
    watcher = threading.Thread(target=memory.watch)
    watcher.start()
    try:
        with suppress(_EnoughError):
            run_job(out, job, execute, progress=mark)
    finally:
        memory.over.set()
        watcher.join()
        shutil.rmtree(out, ignore_errors=True)
    (first, before), (last, rows) = marks[0], marks[-1]
    speed = (rows - before) / (last - first)
    sizes = ", ".join(f"{role} {size:,.0f}" for role, size in sorted(memory.most.items()))
    print(f"| {name} | {rows:,} | {last:.0f} | {first:.0f} | {speed:,.0f} | {sizes} |", flush=True)
    return speed


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--run", default="checkpoints/imdb/rnn")
    parser.add_argument("--ways", default="local,local 1,local 2,local 4,ray 1,ray 2,ray 4")
    parser.add_argument("--block-rows", type=int, default=ROWS)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="for each way, from its first rows")
    parser.add_argument("--rounds", type=int, default=1, help="times that the ways take turns; medians are compared")
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    settle_torch()
    folder = Path(tempfile.mkdtemp(prefix="bulk-"))
    try:
        write_reviews(folder / "reviews.parquet", options.rows)
        size = (folder / "reviews.parquet").stat().st_size / 1e6
        print(f"{options.rows:,} reviews ({size:,.0f} MB), {options.run}, {os.cpu_count()} cores, blocks of ", end="")
        print(f"{options.block_rows:,} rows; load before: {psutil.getloadavg()[0]:.1f}\n")
        settings = Settings(options.run, {}, "cpu", None, None, None, None, None, "parquet", options.block_rows)
        classifier = load_classifier(options.run, threads=1)
        job = plan_job(settings, [str(folder / "reviews.parquet")], folder / "out", classifier, lambda rows: None)
        print("| way | rows | seconds | of them start | rows/s | most memory, MB PSS |\n|---|---|---|---|---|---|")
        speeds: dict[str, list[float]] = {}
        for _ in range(options.rounds):
            for way in options.ways.split(","):
                execute = _executor(way, lambda: here(classifier))
                speeds.setdefault(way, []).append(measure(way, execute, folder / "out", job, options.seconds))
        first, *others = speeds
        for way in others:
            ratio = statistics.median(speeds[way]) / statistics.median(speeds[first])
            print(f"{way}: {ratio:.2f} times the rows a second of {first}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _executor(way: str, alone: Callable[[], Executor]) -> Executor:
    kind, _, count = way.partition(" ")
    if kind == "ray":
        from sentiment_core.cluster.scoring import on_ray

        return on_ray(workers=int(count))
    return in_processes(int(count)) if count else alone()


if __name__ == "__main__":
    main()
