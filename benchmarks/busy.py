"""Measures training speed on a busy and on an idle machine, with our threads and with PyTorch's own.

`python -m benchmarks.busy` times training steps of 32 reviews of 20 and of 256 tokens for the presets bilstm, lstm, gru
and rnn, on the machine as it is and beside a process that keeps one core busy (`--beside 2`: two of them). Each form
runs in a process of its own: one with PyTorch's threads on all cores, whole batches and the plain form of Adam, the
other with our threads, halved batches and fused Adam. The forms take turns, so that other work on the machine affects
both. A turn in which other processes took more than a quarter of a core does not count; the median of the remaining
turns is printed.

`python -m benchmarks.busy --korean ../shared/data/korean` instead trains bilstm on a folder of short reviews beside the
busy core: two epochs, from text to test accuracy.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import psutil
import torch

from sentiment_core.model import recurrent
from sentiment_core.model.presets import preset
from sentiment_core.model.process import settle_torch
from sentiment_core.runs.reading import load_run
from sentiment_core.text.reviews import load_reviews
from sentiment_core.training.feeding import Batch
from sentiment_core.training.loop import train_step
from sentiment_core.training.optimizer import build_optimizer
from sentiment_core.training.pipeline import build_model, train_run

NETWORKS = ("bilstm", "lstm", "gru", "rnn")
TOKENS = (20, 256)  # of a review
BATCH, VOCAB_SIZE = 32, 10_000
TURNS = 5
SECONDS = 0.5  # of a turn, at least
_MOST_TURNS = 25  # counted or not
_OTHERS = 0.25  # cores that other processes may take in a turn that counts
# Runs until it or its parent is killed.
_BUSY = "import os\nparent = os.getppid()\nwhile os.getppid() == parent:\n    sum(range(10_000))"
_SETTLE = 0.2  # seconds for a busy process to start
EPOCHS = 2


class Trainer:
    """A process that trains one form of the networks, one turn for each request."""

    def __init__(self, form: str) -> None:
        """form: ours or pytorch."""
        environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
        if form == "pytorch":  # `settle_torch` keeps a given number of threads
            environment["OMP_NUM_THREADS"] = str(torch.get_num_threads())
        command = [sys.executable, "-m", "benchmarks.busy", "--form", form]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def __enter__(self) -> Trainer:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    @property
    def pid(self) -> int:
        return self._process.pid

    def turn(self, network: str, tokens: int) -> float:
        """Seconds a step."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([network, tokens]), file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())


def serve(form: str) -> None:
    """Run a Trainer's process: take the steps that each line requests, and answer with the seconds of one."""
    settle_torch()
    if form == "pytorch":
        recurrent.HALVED_POSITIONS = sys.maxsize  # its threads share the operations of a whole batch
    known = {}
    for line in sys.stdin:
        network, tokens = json.loads(line)
        if (network, tokens) not in known:
            rng = np.random.default_rng(0)
            lengths = np.minimum(np.arange(BATCH) % 3 + tokens - 2, tokens)
            arrays = rng.integers(2, VOCAB_SIZE, (BATCH, tokens)), lengths, rng.integers(0, 2, BATCH)
            model = build_model(preset(network), VOCAB_SIZE)
            make = torch.optim.Adam if form == "pytorch" else build_optimizer
            known[network, tokens] = model, make(model.parameters(), 1e-3), arrays
            train_step(*known[network, tokens][:2], _batch(*arrays), preset(network).clip)  # warm-up
        model, optimizer, arrays = known[network, tokens]
        started, steps = time.perf_counter(), 0
        while time.perf_counter() < started + SECONDS:
            train_step(model, optimizer, _batch(*arrays), preset(network).clip).item()
            steps += 1
        print((time.perf_counter() - started) / steps, flush=True)


def _batch(*arrays: np.ndarray) -> Batch:
    ids, lengths, labels = map(torch.from_numpy, arrays)
    return Batch(ids, lengths, labels, tokens=int(lengths.sum()))


@contextmanager
def busy(count: int) -> Iterator[list[int]]:
    """A block beside which `count` processes each keep a core busy; yields their process ids."""
    processes = [subprocess.Popen([sys.executable, "-c", _BUSY]) for _ in range(count)]
    try:
        if processes:
            time.sleep(_SETTLE)
        yield [process.pid for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _taken() -> float:
    """Seconds that all cores together have worked since the machine started."""
    times = psutil.cpu_times()
    return sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0)


