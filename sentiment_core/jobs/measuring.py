"""The process that measures training steps for `estimate`: `python -m sentiment_core.jobs.measuring FOLDER TASK`.

TASK is JSON: the recipes to measure, and the size of their vocabulary. It goes first, takes a few seconds and ends; a
second one ends at once while it is there.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import psutil
import torch

from sentiment_core.errors import LockedError, SentimentError
from sentiment_core.jobs.estimate import FORMAT, READ_AT_ONCE, Measured, lock_of, path_of, read_measured
from sentiment_core.messages import lazy
from sentiment_core.model.config import Recipe, read_recipe
from sentiment_core.model.process import settle_torch
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.threads import spread
from sentiment_core.storage.files import write_json
from sentiment_core.storage.locks import hold
from sentiment_core.storage.processes import yield_to_others
from sentiment_core.training.feeding import Batch
from sentiment_core.training.loop import train_step
from sentiment_core.training.observation import StepFigures
from sentiment_core.training.optimizer import build_optimizer
from sentiment_core.training.pipeline import build_model

WIDTHS = (8, 32, 128, 384)  # tokens of a batch
_TIMES = 4  # steps at each width; the fastest counts, because other work can only slow a step down
_MOST_SECONDS = 1.5  # at one width


def measure(recipe: Recipe, vocab: int) -> Measured:
    """Measure a recipe's network up to its max length. No widths if it does not fit into memory."""
    try:
        model = build_model(recipe, vocab)
        widths = [width for width in WIDTHS if width < recipe.max_length] + [min(recipe.max_length, WIDTHS[-1])]
        widths = sorted({*widths, 4})[-len(WIDTHS) :]  # two at least
        rows = [_measure_width(recipe, model, vocab, width) for width in widths]
    except (SentimentError, MemoryError, RuntimeError):
        return Measured((), (), (), ())
    steps, readings, memory = zip(*rows, strict=True)
    return Measured(tuple(widths), steps, readings, memory)


def _measure_width(recipe: Recipe, model: RecurrentClassifier, vocab: int, width: int) -> tuple[float, float, float]:
    """Seconds of a step and of reading a batch, and MB of this process after it."""
    optimizer = build_optimizer(model.parameters(), 1e-6)
    batch = _batch(recipe.batch_size, width, vocab)
    step = _fastest(lambda: train_step(model, optimizer, batch, recipe.clip, seen=StepFigures()).item())
    model.eval()
    read = [_batch(READ_AT_ONCE, width, vocab)] * 4
    seconds = _fastest(lambda: spread(lambda part: model(part.ids, part.lengths), read)) / len(read)
    return step, seconds, psutil.Process().memory_info().rss / 2**20


def _batch(reviews: int, width: int, vocab: int) -> Batch:
    """Random reviews of nearly the same length, as those of a batch are."""
    rng = np.random.default_rng(0)
    lengths = torch.from_numpy(np.maximum(width - np.arange(reviews) % 3, 1))
    ids = torch.from_numpy(rng.integers(min(2, vocab - 1), vocab, (reviews, width)))
    return Batch(ids, lengths, torch.from_numpy(rng.integers(0, 2, reviews)), int(lengths.sum()))


def _fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few calls, after one to warm up."""
    begun, found = time.perf_counter(), []
    for _ in range(1 + _TIMES):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
        if time.perf_counter() - begun > _MOST_SECONDS:
            break
    return min(found[1:] or found)


def main(folder: Path, task: str) -> None:
    """Measure what the task names and nobody has measured yet."""
    content = json.loads(task)
    try:
        with hold(lock_of(folder), lazy("Steps are being measured."), wait=0):
            settle_torch()
            for entry in content["recipes"]:
                recipe = read_recipe(entry)
                path = path_of(folder, recipe, content["vocab"])
                if read_measured(folder, recipe, content["vocab"]) is None:
                    write_json(path, FORMAT.stamp(asdict(measure(recipe, content["vocab"]))))
    except LockedError:
        return


if __name__ == "__main__":
    yield_to_others()
    main(Path(sys.argv[1]), sys.argv[2])
