"""Chooses the precision for training: the recipe's, if this machine is faster with it.

oneDNN has a bfloat16 LSTM for some processors only. On others PyTorch raises an error or emulates it slowly. A short
measurement decides, because no list of processors is complete.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor, nn
from torch.func import functional_call

from sentiment_core.model.config import PRECISIONS
from sentiment_core.model.device import synchronize

_ROUNDS = 5
warnings.filterwarnings("ignore", "RNN module weights are not part of single contiguous")  # run_cell makes new weights
_GAIN = 1.1  # bfloat16 rounds coarsely, so it must save at least a tenth of the time


@dataclass(frozen=True)
class LstmTrial:
    """Seconds of one thread for a forward and backward pass of a small LSTM on this machine."""

    float32: float
    bfloat16: float | None  # None if this machine cannot compute it

    @property
    def is_bfloat16_faster(self) -> bool:
        return self.bfloat16 is not None and self.float32 > _GAIN * self.bfloat16


@cache
def try_lstm(device: str) -> LstmTrial:
    """Run a small LSTM in both precisions on this kind of device, once a process; takes about 50 ms.

    On the CPU only one thread's seconds count. The fastest round is used, so that other work on the machine does not
    decide.
    """
    with torch.random.fork_rng(devices=[]):  # leaves the caller's random numbers unchanged
        lstm, states = nn.LSTM(64, 64, batch_first=True), torch.randn(32, 64, 64)
    lstm, states = lstm.to(device), states.to(device)
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
    """Seconds of one forward and backward pass; None if this device cannot compute it."""
    clock = time.thread_time if states.device.type == "cpu" else time.perf_counter
    synchronize(states.device)
    started = clock()
    try:
        run_cell(lstm, states, precision).float().sum().backward()
        synchronize(states.device)
    except RuntimeError:  # no LSTM of this precision for this processor in oneDNN
        if precision == "float32":
            raise
        return None
    return clock() - started


def run_cell(cell: nn.Module, states: Tensor, precision: str) -> Tensor:
    """Output of a recurrent cell with float32 weights for states [batch, time, input], in `precision`.

    On a GPU the weights are converted here. PyTorch's autocast would compute every LSTM there in float16, whatever is
    requested (ATen/cudnn/AutocastRNN.cpp), and small gradients would be lost.
    """
    if precision == "float32":
        return cell(states)[0]
    if states.device.type == "cpu":
        with torch.autocast("cpu", torch.bfloat16):
            return cell(states)[0]
    with torch.autocast(states.device.type, enabled=False):
        weights = {name: weight.bfloat16() for name, weight in cell.named_parameters()}
        return functional_call(cell, weights, (states.bfloat16(),))[0]


@contextmanager
def full_float32(device: torch.device) -> Iterator[None]:
    """A block in which float32 on a CUDA device has full precision, so that a network's outputs match the CPU's.

    By default cuDNN rounds factors to TensorFloat-32, which has 10 bits. Training keeps this, because it is faster.
    """
    if device.type != "cuda":
        yield
        return
    before = torch.backends.cudnn.allow_tf32
    torch.backends.cudnn.allow_tf32 = False
    try:
        yield
    finally:
        torch.backends.cudnn.allow_tf32 = before


def training_precision(asked: str, cell: str, before: str | None = None, device: str = "cpu") -> str:
    """The precision in which a network with these cells trains on this kind of device, one of PRECISIONS.

    asked: the recipe's precision.
    before: the precision that a stopped run has trained in. It is kept if it can be computed, so that the weights
        become the same as without the stop.
    """
    if asked == "float32" or cell != "lstm" or before == "float32":
        return "float32"
    trial = try_lstm(device)
    usable = trial.bfloat16 is not None if before == "bfloat16" else trial.is_bfloat16_faster
    return "bfloat16" if usable else "float32"


def precision_note(asked: str, cell: str, before: str | None = None, device: str = "cpu") -> str:
    """One line that says why `training_precision` differs from the one asked for; empty if it does not."""
    used = training_precision(asked, cell, before, device)
    if asked == used:
        return ""
    if cell != "lstm":
        return f"Only LSTMs can compute in {asked}: this {cell} network trains in {used}."
    if before == used:
        return f"The run was started in {used} and continues in it."
    processor = "processor" if device == "cpu" else "GPU"
    if try_lstm(device).bfloat16 is None:
        return f"This {processor} has no {asked} LSTM: the run trains in {used}."
    return f"{asked} is not faster on this {processor}: the run trains in {used}."
