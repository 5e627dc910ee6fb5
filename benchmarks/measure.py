"""Measures seconds and floating-point operations, and the peak rate of this machine."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import psutil
import torch

from sentiment_core.model.config import Recipe

_GATES = {"lstm": 4, "gru": 3, "rnn_relu": 1, "rnn_tanh": 1}
_SIDE = 1024  # of the square matrices used to measure the peak


def training_flops(recipe: Recipe, tokens: int) -> int:
    """Operations of the recurrent layers' matrix products in training on `tokens` real tokens.

    A layer's forward product of input and state with its gates takes 2 * gates * hidden * (input + hidden) a token and
    direction, the backward pass twice that. Padding, embedding, head and optimizer are not counted.
    """
    network = recipe.network
    directions = 2 if network.bidirectional else 1
    inputs = [network.embedding_size] + [directions * network.hidden_size] * (network.layers - 1)
    products = sum(2 * _GATES[network.cell] * network.hidden_size * (size + network.hidden_size) for size in inputs)
    return 3 * directions * products * tokens


def gemm_peak(repeats: int = 100) -> float:
    """Float32 operations a second in the fastest of several products of two square matrices of 1024."""
    left, right, product = (torch.rand(_SIDE, _SIDE) for _ in range(3))
    return 2 * _SIDE**3 / min(_seconds(lambda: torch.mm(left, right, out=product)) for _ in range(repeats))


def median_seconds(work: Callable[[], object], repeats: int, warm_up: int = 3) -> float:
    """Median seconds of a call, after some warm-up calls."""
    for _ in range(warm_up):
        work()
    return statistics.median(_seconds(work) for _ in range(repeats))


def peak_memory() -> int:
    """The peak resident memory of this process in bytes."""
    try:
        import resource
    except ImportError:  # Windows; psutil knows it there
        return psutil.Process().memory_info().peak_wset
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
