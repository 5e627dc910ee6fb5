"""Measures how training's cost and memory grow with the number of reviews.

`python -m benchmarks.growth 1000000` makes that many synthetic reviews: random tokens, with the length distribution of
IMDB, written directly to a memory-mapped file in a temporary folder. It prints the seconds to order an epoch; tokens a
second over a fixed number of bilstm training steps, spread evenly over that epoch; tokens a second when every batch of
the epoch is assembled and padded without training; and the peak memory of the process, which includes the pages of the
file that these batches touched. Texts are not measured: none are needed once reviews are encoded.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil

from benchmarks.measure import peak_memory
from sentiment_core.model.presets import preset
from sentiment_core.model.process import settle_torch
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.batching import bucketed_batches, pad_batch
from sentiment_core.training.feeding import feed
from sentiment_core.training.loop import train_step
from sentiment_core.training.optimizer import build_optimizer
from sentiment_core.training.pipeline import build_model

VOCAB_SIZE = 10_000
STEPS = 200
_WARM_UP = 3  # steps that are not measured
_MEDIAN, _SPREAD, _SHORTEST, _LONGEST = 228, 0.76, 10, 2500  # tokens of an IMDB review, log-normal
_PART = 10_000  # reviews made at once


def synthetic_reviews(count: int, folder: Path, seed: int = 0) -> EncodedReviews:
    """`count` reviews of random tokens. Their ids are in a file in `folder`, never all in memory."""
    rng = np.random.default_rng(seed)
    lengths = rng.lognormal(np.log(_MEDIAN), _SPREAD, count).clip(_SHORTEST, _LONGEST).astype(np.int64)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    path = folder / "ids.uint16"
    with path.open("wb") as file:
        for start in range(0, count, _PART):
            tokens = lengths[start : start + _PART].sum()
            file.write(rng.integers(2, VOCAB_SIZE, tokens, dtype=np.uint16).data)
    return EncodedReviews(np.memmap(path, np.uint16, "r"), offsets, rng.integers(0, 2, count))


def measure_growth(count: int) -> str:
    """One line of figures for `count` synthetic reviews."""
    recipe = preset("bilstm")
    model = build_model(recipe, VOCAB_SIZE)
    optimizer = build_optimizer(model.parameters(), recipe.learning_rate)
    with tempfile.TemporaryDirectory() as folder:
        reviews = synthetic_reviews(count, Path(folder))
        started = time.perf_counter()
        lengths = np.minimum(reviews.lengths, recipe.max_length)
        batches = bucketed_batches(lengths, recipe.batch_size, np.random.default_rng(0))
        ordering = time.perf_counter() - started

        spread = [batches[index] for index in np.linspace(0, len(batches) - 1, STEPS + _WARM_UP).astype(int)]
        tokens = 0
        for number, batch in enumerate(feed(reviews, spread, recipe.max_length, model.device)):
            if number == _WARM_UP:
                started, tokens = time.perf_counter(), 0
            train_step(model, optimizer, batch, recipe.clip)
            tokens += batch.tokens
        training = tokens / (time.perf_counter() - started)

        started = time.perf_counter()
        for rows in batches:
            pad_batch(reviews, rows, recipe.max_length)
        batching = int(lengths.sum()) / (time.perf_counter() - started)
        mapped = getattr(psutil.Process().memory_info(), "shared", math.nan) / 1e6  # known on Linux only
    most = peak_memory() / 1e6
    return (
        f"{count:,} reviews: {training / 1000:,.0f}k tokens/s in training over {STEPS} steps, epoch ordered in "
        f"{ordering:.2f} s, batches made at {batching / 1e6:,.1f}M tokens/s; at most {most:,.0f} MB resident, "
        f"{mapped:,.0f} MB of it files, which the kernel can drop"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "count", type=int, nargs="+", help="synthetic reviews; a process each gives each its own memory"
    )
    settle_torch()
    for count in parser.parse_args().count:
        print(measure_growth(count), flush=True)


if __name__ == "__main__":
    main()