def _own(processes: list[int]) -> float:
    return sum(sum(psutil.Process(process).cpu_times()[:2]) for process in processes)


def one_turn(trainer: Trainer, network: str, tokens: int, beside: int) -> tuple[float, bool]:
    """Seconds a step, and whether the turn counts."""
    with busy(beside) as others:
        ours = [trainer.pid, os.getpid(), *others]
        before, started = _taken() - _own(ours), time.perf_counter()
        seconds = trainer.turn(network, tokens)
        foreign = (_taken() - _own(ours) - before) / (time.perf_counter() - started)
    return seconds, foreign < _OTHERS


def measure_steps(networks: Sequence[str], beside: int) -> None:
    """Print the steps of these networks, idle and beside busy processes."""
    dropped = 0
    with ExitStack() as stack:
        trainers = {form: stack.enter_context(Trainer(form)) for form in ("pytorch", "ours")}
        for network in networks:
            for tokens in TOKENS:
                found: dict[tuple[str, int], list[float]] = {(form, n): [] for form in trainers for n in (0, beside)}
                for _ in range(_MOST_TURNS):
                    for (form, count), seconds in found.items():
                        if len(seconds) < TURNS:
                            value, counts = one_turn(trainers[form], network, tokens, count)
                            seconds += [value] * counts
                            dropped += not counts
                median = {key: 1000 * statistics.median(values or [math.nan]) for key, values in found.items()}
                plain, plain_busy, idle, slowed = median.values()
                print(
                    f"{network}, {tokens} tokens: idle {idle:.1f} ms, beside {beside} busy {slowed:.1f} ms, "
                    f"{idle / slowed:.0%} of the idle speed and {plain / slowed:.0%} of PyTorch's idle speed; "
                    f"PyTorch's threads and Adam {plain:.1f} and {plain_busy:.1f} ms, {plain / plain_busy:.0%}; "
                    f"idle ours is {plain / idle:.2f} times as fast, busy {plain_busy / slowed:.1f} times",
                    flush=True,
                )
    print(f"{dropped} turns did not count, because other processes took more than {_OTHERS} of a core")


def measure_run(data: str, beside: int) -> None:
    """Print the time of two epochs of bilstm on short reviews, beside the busy processes."""
    settle_torch()
    recipe = preset("bilstm").change(epochs=EPOCHS)
    reviews = load_reviews(data)
    with tempfile.TemporaryDirectory() as folder, busy(beside):
        out, started = Path(folder) / "run", time.perf_counter()
        for _ in train_run(recipe, reviews, out):
            pass
        whole = time.perf_counter() - started
        run = load_run(out)
        scores = run.scores()
    assert scores is not None
    last = run.history[-1]
    long_tokens = TOKENS[-1]
    with Trainer("ours") as trainer:
        alone = last.tokens * min(trainer.turn("bilstm", long_tokens) for _ in range(TURNS)) / (BATCH * long_tokens)
    print(
        f"bilstm, {EPOCHS} epochs of {len(reviews.train):,} reviews of {last.tokens / last.step / BATCH:.0f} tokens "
        f"beside {beside} busy: {last.seconds:.0f} s of steps, {1000 * last.seconds / last.step:.1f} ms each; "
        f"{whole:.0f} s from text to {scores.accuracy:.2%} on test; as many tokens in reviews of {long_tokens} take "
        f"{alone:.0f} s on the machine as it is now"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "networks", nargs="*", metavar="network", help=f"of {', '.join(NETWORKS)}; all of them for none"
    )
    parser.add_argument("--beside", type=int, default=1, help="busy processes")
    parser.add_argument("--korean", metavar="FOLDER", help="short reviews to train on, instead of single steps")
    parser.add_argument("--form", choices=("ours", "pytorch"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if unknown := set(options.networks) - set(NETWORKS):
        parser.error(f"no network {', '.join(sorted(unknown))}; choose from {', '.join(NETWORKS)}")
    if options.form:
        serve(options.form)
    elif options.korean:
        measure_run(options.korean, options.beside)
    else:
        measure_steps(options.networks or NETWORKS, options.beside)


if __name__ == "__main__":
    main()
