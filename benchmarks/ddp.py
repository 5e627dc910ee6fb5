"""Measures whether it pays to train one run in two processes that add up their gradients.

`python -m benchmarks.ddp` trains the networks of presets for some steps by PyTorch's DistributedDataParallel (DDP) over
gloo on the loopback, which is what Ray Train starts on a cluster, and in other ways, which take turns:

    1 x 1      one process, one thread, the recipe's batch
    1 x 2      one process that may use two threads, as `train` does by default
    ddp        two processes of one thread, half of the batch each
    ddp 2 x    the same with the whole batch each, so twice the recipe's batch: another recipe
    apart      two processes of one thread that train two runs at once, such as two seeds

The reviews are random tokens with the lengths of IMDB's training reviews, in the recipe's batches. Before the
measurement, the gradients of two halves are compared with those of the whole batch.

The communication of a step is the time of a step less that of the same step without adding up. A step on a network of
1 Gbit/s is on paper: the processor's time for half a batch, plus the gradients' bytes at that rate (each of two
machines sends and receives all of them once). An embedding has a gradient for every word of the vocabulary: most of the
bytes.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import pyarrow.parquet as pq

from benchmarks.ddp_processes import Processes, Subject

LENGTHS = Path(__file__).parents[1] / "checkpoints" / "imdb" / "lengths.parquet"
GIGABIT = 1e9 / 8  # bytes a second
WAYS = ("1 x 1", "1 x 2", "ddp", "ddp 2 x", "apart")
_LARGER = 30_000  # words of a larger vocabulary, such as BERT's


@dataclass(frozen=True)
class Measured:
    """Medians over the rounds, for one preset."""

    subject: Subject
    bytes: int  # of the gradients of a step
    difference: float  # of the gradients of two halves from the whole's, as a share
    seconds: dict[str, float]  # of a step, for each of WAYS, and for "half" and "sum"
    worked: dict[str, float]  # the processor's seconds of a step in one process: they depend little on other work
    start: float  # seconds until two processes are joined

    def speed(self, way: str) -> float:
        """Reviews a second."""
        batch = self.subject.recipe.batch_size
        return (2 * batch if way in ("ddp 2 x", "apart") else batch) / self.seconds[way]

    def gain(self, way: str) -> float:
        """Reviews a second relative to one process of one thread."""
        return self.speed(way) / self.speed("1 x 1")

    def gain_with_start(self) -> float:
        """That of DDP over a whole training that begins with the start of the second process."""
        steps = self.subject.steps
        return steps * self.seconds["1 x 1"] / (self.start + steps * self.seconds["ddp"])

    def gain_on_paper(self, rate: float, vocabulary: int = 0) -> float:
        """That of DDP if the gradients pass through a network of this rate in bytes a second.

        vocabulary: words, if it is another one; the time of its computing is not counted.
        """
        more = max(0, vocabulary - self.subject.vocabulary) * self.subject.recipe.network.embedding_size * 4
        return self.worked["1 x 1"] / (self.worked["half"] + (self.bytes + more) / rate)


def measure(processes: Processes, subject: Subject, rounds: int) -> Measured:
    """Measure all ways in turn."""
    size = int(processes.tell((0, 1, 2), subject)[0])
    difference = max(processes.tell((0, 1), "check"))
    who: dict[str, tuple[int, ...]] = {"1 x 1": (0,), "1 x 2": (2,)}
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in (*WAYS, "half", "sum")}
    for turn in range(-1, rounds):  # the first one warms up
        for way, figures in found.items():
            now = max(processes.tell(who.get(way, (0, 1)), way))  # of the slower process
            if turn >= 0:
                figures.append(now)
    seconds, worked = (
        {way: statistics.median(pair[i] for pair in pairs) for way, pairs in found.items()} for i in (0, 1)
    )
    return Measured(subject, size, difference, seconds, worked, processes.start)


def report(found: Measured) -> str:
    """The table of a preset, and what follows from it."""
    subject, seconds, network = found.subject, found.seconds, found.subject.recipe.network
    rows = [
        f"| {way} | {1e3 * seconds[way]:.1f} | {1e3 * found.worked[way]:.1f} | {found.speed(way):,.0f} | "
        f"{found.gain(way):.2f} |"
        for way in WAYS
    ]
    communication = seconds["ddp"] - seconds["half"]
    larger = found.bytes + max(0, _LARGER - subject.vocabulary) * network.embedding_size * 4
    return f"""\
{subject.preset}: batches of {subject.recipe.batch_size}, {subject.vocabulary:,} words of {network.embedding_size}.
The gradients of two halves differ from the whole batch's by {found.difference:.0e} of the largest.

| way | ms a step | of them the processor's | reviews/s | times 1 x 1 |
|---|---|---|---|---|
{chr(10).join(rows)}

Gradients: {found.bytes / 1e6:.2f} MB a step. Adding them up and nothing else: {1e3 * seconds["sum"]:.1f} ms.
Half a batch without adding up: {1e3 * seconds["half"]:.1f} ms, the processor's {1e3 * found.worked["half"]:.1f}.
Communication: {1e3 * communication:.1f} ms, \
{communication / seconds["ddp"]:.0%} of a step.
A training of {subject.steps:,} steps: {subject.steps * seconds["1 x 1"]:.0f} s by 1 x 1, \
{found.start + subject.steps * seconds["ddp"]:.0f} s by ddp, {found.start:.1f} s of start included: \
{found.gain_with_start():.2f} times as fast.
On paper, by the processor's seconds: {found.gain_on_paper(math.inf):.2f} times as fast as 1 x 1 if adding up took none.
By 1 Gbit/s: {1e3 * found.bytes / GIGABIT:.0f} ms a step for the gradients, \
{found.gain_on_paper(GIGABIT):.2f} times as fast.
With {_LARGER:,} words: {larger / 1e6:.1f} MB, {1e3 * larger / GIGABIT:.0f} ms, \
{found.gain_on_paper(GIGABIT, _LARGER):.2f} times.
"""


def training_lengths() -> np.ndarray:
    """Tokens of IMDB's training reviews [22,500] int64."""
    table = pq.read_table(LENGTHS, columns=["split", "tokens"], filters=[("split", "=", "train")])
    return table["tokens"].to_numpy().astype(np.int64)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presets", default="rnn,bilstm")
    parser.add_argument("--vocabulary", type=int, default=10_000, help="words; that of the published runs")
    parser.add_argument("--steps", type=int, default=20, help="of each way in each round")
    parser.add_argument("--rounds", type=int, default=5, help="times that the ways take turns; medians are printed")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores; load before: {psutil.getloadavg()[0]:.1f}\n", flush=True)
    processes = Processes(options.steps)
    try:
        for name in options.presets.split(","):
            subject = Subject(name, options.vocabulary, training_lengths())
            print(report(measure(processes, subject, options.rounds)), flush=True)
    finally:
        processes.close()


if __name__ == "__main__":
    main()
