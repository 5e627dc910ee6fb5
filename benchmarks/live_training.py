"""Measures a training in a job: how soon it moves, how fast it is beside a server, and what showing it live costs.

`python -m benchmarks.live_training start` prints the seconds until the first steps and the first frame after that of
the start, for two networks on toy and on the 20,000 Korean reviews, with no process kept ready. The Korean reviews have
no published card, so their tokenizer is trained too.

`python -m benchmarks.live_training speed` trains bilstm on toy twice: alone, as the command line does, and in a job
beside the app with 20 readers that follow it. It prints both speeds, from the first step to the last.

`python -m benchmarks.live_training cost` trains rnn and bilstm on toy one after another without a job, then in lockstep
in a job with three pinned texts, all figures and frames, and prints what that adds.

`python -m benchmarks.live_training size` tells of half an hour of training of two networks with 2,000 words, by a clock
that is set forward, and prints the size of the log and of the frames.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.browser import serve
from benchmarks.jobs import ROOT, job_of, live_runs, training, wait_for, wait_for_end
from benchmarks.live import Reader
from sentiment_core.jobs import control, layout
from sentiment_core.jobs.events import follow
from sentiment_core.jobs.limits import Limits
from sentiment_core.jobs.queue import start
from sentiment_core.jobs.records import State
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.model.presets import preset
from sentiment_core.text.reviews import Reading

READERS = 20
EPOCHS = 5
PINS = ("A truly great film.", "The plot is not bad at all.", "dull")
_LONG = 1000  # epochs of a training that the measurement ends


def all_events(folder: Path) -> list[dict[str, Any]]:
    """The log of a job."""
    found: list[dict[str, Any]] = []
    after = 0
    while True:
        more, then = follow(folder, after)
        if then == after:
            return found
        found, after = found + more, then


def _has_moved(folder: Path) -> bool:
    return any(event["kind"] == "frame" and event["step"] for event in all_events(folder))


def measure_start() -> None:
    """Print how soon trainings move that nobody has prepared."""
    for source in ("toy", "korean"):
        with live_runs() as root, tempfile.TemporaryDirectory() as cache, patch.dict(os.environ, SENTIMENT_CACHE=cache):
            request = training(root, _LONG)
            if source != "toy":
                request = replace(
                    request, reading=Reading(source), folder=str(root.resolve() / layout.TRAINED / source), card=""
                )
            began = time.time()
            folder = start(request, root, Limits())
            wait_for(partial(_has_moved, folder))
            events = all_events(folder)
            at = [
                next(event["at"] for event in events if event["kind"] == kind and event.get("step", 1)) - began
                for kind in ("stage", "steps", "frame")
            ]
            control.cancel(folder)
        print(f"{source}: at work after {at[0]:.2f} s, first steps {at[1]:.2f} s, first movement {at[2]:.2f} s")


def train_alone(names: list[str], epochs: int) -> None:
    """Print the tokens and seconds of trainings without a job, each from its first to its last step. A child's work."""
    from sentiment_core.text.encoding import default_cache
    from sentiment_core.text.reviews import load_reviews
    from sentiment_core.training.pipeline import train_run

    reviews, tokens, seconds = load_reviews("toy"), 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            recipe = preset(name).change(epochs=epochs, batch_size=32)
            steps = train_run(recipe, reviews, Path(folder) / name, cache=default_cache())
            first = next(steps)
            began, last = time.perf_counter(), first
            for last in steps:
                if last.step == last.steps:
                    seconds += time.perf_counter() - began
            tokens += last.tokens - first.tokens
    print(json.dumps([tokens, seconds]))


def alone(names: list[str], epochs: int) -> tuple[int, float]:
    """Tokens and seconds of `train_alone` in a process of its own, on a machine without other work."""
    command = [sys.executable, "-m", "benchmarks.live_training", "alone", *names, "--epochs", str(epochs)]
    tokens, seconds = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return tokens, seconds


def in_a_job(names: list[str], epochs: int, pins: tuple[str, ...], readers: int) -> tuple[int, float]:
    """Tokens and seconds from the first to the last step of a training in a job.

    readers: browsers that follow it through the app; without any there is no server.
    """
    with live_runs() as root:
        networks = tuple(Network(name, preset(name).change(epochs=epochs, batch_size=32)) for name in names)
        card = str(ROOT / "checkpoints" / "toy")
        request = TrainingRequest(networks, Reading("toy"), str(root.resolve() / layout.TRAINED / "toy"), card, pins)
        if not readers:
            folder = start(request, root, Limits())
            wait_for_end(folder)
        else:
            with serve(SENTIMENT_RUNS=str(root)) as server:
                folder = start(request, root, Limits())
                asyncio.run(_follow(server.address, folder, readers))
        if job_of(folder).state != State.DONE:
            raise RuntimeError(job_of(folder).problem)
        steps = [event for event in all_events(folder) if event["kind"] == "steps"]
    read = [[event["tokens"] for event in steps if event["run"] == run] for run in range(len(names))]
    tokens = sum(of_run[-1] - of_run[0] for of_run in read)
    return tokens, steps[-1]["at"] - steps[0]["at"]


