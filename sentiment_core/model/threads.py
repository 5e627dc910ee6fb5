"""Threads: each operation runs on one, and each direction of a network or half of a batch gets a thread of its own.

PyTorch spreads every operation over all cores, and its threads spin while they wait for each other. A network of this
size gains little from that. If other work occupies a core, they wait for a thread that does not run, and a step takes
three to twenty times as long. The two directions of a layer are independent of each other, and so are two halves of a
batch. Each gets its own thread here. It sleeps while it waits, and takes over the other's part if that has not started.
Every sum is computed in one thread, so results are equal to the bit on any machine, busy or idle. For the same reason
only the shape of a batch decides whether it is halved.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from threading import local
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

First = TypeVar("First")
Second = TypeVar("Second")

_cores = 1  # threads that may compute at once, each one operation
_here = local()  # thread-local: set in the threads of `spread`


def settle_threads() -> None:
    """Run every operation on one thread from now on, and each direction of a network or half of a batch on its own.

    If OMP_NUM_THREADS is set, PyTorch follows it, and nothing is changed.
    """
    global _cores
    threads = torch.get_num_threads()
    if threads > 1 and "OMP_NUM_THREADS" not in os.environ:
        _cores = threads
        torch.set_num_threads(1)


def limit_threads(threads: int) -> None:
    """Run every operation on this many threads, and treat denormals as zero, from now on in this process."""
    torch.set_flush_denormal(True)
    torch.set_num_threads(threads)


def threads_in_use(parts: int) -> int:
    """The number of threads that train a network whose layers have one or two independent parts."""
    return max(torch.get_num_threads(), min(_cores, parts))


def run_both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    """The results of two independent calls, computed in parallel if there is a core for each.

    Both run with autograd on or off as in the caller.
    """
    if _cores == 1 or getattr(_here, "spread", False):
        return first(), second()
    enabled, inference = torch.is_grad_enabled(), torch.is_inference_mode_enabled()

    def elsewhere() -> Second:
        with torch.inference_mode(inference), torch.set_grad_enabled(enabled):
            return second()

    other = _helper().submit(elsewhere)
    mine = first()
    # If the helper has not started, other work holds its core: compute its part here.
    return mine, second() if other.cancel() else other.result()


def spread(work: Callable[[First], Second], items: Sequence[First]) -> list[Second]:
    """The results of `work` for each item without autograd, in order, computed in parallel on the available cores."""

    def alone(item: First) -> Second:
        with torch.inference_mode():
            return work(item)

    if _cores == 1 or len(items) < 2:
        return list(map(alone, items))

    def settle() -> None:
        _settle_helper()
        _here.spread = True

    with ThreadPoolExecutor(_cores, thread_name_prefix="spread", initializer=settle) as threads:
        return list(threads.map(alone, items))


@cache
def _helper() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="direction", initializer=_settle_helper)


def _settle_helper() -> None:
    """Repeat the settings of settle_torch that hold only for the thread that made them."""
    limit_threads(1)


@dataclass(frozen=True)
class Part:
    """A part of a layer for one thread: `read(states)`, with the weights of `cell`."""

    cell: nn.Module
    states: Tensor  # [batch, time, input]
    read: Callable[[Tensor], Tensor]  # must not draw random numbers: the order of two threads is not fixed


def read_both(first: Part, second: Part) -> tuple[Tensor, Tensor]:
    """The results of two parts of a layer, computed in parallel, in training backward too.

    Both may have the same cell; the gradient of a weight is then the sum of both.
    """
    if not (first.cell.training and torch.is_grad_enabled()):
        return run_both(lambda: first.read(first.states), lambda: second.read(second.states))
    weights = (*first.cell.parameters(), *second.cell.parameters())
    return _ReadBoth.apply(first, second, first.states, second.states, *weights)


class _Seed(torch.autograd.Function):
    """A number whose gradient with respect to a tensor is a given one, to the bit.

    `torch.autograd.grad` takes such gradients too, but its check of their shapes imports a system for symbolic algebra,
    which takes a second of a training's start.
    """

    @staticmethod
    def forward(ctx: Any, states: Tensor, grad: Tensor) -> Tensor:
        ctx.save_for_backward(grad)
        return states.new_zeros(())

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *_: Tensor) -> tuple[Tensor, None]:
        return ctx.saved_tensors[0], None


class _ReadBoth(torch.autograd.Function):
    """`read_both` with gradients. Autograd alone would go back through the parts one after another."""

    @staticmethod
    def forward(ctx: Any, first: Part, second: Part, *_: Tensor) -> tuple[Tensor, Tensor]:
        """Besides the parts, autograd must see the states that they read and the weights of both."""

        def run(part: Part) -> tuple[list[Tensor], Tensor]:
            with torch.enable_grad():
                states = part.states.detach().requires_grad_(part.states.requires_grad)
                return [states, *part.cell.parameters()], part.read(states)

        ctx.parts = run_both(lambda: run(first), lambda: run(second))
        return ctx.parts[0][1].detach(), ctx.parts[1][1].detach()

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        def run(part: tuple[list[Tensor], Tensor], grad: Tensor) -> list[Tensor | None]:
            inputs, output = part
            wanted = [tensor for tensor in inputs if tensor.requires_grad]
            with torch.enable_grad():
                seed = _Seed.apply(output, grad)
            found: Iterator[Tensor] = iter(torch.autograd.grad(seed, wanted) if wanted else ())
            return [next(found) if tensor.requires_grad else None for tensor in inputs]

        one, other = ctx.parts
        first, second = run_both(lambda: run(one, grads[0]), lambda: run(other, grads[1]))
        return None, None, first[0], second[0], *first[1:], *second[1:]
