"""What a network computes in while it trains: the precision that its recipe asks for, where this machine gains by it.

oneDNN has a bfloat16 LSTM for some processors only. On the others PyTorch raises, or imitates it slowly. Which of the
three holds is measured, because no list of processors is complete.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor, nn

PRECISIONS = ("float32", "bfloat16")
_ROUNDS = 5
_GAIN = 1.1  # bfloat16 rounds coarsely: it must save a tenth of the time at least


@dataclass(frozen=True)
class LstmTrial:
    """Seconds of one thread for a forward and backward pass of a small LSTM on this machine."""

    float32: float
    bfloat16: float | None  # None where this machine cannot compute it

    @property
    def is_bfloat16_faster(self) -> bool:
        return self.bfloat16 is not None and self.float32 > _GAIN * self.bfloat16


@cache
def try_lstm() -> LstmTrial:
    """Run a small LSTM in both precisions, once a process; about 50 ms.

    Only the seconds of one thread count, and of its fastest round: other work on the machine does not decide.
    """
    with torch.random.fork_rng(devices=[]):  # the trial leaves the caller's random numbers as they are
        lstm, states = nn.LSTM(64, 64, batch_first=True), torch.randn(32, 64, 64)
    seconds: dict[str, float] = {}
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        for precision in PRECISIONS * _ROUNDS:
            took = _time_pass(lstm, states, precision)
            if took is not None:
                seconds[precision] = min(took, seconds.get(precision, took))
    finally:
        torch.set_num_threads(threads)
    return LstmTrial(seconds["float32"], seconds.get("bfloat16"))


def _time_pass(lstm: nn.LSTM, states: Tensor, precision: str) -> float | None:
    """Seconds of this thread for one forward and backward pass; None where this processor cannot compute it."""
    started = time.thread_time()
    try:
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
            output = lstm(states)[0]
        output.float().sum().backward()
    except RuntimeError:  # oneDNN has no LSTM of this precision for this processor
        if precision == "float32":
            raise
        return None
    return time.thread_time() - started


def training_precision(asked: str, cell: str, before: str | None = None) -> str:
    """The precision in which a network with these cells trains here, one of PRECISIONS.

    asked: the recipe's precision.
    before: the precision in which a run that was stopped has trained. It goes on in that wherever it can be computed,
    so that its weights come out as if it had not been stopped.
    """
    if asked == "float32" or cell != "lstm" or before == "float32":
        return "float32"
    trial = try_lstm()
    usable = trial.bfloat16 is not None if before == "bfloat16" else trial.is_bfloat16_faster
    return "bfloat16" if usable else "float32"


def precision_note(asked: str, cell: str, before: str | None = None) -> str:
    """One line that says why `training_precision` is not the one asked for; empty where it is."""
    used = training_precision(asked, cell, before)
    if asked == used:
        return ""
    if cell != "lstm":
        return f"Only an LSTM computes in {asked}: this {cell} network trains in {used}."
    if before == used:
        return f"The run began in {used} and goes on in it."
    if try_lstm().bfloat16 is None:
        return f"This processor has no {asked} LSTM: the run trains in {used}."
    return f"On this processor {asked} saves no time: the run trains in {used}."