async def _follow(address: str, folder: Path, readers: int) -> None:
    """Let readers follow a job until it has ended."""
    waits: list[float] = []
    waiting = threading.Thread(target=wait_for_end, args=(folder,), daemon=True)
    waiting.start()
    following = [
        asyncio.create_task(Reader(address, folder.name).follow(float("inf"), at / readers, waits))
        for at in range(readers)
    ]
    while waiting.is_alive():
        await asyncio.sleep(0.1)
        if failed := next((task for task in following if task.done()), None):
            failed.result()
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)


def measure_speed(readers: int, epochs: int) -> None:
    """Print the speed alone, and in a job beside a server with readers."""
    (tokens, seconds), (same, longer) = alone(["bilstm"], epochs), in_a_job(["bilstm"], epochs, PINS, readers)
    print(
        f"bilstm on toy: alone {tokens / seconds / 1000:.1f}k tokens/s, in a job beside the app with {readers} readers "
        f"{same / longer / 1000:.1f}k, {same / longer / (tokens / seconds):.0%}"
    )


def measure_cost(epochs: int) -> None:
    """Print what lockstep and all that is told add."""
    names = ["rnn", "bilstm"]
    (_, seconds), (_, longer) = alone(names, epochs), in_a_job(names, epochs, PINS, 0)
    print(
        f"rnn and bilstm on toy, {epochs} epochs: one after another {seconds:.1f} s, in lockstep in a job with all "
        f"live figures {longer:.1f} s, {longer / seconds - 1:+.0%}"
    )


def measure_size(minutes: float) -> None:
    """Print the size of what a long training tells."""
    from sentiment_core.jobs import events, watching
    from sentiment_core.model.process import settle_torch
    from sentiment_core.text.encoding import EncodedReviews
    from sentiment_core.training.loop import Progress
    from sentiment_core.training.pipeline import build_model

    class Told:
        """What a watch needs of a desk."""

        def __init__(self, folder: Path) -> None:
            self.folder = folder

        @property
        def seconds(self) -> float:
            return now[0]

    settle_torch()
    per_step, now = 0.04, [0.0]
    steps = round(minutes * 60 / per_step / 2)
    rng = np.random.default_rng(0)
    ids = rng.integers(2, 10_000, 200_000).astype(np.uint16)
    reviews = EncodedReviews(ids, np.arange(0, len(ids) + 1, 200), np.zeros(1000, np.int64))
    with tempfile.TemporaryDirectory() as name, patch.object(watching.time, "monotonic", lambda: now[0]):
        folder = Path(name)
        watches = []
        for run, model in enumerate(("rnn", "bilstm")):
            pins = [np.arange(2, 20)] * 3
            watch = watching.Watch(run, Told(folder), 5, pins, False, lambda event: events.append(folder, event))  # type: ignore[arg-type]
            watch.begin(build_model(preset(model), 10_000), reviews, 0, steps)
            watches.append(watch)
        for step in range(1, steps + 1):
            for watch in watches:
                now[0] += per_step
                seconds = step * per_step
                figures = Progress(1, step, steps, seconds, step * 9000, rng.random(), None, rng.random(), rng.random())
                watch.progress(figures, False)
        count = sum(event["kind"] == "steps" and event["run"] == 0 for event in all_events(folder))
        log = (folder / layout.EVENTS).stat().st_size
        live = sum(path.stat().st_size for path in (folder / "live").iterdir())
    print(
        f"{minutes:g} minutes of two networks: {count} events of steps each, a log of {log / 2**20:.1f} MB, frames of "
        f"{live / 2**20:.1f} MB"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("start", "speed", "cost", "size", "alone"))
    parser.add_argument("names", nargs="*", help=argparse.SUPPRESS)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--readers", type=int, default=READERS)
    chosen = parser.parse_args()
    if chosen.what == "start":
        measure_start()
    elif chosen.what == "speed":
        measure_speed(chosen.readers, chosen.epochs)
    elif chosen.what == "cost":
        measure_cost(chosen.epochs)
    elif chosen.what == "size":
        measure_size(30)
    else:
        train_alone(chosen.names, chosen.epochs)


if __name__ == "__main__":
    main()
